"""Survey results as a table: never a figure without its question and its base."""

import django_tables2
from django.utils.translation import gettext_lazy as _

from samhandling_web.base.common.tables import NumberColumn, PlatformTable


class ResultTable(PlatformTable):
    """Results as they count now."""

    caption = _("Enkätresultat")
    exports = ("csv", "xlsx")
    survey = django_tables2.Column(verbose_name=_("Undersökning"))
    wave = django_tables2.Column(verbose_name=_("Omgång"))
    wording = django_tables2.Column(verbose_name=_("Frågans lydelse"))
    cut = django_tables2.Column(verbose_name=_("Svar som räknas"))
    area_name = django_tables2.Column(verbose_name=_("Område"))
    group = django_tables2.Column(verbose_name=_("Grupp"), default=_("alla"))
    value_percent = NumberColumn(verbose_name=_("Procent"))
    low = NumberColumn(verbose_name=_("Lägst"), default="–")
    high = NumberColumn(verbose_name=_("Högst"), default="–")
    interval_origin = django_tables2.Column(verbose_name=_("Intervallet är"))
    n = NumberColumn(verbose_name=_("Antal svar"), default="–")
    n_basis = django_tables2.Column(verbose_name=_("Antalet gäller"))

    def render_low(self, value: float) -> float:
        return round(value, 1)

    def render_high(self, value: float) -> float:
        return round(value, 1)

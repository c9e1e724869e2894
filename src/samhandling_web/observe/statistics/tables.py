"""Indicators and their figures as tables."""

import django_tables2
from django.utils.translation import gettext_lazy as _

from samhandling_web.base.common.tables import NumberColumn, PlatformTable

LINK = (
    """<a class="ds-link" href="{% url 'statistics:indicator-detail' record.slug %}">"""
    """{{ value }}</a>"""
)


class IndicatorTable(PlatformTable):
    """What figures there are."""

    caption = _("Indikatorer")
    label = django_tables2.TemplateColumn(LINK, verbose_name=_("Indikator"))
    unit = django_tables2.Column(verbose_name=_("Enhet"))
    publisher = django_tables2.Column(verbose_name=_("Utgivare"))


class FigureTable(PlatformTable):
    """An indicator's figures as they count now."""

    caption = _("Siffror")
    exports = ("csv", "xlsx")
    area_name = django_tables2.Column(verbose_name=_("Område"))
    area_level = django_tables2.Column(verbose_name=_("Nivå"))
    area_code = django_tables2.Column(verbose_name=_("Kod"))
    period_start = django_tables2.DateColumn(format="Y-m-d", verbose_name=_("Från och med"))
    period_end = django_tables2.DateColumn(format="Y-m-d", verbose_name=_("Till och med"))
    breakdown = django_tables2.Column(verbose_name=_("Uppdelning"), default=_("alla"))
    value = NumberColumn(verbose_name=_("Värde"), default=_("okänt"))
    preliminary = django_tables2.BooleanColumn(verbose_name=_("Preliminärt"), yesno=(_("ja"), ""))
    batch_id = NumberColumn(verbose_name=_("Import"))
    row_number = NumberColumn(verbose_name=_("Rad"))

"""Measures as a table, on the page and as a file."""

from datetime import date
from typing import Any

import django_tables2
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from samhandling_web.agree.measures.models import Measure
from samhandling_web.agree.measures.plan_content import WHOLE
from samhandling_web.agree.measures.selectors.measures import late_with
from samhandling_web.base.common.tables import NumberColumn, PlatformTable

LINK = (
    """<a class="ds-link" href="{% url 'measures:measure-detail' record.pk %}">{{ record }}</a>"""
)
DAY = "Y-m-d"
WIDE = {"td": {"class": "measures-title"}}
ON_ONE_LINE = {"td": {"class": "sam-nowrap"}}
# What the page leaves out so that the rest can be read; the files hold all.
IN_FILES_ONLY = ("kind", "start_on")


def where_in_list(measure: Measure, names: dict[int, str]) -> str:
    """Say in few words where a measure is done: everywhere, in a district, or nowhere yet."""
    if measure.is_citywide:
        return str(WHOLE)
    return names.get(measure.district_id or 0, "–")


class MeasureTable(PlatformTable):
    """One row per measure."""

    caption = _("Åtgärder")
    exports = ("csv", "xlsx")
    empty_title = _("Inga åtgärder att visa")
    title = django_tables2.TemplateColumn(LINK, verbose_name=_("Åtgärd"), attrs=WIDE)
    status = django_tables2.Column(verbose_name=_("Läge"))
    district = django_tables2.Column(verbose_name=_("Område"), empty_values=())
    kind = django_tables2.Column(verbose_name=_("Slag"), default="–")
    horizon = django_tables2.Column(verbose_name=_("Horisont"), default="–")
    owner = django_tables2.Column(verbose_name=_("Genomförs av"), default="–")
    portfolio = django_tables2.Column(verbose_name=_("Ansvarsområde"), default="–")
    investment_sek = NumberColumn(verbose_name=_("Investering (kr)"), default="–")
    running_sek_per_year = NumberColumn(verbose_name=_("Drift (kr/år)"), default="–")
    start_on = django_tables2.DateColumn(
        format=DAY, verbose_name=_("Börjar"), default="–", attrs=ON_ONE_LINE
    )
    end_on = django_tables2.DateColumn(
        format=DAY, verbose_name=_("Slutar"), default="–", attrs=ON_ONE_LINE
    )
    follow_up_on = django_tables2.DateColumn(
        format=DAY, verbose_name=_("Följs upp"), default="–", attrs=ON_ONE_LINE
    )

    class Meta(PlatformTable.Meta):
        model = Measure
        fields = (
            "title", "status", "district", "kind", "horizon", "owner", "portfolio",
            "investment_sek", "running_sek_per_year", "start_on", "end_on", "follow_up_on",
        )  # fmt: skip

    def __init__(self, *arguments: Any, names: dict[int, str], today: date, **options: Any) -> None:
        self.names, self.today = names, today
        super().__init__(*arguments, **options)

    def render_status(self, record: Measure) -> str:
        """Say where it stands, and in words when it is late."""
        if late_with(record, self.today) is None:
            return record.get_status_display()
        return format_html(
            '{} <strong class="measures-late">{}</strong>',
            record.get_status_display(),
            _("försenad"),
        )

    def render_district(self, record: Measure) -> str:
        return where_in_list(record, self.names)

    def value_district(self, record: Measure) -> str:
        return where_in_list(record, self.names)

    def value_title(self, record: Measure) -> str:
        return record.title

    def value_status(self, record: Measure) -> str:
        return record.get_status_display()

    def value_start_on(self, value: date | None) -> str:
        return value.isoformat() if value else ""

    def value_end_on(self, value: date | None) -> str:
        return value.isoformat() if value else ""

    def value_follow_up_on(self, value: date | None) -> str:
        return value.isoformat() if value else ""

"""Coverage by agreements and what meetings decided, as tables that also leave the house."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import django_tables2
from django.utils.translation import gettext_lazy as _

from samhandling_web.agree.partnership.selectors.coverage import CoverRow
from samhandling_web.agree.partnership.validity import COVERS
from samhandling_web.base.common.tables import NumberColumn, PlatformTable

TABLE_FORMATS = ("csv", "xlsx")
ITEM_LINK = """<a class="ds-link" href="{% url 'partnership:item-detail' record.pk %}">{{ record.title }}</a>"""  # noqa: E501
AGREEMENT_LINK = """{% if record.agreement %}<a class="ds-link" href="{% url 'partnership:agreement-detail' record.agreement.pk %}">{{ record.agreement.title }}</a>{% elif record.draft %}<a class="ds-link" href="{% url 'partnership:agreement-detail' record.draft.pk %}">{{ record.draft.title }}</a>{% elif record.lapsed %}<a class="ds-link" href="{% url 'partnership:agreement-detail' record.lapsed.pk %}">{{ record.lapsed.title }}</a>{% else %}–{% endif %}"""  # noqa: E501
COVER_TAG = """{% load partnership_words %}{% cover_tag record.cover %}"""


class CoverTable(PlatformTable):
    """One row for each district and police area."""

    caption = _("Stadsdelsområden och lokalpolisområden")
    exports = TABLE_FORMATS
    empty_title = _("Inga områden den dagen")
    empty_text = _("Läs in kommunens områden, eller välj en dag då de fanns.")
    district = django_tables2.Column(verbose_name=_("Område"), accessor="district.name")
    police_area = django_tables2.Column(
        verbose_name=_("Lokalpolisområde"), accessor="police_area.name", default="–"
    )
    share = NumberColumn(verbose_name=_("Del av området (%)"))
    cover = django_tables2.TemplateColumn(COVER_TAG, verbose_name=_("Läge"))
    agreement = django_tables2.TemplateColumn(
        AGREEMENT_LINK, verbose_name=_("Överenskommelse"), orderable=False
    )
    last_day = django_tables2.DateColumn(
        format="Y-m-d", verbose_name=_("Gäller till och med"), default="–"
    )
    what_next = django_tables2.Column(
        verbose_name=_("Nästa steg"), empty_values=(), orderable=False
    )

    def __init__(self, rows: Sequence[CoverRow], **options: Any) -> None:
        super().__init__(list(rows), **options)

    def render_share(self, value: float) -> str:
        return f"{value * 100:.0f}"

    def value_cover(self, record: CoverRow) -> str:
        return str(COVERS[record.cover])

    def value_agreement(self, record: CoverRow) -> str:
        return str(record.agreement or "")

    def render_what_next(self, record: CoverRow) -> str:
        if record.draft is not None:
            return str(_("utkast finns, få det undertecknat"))
        if record.agreement is None:
            return str(_("förnya den som gått ut") if record.lapsed else _("börja en"))
        return str(_("förnya")) if record.cover == "expiring" else ""


class ItemTable(PlatformTable):
    """One row for each item that a meeting took up."""

    caption = _("Mötespunkter")
    exports = TABLE_FORMATS
    empty_title = _("Inga punkter här")
    empty_text = _("Det finns inga punkter i det läget. Välj ett annat för att se fler.")
    title = django_tables2.TemplateColumn(ITEM_LINK, verbose_name=_("Punkt"))
    decision = django_tables2.Column(verbose_name=_("Beslut"), orderable=False)
    owner = django_tables2.Column(verbose_name=_("Ansvarig"), accessor="owner.name", default="–")
    deadline = django_tables2.DateColumn(
        format="Y-m-d", verbose_name=_("Klart senast"), default="–"
    )
    late = NumberColumn(verbose_name=_("Dagar försenad"), empty_values=(), orderable=False)
    status = django_tables2.Column(verbose_name=_("Läge"))
    council = django_tables2.Column(verbose_name=_("Råd"), accessor="meeting.council.name")

    def __init__(self, *arguments: Any, today: date, **options: Any) -> None:
        self.today = today
        super().__init__(*arguments, **options)

    def value_title(self, record: Any) -> str:
        return str(record.title)

    def render_decision(self, value: str) -> str:
        return value if len(value) <= 120 else f"{value[:119].rstrip()}…"

    def value_decision(self, value: str) -> str:
        return value

    def render_late(self, record: Any) -> Any:
        is_late = record.status == "decided" and record.deadline and record.deadline < self.today
        return (self.today - record.deadline).days if is_late else ""

"""Walks and findings as tables."""

from typing import Any

import django_tables2
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from samhandling_web.base.common.tables import NumberColumn, PlatformTable
from samhandling_web.observe.walks.figures import Days, Figures
from samhandling_web.observe.walks.models import Finding, Walk

WALK_LINK = (
    """<a class="ds-link" href="{% url 'walks:walk-detail' record.pk %}">{{ record.title }}</a>"""
)
FINDING_LINK = """<a class="ds-link" href="{% url 'walks:finding-detail' record.pk %}">{{ record.number }}. {{ record.category }}</a>"""  # noqa: E501


def days_text(days: Days) -> str:
    """Return the median with its range, or that they are too few."""
    if days.median is None:
        return gettext("för få")
    middle = f"{days.median:g}".replace(".", ",")
    return f"{middle} ({days.shortest}–{days.longest})"


class WalkTable(PlatformTable):
    """One row per walk, with what came of it."""

    caption = _("Trygghetsvandringar")
    exports = ("csv", "xlsx")
    title = django_tables2.TemplateColumn(WALK_LINK, verbose_name=_("Vandring"))
    district_name = django_tables2.Column(verbose_name=_("Område"), default="–")
    planned_at = django_tables2.DateTimeColumn(
        format="Y-m-d H:i", verbose_name=_("Tid"), attrs={"td": {"class": "sam-nowrap"}}
    )
    status = django_tables2.Column(verbose_name=_("Läge"))
    asked = NumberColumn(verbose_name=_("Ska besvaras"))
    answered = NumberColumn(verbose_name=_("Besvarade"))
    done = NumberColumn(verbose_name=_("Gjorda"))
    to_answer = django_tables2.Column(
        verbose_name=_("Dagar till svar"), empty_values=(), orderable=False
    )
    to_fix = django_tables2.Column(
        verbose_name=_("Dagar till gjort"), empty_values=(), orderable=False
    )

    def __init__(self, *arguments: Any, **options: Any) -> None:
        self.figures: dict[int, Figures] = {}
        super().__init__(*arguments, **options)

    def render_answered(self, record: Any, value: int) -> str:
        return _part(value, record.asked)

    def value_answered(self, value: int) -> int:
        return value

    def render_done(self, record: Any, value: int) -> str:
        return _part(value, record.asked)

    def value_done(self, value: int) -> int:
        return value

    def render_to_answer(self, record: Walk) -> str:
        figures = self.figures.get(record.pk)
        return days_text(figures.to_answer) if figures else "–"

    def render_to_fix(self, record: Walk) -> str:
        figures = self.figures.get(record.pk)
        return days_text(figures.to_fix) if figures else "–"

    def value_title(self, record: Walk) -> str:
        return record.title

    def value_planned_at(self, value: Any) -> str:
        return str(value.isoformat()) if value else ""


class FindingTable(PlatformTable):
    """One row per finding."""

    caption = _("Fynd")
    exports = ("csv", "xlsx", "geojson")
    empty_title = _("Inga fynd ännu")
    number = django_tables2.TemplateColumn(FINDING_LINK, verbose_name=_("Fynd"))
    is_safe = django_tables2.Column(verbose_name=_("Känns"))
    place_name = django_tables2.Column(verbose_name=_("Plats"), default="–")
    text = django_tables2.Column(verbose_name=_("Vad"), orderable=False)
    suggestion = django_tables2.Column(verbose_name=_("Förslag"), orderable=False, default="–")
    owner = django_tables2.Column(verbose_name=_("Ansvarig"), default="–")
    cost_class = django_tables2.Column(verbose_name=_("Kostnad"))
    status = django_tables2.Column(verbose_name=_("Läge"))
    deadline = django_tables2.DateColumn(format="Y-m-d", verbose_name=_("Klart senast"))
    answered_on = django_tables2.DateColumn(format="Y-m-d", verbose_name=_("Besvarat"))
    done_on = django_tables2.DateColumn(format="Y-m-d", verbose_name=_("Gjort"))
    why = django_tables2.Column(verbose_name=_("Skäl"), orderable=False, default="–")

    def render_is_safe(self, value: bool) -> str:  # noqa: FBT001 - the table calls it so
        return gettext("tryggt") if value else gettext("otryggt")

    def value_number(self, record: Finding) -> str:
        return f"{record.number}. {record.category}"


class OwnFindingTable(FindingTable):
    """What an organisation has to answer and do, over all walks."""

    caption = _("Våra fynd")
    empty_title = _("Inga fynd väntar på er")
    walk = django_tables2.Column(verbose_name=_("Vandring"))

    class Meta(FindingTable.Meta):
        exclude = ("suggestion", "cost_class", "answered_on")
        sequence = ("number", "walk", "status", "deadline", "...")


def _part(part: int, whole: int | None) -> str:
    return gettext("{part} av {whole}").format(part=part, whole=whole or 0)

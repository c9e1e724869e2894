"""What measures bring up at councils: those that are late, and those to be followed up."""

from collections.abc import Iterator
from datetime import date

from django.db.models import Q
from django.utils import translation

from samhandling_web.agree.measures.models import Measure
from samhandling_web.agree.measures.rules import Status
from samhandling_web.agree.measures.selectors.measures import overdue
from samhandling_web.agree.partnership.agenda import AgendaProposal
from samhandling_web.agree.partnership.models import Council
from samhandling_web.base.common.text import Text, _

# A meeting decides on a handful of measures well, on fifty not at all.
MOST_MEASURES = 10
LANGUAGE = "sv"
# What each state waits for: what the source is called, its day and how the item is worded. Each
# step is a source of its own, so that a decision on a late start does not hide the follow-up.
AWAITED: dict[Status, tuple[str, str, Text]] = {
    Status.APPROVED: ("start", "start_on", _("Åtgärd som skulle ha börjat {day}: {title}")),
    Status.STARTED: ("end", "end_on", _("Åtgärd som skulle ha varit klar {day}: {title}")),
    Status.DONE: ("follow_up", "follow_up_on", _("Åtgärd att följa upp {day}: {title}")),
    Status.STOPPED: ("follow_up", "follow_up_on", _("Åtgärd att följa upp {day}: {title}")),
}
SOURCES = frozenset(f"measures.{step}" for step, _field, _words in AWAITED.values())


def measures_due(council: Council, day: date) -> Iterator[AgendaProposal]:
    """Bring up what is late in the council's part of the town or to be followed up by then.

    The city's own council takes up the measures that belong to no district.
    """
    own = Measure.objects.filter(district=council.district)
    to_follow_up = Q(status__in=[Status.DONE, Status.STOPPED], follow_up_on__lte=day)
    keys = {*overdue(own, day).values_list("pk", flat=True)}
    keys |= {*own.filter(to_follow_up).values_list("pk", flat=True)}
    found = Measure.objects.filter(pk__in=keys).select_related("problem", "priority")
    for measure in sorted(found, key=lambda one: (_due_on(one), one.pk))[:MOST_MEASURES]:
        yield _proposal(measure)


def measure_of(source: str) -> int | None:
    """Return the number of the measure that brought an item up; None where another thing did."""
    kind, _mark, key = source.partition(":")
    return int(key) if kind in SOURCES and key.isdigit() else None


def _due_on(measure: Measure) -> date:
    _step, field, _words = AWAITED[Status(measure.status)]
    due_on: date = getattr(measure, field)
    return due_on


def _proposal(measure: Measure) -> AgendaProposal:
    step, _field, words = AWAITED[Status(measure.status)]
    with translation.override(LANGUAGE):
        title = str(words).format(day=_due_on(measure), title=measure.title)
    return AgendaProposal(f"measures.{step}:{measure.pk}", title, measure.problem, measure.priority)

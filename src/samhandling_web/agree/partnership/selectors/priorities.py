"""Reading joint priorities: what they lack, and how their indicator stands."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet

from samhandling_web.agree.partnership import panels, permissions
from samhandling_web.agree.partnership.models import Priority
from samhandling_web.agree.partnership.panels import MeasureLine
from samhandling_web.base.accounts.permissions import Actor
from samhandling_web.understand.places.models import Problem
from samhandling_web.understand.places.queries import (
    LiveQuery,
    Reading,
    Subjects,
    read,
    read_years,
    usual_period,
)
from samhandling_web.understand.places.rules import ProblemStatus, QueryInvalid

UNSOLVED = (ProblemStatus.IDENTIFIED, ProblemStatus.ANALYSED)
YEARS_BACK = 5
MOST_PROBLEMS = 200


def priorities() -> QuerySet[Priority]:
    return Priority.objects.select_related(
        "agreement__owner", "agreement__district", "agreement__police_area"
    )


def priorities_visible_to(actor: Actor) -> QuerySet[Priority]:
    """Return every priority the person may read: all of them, or none."""
    return priorities() if permissions.may_read(actor) else priorities().none()


def in_force_on(day: date) -> Q:
    return Q(valid_from__lte=day) & (Q(valid_to__isnull=True) | Q(valid_to__gte=day))


@dataclass(frozen=True, slots=True)
class ListedPriority:
    """One priority in the list, with what it lacks."""

    priority: Priority
    problems: int
    has_measure: bool

    @property
    def is_whole(self) -> bool:
        return self.problems > 0 and self.has_measure


def priorities_listed(found: QuerySet[Priority]) -> list[ListedPriority]:
    """Return priorities with whether each has a problem and a measure."""
    counted = found.annotate(problem_count=Count("problems", distinct=True))
    rows = list(counted.order_by("-valid_from", "title", "pk"))
    without = panels.priorities_without_measure([one.pk for one in rows])
    return [ListedPriority(one, one.problem_count, one.pk not in without) for one in rows]


@dataclass(frozen=True, slots=True)
class Followed:
    """A priority's indicator: the question in words, now, and year by year."""

    words: str
    now: Reading | None
    years: tuple[Reading, ...]
    problem: str = ""


def indicator_of(priority: Priority, today: date) -> Followed:
    """Ask the priority's indicator of the data as they are now."""
    try:
        query = LiveQuery.from_json(priority.indicator)
    except QueryInvalid as error:
        return Followed("", None, (), str(error))
    subjects = Subjects([query])
    now = read(query, *usual_period(query.kind, today), subjects)
    first_year = min(priority.valid_from.year, today.year - YEARS_BACK)
    years = read_years(query, first_year, today)
    return Followed(query.in_words(subjects), now, tuple(years))


def problems_of(priority: Priority) -> QuerySet[Problem]:
    return priority.problems.select_related("owner", "district").order_by("-pk")


def problems_to_link(priority: Priority) -> QuerySet[Problem]:
    """Return unsolved problems of the agreement's district, or of all when it is the city's."""
    found = Problem.objects.filter(status__in=UNSOLVED).exclude(priorities=priority)
    if priority.agreement.district_id:
        found = found.filter(district_id=priority.agreement.district_id)
    return found.order_by("-pk")


def measures_of(priority: Priority, actor: Actor) -> list[MeasureLine]:
    return panels.measure_lines(priority, actor)

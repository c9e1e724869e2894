"""What this room itself brings up at councils: what was left, runs out or lacks an answer."""

from collections.abc import Iterator
from datetime import date, timedelta

from django.db.models import Case, IntegerField, Value, When
from django.utils import translation
from django.utils.translation import gettext as _

from samhandling_web.agree.partnership import panels
from samhandling_web.agree.partnership.agenda import AgendaProposal
from samhandling_web.agree.partnership.models import Council
from samhandling_web.agree.partnership.selectors.agreements import agreements_to_renew
from samhandling_web.agree.partnership.selectors.items import (
    FINDING,
    decided_problems,
    items_left_by,
)
from samhandling_web.agree.partnership.selectors.priorities import (
    UNSOLVED,
    in_force_on,
    priorities,
)
from samhandling_web.observe.observations.models import WeeklyCompilation
from samhandling_web.observe.observations.rules import Severity
from samhandling_web.observe.walks.rules import FindingStatus
from samhandling_web.observe.walks.selectors import findings_overdue
from samhandling_web.understand.places.models import Problem

# A meeting decides on a handful of problems well, on fifty not at all.
MOST_PROBLEMS = 10
MOST_FINDINGS = 10
LANGUAGE = "sv"


def left_by_earlier_meetings(council: Council, day: date) -> Iterator[AgendaProposal]:
    """Bring up what earlier meetings decided and nobody has done, or never decided."""
    for item in items_left_by(council, day):
        with translation.override(LANGUAGE):
            mark = _("Uppföljning: {title}")
        is_new = item.deadline is None or item.title.startswith(mark.partition("{")[0])
        title = item.title if is_new else mark.format(title=item.title)
        yield AgendaProposal(f"partnership.item:{item.pk}", title, item.problem, item.priority)


def agreements_running_out(council: Council, day: date) -> Iterator[AgendaProposal]:
    """Bring up agreements of the council's own part of the town that are to be renewed."""
    for agreement in agreements_to_renew(day).filter(district=council.district):
        with translation.override(LANGUAGE):
            words = (
                _("Har gått ut {day}: {title}")
                if agreement.valid_to and agreement.valid_to < day
                else _("Förnya före {day}: {title}")
            )
            title = words.format(day=agreement.valid_to, title=agreement.title)
        yield AgendaProposal(f"partnership.agreement:{agreement.pk}", title)


def priorities_without_measure(council: Council, day: date) -> Iterator[AgendaProposal]:
    """Bring up what the parties put first together and nobody does anything about."""
    found = priorities().filter(in_force_on(day), agreement__district=council.district)
    rows = {one.pk: one for one in found.order_by("pk")}
    for key in sorted(panels.priorities_without_measure(rows)):
        with translation.override(LANGUAGE):
            title = _("Prioritering utan åtgärd: {title}").format(title=rows[key].title)
        yield AgendaProposal(f"partnership.priority:{key}", title, None, rows[key])


def problems_without_answer(council: Council, _day: date) -> Iterator[AgendaProposal]:
    """Bring up the gravest problems of the council's part without measure or decision."""
    gravest = Case(
        When(severity=Severity.RED, then=Value(0)),
        When(severity=Severity.YELLOW, then=Value(1)),
        default=Value(2),
        output_field=IntegerField(),
    )
    found = Problem.objects.filter(district=council.district, status__in=UNSOLVED)
    found = found.exclude(pk__in=decided_problems().values("pk")).order_by(gravest, "pk")
    keys = list(found.values_list("pk", flat=True))
    without = panels.problems_without_measure(keys)
    chosen = [key for key in keys if key in without][:MOST_PROBLEMS]
    rows = Problem.objects.in_bulk(chosen)
    for key in chosen:
        with translation.override(LANGUAGE):
            title = _("Problem utan åtgärd: {title}").format(title=rows[key].title)
        yield AgendaProposal(f"places.problem:{key}", title, rows[key])


def last_weeks_compilation(council: Council, day: date) -> Iterator[AgendaProposal]:
    """Bring up what was reported in the council's district in the week before the meeting."""
    if council.district_id is None:
        return
    week = day - timedelta(days=day.weekday() + 7)
    found = WeeklyCompilation.objects.filter(district_id=council.district_id, week=week).first()
    if found is not None:
        year, number, _weekday = week.isocalendar()
        with translation.override(LANGUAGE):
            title = _("Veckans iakttagelser, vecka {number} {year}")
            title = title.format(number=number, year=year)
        yield AgendaProposal(f"observations.compilation:{found.pk}", title)


def findings_without_answer(council: Council, day: date) -> Iterator[AgendaProposal]:
    """Bring up findings of the council's walks that lack an answer or are not done in time."""
    for due_on, finding in findings_overdue(council.district, day)[:MOST_FINDINGS]:
        with translation.override(LANGUAGE):
            words = (
                _("Fynd utan svar sedan {day}: {title}")
                if finding.status == FindingStatus.OPEN
                else _("Fynd som skulle ha varit gjort {day}: {title}")
            )
            title = words.format(day=due_on, title=f"{finding.walk.title}, {finding}")
        yield AgendaProposal(f"{FINDING}:{finding.pk}", title)

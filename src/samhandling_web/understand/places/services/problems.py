"""Laying up problems and saying where they stand."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import shapely
from django.db import transaction
from django.utils import timezone

from samhandling_web.base.accounts.models import Organisation, User
from samhandling_web.base.areas import selectors as areas
from samhandling_web.base.areas.models import Area, AreaVersion
from samhandling_web.base.audit import services as audit
from samhandling_web.observe.observations.rules import Severity
from samhandling_web.understand.places import permissions, rules, selectors
from samhandling_web.understand.places.ground import shape_of
from samhandling_web.understand.places.models import Place, Problem, ProblemStep
from samhandling_web.understand.places.rules import NotHere, ProblemStatus


@dataclass(frozen=True, slots=True)
class ProblemDetails:
    """What a person says of a problem; its district follows from its places or its area."""

    title: str
    what: str
    to_whom: str
    when: str
    severity: Severity
    owner: Organisation
    place_ids: tuple[int, ...] = ()
    area: Area | None = None


@transaction.atomic
def problem_create(*, details: ProblemDetails, actor: User) -> Problem:
    """Lay a problem up, as noticed.

    Raises
    ------
    NotAllowed, NowhereAtAll, NotHere, AreaIsProtected
        If the person neither writes there nor may propose, it is nowhere, a place is not theirs
        to see, or the area is nothing that all who read problems may see.
    """
    permissions.check_may_propose_problem(actor)
    places = _places(details, actor)
    district = _district(details, places)
    if not permissions.may_propose_anywhere(actor):
        permissions.check_may_write_in(actor, district)
    problem = Problem.objects.create(**_values(details, district), created_by=actor)
    problem.places.set(places)
    ProblemStep.objects.create(problem=problem, actor=actor, status=ProblemStatus.IDENTIFIED)
    audit.record(
        actor=actor, kind="understand.problem.created", target=problem, after=_told(problem, places)
    )
    return problem


@transaction.atomic
def problem_edit(*, problem_id: int, details: ProblemDetails, actor: User) -> Problem:
    """Change what is said of a problem; what was said before stands in the log."""
    problem = problem_locked(problem_id, actor)
    shown = _places(details, actor)
    district = _district(details, shown)
    if district != problem.district and not permissions.may_propose_anywhere(actor):
        permissions.check_may_write_in(actor, district)
    # Places that this person may not see stay as they are.
    seen = selectors.places_of(problem, actor).values("pk")
    unseen = list(problem.places.exclude(pk__in=seen))
    before = _told(problem, list(problem.places.all()))
    for name, value in _values(details, district).items():
        setattr(problem, name, value)
    problem.save()
    problem.places.set([*shown, *unseen])
    after = _told(problem, [*shown, *unseen])
    changed = sorted(name for name in after if after[name] != before[name])
    audit.record(
        actor=actor,
        kind="understand.problem.edited",
        target=problem,
        before={name: before[name] for name in changed},
        after={name: after[name] for name in changed},
    )
    return problem


@transaction.atomic
def problem_step(
    *, problem_id: int, target: ProblemStatus, reason: str, actor: User
) -> ProblemStep:
    """Say where the problem stands now, and why.

    Raises
    ------
    NotAllowed, ProblemTransitionNotAllowed, AnalysisIncomplete, ReasonMissing
        If the person does not write there or it cannot move so; an analysis that is not whole is
        refused with everything that it lacks.
    """
    problem = problem_locked(problem_id, actor)
    permissions.check_may_step_problem(actor, problem)
    before = ProblemStatus(problem.status)
    rules.check_problem_transition(before, target)
    if target is ProblemStatus.ANALYSED:
        rules.check_analysis(selectors.analysis_of(problem))
    if target not in rules.NEEDS_NO_REASON:
        rules.check_reason(reason)
    step = ProblemStep.objects.create(problem=problem, actor=actor, status=target, reason=reason)
    problem.status = target
    problem.save(update_fields=["status"])
    audit.record(
        actor=actor,
        kind=f"understand.problem.{target}",
        target=problem,
        before={"status": str(before)},
        after={"status": str(target)},
        reason=reason,
    )
    return step


def problems_export_record(*, actor: User, file_name: str, row_count: int) -> None:
    """Record that a file of problems left the house."""
    audit.record_export(
        actor=actor,
        kind="understand.problems.exported",
        target=Problem(title="problems"),
        file_name=file_name,
        row_count=row_count,
    )


def problem_locked(problem_id: int, actor: User) -> Problem:
    """Return a problem to write on, locked; NotHere or NotAllowed for those who may not."""
    problem = Problem.objects.select_for_update().filter(pk=problem_id).first()
    if problem is None or not permissions.may_read_problems(actor):
        raise NotHere
    permissions.check_may_write_problem(actor, problem)
    return problem


def _places(details: ProblemDetails, actor: User) -> list[Place]:
    wanted: Sequence[int] = sorted(set(details.place_ids))
    if not wanted and details.area is None:
        raise rules.NowhereAtAll
    if details.area is not None and not selectors.is_seen_by_all(details.area):
        raise rules.AreaIsProtected
    found = list(selectors.places_visible_to(actor).filter(pk__in=wanted).order_by("pk"))
    if len(found) < len(wanted):
        raise NotHere
    return found


def _district(details: ProblemDetails, places: Sequence[Place]) -> Area | None:
    """Return the district of the first place, or the one that holds the middle of the area."""
    if places:
        return places[0].district
    area = details.area
    level = areas.district_level()
    if area is None or level is None or area.level_id == level.pk:
        return area
    version = AreaVersion.objects.filter(area=area).order_by("-valid_from").first()
    if version is None:
        return None
    middle = shapely.point_on_surface(shape_of(version.geometry))
    return areas.district_at(middle.x, middle.y, timezone.localdate())


def _values(details: ProblemDetails, district: Area | None) -> dict[str, Any]:
    return {
        "title": details.title,
        "what": details.what,
        "to_whom": details.to_whom,
        "when": details.when,
        "severity": details.severity,
        "owner": details.owner,
        "area": details.area,
        "district": district,
    }


def _told(problem: Problem, places: Sequence[Place]) -> dict[str, Any]:
    names = ("title", "what", "to_whom", "when", "severity", "owner_id", "area_id", "district_id")
    values = {name: getattr(problem, name) for name in names}
    return values | {"places": sorted(place.pk for place in places)}

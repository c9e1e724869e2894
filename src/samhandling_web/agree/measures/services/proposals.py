"""From a proposal to a decision: propose, write, approve, withdraw."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from samhandling_web.agree.measures import indicators, permissions, rules
from samhandling_web.agree.measures.models import Measure, MeasureStep
from samhandling_web.agree.measures.refusals import (
    BothSomewhereAndCitywide,
    IndicatorUnreadable,
    MeasureIsFixed,
    NotOfTheProblem,
    NotReadyForApproval,
    ReasonMissing,
    SamePersonTwice,
)
from samhandling_web.agree.measures.rules import STATUSES, Status
from samhandling_web.agree.measures.selectors.measures import missing_for_approval
from samhandling_web.agree.measures.services.steps import check_day, locked, moved
from samhandling_web.base.accounts.models import Organisation, User
from samhandling_web.base.areas import selectors as areas
from samhandling_web.base.areas.models import Area
from samhandling_web.base.audit import services as audit
from samhandling_web.base.common.text import _
from samhandling_web.understand.places.models import Problem
from samhandling_web.understand.places.queries import LiveQuery, Reading

EDITABLE = (
    "title", "description", "problem", "cause", "mechanism", "mechanism_text", "kind", "horizon",
    "portfolio", "place", "area", "is_citywide", "owner", "investment_sek",
    "running_sek_per_year", "start_on", "end_on", "follow_up_on", "indicator_name", "indicator",
    "evaluation_level", "evaluation_plan", "priority", "decided_at_item",
)  # fmt: skip
# What comes along when a measure that was followed up is continued or changed.
INHERITED = (
    "title", "description", "problem", "cause", "mechanism", "mechanism_text", "kind", "horizon",
    "portfolio", "place", "area", "district", "is_citywide", "owner", "investment_sek",
    "running_sek_per_year", "indicator_name", "indicator", "evaluation_level", "evaluation_plan",
    "priority",
)  # fmt: skip


@transaction.atomic
def measure_propose(
    *,
    title: str,
    proposer: Organisation,
    actor: User,
    problem: Problem | None = None,
    changes: Mapping[str, Any] | None = None,
) -> Measure:
    """Propose a measure; the rest can be written later.

    Raises
    ------
    NotAllowed, PersonInText
        If the actor does not propose for the organisation, or a text holds a person.
    """
    permissions.check_may_propose_for(actor, proposer)
    measure = Measure(title=title, proposer=proposer, problem=problem, created_by=actor)
    measure.district = district_of(measure)
    measure.save()
    MeasureStep.objects.create(
        measure=measure, actor=actor, status=Status.PROPOSED, on=timezone.localdate()
    )
    audit.record(actor=actor, kind="agree.measure.proposed", target=measure)
    if changes:
        measure = measure_edit(measure_id=measure.pk, changes=changes, actor=actor)
    return measure


@transaction.atomic
def measure_edit(*, measure_id: int, changes: Mapping[str, Any], actor: User) -> Measure:
    """Change a proposal. It may be incomplete for as long as it is a proposal.

    Raises
    ------
    NotAllowed, MeasureIsFixed, NotOfTheProblem, BothSomewhereAndCitywide, DatesBackwards,
    QueryInvalid, PersonInText
        If the actor does not write it, it is decided, or something does not go together.
    """
    measure = locked(measure_id)
    permissions.check_may_edit(actor, measure)
    if measure.status != Status.PROPOSED:
        raise MeasureIsFixed(current=STATUSES[Status(measure.status)])
    before = {name: getattr(measure, name) for name in EDITABLE if name in changes}
    changed = {name: changes[name] for name, value in before.items() if changes[name] != value}
    if not changed:
        return measure
    for name, value in changed.items():
        setattr(measure, name, value)
    measure.district = district_of(measure)
    _check_goes_together(measure)
    measure.save(update_fields=[*changed, "district"])
    audit.record(
        actor=actor,
        kind="agree.measure.edited",
        target=measure,
        before={name: _told(before[name]) for name in changed},
        after={name: _told(value) for name, value in changed.items()},
    )
    return measure


def _told(value: Any) -> Any:
    return getattr(value, "pk", value)


def _check_goes_together(measure: Measure) -> None:
    rules.check_dates(measure.start_on, measure.end_on, measure.follow_up_on)
    if measure.cause is not None and measure.cause.problem_id != measure.problem_id:
        raise NotOfTheProblem(problem=f"”{measure.problem}”" if measure.problem else "–")
    where = [str(_("platsen"))] if measure.place else []
    where += [str(_("området"))] if measure.area else []
    if measure.is_citywide and where:
        raise BothSomewhereAndCitywide(where=str(_(" och ")).join(where))
    if measure.indicator and not indicators.is_typed(measure.indicator):
        LiveQuery.from_json(measure.indicator)
    elif measure.indicator:
        indicators.TypedFigure.from_json(measure.indicator).check_no_person()


def district_of(measure: Measure) -> Area | None:
    """Return the district a measure belongs to: its area's, its place's, or its problem's.

    One for the whole municipality belongs to none, whatever problem it goes for.
    """
    if measure.is_citywide:
        return None
    level = areas.district_level()
    if measure.area is not None and level is not None and measure.area.level_id == level.pk:
        return measure.area
    if measure.place is not None:
        return measure.place.district
    return measure.problem.district if measure.problem is not None else None


@transaction.atomic
def measure_approve(
    *, measure_id: int, actor: User, on: date | None = None, reason: str = ""
) -> Measure:
    """Decide on a measure and freeze its indicator's value before it begins.

    Raises
    ------
    NotAllowed, SamePersonTwice, TransitionNotAllowed
        If the actor does not decide there or wrote it, or it is decided already.
    NotReadyForApproval, IndicatorUnreadable
        If something is missing (all of it is named), or the indicator has no value before.
    """
    measure = locked(measure_id)
    permissions.check_may_approve(actor, measure)
    if measure.created_by_id == actor.pk:
        raise SamePersonTwice
    rules.check_transition(Status(measure.status), Status.APPROVED)
    if missing := missing_for_approval(measure):
        raise NotReadyForApproval(missing=rules.in_a_row(missing))
    today = timezone.localdate()
    check_day(
        on or today,
        not_after=today,
        not_before=None,
        because=_("beslutet kan inte vara fattat i framtiden."),
    )
    return moved(
        measure,
        Status.APPROVED,
        actor,
        on=on or today,
        reason=reason,
        approved_on=on or today,
        baseline=_baseline(measure, today).as_json(),
    )


def _baseline(measure: Measure, today: date) -> Reading:
    assert measure.indicator is not None
    assert measure.start_on is not None
    reading = indicators.baseline(measure.indicator, measure.start_on, today)
    if not reading.is_known:
        raise IndicatorUnreadable(problem=reading.problem)
    return reading


@transaction.atomic
def measure_withdraw(*, measure_id: int, reason: str, actor: User) -> Measure:
    """Take back what has not begun, with the reason."""
    measure = locked(measure_id)
    permissions.check_may_withdraw(actor, measure)
    rules.check_transition(Status(measure.status), Status.WITHDRAWN)
    if not reason.strip():
        raise ReasonMissing
    return moved(measure, Status.WITHDRAWN, actor, on=timezone.localdate(), reason=reason)


def follower_of(measure: Measure, actor: User) -> Measure:
    """Open a proposal that goes on where a followed-up measure ended."""
    inherited = {name: getattr(measure, name) for name in INHERITED}
    follower = Measure.objects.create(
        **inherited, proposer=measure.proposer, follows=measure, created_by=actor
    )
    MeasureStep.objects.create(
        measure=follower, actor=actor, status=Status.PROPOSED, on=timezone.localdate()
    )
    audit.record(
        actor=actor,
        kind="agree.measure.proposed",
        target=follower,
        after={"follows": measure.pk},
    )
    return follower

"""Measures from proposal to follow-up, and the action plans that hold them."""

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.utils import timezone

from samhandling.patterns.estimate import Direction
from samhandling_web.agree.measures import results, services
from samhandling_web.agree.measures.indicators import TypedFigure
from samhandling_web.agree.measures.models import DosePlan, Measure
from samhandling_web.agree.measures.rules import Carried, EvaluationLevel, Status
from samhandling_web.agree.measures.services.follow_ups import Outcome, outcome_of
from samhandling_web.base.accounts.models import Organisation, User
from samhandling_web.config.demo.lived import words_measures as words
from samhandling_web.config.demo.lived.places import question
from samhandling_web.config.demo.lived.scene import District, Scene, Spot
from samhandling_web.config.demo.lived.words_measures import Deed
from samhandling_web.understand.places.models import Cause
from samhandling_web.understand.places.queries import read

BEGINS_IN_WEEK = 9
FOLLOWED_UP_AFTER = timedelta(days=21)
WORKS_AFTER = timedelta(days=6)


def plan(scene: Scene) -> None:
    """Write the course of every measure in the districts that work well into the diary."""
    for district in scene.well:
        for number, spot in enumerate(district.troubled):
            for deed in _deeds(district, spot):
                day = scene.diary.day(6, 1 + number)
                scene.diary.write_office(
                    day,
                    _propose,
                    scene,
                    district,
                    spot,
                    deed,
                )


def _deeds(district: District, spot: Spot) -> tuple[Deed, Deed]:
    first, second = words.DEEDS[spot.theme]
    return first, words.INSTEAD.get((district.key, spot.theme), second)


def _propose(scene: Scene, district: District, spot: Spot, deed: Deed) -> None:
    """Propose a measure with everything that is asked for, and plan its whole course."""
    actor, proposer = _proposed_by(scene, district, deed)
    start = scene.diary.day(BEGINS_IN_WEEK, district.troubled.index(spot))
    end = start + timedelta(weeks=deed.weeks)
    measure = services.measure_propose(
        title=deed.title.format(spot=spot.name),
        proposer=proposer,
        problem=spot.problem,
        changes=said_of(scene, district, spot, deed) | days_of(start, end),
        actor=actor,
    )
    approver = district.coordinator if actor != district.coordinator else scene.people["strateg"]
    week = scene.diary.day(7, 1)
    scene.diary.write_office(week, _approve, scene, district, measure, deed, approver)
    scene.diary.write_office(start, _begin, scene, district, spot, measure, deed)


def _proposed_by(scene: Scene, district: District, deed: Deed) -> tuple[User, Organisation]:
    """Whoever has seen the need proposes: the school, the police or the coordinator."""
    if deed.owner == "utbildning":
        return scene.people["rektor"], scene.organisations["utbildning"]
    if deed.portfolio == words.SAFETY:
        return scene.people["kommunpolis"], scene.organisations["polisen"]
    return district.coordinator, district.committee


def said_of(scene: Scene, district: District, spot: Spot, deed: Deed) -> dict[str, Any]:
    """Return everything that a measure says before it is decided, but its days."""
    assert spot.problem is not None
    causes = list(Cause.objects.filter(problem=spot.problem).order_by("pk"))
    said: dict[str, Any] = {
        "description": deed.description,
        "cause": causes[min(deed.cause, len(causes) - 1)],
        "mechanism": deed.mechanism,
        "mechanism_text": deed.how,
        "kind": deed.kind,
        "horizon": deed.horizon,
        "portfolio": scene.portfolios[deed.portfolio],
        "place": spot.place,
        "owner": scene.organisations[deed.owner],
        "investment_sek": deed.money[0],
        "running_sek_per_year": deed.money[1],
        "evaluation_level": int(deed.level),
        "evaluation_plan": f"Hålls mot {_other(district, spot).name}, där inget annat görs.",
        "priority": district.priority_of(spot),
        "decided_at_item": district.decided.get(spot.problem.pk),
    }
    if deed.typed is None:
        said["indicator_name"] = f"Iakttagelser inom 150 m från {spot.name}"
        said["indicator"] = question(spot).as_json()
    else:
        said["indicator_name"] = deed.typed[0]
        said["indicator"] = _typed(deed.typed, before=True).as_json()
    return said


def _typed(figure: tuple[str, str, str, float, float], *, before: bool) -> TypedFigure:
    what, unit, source, first, last = figure
    value = first if before else last
    return TypedFigure(what, value, unit, source, timezone.localdate() - timedelta(days=3))


def days_of(start: date, end: date) -> dict[str, date]:
    return {"start_on": start, "end_on": end, "follow_up_on": end + FOLLOWED_UP_AFTER}


def _other(district: District, spot: Spot) -> Spot:
    """Return the spot that one is held against: calm, and of the same district."""
    calm = [one for one in district.spots if one not in district.troubled]
    same = [one for one in calm if one.theme == spot.theme]
    return [*same, *calm, *district.spots][0]


def _approve(
    scene: Scene, district: District, measure: Measure, deed: Deed, approver: User
) -> None:
    services.measure_approve(measure_id=measure.pk, actor=approver)
    services.dose_plan_set(
        measure_id=measure.pk,
        amounts={unit: Decimal(amount) for unit, amount in deed.doses},
        actor=district.coordinator,
    )
    district.decided_measures.append(measure.pk)
    scene.decided_measures[measure.pk] = deed


def _begin(scene: Scene, district: District, spot: Spot, measure: Measure, deed: Deed) -> None:
    """Start the measure, and write in what is done of it until it ends."""
    today, actor = timezone.localdate(), district.coordinator
    services.measure_start(measure_id=measure.pk, on=today, actor=actor)
    if deed.calm < 1:
        spot.calm_from, spot.calm = today + WORKS_AFTER, deed.calm
    if deed.stopped_because:
        day = today + timedelta(weeks=deed.weeks // 2)
        scene.diary.write_office(day, _stop, scene, district, spot, measure, deed)
        return
    _plan_doses(scene, measure, (today, today + timedelta(weeks=deed.weeks)), actor)
    end = today + timedelta(weeks=deed.weeks) + timedelta(days=deed.late_days or -2)
    scene.diary.write_office(end, _done, scene, district, spot, measure, deed)


def _plan_doses(scene: Scene, measure: Measure, days: tuple[date, date], actor: User) -> None:
    """Let what was planned be done in parts, spread over the time."""
    first, last = days
    for dose in DosePlan.objects.filter(measure=measure):
        planned = int(dose.amount)
        parts = min(planned, 10)
        for number in range(parts):
            amount = planned * (number + 1) // parts - planned * number // parts
            day = first + (last - first - timedelta(days=7)) * (number + 1) / (parts + 1)
            scene.diary.write_office(day, _count, dose, amount, actor)


def _count(dose: DosePlan, amount: int, actor: User) -> None:
    services.dose_record(
        plan_id=dose.pk, on=timezone.localdate(), amount=Decimal(amount), actor=actor
    )


def _stop(scene: Scene, district: District, spot: Spot, measure: Measure, deed: Deed) -> None:
    for dose in DosePlan.objects.filter(measure=measure):
        _count(dose, int(dose.amount) // 7, district.coordinator)
    services.measure_end(
        measure_id=measure.pk,
        outcome=Status.STOPPED,
        on=timezone.localdate(),
        reason=deed.stopped_because,
        actor=district.coordinator,
    )
    _plan_follow_up(scene, district, spot, measure, deed)


def _done(scene: Scene, district: District, spot: Spot, measure: Measure, deed: Deed) -> None:
    services.measure_end(
        measure_id=measure.pk,
        outcome=Status.DONE,
        on=timezone.localdate(),
        actor=district.coordinator,
    )
    _plan_follow_up(scene, district, spot, measure, deed)


def _plan_follow_up(
    scene: Scene, district: District, spot: Spot, measure: Measure, deed: Deed
) -> None:
    due = Measure.objects.values_list("follow_up_on", flat=True).get(pk=measure.pk)
    assert due is not None
    scene.diary.write_office(due - timedelta(days=2), _follow_up, district, spot, measure.pk, deed)


def _follow_up(district: District, spot: Spot, number: int, deed: Deed) -> None:
    """Follow up with what the data say, held against the spot where nothing was done."""
    today = timezone.localdate()
    measure = Measure.objects.get(pk=number)
    typed = _typed(deed.typed, before=False) if deed.typed else None
    outcome = outcome_of(measure, today, typed)
    is_stopped = bool(deed.stopped_because)
    level = EvaluationLevel.BEFORE_AFTER if is_stopped or deed.typed else deed.level
    services.measure_follow_up(
        measure_id=number,
        on=today,
        told={
            "carried": Carried.PARTLY if is_stopped else Carried.AS_PLANNED,
            "result": _stopped(outcome) if is_stopped else _result(district, spot, outcome, level),
            "reached_level": int(level),
            "verdict": deed.verdict,
            "verdict_reason": deed.because,
            "spent_sek": deed.money[0] + deed.money[1] * deed.weeks // 52,
        },
        typed=typed,
        actor=district.coordinator,
    )


def _result(district: District, spot: Spot, outcome: Outcome, level: EvaluationLevel) -> str:
    said = results.in_words(outcome.change)
    if level < EvaluationLevel.COMPARISON:
        return said
    told = words.CHANGED[_direction(outcome)]
    other = _other(district, spot)
    counts = {
        name: read(question(other), reading.first_day, reading.last_day).count
        for name, reading in (("before", outcome.before), ("after", outcome.after))
    }
    return words.COMPARED.format(change=told, words=said, other=other.name, **counts)


def _stopped(outcome: Outcome) -> str:
    return words.SWITCHED_OFF.format(words=results.in_words(outcome.change))


def _direction(outcome: Outcome) -> str:
    if outcome.change is None:
        return ""
    told: Mapping[Direction, str] = {Direction.LOWER: "lower", Direction.HIGHER: "higher"}
    return told.get(outcome.change.direction, "")

"""Who answers politically, the action plans, and the measures of the district that lags behind."""

from datetime import timedelta
from decimal import Decimal

from django.utils import timezone

from samhandling_web.agree.measures import services
from samhandling_web.agree.measures.models import DosePlan, Measure
from samhandling_web.agree.measures.rules import Horizon, Status
from samhandling_web.agree.measures.services.plans import Decision
from samhandling_web.base.areas import selectors as areas
from samhandling_web.config.demo.lived import words_measures as words
from samhandling_web.config.demo.lived.measures import days_of, said_of
from samhandling_web.config.demo.lived.scene import District, Scene, Spot
from samhandling_web.config.demo.lived.words_measures import Deed

HANDED_OVER_IN_WEEK = 13
ADOPTED_IN_WEEK, ADOPTED_LATE_IN_WEEK = 8, 14
YEARS_OF_PLAN = timedelta(days=730)


def plan(scene: Scene) -> None:
    """Write portfolios, plans and what lags behind into the diary."""
    diary = scene.diary
    diary.write_office(diary.day(0, 1), _set_portfolios, scene)
    diary.write_office(diary.day(HANDED_OVER_IN_WEEK, 1), _hand_over, scene)
    for district in scene.districts:
        week = ADOPTED_IN_WEEK if district.works_well else ADOPTED_LATE_IN_WEEK
        _plan_plan(scene, district, week)
    diary.write_office(diary.day(10, 1), _draft_city, scene)
    for district in scene.badly:
        _plan_late(scene, district)


def _set_portfolios(scene: Scene) -> None:
    actor, town = scene.people["forvaltare"], scene.organisations["kommunen"]
    for name, office, horizon in words.PORTFOLIOS:
        portfolio = services.portfolio_set(name=name, horizon=horizon, actor=actor)
        services.portfolio_holder_set(
            portfolio_id=portfolio.pk,
            office=office,
            organisation=town,
            valid_from=timezone.localdate() - timedelta(days=300),
            actor=actor,
        )
        scene.portfolios[name] = portfolio


def _hand_over(scene: Scene) -> None:
    name, office, reason = words.HANDED_OVER
    services.portfolio_holder_set(
        portfolio_id=scene.portfolios[name].pk,
        office=office,
        organisation=scene.organisations["kommunen"],
        valid_from=timezone.localdate(),
        reason=reason,
        actor=scene.people["forvaltare"],
    )


def _plan_plan(scene: Scene, district: District, week: int) -> None:
    """Let a district's coordinator write its plan, and a strategist register its adoption."""

    def draft() -> None:
        today = timezone.localdate()
        draft = services.plan_draft(
            title=f"Åtgärdsplan för {district.name}",
            district=district.area,
            organisation=district.committee,
            period=(today, today + YEARS_OF_PLAN),
            actor=district.coordinator,
        )
        introduction = words.INTRODUCTION.format(name=district.name)
        services.plan_edit(
            plan_id=draft.pk, changes={"introduction": introduction}, actor=district.coordinator
        )
        services.plan_items_set(
            plan_id=draft.pk, measure_ids=district.decided_measures, actor=district.coordinator
        )
        decided = Decision(district.committee, today, f"SN {today.year}/{40 + week:03}")
        services.plan_adopt(plan_id=draft.pk, decision=decided, actor=scene.people["strateg"])

    scene.diary.write_office(scene.diary.day(week, 1), draft)


def _draft_city(scene: Scene) -> None:
    """Adopt the city's plan: the long-term measures of all districts, by two strategists."""
    writer, registrar = scene.people["strateg2"], scene.people["strateg"]
    town, today = scene.organisations["kommunen"], timezone.localdate()
    name = areas.municipality()
    draft = services.plan_draft(
        title=f"Åtgärdsplan för {name.name if name else town.name}",
        district=None,
        organisation=town,
        period=(today, today + YEARS_OF_PLAN),
        actor=writer,
    )
    services.plan_edit(
        plan_id=draft.pk, changes={"introduction": words.CITY_INTRODUCTION}, actor=writer
    )
    lasting = [
        number
        for number, deed in scene.decided_measures.items()
        if deed.horizon == Horizon.LONG_TERM
    ]
    services.plan_items_set(plan_id=draft.pk, measure_ids=lasting, actor=writer)
    decided = Decision(town, today, f"KS {today.year}/0212")
    services.plan_adopt(plan_id=draft.pk, decision=decided, actor=registrar)


def _plan_late(scene: Scene, district: District) -> None:
    """Let the last district decide late, begin later, and follow nothing up."""
    diary = scene.diary
    diary.write_office(diary.day(11, 2), _half_meant, district)
    deeds = [(spot, deed) for spot in district.troubled for deed in words.DEEDS[spot.theme]]
    for number, (spot, deed) in enumerate(deeds):
        diary.write_office(
            diary.day(12, 2),
            _propose_late,
            scene,
            district,
            (spot, deed),
            number,
        )


def _half_meant(district: District) -> None:
    """Propose things that somebody has asked for, without a word of what they are to solve."""
    for number, (title, description) in enumerate(words.HALF_MEANT):
        spot = district.troubled[number % len(district.troubled)]
        services.measure_propose(
            title=title.format(district=district.name, spot=spot.name),
            proposer=district.committee,
            changes={"description": description},
            actor=district.coordinator,
        )


def _propose_late(scene: Scene, district: District, told: tuple[Spot, Deed], number: int) -> None:
    """Propose a measure; of each four the first is done late, two drag on, one never begins."""
    spot, deed = told
    start = scene.diary.day(15, number)
    end = start + timedelta(weeks=4 + number)
    measure = services.measure_propose(
        title=deed.title.format(spot=spot.name),
        proposer=district.committee,
        problem=spot.problem,
        changes=said_of(scene, district, spot, deed) | days_of(start, end),
        actor=district.coordinator,
    )
    scene.diary.write_office(scene.diary.day(13, 1), _approve_late, scene, district, measure, deed)
    if number % 4 == 3:
        return
    begun = start + timedelta(weeks=3)
    scene.diary.write_office(begun, _begin_late, district, measure)
    if number % 4 == 0:
        ended = end + timedelta(weeks=2)
        scene.diary.write_office(ended, _done_late, district, measure)


def _approve_late(scene: Scene, district: District, measure: Measure, deed: Deed) -> None:
    services.measure_approve(measure_id=measure.pk, actor=scene.people["strateg"])
    services.dose_plan_set(
        measure_id=measure.pk,
        amounts={unit: Decimal(amount) for unit, amount in deed.doses},
        actor=district.coordinator,
    )
    district.decided_measures.append(measure.pk)


def _begin_late(district: District, measure: Measure) -> None:
    """Begin weeks after the day, and count a first part of what was planned."""
    today, actor = timezone.localdate(), district.coordinator
    services.measure_start(measure_id=measure.pk, on=today, actor=actor)
    for dose in DosePlan.objects.filter(measure=measure):
        part = Decimal(max(1, int(dose.amount) // 5))
        services.dose_record(plan_id=dose.pk, on=today, amount=part, actor=actor)


def _done_late(district: District, measure: Measure) -> None:
    services.measure_end(
        measure_id=measure.pk,
        outcome=Status.DONE,
        on=timezone.localdate(),
        actor=district.coordinator,
    )

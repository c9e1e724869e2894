"""Reading action plans: lists, clocks, comparison, and proof that none was changed."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Max, Prefetch, Q, QuerySet
from django.utils import timezone

from samhandling_web.agree.measures import permissions, plan_content, rules
from samhandling_web.agree.measures.models import ActionPlan, Measure, PlanFollowUp, PlanItem
from samhandling_web.agree.measures.rules import PlanStatus, Status
from samhandling_web.agree.measures.selectors.measures import SHOWN_TOGETHER, measures_visible_to
from samhandling_web.agree.measures.selectors.portfolios import holders_on
from samhandling_web.base.accounts.permissions import Actor, holds_role, is_person
from samhandling_web.base.audit.checks import Finding
from samhandling_web.base.audit.models import AuditRecord
from samhandling_web.base.common.text import Text
from samhandling_web.understand.picture.models import Picture
from samhandling_web.understand.picture.rules import Clock, ClockReading, clock_reading
from samhandling_web.understand.picture.rules import Kind as PictureKind
from samhandling_web.understand.picture.rules import Status as PictureStatus
from samhandling_web.understand.picture.scopes import areas_with_clock

ADOPTED = "agree.plan.adopted"


def plans_visible_to(actor: Actor) -> QuerySet[ActionPlan]:
    """Return every plan the person may read (the same answer as `permissions.may_read_plan`)."""
    plans = ActionPlan.objects.select_related(
        "organisation", "adopted_by", "picture", "district", "created_by", "previous"
    )
    if not is_person(actor) or not permissions.may_read_plans(actor):
        return plans.none()
    if holds_role(actor, permissions.PLAN_DRAFT_READERS):
        return plans
    own = permissions.organisations_planned_for(actor)
    return plans.filter(~Q(status=PlanStatus.DRAFT) | Q(organisation__in=own))


def measures_for_plan(plan: ActionPlan) -> QuerySet[Measure]:
    """Return what the plan can hold: decided or begun, in its district or in the whole city."""
    decided = Measure.objects.filter(status__in=[Status.APPROVED, Status.STARTED])
    if plan.district_id is not None:
        decided = decided.filter(district_id=plan.district_id)
    return decided.select_related(*SHOWN_TOGETHER).order_by("horizon", "title")


def measures_in(plan: ActionPlan) -> list[Measure]:
    """Return the measures that the plan holds, in the order they were put there."""
    items = PlanItem.objects.filter(plan=plan).order_by("pk")
    measures = Measure.objects.select_related(*SHOWN_TOGETHER, "cause")
    return [row.measure for row in items.prefetch_related(Prefetch("measure", measures))]


def pictures_for_plan(district_id: int | None) -> QuerySet[Picture]:
    """Return the adopted pictures that a plan can rest on: the district's own and the city's."""
    whose = Q(area__isnull=True) | Q(area_id=district_id)
    adopted = Picture.objects.filter(
        whose, kind=PictureKind.STATUTORY, status=PictureStatus.ADOPTED
    )
    return adopted.order_by("-adopted_on", "-pk")


def missing_in_plan(plan: ActionPlan) -> list[Text]:
    """Name what the plan itself lacks; the decision is asked for when it is registered."""
    has = _has(plan) | {"body": True, "day": True, "case_number": True}
    return rules.missing_in(rules.NEEDED_FOR_PLAN, has)


def missing_for_adoption(plan: ActionPlan, decision: dict[str, bool]) -> list[Text]:
    """Name everything that the plan and the decision on it lack."""
    return rules.missing_in(rules.NEEDED_FOR_PLAN, _has(plan) | decision)


def _has(plan: ActionPlan) -> dict[str, bool]:
    return {
        "picture": plan.picture is not None and plan.picture.status == PictureStatus.ADOPTED,
        "introduction": bool(plan.introduction.strip()),
        "measures": plan.items.exists(),
    }


def next_version(plan: ActionPlan, actor: Actor) -> ActionPlan | None:
    """Return the version that replaces this one, if there is one that the person may read."""
    return plans_visible_to(actor).filter(previous=plan).first()


def follow_ups_of(plan: ActionPlan) -> QuerySet[PlanFollowUp]:
    """Return every follow-up of the plan, the latest first."""
    return plan.follow_ups.select_related("decided_by", "actor").order_by("-on", "-pk")


def follow_ups_with_period(plan: ActionPlan) -> list[tuple[PlanFollowUp, date | None]]:
    """Return every follow-up, the latest first, with the day from which it tells."""
    rows = list(follow_ups_of(plan))
    begun = [row.on for row in rows[1:]]
    return list(zip(rows, [*begun, plan.adopted_on], strict=False))


@dataclass(frozen=True, slots=True)
class StandingOfPlan:
    """The action plan of the city or a district, and the clock of its follow-up."""

    area_id: int | None
    area_name: str
    plan: ActionPlan | None
    followed_up_on: date | None
    reading: ClockReading


def plan_standing(today: date, reader: Actor = None) -> list[StandingOfPlan]:
    """Return the newest adopted plan of the city and of each district, with its clock."""
    adopted = ActionPlan.objects.exclude(status=PlanStatus.DRAFT)
    told = adopted.select_related("organisation", "adopted_by", "picture", "district")
    dated = told.annotate(followed_up_on=Max("follow_ups__on"))
    newest = {plan.district_id: plan for plan in dated.order_by("adopted_on", "version", "pk")}
    return [
        _standing_of(area_id, name, newest.get(area_id), today)
        for area_id, name in areas_with_clock(today, reader)
    ]


def _standing_of(area_id: int | None, name: str, plan: Any, today: date) -> StandingOfPlan:
    followed = plan.followed_up_on if plan else None
    return StandingOfPlan(area_id, name, plan, followed, reading_of(plan, followed, today))


def reading_of(plan: ActionPlan | None, followed: date | None, today: date) -> ClockReading:
    """Return how long until a plan must be followed up: two years from its adoption, or since."""
    return clock_reading(followed or (plan.adopted_on if plan else None), today)


def reading_of_plan(plan: ActionPlan, today: date) -> ClockReading:
    return reading_of(plan, followed_up_on(plan), today)


def followed_up_on(plan: ActionPlan) -> date | None:
    """Return the day of the plan's latest follow-up."""
    return plan.follow_ups.order_by("-on").values_list("on", flat=True).first()


@dataclass(frozen=True, slots=True)
class Difference:
    """One measure that is new, gone or different from one version of a plan to the next."""

    sign: str
    title: str
    words: tuple[tuple[str, str, str], ...] = ()


def content_of(plan: ActionPlan) -> dict[str, Any]:
    """Return what the plan holds: frozen when it was adopted, as it is now before that."""
    if plan.content is not None:
        return dict(plan.content)
    return content_now(plan, measures_in(plan))


def content_now(plan: ActionPlan, measures: list[Measure]) -> dict[str, Any]:
    """Return what the plan would hold if it were adopted now."""
    return plan_content.content_of(plan, measures, holders_on(timezone.localdate()))


def compared_with_previous(plan: ActionPlan) -> list[Difference]:
    """Return which measures came, went and changed since the version this one replaces."""
    if plan.previous is None:
        return []
    old = {row["id"]: row for row in content_of(plan.previous)["measures"]}
    new = {row["id"]: row for row in content_of(plan)["measures"]}
    return [
        *(Difference("+", row["title"]) for pk, row in new.items() if pk not in old),
        *(Difference("-", row["title"]) for pk, row in old.items() if pk not in new),
        *_changed(old, new),
    ]


def _changed(old: dict[int, Any], new: dict[int, Any]) -> Iterator[Difference]:
    for pk, row in new.items():
        before = old.get(pk)
        if before is None:
            continue
        words = tuple(
            (str(label), plan_content.as_text(before[name]), plan_content.as_text(row[name]))
            for name, label in plan_content.COMPARED.items()
            if before.get(name) != row.get(name)
        )
        yield Difference("~" if words else "=", row["title"], words)


def changed_plans() -> Iterator[Finding]:
    """Find adopted plans that no longer say what was adopted, and ones that are gone."""
    recorded = {
        int(entry.target_id): (entry.after or {}).get("content_hash")
        for entry in AuditRecord.objects.filter(kind=ADOPTED)
    }
    adopted = {plan.pk: plan for plan in ActionPlan.objects.exclude(status=PlanStatus.DRAFT)}
    remedy = "Restore the database from a backup and find out who changed it."
    for pk in sorted(recorded.keys() | adopted.keys()):
        plan, hash_then = adopted.get(pk), recorded.get(pk)
        if plan is None:
            fault = "was adopted and is no longer there as adopted"
        elif hash_then is None:
            fault = "stands as adopted without a recorded decision"
        elif not plan.content_hash == hash_then == plan_content.content_hash(plan):
            fault = "was changed after it was adopted"
        else:
            continue
        yield Finding(f"action plan {pk}" + (f" ({plan})" if plan else ""), fault, remedy)


def overdue_plans(today: date) -> Iterator[Finding]:
    """Name every area that has no adopted plan, or whose plan was due to be followed up."""
    for one in plan_standing(today):
        if one.plan is None:
            fault = "has no adopted action plan (5 § lag 2023:196)"
        elif one.reading.clock == Clock.RED:
            fault = f"has an action plan that was to be followed up by {one.reading.due_on}"
        else:
            continue
        yield Finding(one.area_name, fault, "Adopt or follow up the plan.", is_reminder=True)


def plans_of_measure(measure: Measure, actor: Actor) -> QuerySet[ActionPlan]:
    """Return the plans that hold the measure and that the person may read."""
    return plans_visible_to(actor).filter(items__measure=measure).distinct()


def may_see_measures(plan: ActionPlan, actor: Actor) -> set[int]:
    """Return which of the plan's measures the person may open."""
    held = measures_visible_to(actor).filter(plan_items__plan=plan)
    return set(held.values_list("pk", flat=True))

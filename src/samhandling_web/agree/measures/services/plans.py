"""Writing action plans: draft, adoption, next version and the statutory follow-up."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from samhandling_web.agree.measures import permissions, plan_content, rules
from samhandling_web.agree.measures.models import ActionPlan, Measure, PlanFollowUp, PlanItem
from samhandling_web.agree.measures.refusals import (
    DayWrong,
    MeasureNotForPlan,
    PlanIncomplete,
    PlanIsFixed,
    SamePersonTwice,
)
from samhandling_web.agree.measures.rules import PLAN_STATUSES, PlanStatus
from samhandling_web.agree.measures.selectors import plans as selectors
from samhandling_web.agree.measures.selectors.measures import titles
from samhandling_web.base.accounts.models import Organisation, User
from samhandling_web.base.areas.models import Area
from samhandling_web.base.audit import services as audit
from samhandling_web.base.common.text import _

EDITABLE = ("title", "picture", "introduction", "period_start", "period_end")


@dataclass(frozen=True, slots=True)
class Decision:
    """What a body has decided: which body, when, and where it is filed."""

    body: Organisation | None
    on: date | None
    case_number: str

    def says(self) -> dict[str, bool]:
        return {
            "body": self.body is not None,
            "day": self.on is not None,
            "case_number": bool(self.case_number.strip()),
        }


@transaction.atomic
def plan_draft(
    *,
    title: str,
    district: Area | None,
    organisation: Organisation,
    period: tuple[date, date],
    actor: User,
) -> ActionPlan:
    """Begin a plan for a district, or for the whole city when `district` is None."""
    permissions.check_may_write_plan(actor, organisation)
    plan = ActionPlan.objects.create(
        title=title,
        district=district,
        organisation=organisation,
        picture=selectors.pictures_for_plan(district.pk if district else None).first(),
        period_start=period[0],
        period_end=period[1],
        created_by=actor,
    )
    audit.record(actor=actor, kind="agree.plan.drafted", target=plan)
    return plan


@transaction.atomic
def plan_edit(*, plan_id: int, changes: Mapping[str, Any], actor: User) -> ActionPlan:
    """Change the words, the picture or the period of a draft."""
    plan = _draft(plan_id, actor)
    before = {name: getattr(plan, name) for name in EDITABLE if name in changes}
    changed = {name: changes[name] for name, value in before.items() if changes[name] != value}
    if not changed:
        return plan
    for name, value in changed.items():
        setattr(plan, name, value)
    plan.save(update_fields=list(changed))
    audit.record(
        actor=actor,
        kind="agree.plan.edited",
        target=plan,
        before={name: getattr(before[name], "pk", before[name]) for name in changed},
        after={name: getattr(value, "pk", value) for name, value in changed.items()},
    )
    return plan


@transaction.atomic
def plan_items_set(*, plan_id: int, measure_ids: Collection[int], actor: User) -> ActionPlan:
    """Say which measures the plan holds.

    Raises
    ------
    NotAllowed, PlanIsFixed, MeasureNotForPlan
        If the actor does not write it, it is adopted, or a measure is not decided or is elsewhere.
    """
    plan = _draft(plan_id, actor)
    held = set(plan.items.values_list("measure_id", flat=True))
    wanted = set(measure_ids)
    possible = set(selectors.measures_for_plan(plan).values_list("pk", flat=True))
    if not wanted <= possible:
        _refuse(wanted - possible)
    plan.items.filter(measure_id__in=held - wanted).delete()
    PlanItem.objects.bulk_create(PlanItem(plan=plan, measure_id=pk) for pk in sorted(wanted - held))
    if held != wanted:
        audit.record(
            actor=actor,
            kind="agree.plan.measures_chosen",
            target=plan,
            before={"measures": sorted(held)},
            after={"measures": sorted(wanted)},
        )
    return plan


def _refuse(measure_ids: Collection[int]) -> None:
    wrong = Measure.objects.filter(pk__in=measure_ids).order_by("pk")
    raise MeasureNotForPlan(titles=titles(wrong) or "–")


@transaction.atomic
def plan_adopt(*, plan_id: int, decision: Decision, actor: User) -> ActionPlan:
    """Register that a named body has adopted the plan, and keep it as it then was.

    Raises
    ------
    NotAllowed, SamePersonTwice, PlanTransitionNotAllowed
        If the actor does not register decisions or wrote the plan, or it is adopted already.
    PlanIncomplete, MeasureNotForPlan, DayWrong
        If something is missing (all of it is named), a measure is no longer going on, or the
        decision lies ahead.
    """
    plan = _locked(plan_id)
    permissions.check_may_register_adoption(actor)
    if plan.created_by_id == actor.pk:
        raise SamePersonTwice
    rules.check_plan_transition(PlanStatus(plan.status), PlanStatus.ADOPTED)
    missing = selectors.missing_for_adoption(plan, decision.says())
    if decision.on is None or missing:
        raise PlanIncomplete(missing=rules.in_a_row(missing))
    if decision.on > timezone.localdate():
        raise DayWrong(on=decision.on, explanation=_("beslutet ligger i framtiden."))
    possible = set(selectors.measures_for_plan(plan).values_list("pk", flat=True))
    measures = selectors.measures_in(plan)
    if gone := {one.pk for one in measures} - possible:
        _refuse(gone)
    plan.content = selectors.content_now(plan, measures)
    plan.adopted_by, plan.adopted_on = decision.body, decision.on
    plan.case_number = decision.case_number.strip()
    plan.status = PlanStatus.ADOPTED
    plan.content_hash = plan_content.content_hash(plan)
    plan.save()
    audit.record(
        actor=actor,
        kind=selectors.ADOPTED,
        target=plan,
        after={
            "content_hash": plan.content_hash,
            "adopted_by": decision.body.slug if decision.body else "",
            "adopted_on": decision.on,
            "case_number": plan.case_number,
        },
    )
    return plan


@transaction.atomic
def plan_new_version(*, plan_id: int, period: tuple[date, date], actor: User) -> ActionPlan:
    """Begin the version that replaces an adopted plan, with what still goes on as a start."""
    old = _locked(plan_id)
    permissions.check_may_write_plan(actor, old.organisation)
    if old.status == PlanStatus.DRAFT:
        rules.check_plan_transition(PlanStatus(old.status), PlanStatus.FOLLOWED_UP)
    if (begun := ActionPlan.objects.filter(previous=old).first()) is not None:
        return begun
    newest = selectors.pictures_for_plan(old.district_id).first()
    plan = ActionPlan.objects.create(
        title=old.title,
        district=old.district,
        organisation=old.organisation,
        picture=newest or old.picture,
        introduction=old.introduction,
        period_start=period[0],
        period_end=period[1],
        version=old.version + 1,
        previous=old,
        created_by=actor,
    )
    kept = (
        selectors.measures_for_plan(plan).filter(plan_items__plan=old).values_list("pk", flat=True)
    )
    PlanItem.objects.bulk_create(PlanItem(plan=plan, measure_id=pk) for pk in kept)
    audit.record(actor=actor, kind="agree.plan.drafted", target=plan, after={"previous": old.pk})
    return plan


@transaction.atomic
def plan_follow_up(
    *, plan_id: int, decision: Decision, conclusion: str, actor: User
) -> PlanFollowUp:
    """Follow up an adopted plan, 6 § lag (2023:196), with each measure as it then stands.

    It is done once for each period: the time since the last follow-up, or since the adoption.

    Raises
    ------
    NotAllowed, PlanTransitionNotAllowed, PlanIncomplete, DayWrong
        If the actor does not write it, it is no adopted plan, something is not said, or the day
        is before the adoption, ahead, or no later than the last follow-up.
    """
    plan = _locked(plan_id)
    permissions.check_may_write_plan(actor, plan.organisation)
    rules.check_plan_transition(PlanStatus(plan.status), PlanStatus.FOLLOWED_UP)
    missing = [*_missing_in_follow_up(decision, conclusion)]
    if decision.body is None or decision.on is None or missing:
        raise PlanIncomplete(missing="; ".join(missing))
    last = selectors.followed_up_on(plan)
    rules.check_follow_up_day(decision.on, plan.adopted_on, last, timezone.localdate())
    content = plan_content.follow_up_content(selectors.measures_in(plan))
    row = PlanFollowUp.objects.create(
        plan=plan,
        on=decision.on,
        content=content,
        conclusion=conclusion,
        decided_by=decision.body,
        case_number=decision.case_number.strip(),
        actor=actor,
    )
    plan.status = PlanStatus.FOLLOWED_UP
    plan.save(update_fields=["status"])
    audit.record(
        actor=actor,
        kind="agree.plan.followed_up",
        target=plan,
        after={"on": decision.on, "case_number": row.case_number},
    )
    return row


def _missing_in_follow_up(decision: Decision, conclusion: str) -> list[str]:
    has = decision.says()
    needed = {
        "body": _("vilket organ som behandlat den"),
        "day": _("vilken dag den behandlades"),
        "conclusion": _("slutsatsen"),
    }
    return [
        str(one) for one in rules.missing_in(needed, has | {"conclusion": bool(conclusion.strip())})
    ]


def _locked(plan_id: int) -> ActionPlan:
    rows = ActionPlan.objects.select_related("organisation", "picture")
    return rows.select_for_update(of=("self",)).get(pk=plan_id)


def _draft(plan_id: int, actor: User) -> ActionPlan:
    """Return the plan, locked, if the person writes it and it is a draft."""
    plan = _locked(plan_id)
    permissions.check_may_write_plan(actor, plan.organisation)
    if plan.status != PlanStatus.DRAFT:
        raise PlanIsFixed(current=PLAN_STATUSES[PlanStatus(plan.status)])
    return plan

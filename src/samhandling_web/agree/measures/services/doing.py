"""Carrying a measure out: what is counted, when it begins, what is done, when it ends."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from django.db import transaction
from django.db.models import Sum
from django.utils import timezone

from samhandling_web.agree.measures import permissions, rules
from samhandling_web.agree.measures.models import DosePlan, DoseRecord, Measure
from samhandling_web.agree.measures.refusals import (
    DoseFixed,
    DoseWrong,
    NoDosePlanned,
    ReasonMissing,
)
from samhandling_web.agree.measures.rules import STATUSES, Status
from samhandling_web.agree.measures.services.steps import check_day, locked, moved
from samhandling_web.base.accounts.models import User
from samhandling_web.base.audit import services as audit
from samhandling_web.base.common.text import _

COUNTED = {Status.STARTED, Status.DONE, Status.STOPPED}


@transaction.atomic
def dose_plan_set(
    *, measure_id: int, amounts: Mapping[str, Decimal], actor: User
) -> list[DosePlan]:
    """Decide what is counted while the measure goes on: an amount for each unit.

    Raises
    ------
    NotAllowed, DoseFixed, DoseWrong
        If the actor does not carry it out, it has begun, or an amount is nothing.
    """
    measure = locked(measure_id)
    permissions.check_may_carry_out(actor, measure)
    if measure.status not in {Status.PROPOSED, Status.APPROVED}:
        raise DoseFixed(current=STATUSES[Status(measure.status)])
    for amount in amounts.values():
        if amount <= 0:
            raise DoseWrong(amount=amount, explanation=_("det planerade ska vara mer än noll."))
    before = {plan.unit: plan.amount for plan in measure.dose_plans.all()}
    measure.dose_plans.all().delete()
    plans = [
        DosePlan.objects.create(measure=measure, unit=unit.strip(), amount=amount)
        for unit, amount in amounts.items()
    ]
    audit.record(
        actor=actor,
        kind="agree.measure.dose_planned",
        target=measure,
        before=before,
        after=dict(amounts),
    )
    return plans


@transaction.atomic
def measure_start(*, measure_id: int, on: date, actor: User) -> Measure:
    """Begin a decided measure.

    Raises
    ------
    NotAllowed, TransitionNotAllowed, NoDosePlanned, DayWrong
        If the actor does not carry it out, it is not decided, nothing is planned to be counted,
        or the day has not come.
    """
    measure = locked(measure_id)
    permissions.check_may_carry_out(actor, measure)
    rules.check_transition(Status(measure.status), Status.STARTED)
    if not measure.dose_plans.exists():
        raise NoDosePlanned
    check_day(
        on,
        not_after=timezone.localdate(),
        not_before=measure.approved_on,
        because=_("en åtgärd börjar tidigast dagen den beslutas och senast i dag."),
    )
    return moved(measure, Status.STARTED, actor, on=on, started_on=on)


@transaction.atomic
def dose_record(
    *, plan_id: int, on: date, amount: Decimal, actor: User, note: str = ""
) -> DoseRecord:
    """Write in what was done on a day. A mistake is put right by the same amount with a minus.

    Raises
    ------
    NotAllowed, DoseWrong, DayWrong
        If the actor does not carry it out, the measure has not begun or is followed up, the
        amount is nothing or takes back more than is done, or the day is outside the measure.
    """
    plan = DosePlan.objects.get(pk=plan_id)
    measure = locked(plan.measure_id)
    permissions.check_may_carry_out(actor, measure)
    if measure.status not in COUNTED:
        explanation = _("åtgärden är {current}. Det gjorda räknas från starten till uppföljningen.")
        raise DoseWrong(
            amount=amount,
            explanation=explanation.format(current=STATUSES[Status(measure.status)]),
        )
    _check_amount(plan, amount)
    check_day(
        on,
        not_after=min(timezone.localdate(), measure.ended_on or date.max),
        not_before=measure.started_on,
        because=_("välj en dag då åtgärden pågick, senast i dag."),
    )
    row = DoseRecord.objects.create(plan=plan, on=on, amount=amount, note=note, actor=actor)
    audit.record(
        actor=actor,
        kind="agree.measure.dose_recorded",
        target=measure,
        after={"unit": plan.unit, "on": on, "amount": amount},
    )
    return row


def _check_amount(plan: DosePlan, amount: Decimal) -> None:
    if amount == 0:
        raise DoseWrong(amount=amount, explanation=_("skriv hur mycket som blev gjort."))
    done = plan.records.aggregate(done=Sum("amount"))["done"] or Decimal(0)
    if done + amount < 0:
        explanation = _("det går inte att ta tillbaka mer än det som är inskrivet ({done}).")
        raise DoseWrong(amount=amount, explanation=explanation.format(done=done))


@transaction.atomic
def measure_end(
    *, measure_id: int, outcome: Status, on: date, actor: User, reason: str = ""
) -> Measure:
    """End a measure as done or stopped. It is then to be followed up.

    Raises
    ------
    NotAllowed, TransitionNotAllowed, ReasonMissing, DayWrong
        If the actor does not carry it out, it has not begun, it is stopped without a reason, or
        the day is outside the measure.
    """
    measure = locked(measure_id)
    permissions.check_may_carry_out(actor, measure)
    rules.check_transition(Status(measure.status), outcome)
    if outcome == Status.STOPPED and not reason.strip():
        raise ReasonMissing
    check_day(
        on,
        not_after=timezone.localdate(),
        not_before=measure.started_on,
        because=_("en åtgärd slutar tidigast dagen den började och senast i dag."),
    )
    return moved(measure, outcome, actor, on=on, reason=reason, ended_on=on)

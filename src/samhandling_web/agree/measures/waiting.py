"""What waits for a person among measures and plans, told from their states."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from django.db.models import Q, QuerySet
from django.urls import reverse

from samhandling_web.agree.measures import permissions
from samhandling_web.agree.measures.districts import districts_answered_for
from samhandling_web.agree.measures.models import Measure
from samhandling_web.agree.measures.rules import Status
from samhandling_web.agree.measures.selectors import measures as selectors
from samhandling_web.agree.measures.selectors.plans import plan_standing
from samhandling_web.base.accounts.models import User
from samhandling_web.base.accounts.permissions import (
    Actor,
    holds_role,
    is_person,
    organisations_today,
)
from samhandling_web.base.common.inbox import SOON_DAYS, InboxItem
from samhandling_web.base.common.text import Text, _
from samhandling_web.understand.picture.rules import Clock

MOST_SHOWN = 50


def waiting_for(actor: Actor, today: date) -> Iterator[InboxItem]:
    """Yield what waits for the person: decisions, starts, ends, follow-ups and plans."""
    if not is_person(actor) or not permissions.may_propose(actor):
        return
    for measure in _to_approve(actor)[:MOST_SHOWN]:
        yield _item("approval", measure, _("Åtgärd att besluta om"), measure.start_on)
    for measure in _carried_by(actor, _due_soon(today))[:MOST_SHOWN]:
        yield _step_item(measure)
    yield from _plans(actor, today)


def _to_approve(user: User) -> QuerySet[Measure]:
    """Return the complete proposals of others that the person decides on."""
    ready = selectors.ready_for_approval(selectors.measures_visible_to(user))
    ready = ready.exclude(created_by=user).order_by("start_on", "pk")
    if holds_role(user, permissions.ANYWHERE):
        return ready
    return ready.filter(district__in=districts_answered_for(user))


def _due_soon(today: date) -> Q:
    soon = today + timedelta(days=SOON_DAYS)
    return (
        Q(status=Status.APPROVED, start_on__lte=soon)
        | Q(status=Status.STARTED, end_on__lte=soon)
        | Q(status__in=[Status.DONE, Status.STOPPED], follow_up_on__lte=soon)
    )


def _carried_by(user: User, due: Q) -> QuerySet[Measure]:
    """Return what the person's organisation or district is to do; a strategist's is the city's."""
    mine = Q(owner__in=organisations_today(user, permissions.PROPOSERS))
    mine |= Q(district__in=districts_answered_for(user))
    if holds_role(user, permissions.ANYWHERE):
        mine |= Q(district__isnull=True)
    return selectors.measures_visible_to(user).filter(due, mine).order_by("follow_up_on", "pk")


def _step_item(measure: Measure) -> InboxItem:
    if measure.status == Status.APPROVED:
        return _item("start", measure, _("Åtgärd som ska börja"), measure.start_on)
    if measure.status == Status.STARTED:
        return _item("end", measure, _("Åtgärd som ska vara klar"), measure.end_on)
    address = reverse("measures:measure-follow-up", args=[measure.pk])
    label = _("Åtgärd att följa upp")
    return _item("follow_up", measure, label, measure.follow_up_on, address)


def _item(
    code: str, measure: Measure, label: Text, due_on: date | None, address: str = ""
) -> InboxItem:
    return InboxItem(
        code=f"measures.{code}",
        key=f"measures.measure:{measure.pk}",
        label=label,
        title=measure.title,
        url=address or reverse("measures:measure-detail", args=[measure.pk]),
        due_on=due_on,
        organisation=str(measure.owner or measure.proposer),
    )


def _plans(user: User, today: date) -> Iterable[InboxItem]:
    """Yield the plans that are to be followed up within half a year, for those who write them."""
    if not permissions.may_begin_plan(user):
        return
    for one in plan_standing(today, user):
        plan = one.plan
        if plan is None or one.reading.clock not in {Clock.AMBER, Clock.RED}:
            continue
        if permissions.may_write_plan(user, plan.organisation):
            yield InboxItem(
                code="measures.plan_follow_up",
                key=f"measures.actionplan:{plan.pk}",
                label=_("Åtgärdsplan att följa upp (6 §)"),
                title=plan.title,
                url=reverse("measures:plan-detail", args=[plan.pk]),
                due_on=one.reading.due_on,
                organisation=str(plan.organisation),
            )

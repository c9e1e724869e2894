"""Planning a walk: where, when, why, and who is asked by role."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from samhandling_web.base.accounts.models import Organisation, User
from samhandling_web.base.areas.models import Area
from samhandling_web.base.audit import services as audit
from samhandling_web.base.common.free_text import check_no_person
from samhandling_web.base.common.text import _
from samhandling_web.observe.walks import permissions, rules
from samhandling_web.observe.walks.models import Finding, Invitation, Walk
from samhandling_web.observe.walks.rules import Status

FIELDS = (
    "title", "planned_at", "organiser", "district", "purpose", "meeting_point", "route", "previous",
)  # fmt: skip
RELATIONS = frozenset({"organiser", "district", "previous"})


@dataclass(frozen=True, slots=True)
class Plan:
    """What is decided before a walk."""

    title: str
    planned_at: datetime
    organiser: Organisation
    district: Area | None = None
    purpose: str = ""
    meeting_point: str = ""
    route: dict[str, Any] | None = None
    previous: Walk | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """A role that is asked to come, from an organisation, and how many of it."""

    role: str
    organisation: Organisation | None = None
    invited: int = 1


@transaction.atomic
def walk_plan(*, plan: Plan, invitations: Sequence[Asked] = (), actor: User) -> Walk:
    """Plan a walk.

    Raises
    ------
    NotAllowed, PersonInText
        If the actor does not plan walks for the organiser or in the district, or a text names a
        person.
    """
    permissions.check_may_plan(actor, plan.organiser, plan.district)
    values = {name: getattr(plan, name) for name in FIELDS}
    walk = Walk.objects.create(**values, created_by=actor)
    _invite(walk, invitations)
    audit.record(actor=actor, kind="walks.walk.planned", target=walk, after=_told(walk))
    return walk


@transaction.atomic
def walk_edit(*, walk_id: int, plan: Plan, invitations: Sequence[Asked], actor: User) -> Walk:
    """Change the plan of a walk that has not been walked.

    Raises
    ------
    NotAllowed, PlanIsFixed, PersonInText
        If the actor does not lead the walk, it is no longer planned, or a text names a person.
    """
    walk = Walk.objects.select_for_update().get(pk=walk_id)
    permissions.check_may_lead(actor, walk)
    permissions.check_may_plan(actor, plan.organiser, plan.district)
    if walk.status != Status.PLANNED:
        raise rules.PlanIsFixed(current=rules.STATUSES[Status(walk.status)])
    before = _told(walk)
    for name in FIELDS:
        setattr(walk, name, getattr(plan, name))
    walk.save(update_fields=FIELDS)
    walk.invitations.all().delete()
    _invite(walk, invitations)
    after = _told(walk)
    changed = [name for name in after if before[name] != after[name]]
    if changed:
        audit.record(
            actor=actor,
            kind="walks.walk.edited",
            target=walk,
            before={name: before[name] for name in changed},
            after={name: after[name] for name in changed},
        )
    return walk


@transaction.atomic
def walk_cancel(*, walk_id: int, reason: str, actor: User) -> Walk:
    """Call a planned walk off, with the reason.

    Raises
    ------
    NotAllowed, TransitionNotAllowed, ReasonMissing, HasFindings
        If the actor does not lead it, it is not planned, no reason is given, or somebody has
        already found something on it.
    """
    walk = Walk.objects.select_for_update().get(pk=walk_id)
    permissions.check_may_lead(actor, walk)
    rules.check_transition(Status(walk.status), Status.CANCELLED)
    if not reason.strip():
        raise rules.ReasonMissing
    if count := Finding.objects.filter(walk=walk).count():
        raise rules.HasFindings(count=count)
    check_no_person(reason, _("skäl"))
    walk.status = Status.CANCELLED
    walk.save(update_fields=["status"])
    audit.record(actor=actor, kind="walks.walk.cancelled", target=walk, reason=reason.strip())
    return walk


def _invite(walk: Walk, invitations: Sequence[Asked]) -> None:
    for asked in invitations:
        Invitation.objects.create(
            walk=walk, role=asked.role, organisation=asked.organisation, invited=asked.invited
        )


def _told(walk: Walk) -> dict[str, Any]:
    """Return the plan as the log tells it."""
    told = {name: getattr(walk, name) for name in FIELDS if name not in RELATIONS}
    numbers = {name: getattr(walk, f"{name}_id") for name in RELATIONS}
    asked = [
        [one.role, one.organisation_id, one.invited] for one in walk.invitations.order_by("pk")
    ]
    return told | numbers | {"invitations": asked}

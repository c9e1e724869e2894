"""Giving people roles and ending them. Nothing is deleted: who held what when stays known."""

from datetime import date, timedelta

from django.db import transaction
from django.db.models import Q

from samhandling_web.base.accounts import permissions, rules, selectors
from samhandling_web.base.accounts.models import Membership, Organisation, User
from samhandling_web.base.accounts.recording import record
from samhandling_web.base.accounts.rules import ROLES, Role


@transaction.atomic
def membership_add(
    *,
    user_id: int,
    organisation: Organisation,
    role: Role | str,
    valid_from: date,
    valid_to: date | None = None,
    actor: User | None,
) -> Membership:
    """Give a person a role in an organisation, from one day until (and with) another.

    Raises
    ------
    NotActive, EndsBeforeStart, RoleHeldAlready
        If the account is closed, the days run backwards, or they overlap the same role.
    """
    permissions.check_may_change_accounts(actor)
    user = User.objects.select_for_update().get(pk=user_id)
    if not user.is_active:
        raise rules.NotActive(name=user)
    if valid_to is not None and valid_to < valid_from:
        raise rules.EndsBeforeStart(start=valid_from, end=valid_to)
    held = Membership.objects.filter(
        Q(valid_to__isnull=True) | Q(valid_to__gte=valid_from),
        user=user,
        organisation=organisation,
        role=role,
    )
    if held.filter(valid_from__lte=valid_to or date.max).exists():
        raise rules.RoleHeldAlready(role=ROLES[Role(role)], organisation=organisation)
    membership = Membership.objects.create(
        user=user,
        organisation=organisation,
        role=role,
        valid_from=valid_from,
        valid_to=valid_to,
    )
    after = {"role": role, "organisation": organisation.slug, "from": valid_from, "to": valid_to}
    record(actor=actor, kind="accounts.membership.added", target=membership, after=after)
    return membership


@transaction.atomic
def membership_end(
    *, membership_id: int, last_day: date, actor: User | None, today: date, reason: str = ""
) -> Membership:
    """End a role with `last_day` as its last day.

    Raises
    ------
    EndedAlready, EndsBeforeStart, LastAdministrator
        If it is over, would end before it began, or would leave nobody to let people in.
    """
    permissions.check_may_change_accounts(actor)
    administrators_lock()
    membership = Membership.objects.select_for_update().select_related("user").get(pk=membership_id)
    if membership.valid_to is not None and membership.valid_to < today:
        raise rules.EndedAlready(end=membership.valid_to)
    if last_day < membership.valid_from:
        raise rules.EndsBeforeStart(start=membership.valid_from, end=last_day)
    before = {"to": membership.valid_to}
    membership.valid_to = last_day
    membership.save(update_fields=["valid_to"])
    if membership.role == Role.ADMINISTRATOR:
        check_somebody_left(membership.user, max(last_day + timedelta(days=1), today))
    record(
        actor=actor,
        kind="accounts.membership.ended",
        target=membership,
        before=before,
        after={"to": last_day},
        reason=reason,
    )
    return membership


def administrators_lock() -> None:
    """Let one change at a time take an administrator away, so that no two take the last ones."""
    held = Membership.objects.filter(role=Role.ADMINISTRATOR).order_by("pk")
    list(held.select_for_update().values_list("pk"))


def check_somebody_left(user: User, day: date) -> None:
    """Raise LastAdministrator unless somebody can let people in on `day`."""
    if not selectors.administrators_on(day).exists():
        raise rules.LastAdministrator(name=user)

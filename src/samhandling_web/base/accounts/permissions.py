"""Who may administer accounts, and the question every other room's permissions ask."""

from collections.abc import Collection
from typing import TypeGuard

from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from samhandling_web.base.accounts.models import Organisation, User
from samhandling_web.base.accounts.rules import Role
from samhandling_web.base.common.errors import NotAllowed

Actor = User | AnonymousUser | None


def is_person(actor: Actor) -> TypeGuard[User]:
    """Whether `actor` is somebody signed in whose account is in use."""
    return isinstance(actor, User) and actor.is_active


def holds_role(
    actor: Actor, roles: Collection[Role], *, organisation: Organisation | None = None
) -> bool:
    """Whether `actor` holds one of `roles` today, anywhere or in one organisation."""
    if not is_person(actor):
        return False
    return any(
        role in roles and (organisation is None or organisation_id == organisation.pk)
        for role, organisation_id in _roles_today(actor)
    )


def organisations_today(actor: Actor, roles: Collection[Role] | None = None) -> list[int]:
    """Return the organisations in which the person holds a role today, or one of `roles`."""
    if not is_person(actor):
        return []
    held = _roles_today(actor)
    return sorted({number for role, number in held if roles is None or role in roles})


def _roles_today(user: User) -> list[tuple[str, int]]:
    """Return the person's roles, read once for as long as this user object lives."""
    kept: list[tuple[str, int]] | None = getattr(user, "_roles_today", None)
    if kept is None:
        held = user.memberships.held_on(timezone.localdate())
        kept = list(held.values_list("role", "organisation_id"))
        user._roles_today = kept  # type: ignore[attr-defined]  # noqa: SLF001
    return kept


def may_administer_accounts(actor: Actor) -> bool:
    return holds_role(actor, {Role.ADMINISTRATOR})


def check_may_administer_accounts(actor: Actor) -> None:
    if not may_administer_accounts(actor):
        raise NotAllowed


def check_may_change_accounts(actor: Actor) -> None:
    """Raise NotAllowed unless the person administers accounts; None is the system's own work."""
    if actor is not None:
        check_may_administer_accounts(actor)


def check_is_person(actor: Actor) -> None:
    """Raise NotAllowed unless it is somebody signed in whose account is in use."""
    if not is_person(actor):
        raise NotAllowed

"""Who may administer accounts, and the question every other room's permissions ask."""

from collections.abc import Collection
from typing import TypeGuard

from django.contrib.auth.models import AnonymousUser

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
        held.role in roles and (organisation is None or held.organisation_id == organisation.pk)
        for held in actor.memberships_today
    )


def organisations_today(actor: Actor, roles: Collection[Role] | None = None) -> list[int]:
    """Return the organisations in which the person holds a role today, or one of `roles`."""
    if not is_person(actor):
        return []
    held = actor.memberships_today
    return sorted({one.organisation_id for one in held if roles is None or one.role in roles})


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

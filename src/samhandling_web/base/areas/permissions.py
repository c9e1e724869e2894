"""Who may change the areas and who may see where protected ones lie."""

from samhandling_web.base.accounts.permissions import Actor, holds_role, is_person
from samhandling_web.base.accounts.rules import Role
from samhandling_web.base.areas.rules import Visibility
from samhandling_web.base.common.errors import NotAllowed

PROTECTED_FOR = frozenset(
    {Role.ADMINISTRATOR, Role.CITY_STRATEGIST, Role.GUARD_COMMAND, Role.POLICE_LIAISON}
)


def may_manage_areas(actor: Actor) -> bool:
    return holds_role(actor, {Role.ADMINISTRATOR})


def check_may_manage_areas(actor: Actor) -> None:
    """Raise NotAllowed unless the person may change areas; None is the system's own work."""
    if actor is not None and not may_manage_areas(actor):
        raise NotAllowed


def may_import_areas(actor: Actor) -> bool:
    return holds_role(actor, {Role.ADMINISTRATOR, Role.ANALYST})


def check_may_import_areas(actor: Actor) -> None:
    """Raise NotAllowed unless the person may read in areas; None is the system's own work."""
    if actor is not None and not may_import_areas(actor):
        raise NotAllowed


def may_see_internal_areas(actor: Actor) -> bool:
    return is_person(actor)


def may_see_protected_areas(actor: Actor) -> bool:
    return holds_role(actor, PROTECTED_FOR)


def visibilities_open_to(actor: Actor) -> frozenset[Visibility]:
    """Return the levels of protection that the person may see through."""
    allowed = {Visibility.PUBLIC}
    if may_see_internal_areas(actor):
        allowed.add(Visibility.INTERNAL)
    if may_see_protected_areas(actor):
        allowed.add(Visibility.PROTECTED)
    return frozenset(allowed)

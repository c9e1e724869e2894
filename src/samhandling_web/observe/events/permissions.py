"""Who may read events and say where they happened."""

from samhandling_web.base.accounts.permissions import Actor, holds_role
from samhandling_web.base.accounts.rules import Role
from samhandling_web.base.common.errors import NotAllowed

READERS = frozenset(Role) - {Role.REPORTER, Role.GUARD, Role.PROPERTY_OWNER}
PLACERS = frozenset(
    {Role.ADMINISTRATOR, Role.ANALYST, Role.CITY_STRATEGIST, Role.DISTRICT_COORDINATOR}
)


def may_read_events(actor: Actor) -> bool:
    return holds_role(actor, READERS)


def check_may_read_events(actor: Actor) -> None:
    if not may_read_events(actor):
        raise NotAllowed


def may_place_events(actor: Actor) -> bool:
    return holds_role(actor, PLACERS)


def check_may_place_events(actor: Actor) -> None:
    """Raise NotAllowed unless `actor` may place events; None stands for the system."""
    if actor is not None and not may_place_events(actor):
        raise NotAllowed

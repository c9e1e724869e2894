"""Who may bring data in, take them back and mend what was refused."""

from samhandling_web.base.accounts.permissions import Actor, holds_role
from samhandling_web.base.accounts.rules import Role
from samhandling_web.base.common.errors import NotAllowed

IMPORTERS = frozenset({Role.ADMINISTRATOR, Role.ANALYST, Role.CITY_STRATEGIST})


def may_import(actor: Actor) -> bool:
    return holds_role(actor, IMPORTERS)


def check_may_import(actor: Actor) -> None:
    """Raise NotAllowed unless `actor` may import.

    None stands for the system: the command line and the scheduled fetches.
    """
    if actor is not None and not may_import(actor):
        raise NotAllowed

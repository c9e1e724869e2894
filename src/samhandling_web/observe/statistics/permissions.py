"""Who may read figures as they were imported."""

from samhandling_web.base.accounts.permissions import Actor, holds_role
from samhandling_web.base.accounts.rules import Role
from samhandling_web.base.common.errors import NotAllowed

READERS = frozenset(Role) - {Role.REPORTER, Role.GUARD, Role.PROPERTY_OWNER}


def may_read_figures(actor: Actor) -> bool:
    return holds_role(actor, READERS)


def check_may_read_figures(actor: Actor) -> None:
    if not may_read_figures(actor):
        raise NotAllowed

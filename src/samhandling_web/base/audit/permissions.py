"""Who may read the audit log."""

from samhandling_web.base.accounts.permissions import Actor, holds_role
from samhandling_web.base.accounts.rules import Role
from samhandling_web.base.common.errors import NotAllowed


def may_read_log(actor: Actor) -> bool:
    return holds_role(actor, {Role.ADMINISTRATOR})


def check_may_read_log(actor: Actor) -> None:
    if not may_read_log(actor):
        raise NotAllowed

"""Who may see the pages that compose several rooms."""

from samhandling_web.base.accounts.permissions import Actor, holds_role
from samhandling_web.base.accounts.rules import Role
from samhandling_web.base.common.errors import NotAllowed

READ_OVERVIEW = frozenset(
    {
        Role.ADMINISTRATOR,
        Role.CITY_STRATEGIST,
        Role.ANALYST,
        Role.DISTRICT_COORDINATOR,
        Role.BOARD_MEMBER,
        Role.FUND_OFFICER,
        Role.SOCIAL_SERVICES,
        Role.POLICE_LIAISON,
    }
)


def may_read_overview(actor: Actor) -> bool:
    """How the districts' work goes is for those who lead it and those who answer for it."""
    return holds_role(actor, READ_OVERVIEW)


def check_may_read_overview(actor: Actor) -> None:
    if not may_read_overview(actor):
        raise NotAllowed

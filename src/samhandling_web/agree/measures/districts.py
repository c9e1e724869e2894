"""Which districts a coordinator answers for."""

from samhandling_web.base.accounts.permissions import Actor
from samhandling_web.base.accounts.rules import Role
from samhandling_web.base.areas.answering import areas_answered_for

IN_OWN_DISTRICT = frozenset({Role.DISTRICT_COORDINATOR})


def districts_answered_for(actor: Actor) -> frozenset[int]:
    """Return the districts whose coordinator the person is today."""
    return areas_answered_for(actor, IN_OWN_DISTRICT)

"""Which districts a coordinator answers for: as the area says, or as the name tells."""

from samhandling_web.base.accounts.permissions import Actor
from samhandling_web.base.accounts.rules import Role
from samhandling_web.base.areas.permissions import areas_set_for
from samhandling_web.understand.picture.scopes import areas_coordinated_by

IN_OWN_DISTRICT = frozenset({Role.DISTRICT_COORDINATOR})


def districts_answered_for(actor: Actor) -> frozenset[int]:
    """Return the districts whose coordinator the person is today."""
    said = areas_set_for(actor, IN_OWN_DISTRICT)
    # Where nobody is set as responsible the organisation's name tells.
    found = areas_coordinated_by(actor, IN_OWN_DISTRICT)
    return said | {one.area_id for one in found if one.responsible_id is None}

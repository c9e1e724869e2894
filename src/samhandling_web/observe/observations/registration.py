"""The room's pages in the navigation."""

from samhandling_web.base.common.navigation import NavItem, Room, register
from samhandling_web.base.common.text import _
from samhandling_web.observe.observations import permissions


def navigation() -> None:
    """Put the pages in the menu of those who may open them."""
    for item in (
        NavItem(Room.OBSERVE, _("Rapportera"), "report:report", permissions.may_report, order=1),
        NavItem(
            Room.OBSERVE,
            _("Iakttagelser"),
            "observations:observation-list",
            permissions.may_read_observations,
            order=2,
        ),
        NavItem(
            Room.OBSERVE,
            _("Veckosammanställning"),
            "weeks:latest",
            permissions.may_read_weeks,
            order=3,
        ),
        NavItem(
            Room.BASE,
            _("Iakttagelsekategorier"),
            "observations:category-list",
            permissions.may_manage_categories,
            order=35,
        ),
    ):
        register(item)

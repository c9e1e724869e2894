"""The pages of figures in the main navigation."""

from samhandling_web.base.common.navigation import NavItem, Room, register
from samhandling_web.base.common.text import _
from samhandling_web.understand.picture.permissions import may_explore


def register_pages() -> None:
    register(NavItem(Room.UNDERSTAND, _("Utforska"), "picture:explore", may_explore, order=10))
    register(NavItem(Room.UNDERSTAND, _("Områden"), "picture:area-list", may_explore, order=20))

"""The main navigation: the five rooms of the loop, filled by the pages that rooms register."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.urls import NoReverseMatch, reverse

from samhandling_web.base.common.text import Text, _


class Room(StrEnum):
    """A room of the loop, or the floor beneath it. The order here is the order on the page."""

    OBSERVE = "observe"
    UNDERSTAND = "understand"
    AGREE = "agree"
    ACT = "act"
    LEARN = "learn"
    BASE = "base"


ROOM_LABELS: dict[Room, Text] = {
    Room.OBSERVE: _("Observera"),
    Room.UNDERSTAND: _("Förstå"),
    Room.AGREE: _("Komma överens"),
    Room.ACT: _("Agera"),
    Room.LEARN: _("Lära"),
    Room.BASE: _("System"),
}


def signed_in(user: Any) -> bool:
    """The default answer to who may see a page's link: everyone with an account."""
    return bool(getattr(user, "is_authenticated", False))


def everyone(user: Any) -> bool:  # noqa: ARG001
    """For pages that are open to the public."""
    return True


@dataclass(frozen=True, slots=True)
class NavItem:
    """A page in the navigation. `may_see` hides the link; the view still checks for itself.

    `covers` names further sorts of pages below it, by the first word of their views' names.
    One with an `icon` stands at the top of every page, beside language and user.
    """

    room: Room
    label: Text
    url_name: str
    may_see: Callable[[Any], bool] = signed_in
    order: int = 100
    covers: tuple[str, ...] = ()
    icon: str = ""

    @property
    def namespace(self) -> str:
        return self.url_name.rpartition(":")[0]

    @property
    def url(self) -> str:
        """Its address, or nothing where this installation leaves the page out."""
        try:
            return reverse(self.url_name)
        except NoReverseMatch:
            return ""


@dataclass(frozen=True, slots=True)
class NavRoom:
    """One room with the pages that this reader may see in it."""

    room: Room
    label: Text
    items: Sequence[NavItem]
    current: NavItem | None

    @property
    def is_current(self) -> bool:
        return self.current is not None


_items: dict[str, NavItem] = {}
_thread: list[str] = []


def register(item: NavItem) -> None:
    """Put a page in the navigation; a room calls this when it starts. Once per URL name."""
    _items[item.url_name] = item


def register_thread(url_name: str) -> None:
    """Name the page that follows the thread from an object; its room calls this when it starts."""
    _thread[:] = [url_name]


def thread_address(link: str, number: int) -> str:
    """Return where the thread from an object is drawn, or nothing where no room draws it."""
    return reverse(_thread[0], args=[link, number]) if _thread else ""


def rooms_for(user: Any, view_name: str = "") -> list[NavRoom]:
    """Return the rooms that have pages for `user`, with the one where `view_name` stands marked."""
    visible = sorted(
        (item for item in _items.values() if item.may_see(user) and item.url),
        key=lambda item: (item.order, str(item.label)),
    )
    here = _current(visible, view_name)
    rooms = []
    for room, label in ROOM_LABELS.items():
        items = [item for item in visible if item.room is room]
        if items:
            rooms.append(NavRoom(room, label, items, here if here in items else None))
    return rooms


def _current(items: Sequence[NavItem], view_name: str) -> NavItem | None:
    """The page itself, else its own sort's page (`meeting-…`), else the first page of its app."""
    namespace = view_name.rpartition(":")[0]
    exact = [item for item in items if item.url_name == view_name]
    related = [item for item in items if namespace and item.namespace == namespace]
    sort = _sort_of(view_name)
    same = [item for item in related if sort in {_sort_of(item.url_name), *item.covers}]
    return next(iter([*exact, *same, *related]), None)


def _sort_of(view_name: str) -> str:
    return view_name.rpartition(":")[2].partition("-")[0]

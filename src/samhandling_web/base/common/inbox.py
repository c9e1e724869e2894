"""What waits for a person: rooms tell, from the states of their objects; nothing is stored.

An item is there as long as its object's state makes it so, and is gone when the state has moved.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from samhandling_web.base.common.text import Text, _


class Urgency(StrEnum):
    """How soon it has to be done. The order here is the order on the page."""

    OVERDUE = "overdue"
    SOON = "soon"
    WAITING = "waiting"


URGENCIES: dict[Urgency, Text] = {
    Urgency.OVERDUE: _("försenat"),
    Urgency.SOON: _("snart"),
    Urgency.WAITING: _("väntar"),
}
SOON_DAYS = 14


@dataclass(frozen=True, slots=True)
class InboxItem:
    """One thing to do: what it is, where it is done and by when.

    `code` names the kind of task and `key` the object, together the same for as long as it waits.
    """

    code: str
    key: str
    label: Text
    title: str
    url: str
    due_on: date | None = None
    organisation: str = ""

    def urgency(self, today: date) -> Urgency:
        if self.due_on is None:
            return Urgency.WAITING
        if self.due_on < today:
            return Urgency.OVERDUE
        return Urgency.SOON if (self.due_on - today).days <= SOON_DAYS else Urgency.WAITING


Source = Callable[[Any, date], Iterable[InboxItem]]
"""Given a person and today, tells what waits for that person in one room."""

_sources: dict[str, Source] = {}


def register(slug: str, source: Source) -> None:
    """Let a room tell what waits in it; a room calls this when it starts."""
    _sources[slug] = source


def inbox_of(user: Any, today: date) -> list[InboxItem]:
    """Return everything that waits for `user`, the most pressing first."""
    items = [item for source in _sources.values() for item in source(user, today)]
    order = list(Urgency)
    return sorted(
        items,
        key=lambda item: (
            order.index(item.urgency(today)),
            item.due_on or date.max,
            item.title.casefold(),
        ),
    )

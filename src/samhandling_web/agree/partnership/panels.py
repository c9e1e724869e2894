"""What is done about a priority, a problem or an item of an agenda, told by the room of measures.

Measures stand above this room and are unknown to it; until their room registers, there are none.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any

from samhandling_web.agree.partnership.models import AgendaItem, Priority


@dataclass(frozen=True, slots=True)
class MeasureLine:
    """One measure as a priority's page shows it."""

    title: str
    url: str
    status: str
    tone: str = "neutral"
    owner: str = ""


@dataclass(frozen=True, slots=True)
class MeasuresKnown:
    """How the room of measures is asked.

    `lines(priority, actor)` gives the priority's measures that the person may see;
    `of_items(items, actor)` gives those that each item led to or was about, by the item's key;
    `priorities_with` and `problems_with` give those of the given keys that have a measure.
    """

    lines: Callable[[Priority, Any], list[MeasureLine]]
    priorities_with: Callable[[Collection[int]], set[int]]
    problems_with: Callable[[Collection[int]], set[int]]
    of_items: Callable[[Collection[AgendaItem], Any], dict[int, list[MeasureLine]]] = (
        lambda _items, _actor: {}
    )


_none = MeasuresKnown(
    lines=lambda _priority, _actor: [],
    priorities_with=lambda _keys: set(),
    problems_with=lambda _keys: set(),
)
_known: list[MeasuresKnown] = [_none]


def register(known: MeasuresKnown) -> None:
    """Let the room of measures answer from now on."""
    _known[:] = [known]


def measure_lines(priority: Priority, actor: Any) -> list[MeasureLine]:
    return _known[0].lines(priority, actor)


def measures_of_items(items: Collection[AgendaItem], actor: Any) -> dict[int, list[MeasureLine]]:
    """Return the measures of several items at once; one without any is left out."""
    return _known[0].of_items(items, actor)


def priorities_without_measure(keys: Collection[int]) -> set[int]:
    return set(keys) - _known[0].priorities_with(keys)


def problems_without_measure(keys: Collection[int]) -> set[int]:
    return set(keys) - _known[0].problems_with(keys)

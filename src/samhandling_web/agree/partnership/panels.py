"""What is done about a priority or a problem: the room of measures tells, through here.

Measures stand above this room and are unknown to it; until their room registers, there are none.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any

from samhandling_web.agree.partnership.models import Priority


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
    `priorities_with` and `problems_with` give those of the given keys that have a measure.
    """

    lines: Callable[[Priority, Any], list[MeasureLine]]
    priorities_with: Callable[[Collection[int]], set[int]]
    problems_with: Callable[[Collection[int]], set[int]]


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


def priorities_without_measure(keys: Collection[int]) -> set[int]:
    return set(keys) - _known[0].priorities_with(keys)


def problems_without_measure(keys: Collection[int]) -> set[int]:
    return set(keys) - _known[0].problems_with(keys)

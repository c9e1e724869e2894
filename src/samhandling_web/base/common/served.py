"""Whom this installation serves, for the frame of every page and the ground of every map.

The frame lies below the rooms, so the room that knows says so when it starts.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.conf import settings


@dataclass(frozen=True, slots=True)
class Served:
    """The municipality's name, and whether it and everything in it is invented."""

    name: str = ""
    is_invented: bool = False


Ground = Mapping[str, str]
"""Kind of ground (water, streets) → the address of its GeoJSON."""

_served: list[Callable[[], Served]] = [Served]
_ground: list[Callable[[], Ground]] = [dict]


def tell_with(source: Callable[[], Served], ground_source: Callable[[], Ground]) -> None:
    """Let the sources tell whom the installation serves, and what lies under its maps."""
    _served[:], _ground[:] = [source], [ground_source]


def served() -> Served:
    """Return whom the installation serves; the demonstration's town is invented."""
    known = _served[0]()
    return Served(known.name, known.is_invented or settings.DEMO)


def ground() -> Ground:
    """Return what lies under the maps."""
    return _ground[0]()

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


@dataclass(frozen=True, slots=True)
class Outline:
    """How far the municipality reaches (west, south, east, north), and its best-known areas.

    `areas` is the address of their GeoJSON. Both are empty until there are areas.
    """

    bounds: tuple[float, float, float, float] | None = None
    areas: str = ""


_served: list[Callable[[], Served]] = [Served]
_ground: list[Callable[[], Ground]] = [dict]
_outline: list[Callable[[], Outline]] = [Outline]


def tell_with(
    source: Callable[[], Served],
    ground_source: Callable[[], Ground],
    outline_source: Callable[[], Outline],
) -> None:
    """Let the sources tell whom the installation serves, and what its maps show."""
    _served[:], _ground[:], _outline[:] = [source], [ground_source], [outline_source]


def served() -> Served:
    """Return whom the installation serves; the demonstration's town is invented."""
    known = _served[0]()
    return Served(known.name, known.is_invented or settings.DEMO)


def ground() -> Ground:
    """Return what lies under the maps."""
    return _ground[0]()


def outline() -> Outline:
    """Return how far the municipality reaches, and the areas by which people find their way."""
    return _outline[0]()

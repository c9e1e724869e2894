"""What a reporter says of one thing seen, before it is received. Plain Python."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import shapely
from shapely.geometry import shape

from samhandling_web.base.common.errors import DomainError
from samhandling_web.base.common.text import _
from samhandling_web.observe.observations.rules import NotAPlaceOnTheMap, Precision, Severity

DRAWN = frozenset({"Point", "LineString", "Polygon"})
MOST_CORNERS = 200
# What is raised over something that is no geometry.
UNREADABLE = (ValueError, TypeError, LookupError, AttributeError, shapely.errors.ShapelyError)


@dataclass(frozen=True, slots=True)
class Seen:
    """One observation as it was typed: what, where, when, and how serious."""

    category: str
    severity: Severity
    start: datetime
    end: datetime
    text: str = ""
    geometry: Mapping[str, Any] | None = None
    precision: Precision = Precision.NAMED
    place_name: str = ""
    joins: int | None = None


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong in one observation of a sending: its number, its field and why."""

    number: int
    field: str
    message: str


class SendingRefused(DomainError):
    """Nothing of the sending is received: everything that is wrong, at once."""

    message = _("Sändningen togs inte emot. {why}")

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__(why=" ".join(fault.message for fault in self.faults))


def point_of(geometry: Mapping[str, Any] | None) -> tuple[float, float] | None:
    """Return a point (longitude, latitude) on what was drawn; None where nothing was.

    Raises
    ------
    NotAPlaceOnTheMap
        If it is not a point, a line or an area on the earth.
    """
    if geometry is None:
        return None
    try:
        drawn = shape(dict(geometry))
        corners = shapely.get_coordinates(drawn)
        on_earth = bool((abs(corners) <= (180, 90)).all())
    except (
        ValueError,
        TypeError,
        KeyError,
        AttributeError,
        IndexError,
        shapely.errors.ShapelyError,
    ):
        raise NotAPlaceOnTheMap from None
    if (
        drawn.geom_type not in DRAWN
        or not drawn.is_valid
        or not 0 < len(corners) <= MOST_CORNERS
        or not on_earth
    ):
        raise NotAPlaceOnTheMap
    if drawn.geom_type == "LineString":
        middle = drawn.interpolate(0.5, normalized=True)
    else:
        middle = drawn.representative_point()
    return float(middle.x), float(middle.y)

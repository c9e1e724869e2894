"""Places as people set them: points, lines and areas in latitude and longitude. Plain Python."""

import re
from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum
from itertools import pairwise
from math import cos, isfinite, radians
from typing import Any

import shapely
from shapely.geometry import mapping, shape
from shapely.geometry.polygon import orient

from samhandling_web.base.common.errors import DomainError
from samhandling_web.base.common.text import Text, _

Position = tuple[float, float]
"""Longitude and latitude in degrees (WGS84), in the order of GeoJSON."""
Bounds = tuple[float, float, float, float]
"""West, south, east and north in degrees."""


class Kind(StrEnum):
    """What is drawn."""

    POINT = "point"
    LINE = "line"
    POLYGON = "polygon"


KINDS: dict[Kind, Text] = {
    Kind.POINT: _("En punkt"),
    Kind.LINE: _("En linje"),
    Kind.POLYGON: _("En yta"),
}
TYPES = {Kind.POINT: "Point", Kind.LINE: "LineString", Kind.POLYGON: "Polygon"}
FEWEST = {Kind.POINT: 1, Kind.LINE: 2, Kind.POLYGON: 3}
MOST_CORNERS = 200
# People stand just outside the border too, and a border is drawn coarser than a street.
MARGIN_M = 3_000
METRES_PER_DEGREE = 111_320
# A tenth of a metre: finer than any telephone knows where it is.
DECIMALS = 6
# Square degrees: about a square metre in the middle latitudes. What is smaller has no inside.
SMALLEST_AREA = 1e-10
NUMBER = re.compile(r"[-−]?\d+(?:[.,]\d+)?")


class GeometryRefused(DomainError):
    """What was set is no place that can be used."""

    message = _("Platsen går inte att använda. Sätt den en gång till.")


class NotCoordinates(GeometryRefused):
    message = _(
        "”{text}” går inte att läsa som en latitud och en longitud. Skriv två tal i grader, "
        "till exempel {example}."
    )


class NotDegrees(GeometryRefused):
    message = _(
        "{latitude} och {longitude} är inte latitud och longitud i grader. Har du koordinater "
        "i meter (SWEREF 99)? Sätt platsen på kartan i stället."
    )


class Swapped(GeometryRefused):
    message = _(
        "Latitud och longitud har bytt plats. Skriv {longitude} som latitud och {latitude} som "
        "longitud."
    )


class Outside(GeometryRefused):
    message = _(
        "{latitude}, {longitude} ligger utanför kommunen: där är latituden {south}–{north} och "
        "longituden {west}–{east}. Rätta talen eller sätt platsen på kartan."
    )


class TooFewCorners(GeometryRefused):
    message = _("{kind} behöver minst {fewest} olika punkter; här finns {count}. Sätt fler.")


class TooManyCorners(GeometryRefused):
    message = _("{count} punkter är fler än {most}. Rita grövre.")


class CrossesItself(GeometryRefused):
    message = _(
        "Ytans kanter korsar eller täcker varandra. Ångra de sista punkterna, och gå runt ytan "
        "åt ett håll."
    )


class WrongKind(GeometryRefused):
    message = _("Här behövs {allowed}, inte {found}. Rensa och rita på nytt.")


def position(text: str, example: str = "57,5, 15,5") -> Position:
    """Read latitude and longitude, with comma or point decimals and anything between them.

    Raises
    ------
    NotCoordinates, NotDegrees
        If the text is not two numbers, or they are not degrees.
    """
    found = [float(one.replace(",", ".").replace("−", "-")) for one in NUMBER.findall(text)]
    if len(found) != 2 or re.search(r"\w", NUMBER.sub(" ", text)):
        raise NotCoordinates(text=text.strip()[:60], example=example)
    latitude, longitude = found
    if abs(latitude) > 90 or abs(longitude) > 180:
        raise NotDegrees(latitude=_number(latitude), longitude=_number(longitude))
    return longitude, latitude


def rings_written(text: str, example: str = "57,5, 15,5") -> list[list[Position]]:
    """Read one position a row; an empty row begins a hole in an area.

    Raises
    ------
    NotCoordinates, NotDegrees
        For the first row that is not a position.
    """
    parts = re.split(r"\n\s*\n", text.strip())
    return [[position(row, example) for row in part.splitlines()] for part in parts if part.strip()]


def geometry_of(kind: Kind, rings: Sequence[Sequence[Position]]) -> dict[str, Any]:
    """Return what was set as GeoJSON; rings of an area are closed."""
    if kind is Kind.POLYGON:
        closed = [[*ring, ring[0]] if ring[0] != ring[-1] else list(ring) for ring in rings]
        return {"type": "Polygon", "coordinates": closed}
    corners = [corner for ring in rings for corner in ring]
    return {"type": TYPES[kind], "coordinates": corners[0] if kind is Kind.POINT else corners}


def rings_of(geometry: Mapping[str, Any]) -> list[list[Position]]:
    """Return the positions of a point, line or area; an area's rings are not closed."""
    kind, coordinates = kind_of(geometry), geometry["coordinates"]
    if kind is Kind.POINT:
        return [[_position(coordinates)]]
    if kind is Kind.LINE:
        return [[_position(corner) for corner in coordinates]]
    rings = [[_position(corner) for corner in ring] for ring in coordinates]
    return [ring[:-1] if len(ring) > 1 and ring[0] == ring[-1] else ring for ring in rings]


def kind_of(geometry: Mapping[str, Any]) -> Kind:
    """Return what a geometry is; ValueError names a type that is not drawn here."""
    for kind, name in TYPES.items():
        if geometry.get("type") == name:
            return kind
    msg = f"Only {', '.join(TYPES.values())} can be drawn, not {geometry.get('type')!r}."
    raise ValueError(msg)


def geometry_checked(
    geometry: Mapping[str, Any],
    *,
    kinds: Sequence[Kind] = tuple(Kind),
    bounds: Bounds | None = None,
    most: int = MOST_CORNERS,
) -> dict[str, Any]:
    """Return the geometry tidied (rounded, no corner twice in a row), if it is a place here.

    `bounds` are the municipality's, where they are known. For what a form or a telephone sends.

    Raises
    ------
    GeometryRefused
        If it is no geometry, of another kind, in the wrong place, too coarse or too fine, or
        an area whose edges cross.
    """
    try:
        kind, rings = kind_of(geometry), rings_of(geometry)
    except (ValueError, TypeError, LookupError, AttributeError, OverflowError) as exc:
        raise GeometryRefused from exc
    if kind not in kinds:
        allowed = " / ".join(str(KINDS[one]).lower() for one in kinds)
        raise WrongKind(allowed=allowed, found=str(KINDS[kind]).lower())
    rings = [list(_without_repeats(ring)) for ring in rings]
    _check_number(kind, rings, most)
    for corner in (corner for ring in rings for corner in ring):
        _check_place(corner, bounds)
    return _as_stored(kind, geometry_of(kind, rings))


def _position(coordinates: Sequence[Any]) -> Position:
    longitude, latitude = float(coordinates[0]), float(coordinates[1])
    if not (isfinite(longitude) and isfinite(latitude)):
        raise ValueError
    return round(longitude, DECIMALS), round(latitude, DECIMALS)


def _without_repeats(ring: Sequence[Position]) -> Iterator[Position]:
    """A double tap is one corner."""
    yield from ring[:1]
    yield from (corner for before, corner in pairwise(ring) if corner != before)


def _check_number(kind: Kind, rings: Sequence[Sequence[Position]], most: int) -> None:
    if (count := sum(len(ring) for ring in rings)) > most:
        raise TooManyCorners(count=count, most=most)
    fewest = min((len(set(ring)) for ring in rings), default=0)
    if fewest < FEWEST[kind]:
        raise TooFewCorners(kind=KINDS[kind], fewest=FEWEST[kind], count=fewest)


def _check_place(corner: Position, bounds: Bounds | None) -> None:
    longitude, latitude = corner
    named = {"latitude": _number(latitude), "longitude": _number(longitude)}
    if abs(latitude) > 90 or abs(longitude) > 180:
        raise NotDegrees(**named)
    if bounds is None or _inside(corner, bounds):
        return
    if _inside((latitude, longitude), bounds):
        raise Swapped(**named)
    west, south, east, north = (_number(round(edge, 2)) for edge in bounds)
    raise Outside(**named, west=west, south=south, east=east, north=north)


def _inside(corner: Position, bounds: Bounds) -> bool:
    west, south, east, north = bounds
    high = MARGIN_M / METRES_PER_DEGREE
    wide = high / max(0.01, cos(radians((south + north) / 2)))
    longitude, latitude = corner
    return west - wide <= longitude <= east + wide and south - high <= latitude <= north + high


def _as_stored(kind: Kind, geometry: dict[str, Any]) -> dict[str, Any]:
    found = shape(geometry)
    if kind is Kind.POLYGON:
        if not found.is_valid or found.area < SMALLEST_AREA:
            raise CrossesItself
        found = orient(found)  # RFC 7946, 3.1.6: the outer ring runs against the clock.
    stored: dict[str, Any] = mapping(shapely.force_2d(found))
    return {"type": stored["type"], "coordinates": _as_lists(stored["coordinates"])}


def _as_lists(coordinates: Any) -> Any:
    """As JSON gives it back, so that what is stored equals what is read."""
    if isinstance(coordinates, tuple | list):
        return [_as_lists(part) for part in coordinates]
    return coordinates


def _number(value: float) -> str:
    return f"{value:.{DECIMALS}f}".rstrip("0").rstrip(".").replace(".", ",")

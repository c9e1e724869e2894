"""Positions as they are written, checked and turned into longitude and latitude."""

import math
from typing import NamedTuple

import pyproj
import shapely
from shapely.geometry.base import BaseGeometry

from samhandling.sources.codes import Reason
from samhandling.sources.geometry_files import WGS84
from samhandling.sources.table_reading import RowRefused

NULL_ISLAND_DEGREES = 0.01
NORTHINGS = (6_100_000, 7_700_000)
SWEREF_EASTINGS = (200_000, 1_000_000)
RT90_EASTINGS = (1_150_000, 1_900_000)


class Position(NamedTuple):
    """A checked position in WGS84."""

    lon: float
    lat: float
    was_swapped: bool


class PositionChecker:
    """Checks positions of one coordinate system against the municipality.

    Parameters
    ----------
    crs : str
        Coordinate system of the numbers.
    bounds : shapely geometry or None
        The municipality in WGS84.

    Notes
    -----
    Swapped latitude and longitude are turned round only when the municipality is known, the
    position lies outside it and the swapped one inside; anything else outside is refused. If the
    municipality's geometry is wrong, true positions are refused.
    """

    def __init__(self, crs: str, bounds: BaseGeometry | None) -> None:
        self._transformer = (
            None if crs == WGS84 else pyproj.Transformer.from_crs(crs, WGS84, always_xy=True)
        )
        self._bounds = bounds
        if bounds is not None:
            shapely.prepare(bounds)

    def check(self, x: float, y: float) -> Position:
        """Return the position of easting or longitude `x` and northing or latitude `y`.

        Raises
        ------
        RowRefused
            With the reason the position cannot be used.
        """
        if abs(x) < NULL_ISLAND_DEGREES and abs(y) < NULL_ISLAND_DEGREES:
            raise RowRefused(Reason.NULL_ISLAND)
        lon, lat = self._degrees(x, y)
        if self._inside(lon, lat):
            return Position(lon, lat, was_swapped=False)
        swapped = self._swapped(x, y)
        if swapped is not None:
            return swapped
        if not (abs(lat) <= 90 and abs(lon) <= 180):
            raise RowRefused(Reason.BAD_COORDINATES, lat=y, lon=x)
        raise RowRefused(Reason.OUTSIDE_MUNICIPALITY, lat=round(lat, 6), lon=round(lon, 6))

    def _degrees(self, x: float, y: float) -> tuple[float, float]:
        if not (math.isfinite(x) and math.isfinite(y)):
            raise RowRefused(Reason.BAD_COORDINATES, lat=y, lon=x)
        if self._transformer is None:
            guess = projected_system(x, y) or projected_system(y, x)
            if guess:
                raise RowRefused(Reason.PROJECTED_COORDINATES, lat=y, lon=x, crs=guess)
            return x, y
        lon, lat = self._transformer.transform(x, y)
        return float(lon), float(lat)

    def _swapped(self, x: float, y: float) -> Position | None:
        if self._bounds is None:
            return None
        lon, lat = self._degrees(y, x)
        return Position(lon, lat, was_swapped=True) if self._inside(lon, lat) else None

    def _inside(self, lon: float, lat: float) -> bool:
        if not (abs(lat) <= 90 and abs(lon) <= 180):
            return False
        return self._bounds is None or bool(shapely.intersects_xy(self._bounds, lon, lat))


def projected_system(x: float, y: float) -> str:
    """Name the Swedish projected system that easting `x` and northing `y` look like, or "".

    Examples
    --------
    >>> projected_system(674_000, 6_580_000), projected_system(18.06, 59.33)
    ('SWEREF 99 TM (EPSG:3006)', '')
    """
    if not NORTHINGS[0] <= y <= NORTHINGS[1]:
        return ""
    if SWEREF_EASTINGS[0] <= x <= SWEREF_EASTINGS[1]:
        return "SWEREF 99 TM (EPSG:3006)"
    if RT90_EASTINGS[0] <= x <= RT90_EASTINGS[1]:
        return "RT 90 2.5 gon V (EPSG:3021)"
    return "a local SWEREF 99 zone" if 0 < x < SWEREF_EASTINGS[0] else ""

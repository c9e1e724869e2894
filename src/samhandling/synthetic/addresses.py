"""Where events can happen: points along the streets of every small area and around hot spots."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray
from scipy.spatial import cKDTree
from shapely.geometry.base import BaseGeometry

from samhandling.synthetic.coverage import Ints
from samhandling.synthetic.ground import Ground
from samhandling.synthetic.projection import Projection
from samhandling.synthetic.terrain import Floats

SPACING_M = 26.0
INSIDE_M = 12.0
"""Addresses keep this far from their area's border, so that small errors do not move them out."""
LEAST = 80
NEIGHBOURS = 12
SPOT_ADDRESSES = 48
JITTER_M = 5.0
"""Largest error, east and north, of events known to the point."""


@dataclass(frozen=True, slots=True, eq=False)
class Addresses:
    """Every address, sorted by the place it belongs to: small areas first, then hot spots.

    Attributes
    ----------
    metres, lon, lat : array of float
        Where it lies: (n, 2) around the centre; degrees.
    area : array of int, shape (n,)
        Its small area.
    place : array of int, shape (n,)
        Its place: the small area, or the number of small areas plus that of the hot spot.
    first : array of int, shape (n_places + 1,)
        The addresses of place ``p`` are ``first[p]`` up to ``first[p + 1]``.
    neighbours : array of int, shape (n, NEIGHBOURS)
        Other addresses of the same place within reach, and several times the address itself.
    """

    metres: Floats
    lon: Floats
    lat: Floats
    area: NDArray[np.int16]
    place: NDArray[np.int16]
    first: Ints
    neighbours: NDArray[np.int32]


def make_addresses(
    ground: Ground,
    projection: Projection,
    spots: Sequence[tuple[tuple[float, float], float]],
    reach_m: float,
    rng: np.random.Generator,
) -> Addresses:
    """Put addresses along the streets, some in areas without any, and some in each hot spot.

    Parameters
    ----------
    ground : Ground
        The town's geometry.
    projection : Projection
        Gives longitude and latitude.
    spots : sequence of ((x, y), radius)
        Middle (metres) and radius of each hot spot; its addresses lie in one small area.
    reach_m : float
        How far apart neighbours are at most.
    rng : numpy.random.Generator
        Draws the side of the street.
    """
    inside = [area.buffer(-INSIDE_M) for area in ground.coverage.areas]
    found = _street_addresses(ground, inside, rng)
    areas = [np.full(len(points), index) for index, points in enumerate(found)]
    for middle, radius in spots:
        disc = shapely.intersection(inside, shapely.Point(middle).buffer(radius - 1))
        area = int(np.argmax(shapely.area(disc)))
        found.append(_scattered(disc[area], SPOT_ADDRESSES, rng))
        areas.append(np.full(SPOT_ADDRESSES, area))
    metres: Floats = np.asarray(np.round(np.vstack(found), 1), dtype=np.float64)
    sizes = [len(points) for points in found]
    place = np.repeat(np.arange(len(found), dtype=np.int16), sizes)
    degrees = projection.points(metres)
    return Addresses(
        metres=metres,
        lon=np.ascontiguousarray(degrees[:, 0]),
        lat=np.ascontiguousarray(degrees[:, 1]),
        area=np.concatenate(areas).astype(np.int16),
        place=place,
        first=np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64),
        neighbours=_neighbours(metres, place, reach_m),
    )


def _street_addresses(
    ground: Ground, inside: list[BaseGeometry], rng: np.random.Generator
) -> list[Floats]:
    main = shapely.union_all(ground.streets.main)
    found = []
    for area, local in zip(inside, ground.streets.local, strict=True):
        lines = [*shapely.get_parts(local), *shapely.get_parts(shapely.intersection(main, area))]
        points = _along([line for line in lines if line.length > SPACING_M], rng)
        points = points[shapely.contains_xy(area, points)]
        if len(points) < LEAST:
            points = np.vstack([points, _scattered(area, LEAST - len(points), rng)])
        found.append(points)
    return found


def _along(lines: list[BaseGeometry], rng: np.random.Generator) -> Floats:
    if not lines:
        return np.empty((0, 2))
    lengths = shapely.length(np.array(lines))
    counts = np.maximum(1, (lengths / SPACING_M).astype(np.int64))
    which = np.repeat(np.arange(len(lines)), counts)
    order = np.arange(len(which)) - np.repeat(np.cumsum(counts) - counts, counts)
    at = (order + 0.5) / counts[which] * lengths[which]
    points = shapely.get_coordinates(shapely.line_interpolate_point(np.array(lines)[which], at))
    aside = rng.uniform(0, 2 * np.pi, len(points))
    moved = points + 9.0 * np.column_stack([np.cos(aside), np.sin(aside)])
    return np.asarray(moved, dtype=np.float64)


def _scattered(inside: BaseGeometry, count: int, rng: np.random.Generator) -> Floats:
    low_x, low_y, high_x, high_y = inside.bounds
    found = np.empty((0, 2))
    while len(found) < count:
        drawn = rng.uniform((low_x, low_y), (high_x, high_y), (20 * count, 2))
        found = np.vstack([found, drawn[shapely.contains_xy(inside, drawn)]])
    return found[:count]


def _neighbours(metres: Floats, place: NDArray[np.int16], reach_m: float) -> NDArray[np.int32]:
    """Return addresses within reach in the same place; half of the choices are the address itself.

    Events are moved a little from their address, so neighbours keep twice that from the limit.
    """
    limit = reach_m - 2 * JITTER_M * 1.5
    apart, found = cKDTree(metres).query(metres, k=NEIGHBOURS // 2 + 1, distance_upper_bound=limit)
    itself = np.arange(len(metres))[:, None]
    found = np.where(np.isfinite(apart), found, itself)
    found = np.where(place[found] == place[:, None], found, itself)
    padding = np.repeat(itself, NEIGHBOURS - found.shape[1], axis=1)
    return np.hstack([found, padding]).astype(np.int32)

"""Where a place lies, measured in metres: distances, boxes to search in and what falls inside."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
from numpy.typing import ArrayLike, NDArray

from samhandling.space.projection import SWEREF99_TM, WGS84, transform

# A degree of latitude is 111 km everywhere; a box is made this much wider than needed.
METRES_IN_DEGREE, MARGIN = 111_000.0, 1.1
MOST_NORTHERN = 80.0


@dataclass(frozen=True, slots=True)
class Box:
    """Longitudes and latitudes to search between before anything is measured."""

    west: float
    south: float
    east: float
    north: float


def shape_of(geometry: Mapping[str, Any]) -> shapely.Geometry:
    """Return a stored GeoJSON geometry as a shape in longitude and latitude."""
    return shapely.geometry.shape(geometry)


def in_metres(shape: shapely.Geometry) -> shapely.Geometry:
    """Return the shape in SWEREF 99 TM, where distances are metres."""

    def moved(coordinates: NDArray[np.float64]) -> NDArray[np.float64]:
        return np.column_stack(transform(coordinates[:, 0], coordinates[:, 1]))

    return shapely.transform(shape, moved)


def centre_of(geometry: Mapping[str, Any]) -> tuple[float, float]:
    """Return longitude and latitude of a point that stands for the geometry: inside it, if any."""
    shape = in_metres(shape_of(geometry))
    inside = shapely.point_on_surface(shape)
    centre = shape.centroid if shapely.covers(shape, shape.centroid) else inside
    lon, lat = transform([centre.x], [centre.y], SWEREF99_TM, WGS84)
    return float(lon[0]), float(lat[0])


def box_around(geometry: Mapping[str, Any], radius_m: float) -> Box:
    """Return a box that holds everything within `radius_m` of the geometry, and little more."""
    west, south, east, north = shape_of(geometry).bounds
    up = radius_m * MARGIN / METRES_IN_DEGREE
    furthest = min(max(abs(south), abs(north)) + up, MOST_NORTHERN)
    along = up / float(np.cos(np.radians(furthest)))
    return Box(west - along, south - up, east + along, north + up)


def distances_m(geometry: Mapping[str, Any], lon: ArrayLike, lat: ArrayLike) -> NDArray[np.float64]:
    """Return how far each point is from the geometry; zero inside it."""
    points = shapely.points(*transform(lon, lat))
    return np.asarray(shapely.distance(in_metres(shape_of(geometry)), points), dtype=np.float64)

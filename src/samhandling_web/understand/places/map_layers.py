"""Places, and what lies around one, as GeoJSON for the map."""

from collections.abc import Iterable
from typing import Any

import numpy as np
import shapely

from samhandling.space.projection import SWEREF99_TM, WGS84, transform
from samhandling_web.base.accounts.permissions import Actor
from samhandling_web.understand.places import permissions, selectors
from samhandling_web.understand.places.ground import box_around, in_metres, shape_of
from samhandling_web.understand.places.models import Candidate, Place

MOST_POINTS = 500
DECIMALS = 6


def points_of_places(places: Iterable[Place]) -> dict[str, Any]:
    """Return each place as a point, sized by how much was seen there."""
    return _collection(
        _feature(
            {"name": place.name, "count": max(1, getattr(place, "observation_count", 1))},
            {"type": "Point", "coordinates": [place.longitude, place.latitude]},
        )
        for place in places
    )


def points_of_candidates(candidates: Iterable[Candidate]) -> dict[str, Any]:
    """Return each proposed place as a point, sized by its score."""
    return _collection(
        _feature(
            {"name": str(one), "count": max(1, round(one.score))},
            {"type": "Point", "coordinates": [one.longitude, one.latitude]},
        )
        for one in candidates
    )


def reach_of(place: Place) -> dict[str, Any]:
    """Return the place with all that lies within its radius, as one area."""
    reach = in_metres(shape_of(place.geometry)).buffer(place.radius_m)
    geometry = shapely.geometry.mapping(_in_degrees(reach))
    return _collection([_feature({"name": place.name}, geometry)])


def seen_at(place: Place, actor: Actor) -> dict[str, Any]:
    """Return the place's observations that have a point, as far as the person may read them."""
    if not permissions.may_read_problems(actor):
        return _collection(())
    rows = selectors.observations_of(place).filter(longitude__isnull=False)[:MOST_POINTS]
    return _collection(
        _feature(
            {"name": str(one.category), "count": 1},
            {"type": "Point", "coordinates": [one.longitude, one.latitude]},
        )
        for one in rows
    )


def bounds_of(place: Place) -> str:
    """Return what the map shows at first: the place's radius and as much again."""
    box = box_around(place.geometry, 2 * place.radius_m)
    return ",".join(f"{edge:.5f}" for edge in (box.west, box.south, box.east, box.north))


def _in_degrees(shape: shapely.Geometry) -> shapely.Geometry:
    def moved(corners: Any) -> Any:
        degrees = transform(corners[:, 0], corners[:, 1], SWEREF99_TM, WGS84)
        return np.column_stack(degrees).round(DECIMALS)

    return shapely.transform(shape, moved)


def _feature(properties: dict[str, Any], geometry: dict[str, Any]) -> dict[str, Any]:
    return {"type": "Feature", "properties": properties, "geometry": geometry}


def _collection(features: Iterable[dict[str, Any]]) -> dict[str, Any]:
    return {"type": "FeatureCollection", "features": list(features)}

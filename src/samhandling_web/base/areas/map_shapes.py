"""Borders for the map: simplified together, so that neighbours still meet, and small to send."""

import json
from typing import Any

from samhandling.space import AreaSet
from samhandling.space.simplification import simplify
from samhandling_web.base.areas.shapes import to_geojson

# Five decimals are about a metre: finer than a screen shows.
MAP_DECIMALS = 5
# A page's whole map answer may weigh 400 kB; names and figures need their part of it.
MAP_BYTES = 250_000
FIRST_TOLERANCE_M = 2.0


def map_geometries(areas: AreaSet) -> list[dict[str, Any]]:
    """Return the areas' borders as GeoJSON, simplified no more than their number demands."""
    tolerance = FIRST_TOLERANCE_M
    while True:
        simple = simplify(areas, tolerance, precision_degrees=10.0**-MAP_DECIMALS)
        found = [to_geojson(shape, MAP_DECIMALS) for shape in simple.geometries]
        if len(json.dumps(found)) <= MAP_BYTES or tolerance > 500:
            return found
        tolerance *= 1.6

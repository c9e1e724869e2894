"""Layers as GeoJSON (RFC 7946): WGS84, seven decimals, outer rings against the clock."""

import json
from collections.abc import Iterable

import numpy as np
import shapely

from samhandling_web.base.reports.content import Layer
from samhandling_web.base.reports.json_file import Member, origin, value
from samhandling_web.base.reports.tabular import fields, flat
from samhandling_web.base.reports.text import clean

# The seventh decimal of a degree is about a centimetre.
DECIMALS = 7


def geojson(layer: Layer) -> bytes:
    """Write a layer, one feature per line. The same layer gives the same bytes."""
    members: Member = {
        "type": "FeatureCollection",
        "name": clean(layer.name),
        "title": clean(layer.title),
        "marks": [clean(mark) for mark in layer.marks],
        "provenance": origin(layer.provenance),
    }
    opening = json.dumps(members, ensure_ascii=False, allow_nan=False)[:-1]
    body = ",\n".join(features(layer))
    return f'{opening}, "features": [\n{body}\n]}}\n'.encode()


def features(layer: Layer) -> Iterable[str]:
    """Each feature as JSON text; a place that is unknown has the geometry null."""
    keys = [field.key for field in fields(layer.columns)]
    geometries = shapely.from_wkb(np.array(layer.geometries, dtype=object))
    turned = shapely.orient_polygons(shapely.force_2d(geometries))
    rounded = shapely.transform(turned, lambda places: places.round(DECIMALS))
    for geometry, row in zip(shapely.to_geojson(rounded), layer.rows, strict=True):
        cells = zip(keys, flat(row, layer.columns), strict=True)
        properties = {key: value(cell) for key, cell in cells}
        words = json.dumps(properties, ensure_ascii=False, allow_nan=False)
        yield f'{{"type": "Feature", "properties": {words}, "geometry": {geometry or "null"}}}'

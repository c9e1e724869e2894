"""Laying the ground under the map."""

import hashlib
import json
from collections.abc import Iterable
from typing import Any

import numpy as np
import shapely
from django.db import transaction

from samhandling_web.base.accounts.models import User
from samhandling_web.base.areas import permissions
from samhandling_web.base.areas.models import MapLayer
from samhandling_web.base.areas.rules import GROUND_KINDS, EmptyGround, UnknownGround
from samhandling_web.base.audit import services as audit

# About ten metres: what a street's width is on the closest map people need.
TOLERANCE_DEGREES = 0.0001
GRID_DEGREES = 0.00001


@transaction.atomic
def map_layer_set(
    *, kind: str, shapes: Iterable[shapely.Geometry], source: str, actor: User | None
) -> MapLayer:
    """Put `shapes` (WGS84) in place of the layer of that kind, simplified for the map.

    Raises
    ------
    NotAllowed, UnknownGround, EmptyGround
        If the actor may not, there is no such kind, or nothing is left to draw.
    """
    permissions.check_may_manage_areas(actor)
    if kind not in GROUND_KINDS:
        raise UnknownGround(kind=kind, known=", ".join(GROUND_KINDS))
    simple = shapely.simplify(np.array(list(shapes), dtype=object), TOLERANCE_DEGREES)
    features = [_feature(geometry) for geometry in simple if not geometry.is_empty]
    if not features:
        raise EmptyGround(kind=kind)
    collection = {"type": "FeatureCollection", "features": features}
    text = json.dumps(collection, separators=(",", ":"))
    values = {
        "collection": collection,
        "source": source[:300],
        "revision": hashlib.sha256(text.encode()).hexdigest(),
    }
    layer, _made = MapLayer.objects.update_or_create(kind=kind, defaults=values)
    after = {"source": source, "shapes": len(features), "revision": layer.revision}
    audit.record(actor=actor, kind="areas.ground.set", target=layer, after=after)
    return layer


def _feature(geometry: shapely.Geometry) -> dict[str, Any]:
    rounded = json.loads(shapely.to_geojson(shapely.set_precision(geometry, GRID_DEGREES)))
    return {"type": "Feature", "properties": {}, "geometry": rounded}

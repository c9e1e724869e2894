"""The municipality, its levels of areas, every version of every area, and what ties them."""

from samhandling_web.base.areas.models.imports import AreaBatch, AreaChange
from samhandling_web.base.areas.models.levels import AreaLevel, Municipality
from samhandling_web.base.areas.models.map_layers import MapLayer
from samhandling_web.base.areas.models.relations import AreaLineage, Crosswalk, Neighbour
from samhandling_web.base.areas.models.versions import Area, AreaVersion

__all__ = [
    "Area",
    "AreaBatch",
    "AreaChange",
    "AreaLevel",
    "AreaLineage",
    "AreaVersion",
    "Crosswalk",
    "MapLayer",
    "Municipality",
    "Neighbour",
]

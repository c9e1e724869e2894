"""Every write to the areas."""

from samhandling_web.base.areas.services.division import AreaImport, area_versions_import
from samhandling_web.base.areas.services.ground import map_layer_set
from samhandling_web.base.areas.services.groups import AreaGroup, areas_from_groups
from samhandling_web.base.areas.services.levels import (
    area_set,
    level_export_record,
    level_set,
    municipality_set,
    protected_level_read,
)
from samhandling_web.base.areas.services.relations import (
    crosswalks_compute,
    lineage_compute,
    neighbours_compute,
)
from samhandling_web.base.areas.services.withdrawal import area_versions_withdraw

__all__ = [
    "AreaGroup",
    "AreaImport",
    "area_set",
    "area_versions_import",
    "area_versions_withdraw",
    "areas_from_groups",
    "crosswalks_compute",
    "level_export_record",
    "level_set",
    "lineage_compute",
    "map_layer_set",
    "municipality_set",
    "neighbours_compute",
    "protected_level_read",
]

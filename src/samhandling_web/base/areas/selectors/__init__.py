"""Reading areas, their history and series on their borders."""

from samhandling_web.base.areas.selectors.divisions import (
    area_as_set,
    area_at,
    area_by_name,
    areas_on,
    areas_visible_to,
    base_level,
    district_at,
    district_level,
    division_day,
    division_days,
    level_by_slug,
    levels_visible_to,
    levels_with_counts,
    municipality,
    shows_protected,
)
from samhandling_web.base.areas.selectors.ground import (
    extent,
    level_people_know,
    map_layer,
    map_layer_kinds,
)
from samhandling_web.base.areas.selectors.history import (
    Happening,
    area_visible_to,
    happenings_of_area,
    happenings_of_level,
    neighbours_of,
    versions_of,
)
from samhandling_web.base.areas.selectors.maps import (
    collection_version,
    feature_collection,
    frame_on,
)
from samhandling_web.base.areas.selectors.series import (
    crosswalk_shares,
    series_between,
    series_on,
    shares_inside,
)

__all__ = [
    "Happening",
    "area_as_set",
    "area_at",
    "area_by_name",
    "area_visible_to",
    "areas_on",
    "areas_visible_to",
    "base_level",
    "collection_version",
    "crosswalk_shares",
    "district_at",
    "district_level",
    "division_day",
    "division_days",
    "extent",
    "feature_collection",
    "frame_on",
    "happenings_of_area",
    "happenings_of_level",
    "level_by_slug",
    "level_people_know",
    "levels_visible_to",
    "levels_with_counts",
    "map_layer",
    "map_layer_kinds",
    "municipality",
    "neighbours_of",
    "series_between",
    "series_on",
    "shares_inside",
    "shows_protected",
    "versions_of",
]

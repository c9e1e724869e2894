"""Areas as the map and other programs want them."""

from datetime import date
from typing import TYPE_CHECKING, Any

from samhandling.space import WGS84
from samhandling_web.base.accounts.permissions import Actor
from samhandling_web.base.areas import permissions, shapes
from samhandling_web.base.areas.models import AreaVersion
from samhandling_web.base.areas.selectors.divisions import (
    areas_visible_to,
    division_day,
    level_by_slug,
)

if TYPE_CHECKING:
    import geopandas


def collection_version(
    level: str, day: date, *, simplified: bool = True, visible_to: Actor = None
) -> str:
    """Return a mark that changes exactly when `feature_collection` would answer otherwise."""
    allowed = "+".join(sorted(permissions.visibilities_open_to(visible_to)))
    first_day = division_day(level, day).isoformat()
    detail = "map" if simplified else "full"
    return f"{level_by_slug(level).revision[:24]}-{first_day}-{detail}-{allowed}"


def feature_collection(
    level: str, day: date, *, simplified: bool = True, visible_to: Actor = None
) -> dict[str, Any]:
    """Return the level's areas on `day` as GeoJSON, as far as the person may see them.

    Simplified borders meet as the real ones do, and weigh at most a few hundred kB together;
    measure nothing on them.
    """
    column = "geometry_map" if simplified else "geometry"
    rows = areas_visible_to(visible_to, level, day).values_list("area__code", "name", column)
    return {
        "type": "FeatureCollection",
        "features": [
            {
                "type": "Feature",
                "id": code,
                "properties": {"code": code, "name": name},
                "geometry": geometry,
            }
            for code, name, geometry in rows
        ],
    }


def frame_on(level: str, day: date, *, visible_to: Actor = None) -> "geopandas.GeoDataFrame":
    """Return the level's areas on `day` as a table with full borders, ready to be exported."""
    # Here and not at the top: every command starts the platform, few write a table of borders.
    import geopandas

    versions = list(areas_visible_to(visible_to, level, day).defer("geometry_map"))
    rows = [_exported(version) for version in versions]
    borders = shapes.from_geojson(version.geometry for version in versions)
    return geopandas.GeoDataFrame(rows, geometry=list(borders), crs=WGS84)


def _exported(version: AreaVersion) -> dict[str, Any]:
    return {
        "level": version.area.level.slug,
        "code": version.area.code,
        "name": version.name,
        "valid_from": version.valid_from.isoformat(),
        "valid_to": version.valid_to.isoformat() if version.valid_to else None,
        "area_m2": round(version.area_m2, 1),
        "source": version.source,
    }

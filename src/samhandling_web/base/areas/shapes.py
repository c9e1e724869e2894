"""Between what is stored (GeoJSON) and what is reckoned with (the library's area sets)."""

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import pyarrow as pa
import shapely
from numpy.typing import NDArray

from samhandling.space import AreaSet
from samhandling_web.base.areas import rules

# A tenth of a millimetre in Sweden: finer than any survey, coarse enough to compare files by.
GRID_DEGREES = 1e-9
DECIMALS = 9


@dataclass(frozen=True, slots=True)
class AreaRow:
    """One area of a division as its source gives it."""

    code: str
    name: str
    start: date
    end: date | None
    geometry: shapely.Geometry
    attributes: dict[str, Any]
    row: int

    @property
    def content_hash(self) -> str:
        """Cover name, border and properties: what makes a version a new one when it changes."""
        shape = shapely.normalize(self.geometry)
        text = json.dumps([self.name, self.attributes], sort_keys=True, ensure_ascii=False)
        return hashlib.sha256(text.encode() + b"\n" + shapely.to_wkb(shape)).hexdigest()


def area_rows(rows: pa.Table, level: str, start: date | None) -> list[AreaRow]:
    """Read a table of the AREA schema; `start` stands in where a row has no date of its own.

    Raises
    ------
    NoAreaRows, AreaRowsInvalid
        If the table has no rows for the level, or one that is no area.
    """
    found = [_area_row(row, start) for row in rows.to_pylist() if row["level"] == level]
    if not found:
        raise rules.NoAreaRows(level=level)
    return found


def _area_row(row: dict[str, Any], start: date | None) -> AreaRow:
    try:
        geometry = shapely.force_2d(shapely.from_wkb(row["geometry"]))
        attributes = json.loads(row["attributes"] or "{}")
    except (shapely.GEOSException, TypeError, ValueError) as exc:
        raise _invalid(row, str(exc)) from exc
    if not _on_earth(geometry):
        raise _invalid(row, f"lon/lat {geometry.bounds}")
    begins = row["valid_from"] or start
    if begins is None:
        raise _invalid(row, "valid_from")
    if row["valid_to"] is not None and row["valid_to"] <= begins:
        raise _invalid(row, f"valid_to {row['valid_to']} <= valid_from {begins}")
    if shapely.is_valid(geometry):
        # Rounding corner by corner could make a thin part touch itself; this keeps it valid.
        geometry = shapely.set_precision(geometry, GRID_DEGREES)
    name = row["name"] or row["code"]
    return AreaRow(
        row["code"], name, begins, row["valid_to"], geometry, attributes, row["row"] or 0
    )


def _on_earth(geometry: shapely.Geometry | None) -> bool:
    """Whether coordinates can be degrees: metres of a plane system are not."""
    if geometry is None or geometry.is_empty:
        return False
    west, south, east, north = geometry.bounds
    return bool(-180 <= west <= east <= 180 and -90 <= south <= north <= 90)


def _invalid(row: dict[str, Any], explanation: str) -> rules.AreaRowsInvalid:
    return rules.AreaRowsInvalid(row=row["row"] or "–", code=row["code"], explanation=explanation)


def checked_set(level: str, rows: Sequence[AreaRow]) -> AreaSet:
    """Return the rows of one division as an area set.

    Raises
    ------
    AreaCodeTwice, AreaRowsInvalid
        If two rows share a code, or a geometry is not a valid polygon.
    """
    seen: set[str] = set()
    for row in rows:
        if row.code in seen:
            raise rules.AreaCodeTwice(code=row.code)
        seen.add(row.code)
    for row in rows:
        try:
            AreaSet.of(level, [row.code], [row.name], [row.geometry])
        except ValueError as exc:
            raise rules.AreaRowsInvalid(row=row.row, code=row.code, explanation=exc) from exc
    shapes = [row.geometry for row in rows]
    return AreaSet.of(level, [r.code for r in rows], [r.name for r in rows], shapes)


def to_geojson(geometry: shapely.Geometry, decimals: int = DECIMALS) -> dict[str, Any]:
    """Return a geometry as GeoJSON with coordinates rounded to `decimals`."""
    return {"type": geometry.geom_type, "coordinates": _rounded(geometry, decimals)}


def _rounded(geometry: shapely.Geometry, decimals: int) -> list[Any]:
    if geometry.geom_type == "MultiPolygon":
        return [_rounded(part, decimals) for part in geometry.geoms]
    rings = [geometry.exterior, *geometry.interiors]
    return [np.round(shapely.get_coordinates(ring), decimals).tolist() for ring in rings]


def from_geojson(stored: Iterable[dict[str, Any]]) -> NDArray[np.object_]:
    """Return stored GeoJSON geometries as shapely ones."""
    texts = [json.dumps(geometry) for geometry in stored]
    return np.asarray(shapely.from_geojson(texts), dtype=object)

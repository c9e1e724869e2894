"""Layers as GeoPackage, written by GDAL with the layer's own clock."""

import tempfile
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import numpy as np
import pyogrio
import shapely
from numpy.typing import NDArray

from samhandling_web.base.reports.content import Hidden, Kind, Layer
from samhandling_web.base.reports.json_file import value
from samhandling_web.base.reports.tabular import Field, Plain, fields, flat, origin_rows
from samhandling_web.base.reports.text import clean

# GDAL stamps a GeoPackage with this moment instead of the machine's clock.
CLOCK = "OGR_CURRENT_DATE"
# The clock is one for the whole process: only one layer at a time may set it.
ONE_AT_A_TIME = threading.Lock()
Values = tuple[NDArray[Any], NDArray[np.bool_]]


def geopackage(layer: Layer) -> bytes:
    """Write a layer in WGS84. The same layer gives the same bytes."""
    columns = fields(layer.columns)
    rows = [flat(row, layer.columns) for row in layer.rows]
    values = [
        field_values(field, [row[index] for row in rows]) for index, field in enumerate(columns)
    ]
    with tempfile.TemporaryDirectory() as folder, clock_of(layer.provenance.made_at):
        path = Path(folder) / "layer.gpkg"
        pyogrio.raw.write(
            path,
            geometry=np.array(layer.geometries, dtype=object),
            field_data=[data for data, _ in values],
            fields=np.array([field.key for field in columns], dtype=object),
            field_mask=[mask for _, mask in values],
            layer=layer.name,
            driver="GPKG",
            geometry_type=geometry_type(layer.geometries),
            crs="EPSG:4326",
            dataset_metadata=metadata(layer),
            layer_options={"IDENTIFIER": clean(layer.title), "DESCRIPTION": description(layer)},
        )
        return path.read_bytes()


@contextmanager
def clock_of(moment: datetime) -> Iterator[None]:
    """Let GDAL believe that it is this moment."""
    stamp = moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.000Z")
    with ONE_AT_A_TIME:
        before = pyogrio.get_gdal_config_option(CLOCK)
        pyogrio.set_gdal_config_options({CLOCK: stamp})
        try:
            yield
        finally:
            pyogrio.set_gdal_config_options({CLOCK: before})


def metadata(layer: Layer) -> dict[str, str]:
    """How the layer was made; the same label twice is numbered."""
    members: dict[str, str] = {}
    for label, words in origin_rows(layer.provenance, layer.marks):
        number = sum(key.split(" (")[0] == label for key in members)
        members[f"{label} ({number + 1})" if number else label] = words
    return members


def description(layer: Layer) -> str:
    """How the layer was made, in one line that GIS programs show."""
    return "; ".join(
        f"{label}: {words}" for label, words in origin_rows(layer.provenance, layer.marks)
    )


def geometry_type(geometries: Sequence[bytes | None]) -> str:
    """The one kind of geometry in the layer, or Unknown for several."""
    kinds = {
        shapely.from_wkb(geometry).geom_type for geometry in geometries if geometry is not None
    }
    return kinds.pop() if len(kinds) == 1 else "Unknown"


def field_values(field: Field, cells: Sequence[Plain]) -> Values:
    """A column as GDAL takes it, with the cells that are empty or hidden."""
    mask = np.array([cell is None or isinstance(cell, Hidden) for cell in cells], dtype=bool)
    plain = [None if hidden else cell for cell, hidden in zip(cells, mask, strict=True)]
    if field.column.kind is Kind.DATE:
        return dates(plain), mask
    if field.column.kind is Kind.INT and not any(isinstance(cell, str) for cell in plain):
        return np.array([int(cell or 0) for cell in plain], dtype=np.int64), mask  # type: ignore[arg-type]
    if field.column.kind is not Kind.TEXT and not any(isinstance(cell, str) for cell in plain):
        return np.array([float(cell or 0) for cell in plain], dtype=np.float64), mask  # type: ignore[arg-type]
    texts = [None if cell is None else str(value(cell)) for cell in plain]
    return np.array(texts, dtype=object), mask


def dates(cells: Sequence[Plain]) -> NDArray[Any]:
    """Days, or moments in UTC where the column has any."""
    if any(isinstance(cell, datetime) for cell in cells):
        stamps = [in_utc(cell) if isinstance(cell, date) else "NaT" for cell in cells]
        return np.array(stamps, dtype="datetime64[ms]")
    days = [cell.isoformat() if isinstance(cell, date) else "NaT" for cell in cells]
    return np.array(days, dtype="datetime64[D]")


def in_utc(moment: date) -> str:
    """A moment as NumPy reads it."""
    if isinstance(moment, datetime):
        moment = moment.astimezone(UTC).replace(tzinfo=None) if moment.tzinfo else moment
    return moment.isoformat()

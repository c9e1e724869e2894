"""Writes an invented town as the files a municipality would get: it comes in by the same doors."""

import csv
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields
from datetime import date
from pathlib import Path
from typing import IO

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pacsv
import shapely
from shapely.geometry.base import BaseGeometry

from samhandling.synthetic.nesting import Area
from samhandling.synthetic.town import Town

EVENT_COLUMNS = (
    "external_id",
    "category",
    "category_label",
    "start",
    "end",
    "time_precision",
    "lon",
    "lat",
    "position_precision",
    "municipality_code",
    "area_level",
    "area_code",
    "title",
    "text",
    "registered",
)
"""Columns of the events file, named as in the schema EVENT; times are ISO 8601 in UTC."""
POPULATION_HEADER = ("Områdeskod", "Område", "År", "Kön", "Ålder", "Uppdelning", "Folkmängd")
"""Columns of the population file; "Uppdelning" is the canonical breakdown of a statistic."""
SEX_LABELS = {"women": "kvinnor", "men": "män"}
_TIME_FORMAT = "%Y-%m-%dT%H:%M:%SZ"


@dataclass(frozen=True, slots=True)
class AreaFile:
    """One level's boundaries of one vintage, as a municipality publishes them.

    Attributes
    ----------
    level : str
        The level of every area in it.
    valid_from, valid_to : date
        When they apply; `valid_to` is the first day they no longer do, None for the last vintage.
    path : Path
        The GeoJSON file.
    """

    level: str
    valid_from: date
    valid_to: date | None
    path: Path


@dataclass(frozen=True, slots=True)
class TownFiles:
    """Where each file of a town was written.

    Attributes
    ----------
    areas : tuple of AreaFile
        Boundaries, from the municipality down to the overlays.
    layers : tuple of (str, Path)
        Layer (water, street, school) and GeoJSON file.
    population, events, categories, survey, truth : Path
        CSV files, and the truth as JSON.
    """

    areas: tuple[AreaFile, ...]
    layers: tuple[tuple[str, Path], ...]
    population: Path
    events: Path
    categories: Path
    survey: Path
    truth: Path


def write_town(
    town: Town, folder: Path, *, expected: int = 200_000, chunk_rows: int = 50_000
) -> TownFiles:
    """Write every file of a town into a folder, which is made if there is none.

    Parameters
    ----------
    town : Town
        What to write.
    folder : Path
        Where to write it; files of the same names are replaced.
    expected : int, default 200 000
        Expected number of events.
    chunk_rows : int, default 50 000
        Events written at a time; the file does not depend on it.

    Returns
    -------
    TownFiles
        The paths. The same town gives the same bytes.
    """
    folder.mkdir(parents=True, exist_ok=True)
    files = TownFiles(
        areas=tuple(_write_areas(town, folder)),
        layers=tuple(_write_layers(town, folder)),
        population=folder / "population.csv",
        events=folder / "events.csv",
        categories=folder / "categories.csv",
        survey=folder / "survey.csv",
        truth=folder / "truth.json",
    )
    with files.population.open("w", encoding="utf-8", newline="") as stream:
        _write_population(town, stream)
    with files.events.open("wb") as stream_of_bytes:
        write_events(town, stream_of_bytes, expected=expected, chunk_rows=chunk_rows)
    with files.categories.open("w", encoding="utf-8", newline="") as stream:
        _write_categories(town, stream)
    with files.survey.open("w", encoding="utf-8", newline="") as stream:
        _write_survey(town, stream)
    files.truth.write_text(truth_text(town), encoding="utf-8")
    return files


def write_events(
    town: Town, stream: IO[bytes], *, expected: int = 200_000, chunk_rows: int = 50_000
) -> int:
    """Write a town's events as CSV, chunk by chunk, and return their number."""
    options = pacsv.WriteOptions(
        include_header=True, delimiter=town.plan.delimiter, quoting_style="needed"
    )
    writer: pacsv.CSVWriter | None = None
    rows = 0
    for chunk in town.events(expected, chunk_rows=chunk_rows):
        table = _event_columns(chunk.table)
        if writer is None:
            writer = pacsv.CSVWriter(stream, table.schema, write_options=options)
        writer.write_table(table)
        rows += table.num_rows
    if writer is not None:
        writer.close()
    return rows


def geojson(features: Iterable[tuple[dict[str, object], BaseGeometry]]) -> str:
    """Return a feature collection, one feature to a line."""
    lines = [
        '{"type": "Feature", "properties": '
        + json.dumps(properties, ensure_ascii=False)
        + ', "geometry": '
        + shapely.to_geojson(geometry)
        + "}"
        for properties, geometry in features
    ]
    return '{"type": "FeatureCollection", "features": [\n' + ",\n".join(lines) + "\n]}\n"


def truth_text(town: Town) -> str:
    """Return a town's truth as JSON, arrays as lists and dates in ISO 8601."""
    return json.dumps(_plain(town.truth), ensure_ascii=False, indent=1, default=str) + "\n"


def _plain(value: object) -> object:
    if hasattr(value, "__dataclass_fields__"):
        return {f.name: _plain(getattr(value, f.name)) for f in fields(value)}  # type: ignore[arg-type]
    if isinstance(value, tuple):
        return [_plain(part) for part in value]
    return value.tolist() if hasattr(value, "tolist") else value


def _write_areas(town: Town, folder: Path) -> Iterator[AreaFile]:
    """Write one file per level and vintage; what does not change stands in several."""
    for level in dict.fromkeys(area.level for area in town.ground.areas):
        areas = town.ground.of_level(level)
        starts = sorted({area.valid_from for area in areas})
        ends = [*starts[1:], None]
        for start, end in zip(starts, ends, strict=True):
            path = folder / f"areas_{level}_{start.isoformat()}.geojson"
            rows = [(_area_properties(a), a.geometry) for a in areas if a.holds_on(start)]
            path.write_text(geojson(rows), encoding="utf-8")
            yield AreaFile(level, start, end, path)


def _area_properties(area: Area) -> dict[str, object]:
    return {"code": area.code, "name": area.name, "invented": True, **dict(area.attributes)}


def _write_layers(town: Town, folder: Path) -> Iterator[tuple[str, Path]]:
    features = town.features()
    for layer in dict.fromkeys(feature.layer for feature in features):
        path = folder / f"layer_{layer}.geojson"
        own = [feature for feature in features if feature.layer == layer]
        rows = [({"name": f.name, "invented": True}, f.geometry) for f in own]
        path.write_text(geojson(rows), encoding="utf-8")
        yield layer, path


def _event_columns(table: pa.Table) -> pa.Table:
    columns = {}
    for name in EVENT_COLUMNS:
        column = table.column(name)
        if pa.types.is_timestamp(column.type):
            column = pc.strftime(column.cast(pa.timestamp("s", tz="UTC")), _TIME_FORMAT)
        columns[name] = column
    return pa.table(columns)


def _write_population(town: Town, stream: IO[str]) -> None:
    """Write residents as statistical offices do: labels in words, ages as bands."""
    writer = csv.writer(stream, delimiter=town.plan.delimiter, lineterminator="\n")
    writer.writerow(POPULATION_HEADER)
    for row in town.population().to_pylist():
        age = f"{row['age_from']}-{row['age_to']}" if row["age_to"] else f"{row['age_from']}+"
        writer.writerow(
            [
                row["area_code"],
                row["area_name"],
                row["year"],
                SEX_LABELS[row["sex"]],
                age,
                f"age={age};sex={row['sex']}",
                row["residents"],
            ]
        )


def _write_categories(town: Town, stream: IO[str]) -> None:
    writer = csv.writer(stream, delimiter=town.plan.delimiter, lineterminator="\n")
    writer.writerow(["category", "category_label", "parent", "parent_label"])
    for category in town.plan.categories:
        writer.writerow([category.slug, category.label, category.parent, category.parent_label])


def _write_survey(town: Town, stream: IO[str]) -> None:
    table = town.survey_waves().drop_columns(["row"])
    writer = csv.writer(stream, delimiter=town.plan.delimiter, lineterminator="\n")
    writer.writerow(table.column_names)
    for row in table.to_pylist():
        writer.writerow(["" if value is None else value for value in row.values()])

"""Making the snapshot: the truth streamed once, placed in every division, sorted, put in use."""

import shutil
import uuid
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from numpy.typing import NDArray

from samhandling import __version__
from samhandling.space.cells import h3_cells
from samhandling_web.observe.events.snapshot import layout
from samhandling_web.observe.events.snapshot.layout import (
    ELSEWHERE,
    EVENTS_FILE,
    NEVER,
    NOWHERE,
    OWN,
    POINTER,
    UNKNOWN,
    Division,
    DivisionMeta,
    Meta,
)
from samhandling_web.observe.events.snapshot.placing import Links, Placer, Whereabouts

CELL_RESOLUTION = 9
MINUTE_US = 60_000_000

EVENTS = pa.schema(
    [
        ("id", pa.int64()),
        ("source", pa.string()),
        ("category", pa.string()),
        ("start", pa.timestamp("us", "UTC")),
        ("end", pa.timestamp("us", "UTC")),
        ("lon", pa.float64()),
        ("lat", pa.float64()),
        ("position_precision", pa.string()),
        ("area_level", pa.string()),
        ("area_code", pa.string()),
        ("count", pa.int32()),
        ("municipality_code", pa.string()),
    ]
)
"""What `build` expects of its tables."""

Report = Callable[[int], None]


class Codes:
    """Numbers given to texts in the order they are first met."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}

    def numbers(
        self, texts: pa.ChunkedArray, kind: type[np.signedinteger]
    ) -> NDArray[np.signedinteger]:
        found, known = texts.combine_chunks().dictionary_encode(), self._numbers
        numbers = [known.setdefault(text, len(known)) for text in found.dictionary.to_pylist()]
        return np.take(np.array(numbers, dtype=kind), np.asarray(found.indices))

    def texts(self) -> list[str]:
        return list(self._numbers)


class SnapshotWriter:
    """Turns the truth into the snapshot's columns, a table at a time."""

    def __init__(
        self,
        divisions: Sequence[Division],
        links: Mapping[str, Links],
        timezone: str,
        municipality_code: str = "",
    ) -> None:
        self.divisions = divisions
        self.placers = {
            division.column: Placer(division, links[division.column]) for division in divisions
        }
        self.timezone = ZoneInfo(timezone)
        self.municipality_code = municipality_code
        self.sources, self.categories, self.precisions = Codes(), Codes(), Codes()
        self.schema = layout.schema([division.column for division in divisions])

    def table(self, events: pa.Table) -> pa.Table:
        """Return a table of `EVENTS` as the snapshot's columns."""
        start, end = (self._local_minutes(events[name]) for name in ("start", "end"))
        end = np.where(end == NEVER, start, end)
        day, month = _days_and_months(start, end)
        where = Whereabouts.of(events)
        columns = {
            "id": events["id"],
            "source": self.sources.numbers(events["source"], np.int16),
            "category": self.categories.numbers(events["category"], np.int16),
            "month": month,
            "day": day,
            "start_minute": start,
            "end_minute": end,
            "precision": self.precisions.numbers(events["position_precision"], np.int8),
            "lon": pa.array(where.lon, from_pandas=True),
            "lat": pa.array(where.lat, from_pandas=True),
            "cell": h3_cells(where.lon, where.lat, CELL_RESOLUTION),
            "count": events["count"],
        }
        for column, placer in self.placers.items():
            columns[column] = placer.positions(where)
        columns["own"] = self._own(events["municipality_code"], columns)
        return pa.table(columns, schema=self.schema)

    def _own(self, codes: pa.ChunkedArray, columns: Mapping[str, Any]) -> NDArray[np.int8]:
        """Tell by its code, or by where it was placed, whether an event happened here."""
        placed = np.zeros(len(codes), dtype=bool)
        for column in self.placers:
            placed |= columns[column] != NOWHERE
        own_code, no_code = (
            pc.equal(codes, code).to_numpy() for code in (self.municipality_code, "")
        )
        here = np.where(no_code, np.where(placed, OWN, UNKNOWN), np.where(own_code, OWN, ELSEWHERE))
        return here.astype(np.int8)

    def _local_minutes(self, times: pa.ChunkedArray) -> NDArray[np.int32]:
        """Return minutes of local wall-clock time since 1970, NEVER where the time is unknown."""
        # Here and not at the top: every command starts the platform, few build a snapshot.
        import pandas as pd

        index = pd.DatetimeIndex(times.to_numpy()).tz_localize("UTC")
        local = index.tz_convert(self.timezone).tz_localize(None).as_unit("us")
        minutes = local.asi8 // MINUTE_US
        return np.where(index.isna(), NEVER, minutes).astype(np.int32)


def build(
    tables: Iterable[pa.Table],
    writer: SnapshotWriter,
    *,
    data_version: str,
    made_at: datetime,
    report: Report = lambda _rows: None,
) -> Meta:
    """Write a snapshot of events and put it in use; the old one serves until that moment.

    Memory does not grow with the number of tables. Killed in the middle, it leaves the old
    snapshot in use and a folder that the next build removes.
    """
    folder = layout.root() / f"{data_version[:16]}-{uuid.uuid4().hex[:8]}"
    folder.mkdir(parents=True)
    written = _write_unsorted(tables, writer, folder / "unsorted.parquet", report)
    _sort(folder / "unsorted.parquet", folder / EVENTS_FILE)
    meta = Meta(
        data_version=data_version,
        code_version=__version__,
        made_at=made_at.isoformat(timespec="seconds"),
        rows=written,
        sources=writer.sources.texts(),
        categories=writer.categories.texts(),
        precisions=writer.precisions.texts(),
        divisions=[_division_meta(division) for division in writer.divisions],
        checksum=checksum_of_file(folder / EVENTS_FILE),
    )
    layout.meta_save(meta, folder)
    _put_in_use(folder)
    return meta


def _write_unsorted(
    tables: Iterable[pa.Table], writer: SnapshotWriter, path: Path, report: Report
) -> int:
    written = 0
    with pq.ParquetWriter(path, writer.schema, compression="lz4") as parquet:
        for table in tables:
            parquet.write_table(writer.table(table))
            written += table.num_rows
            report(written)
    return written


def _sort(source: Path, target: Path) -> None:
    """Sort by place and time on disk, so that a question about one reads few row groups."""
    with duckdb.connect(config={"memory_limit": "1GB", "threads": 2}) as database:
        database.execute(f"SET temp_directory = '{source.parent}'")
        database.execute(
            f"COPY (SELECT * FROM read_parquet('{source}') ORDER BY cell, day, id) "  # noqa: S608
            f"TO '{target}' (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 122880)"
        )
    source.unlink()


def checksum_of_file(path: Path) -> dict[str, int]:
    """Return sums that do not depend on order, to hold the snapshot against the truth."""
    with duckdb.connect() as database:
        row = database.execute(
            "SELECT count(*), coalesce(sum(count), 0), coalesce(sum(id), 0) "  # noqa: S608
            f"FROM read_parquet('{path}')"
        ).fetchone()
    assert row is not None
    return dict(zip(("rows", "events", "ids"), map(int, row), strict=True))


def _put_in_use(folder: Path) -> None:
    """Point to the new snapshot in one step and remove the ones nobody reads any more."""
    pointer = layout.root() / POINTER
    previous = layout.current_folder()
    new_pointer = layout.root() / f"{POINTER}.{folder.name}"
    new_pointer.write_text(folder.name, encoding="ascii")
    new_pointer.replace(pointer)
    kept = {folder, previous}
    for other in layout.root().iterdir():
        if other.is_dir() and other not in kept:
            shutil.rmtree(other, ignore_errors=True)


def _days_and_months(
    start: NDArray[np.int32], end: NDArray[np.int32]
) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """Return the local day and month of the middle of each interval."""
    known = start != NEVER
    middle = np.where(known, start + (end.astype(np.int64) - start) // 2, 0)
    days = middle // 1440
    months = days.astype("datetime64[D]").astype("datetime64[M]").astype(np.int64) + 1970 * 12
    return (
        np.where(known, days, NEVER).astype(np.int32),
        np.where(known, months, NEVER).astype(np.int32),
    )


def _division_meta(division: Division) -> DivisionMeta:
    return DivisionMeta(
        column=division.column,
        level=division.level,
        valid_from=division.valid_from.isoformat(),
        valid_to=division.valid_to.isoformat() if division.valid_to else None,
        codes=list(division.areas.codes),
        names=list(division.areas.names),
    )

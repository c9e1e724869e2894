"""The questions that explore asks, of very many events: by area, by month and by kind."""

import json
import sqlite3
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import geopandas
import numpy as np
import pandas as pd
import shapely

from benchmarks.comparison import Comparison
from benchmarks.installation import platform_in, scratch_folder, town_events, town_made
from benchmarks.measuring import Measured, apart, measured
from benchmarks.pages import explore_pages

LIMIT_S = 0.3
LIMIT_BYTES = 400_000
LEVEL = "neighbourhood"
START, END = date(2019, 1, 1), date(2023, 12, 31)
KINDS = 4
TIMES = 5
EPOCH = date(1970, 1, 1)
Answer = dict[str, dict[str, float]]


def picture_queries(sizes: dict[str, int]) -> Iterator[Comparison]:
    """Ask one filtered question in all four ways, after filling the store with events."""
    with scratch_folder() as folder:
        apart(lambda: town_made(folder))
        filled = apart(lambda: _filled(folder, sizes["events"]))
        made = measured(lambda _: _snapshot_made(), lambda: platform_in(folder))
        data = f"{filled:,} events"
        yield Comparison(
            "Snapshot from the relational store", data, made, "", None, made.value == filled
        )
        yield from _asked(folder, data)
        yield from explore_pages(folder, data)
        yield _payload(folder)


def _asked(folder: Path, data: str) -> Iterator[Comparison]:
    parts = apart(lambda: _parts(folder))
    ours = measured(
        _answer_of_snapshot, lambda: (_opened(folder), parts["categories"]), times=TIMES
    )
    work = f"Map, table and chart of a selection, at most {LIMIT_S * 1000:.0f} ms"
    for peer, theirs in _peers(parts):
        agree = _same(ours.value, theirs.value) and ours.seconds <= LIMIT_S
        yield Comparison(work, data, ours, peer, theirs, agree)


def _peers(parts: Mapping[str, Any]) -> Iterator[tuple[str, Measured]]:
    yield (
        "pandas, events in memory with their areas",
        measured(lambda frame: _by_pandas(frame, parts), lambda: _frame(parts), times=TIMES),
    )
    yield (
        "pandas, reading the Parquet file included",
        measured(lambda _: _by_pandas(_frame(parts), parts)),
    )
    yield (
        "geopandas, events in memory as points",
        measured(lambda ready: _by_geopandas(*ready, parts), lambda: _points(parts)),
    )
    yield (
        "SQL on the relational store, areas and local months joined in",
        measured(lambda database: _by_sql(database, parts), lambda: _store(parts)),
    )


def _filled(folder: Path, expected: int) -> int:
    """Write events straight into the table of revisions, as one applied batch."""
    platform_in(folder)
    from django.db import connection, transaction
    from django.utils import timezone

    from samhandling_web.observe.events.receiving import REVISIONS, _add_categories, _candidates
    from samhandling_web.observe.imports.models import Batch

    batch = Batch.objects.create(
        reader="mapped_table", source="mapped_table:measured", kind="events", file_name="-",
        file_sha256="-", size_bytes=1, fingerprint="-", state="applied",
        received_at=timezone.now(), applied_at=timezone.now(),
    )  # fmt: skip
    names = ", ".join(connection.ops.quote_name(column) for column in REVISIONS.columns)
    places = ", ".join(["?"] * len(REVISIONS.columns))
    statement = f"INSERT INTO {REVISIONS.table} ({names}) VALUES ({places})"
    rows = 0
    for table in town_events(expected):
        with transaction.atomic(), connection.cursor() as cursor:
            _add_categories(table)
            tagged = (
                (batch.pk, batch.source, one.key, one.key, one.row_number, *one.values)
                for one in _candidates(table)
            )
            cursor.cursor.connection.executemany(statement, tagged)
        rows += table.num_rows
    Batch.objects.filter(pk=batch.pk).update(rows_read=rows, rows_accepted=rows, rows_new=rows)
    return rows


def _snapshot_made() -> int:
    from samhandling_web.observe.events.snapshot import rebuild

    return rebuild.rebuild().rows


def _opened(folder: Path) -> Any:
    platform_in(folder)
    from samhandling_web.observe.events.snapshot.queries import snapshot_in_use

    return snapshot_in_use()


def _parts(folder: Path) -> dict[str, Any]:
    """Return what the peers need to put the same question."""
    snapshot = _opened(folder)
    from samhandling_web.base.areas.selectors.divisions import area_as_set

    division = snapshot.division(LEVEL, END)
    areas = area_as_set(LEVEL, END)
    return {
        "database": folder / "samhandling.db",
        "parquet": snapshot.folder / "events.parquet",
        "column": division.column,
        "codes": division.codes,
        "borders": dict(zip(areas.codes, shapely.to_wkb(areas.geometries), strict=True)),
        "slugs": snapshot.meta.categories,
        "categories": tuple(sorted(snapshot.meta.categories)[:KINDS]),
    }


def _answer_of_snapshot(ready: tuple[Any, tuple[str, ...]]) -> Answer:
    snapshot, categories = ready
    from samhandling_web.observe.events.snapshot.queries import Selection

    chosen = Selection(start=START, end=END, categories=categories, on=END)
    areas = snapshot.by_area(chosen, LEVEL)
    months = snapshot.by_month(chosen)
    return {
        "area": _positive(zip(areas.codes, areas.counts, strict=True)),
        "month": _positive(zip(months.months.astype(str), months.counts, strict=True)),
        "category": _positive(snapshot.by_category(chosen).items()),
    }


def _positive(pairs: Any) -> dict[str, float]:
    return {str(name): float(count) for name, count in pairs if count}


def _frame(parts: Mapping[str, Any]) -> pd.DataFrame:
    wanted = ["id", "category", "month", "day", "own", "count", parts["column"], "lon", "lat"]
    return pd.read_parquet(parts["parquet"], columns=wanted)


def _chosen(frame: pd.DataFrame, parts: Mapping[str, Any]) -> pd.DataFrame:
    numbers = [parts["slugs"].index(slug) for slug in parts["categories"]]
    first, last = (START - EPOCH).days, (END - EPOCH).days
    return frame[
        (frame["own"] == 1) & frame["day"].between(first, last) & frame["category"].isin(numbers)
    ]


def _by_pandas(frame: pd.DataFrame, parts: Mapping[str, Any]) -> Answer:
    chosen = _chosen(frame, parts)
    areas = chosen[chosen[parts["column"]] >= 0].groupby(parts["column"])["count"].sum()
    return {
        "area": {parts["codes"][at]: float(n) for at, n in areas.items()},
        **_months_and_kinds(chosen, parts),
    }


def _months_and_kinds(chosen: pd.DataFrame, parts: Mapping[str, Any]) -> Answer:
    months = chosen.groupby("month")["count"].sum()
    kinds = chosen.groupby("category")["count"].sum()
    return {
        "month": {f"{m // 12}-{m % 12 + 1:02}": float(n) for m, n in months.items()},
        "category": {parts["slugs"][at]: float(n) for at, n in kinds.items()},
    }


def _points(parts: Mapping[str, Any]) -> tuple[geopandas.GeoDataFrame, geopandas.GeoDataFrame]:
    frame = _frame(parts)
    borders = geopandas.GeoDataFrame(
        {"at": np.arange(len(parts["codes"]))},
        geometry=shapely.from_wkb([parts["borders"][code] for code in parts["codes"]]),
        crs=4326,
    )
    points = geopandas.points_from_xy(frame["lon"], frame["lat"], crs=4326)
    return geopandas.GeoDataFrame(frame, geometry=points), borders


def _by_geopandas(
    events: geopandas.GeoDataFrame, borders: geopandas.GeoDataFrame, parts: Mapping[str, Any]
) -> Answer:
    chosen = _chosen(events, parts)
    located = chosen[chosen["lon"].notna()]
    # Events without a point are known by their area alone, in both ways of counting.
    joined = located.sjoin(borders, predicate="intersects").drop_duplicates("id")
    at = joined["at"].reindex(chosen.index).fillna(chosen[parts["column"]].where(
        chosen["lon"].isna()
    ))  # fmt: skip
    areas = chosen["count"].groupby(at[at >= 0]).sum()
    return {
        "area": {parts["codes"][int(place)]: float(n) for place, n in areas.items()},
        **_months_and_kinds(chosen, parts),
    }


def _store(parts: Mapping[str, Any]) -> sqlite3.Connection:
    """Open the relational store with a table beside it that says where and when, locally."""
    database = sqlite3.connect(parts["database"])
    database.execute("ATTACH ':memory:' AS beside")
    database.execute(
        "CREATE TABLE beside.place (id INTEGER PRIMARY KEY, at INTEGER, month INTEGER, "
        "day INTEGER, own INTEGER)"
    )
    frame = _frame(parts)
    columns = [frame[name].tolist() for name in ("id", parts["column"], "month", "day", "own")]
    database.executemany(
        "INSERT INTO beside.place VALUES (?, ?, ?, ?, ?)", zip(*columns, strict=True)
    )
    return database


def _by_sql(database: sqlite3.Connection, parts: Mapping[str, Any]) -> Answer:
    marks = ", ".join("?" * len(parts["categories"]))
    values = [*parts["categories"], (START - EPOCH).days, (END - EPOCH).days]

    def grouped(column: str) -> dict[Any, float]:
        rows = database.execute(
            f"""
            SELECT {column}, sum(r.count) FROM events_eventrevision r
            JOIN beside.place p ON p.id = r.id
            WHERE r.category IN ({marks}) AND p.day BETWEEN ? AND ? AND p.own = 1
              AND r.batch_id IN (SELECT id FROM imports_batch WHERE state = 'applied')
              AND NOT EXISTS (
                SELECT 1 FROM events_eventrevision n
                WHERE n.source = r.source AND n.external_id = r.external_id
                  AND n.batch_id > r.batch_id)
            GROUP BY 1
            """,
            values,
        )
        return {name: float(count) for name, count in rows}

    return {
        "area": {parts["codes"][at]: n for at, n in grouped("p.at").items() if at >= 0},
        "month": {f"{m // 12}-{m % 12 + 1:02}": n for m, n in grouped("p.month").items()},
        "category": grouped("r.category"),
    }


def _same(ours: Answer, theirs: Answer) -> bool:
    return all(ours[part] and ours[part] == theirs[part] for part in ("area", "month", "category"))


def _payload(folder: Path) -> Comparison:
    """Weigh the heaviest map there is of the town: its smallest areas."""
    ours = measured(_map_of, lambda: platform_in(folder))
    level, areas, size = ours.value
    work = f"Areas for the map, at most {LIMIT_BYTES // 1000} kB"
    data = f"{areas} areas of the level {level}, {size / 1000:,.0f} kB"
    return Comparison(work, data, ours, "", None, size <= LIMIT_BYTES)


def _map_of(_nothing: object) -> tuple[str, int, int]:
    from samhandling_web.base.areas.models import AreaLevel
    from samhandling_web.base.areas.selectors.maps import feature_collection

    maps = {level.slug: feature_collection(level.slug, END) for level in AreaLevel.objects.all()
            if level.areas.exists()}  # fmt: skip
    sizes = {slug: len(json.dumps(content).encode()) for slug, content in maps.items()}
    heaviest = max(sizes, key=lambda slug: sizes[slug])
    return heaviest, len(maps[heaviest]["features"]), sizes[heaviest]

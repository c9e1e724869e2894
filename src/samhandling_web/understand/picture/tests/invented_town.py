"""Two districts of sixteen base units each, for figures that need areas, points and days."""

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta

import numpy as np
import pyarrow as pa
import shapely

from samhandling.space.areas import AreaSet
from samhandling_web.base.areas.models import Area, AreaLevel, AreaVersion, Municipality
from samhandling_web.observe.events.models import Category
from samhandling_web.observe.events.snapshot import build
from samhandling_web.observe.events.snapshot.layout import Division
from samhandling_web.observe.events.snapshot.queries import Snapshot, snapshot_in_use
from samhandling_web.understand.picture.figures.scope import Scope

SOURCE, FIRE, THEFT = "reports", "fire", "theft"
BORDERS_FROM = date(2010, 1, 1)
WEST, EAST = shapely.box(17.0, 60.0, 17.08, 60.04), shapely.box(17.08, 60.0, 17.16, 60.04)
PER_SIDE = 4
UNITS = [
    shapely.box(17 + 0.02 * at, 60 + 0.01 * up, 17.02 + 0.02 * at, 60.01 + 0.01 * up)
    for at in range(2 * PER_SIDE)
    for up in range(PER_SIDE)
]

Row = tuple[object, ...]


def event(
    day: date, lon: float, lat: float, *, kind: str = FIRE, precision: str = "point", days: int = 0
) -> Row:
    """Return one event, without its number; `days` is how much longer than a moment it may be."""
    start = datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
    placed = ("", "") if precision in {"point", "snapped"} else ("district", "W")
    place = (lon, lat) if precision in {"point", "snapped"} else (None, None)
    return (SOURCE, kind, start, start + timedelta(days=days), *place, precision, *placed)


def anywhere(
    generator: np.random.Generator, count: int, first: date, last: date, **other: object
) -> Iterator[Row]:
    """Yield events on any day, anywhere in the western district but its outermost 100 metres."""
    west, south, east, north = WEST.buffer(-0.002).bounds
    for _turn in range(count):
        day = first + timedelta(days=int(generator.integers((last - first).days + 1)))
        lon, lat = generator.uniform(west, east), generator.uniform(south, north)
        yield event(day, float(lon), float(lat), **other)  # type: ignore[arg-type]


def made(events: Iterable[Row]) -> Snapshot:
    """Make the areas and a snapshot of the events."""
    Municipality.objects.create(code="9999", name="Provstad", is_invented=True)
    for slug, label in ((FIRE, "Brand"), (THEFT, "Stöld")):
        Category.objects.create(slug=slug, label=label)
    sets = [
        _level("district", ["W", "E"], [WEST, EAST]),
        _level("unit", [f"U{at:02d}" for at in range(len(UNITS))], UNITS, is_base_unit=True),
    ]
    divisions = [Division(f"v{at}", areas, BORDERS_FROM, None) for at, areas in enumerate(sets)]
    links = {"v0": {("district", "W"): 0, ("district", "E"): 1}, "v1": {}}
    writer = build.SnapshotWriter(divisions, links, "Europe/Stockholm", "9999")
    rows = [(number, *row, 1, "9999") for number, row in enumerate(events, 1)]
    columns = dict(zip(build.EVENTS.names, zip(*rows, strict=True), strict=True))
    table = pa.table(columns, schema=build.EVENTS)
    made_at = datetime(2025, 1, 2, tzinfo=UTC)
    build.build([table], writer, data_version="d" * 64, made_at=made_at)
    return snapshot_in_use()


def _level(
    slug: str, codes: list[str], shapes: list[shapely.Polygon], *, is_base_unit: bool = False
) -> AreaSet:
    level = AreaLevel.objects.create(
        slug=slug, name=slug, name_plural=slug, is_base_unit=is_base_unit
    )
    for code, shape in zip(codes, shapes, strict=True):
        border = shapely.geometry.mapping(shape)
        AreaVersion.objects.create(
            area=Area.objects.create(level=level, code=code),
            name=code,
            valid_from=BORDERS_FROM,
            geometry=border,
            geometry_map=border,
            area_m2=1.0,
            **dict(zip(("west", "south", "east", "north"), shape.bounds, strict=True)),
        )
    return AreaSet.of(slug, codes, codes, shapes)


def west(first: date, last: date) -> Scope:
    """Return the western district during a time."""
    return Scope("district", "W", "Väster", "Provstad", first, last)

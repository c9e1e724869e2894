"""The snapshot answers what the rows say, through every kind of place and time."""

from datetime import UTC, date, datetime

import numpy as np
import pytest
import shapely

from samhandling.space.areas import AreaSet
from samhandling_web.observe.events.snapshot import build, layout, queries
from samhandling_web.observe.events.snapshot.layout import Division
from samhandling_web.observe.events.snapshot.queries import Selection
from samhandling_web.observe.events.tests.event_tables import event_tables

WEST, EAST = shapely.box(17, 60, 17.5, 61), shapely.box(17.5, 60, 18, 61)


def division() -> Division:
    areas = AreaSet.of("district", ["W", "E"], ["Väster", "Öster"], [WEST, EAST])
    return Division("v0", areas, date(2020, 1, 1), None)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def row(number, *, start="2024-06-01T10:00", end=None, lon=None, lat=None, **other):
    values = {
        "id": number,
        "source": "reports",
        "category": "fire",
        "start": at(start) if start else None,
        "end": at(end or start) if start else None,
        "lon": lon,
        "lat": lat,
        "position_precision": "point" if lon else "municipality",
        "area_level": "",
        "area_code": "",
        "count": 1,
        "municipality_code": "9999",
    } | other
    return tuple(values[name] for name in build.EVENTS.names)


@pytest.fixture
def snapshot_of(data_folder):
    def make(rows, links=None):
        writer = build.SnapshotWriter([division()], {"v0": links or {}}, "Europe/Stockholm", "9999")
        build.build(
            event_tables(rows), writer, data_version="a" * 64, made_at=at("2024-07-01T00:00")
        )
        return queries.snapshot_in_use()

    return make


def test_points_fall_in_the_area_that_holds_them(snapshot_of):
    rows = [row(1, lon=17.2, lat=60.5), row(2, lon=17.8, lat=60.5), row(3, lon=17.9, lat=60.5)]
    counts = snapshot_of([*rows, row(4)]).by_area(Selection(), "district")
    assert (counts.codes, counts.counts.tolist(), counts.unplaced) == (["W", "E"], [1, 2], 1)


def test_an_event_known_by_its_area_goes_where_most_of_the_area_lies(snapshot_of):
    coded = row(1, position_precision="area", area_level="deso", area_code="D1")
    unknown = row(2, position_precision="area", area_level="deso", area_code="D2")
    counts = snapshot_of([coded, unknown], {("deso", "D1"): 1}).by_area(Selection(), "district")
    assert (counts.counts.tolist(), counts.unplaced) == ([0, 1], 1)


def test_a_municipality_midpoint_is_never_a_point(snapshot_of):
    assert len(snapshot_of([row(1)]).points(Selection())[0]) == 0


def test_days_are_counted_in_local_time(snapshot_of):
    """23.30 UTC on the last of May is half past one on the first of June in Sweden."""
    snapshot = snapshot_of([row(1, start="2024-05-31T23:30")])
    assert snapshot.total(Selection(start=date(2024, 6, 1), end=date(2024, 6, 30))) == 1
    assert snapshot.total(Selection(end=date(2024, 5, 31))) == 0


def test_months_without_events_are_zero_not_missing(snapshot_of):
    snapshot = snapshot_of([row(1, start="2024-01-10T10:00"), row(2, start="2024-04-10T10:00")])
    months = snapshot.by_month(Selection())
    assert months.counts.tolist() == [1, 0, 0, 1]
    assert str(months.months[0]) == "2024-01"


def test_undated_events_are_counted_apart(snapshot_of):
    months = snapshot_of([row(1), row(2, start=None)]).by_month(Selection())
    assert (months.counts.tolist(), months.undated) == ([1], 1)


def test_a_night_long_interval_weighs_by_the_hours_chosen(snapshot_of):
    """20.00 to 04.00 local time: a quarter of it lies between midnight and two."""
    snapshot = snapshot_of([row(1, start="2024-06-01T18:00", end="2024-06-02T02:00")])
    assert snapshot.total(Selection(hours=(0, 2))) == pytest.approx(0.25)
    assert snapshot.total(Selection(hours=(22, 2))) == pytest.approx(0.5)
    assert snapshot.total(Selection(hours=(4, 20))) == 0


def test_a_moment_counts_whole_in_its_own_hour(snapshot_of):
    snapshot = snapshot_of([row(1, start="2024-06-01T21:59")])
    assert snapshot.total(Selection(hours=(23, 24))) == 1
    assert snapshot.total(Selection(hours=(0, 23))) == 0


def test_weekdays_are_local(snapshot_of):
    """1 June 2024 was a Saturday."""
    snapshot = snapshot_of([row(1)])
    assert snapshot.total(Selection(weekdays=(5,))) == 1
    assert snapshot.total(Selection(weekdays=(4, 6))) == 0


def test_a_selection_of_areas_and_categories_narrows_every_answer(snapshot_of):
    rows = [
        row(1, lon=17.2, lat=60.5),
        row(2, lon=17.8, lat=60.5, category="theft"),
        row(3, lon=17.2, lat=60.4, category="theft"),
    ]
    snapshot = snapshot_of(rows)
    chosen = Selection(level="district", areas=("W",), categories=("theft",))
    assert snapshot.total(chosen) == 1
    assert snapshot.by_category(Selection()) == {"theft": 2, "fire": 1}
    assert snapshot.total(Selection(categories=("unknown",))) == 0


def test_area_months_agree_with_areas_and_with_months(snapshot_of):
    rng = np.random.default_rng(1)
    rows = [
        row(
            i,
            lon=float(rng.uniform(17, 18)),
            lat=60.5,
            start=f"2024-0{rng.integers(1, 9)}-05T10:00",
        )
        for i in range(1, 200)
    ]
    snapshot = snapshot_of(rows)
    _codes, _months, table = snapshot.by_area_and_month(Selection(), "district")
    assert table.sum(axis=1).tolist() == snapshot.by_area(Selection(), "district").counts.tolist()
    assert table.sum(axis=0).tolist() == snapshot.by_month(Selection()).counts.tolist()


def test_before_the_first_snapshot_the_answer_says_what_to_do(data_folder):
    with pytest.raises(queries.NoSnapshot, match="Importera"):
        queries.snapshot_in_use()


def test_events_elsewhere_and_events_nobody_can_place_do_not_count(snapshot_of):
    rows = [
        row(1, municipality_code="0001"),
        row(2, municipality_code=""),
        row(3, municipality_code="", lon=17.2, lat=60.5),
        row(4),
    ]
    snapshot = snapshot_of(rows)
    assert (snapshot.meta.rows, snapshot.total(Selection())) == (4, 2)


def test_unknown_levels_are_refused(snapshot_of):
    with pytest.raises(queries.UnknownDivision):
        snapshot_of([row(1)]).by_area(Selection(), "parish")


def test_an_empty_truth_gives_an_empty_snapshot(snapshot_of):
    snapshot = snapshot_of([])
    assert snapshot.total(Selection()) == 0
    assert snapshot.by_month(Selection()).counts.tolist() == []
    assert snapshot.meta.checksum == {"rows": 0, "events": 0, "ids": 0}


def test_a_build_that_dies_leaves_the_old_snapshot_in_use(snapshot_of):
    old = snapshot_of([row(1)])

    def rows_that_break():
        yield row(2)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        snapshot_of(rows_that_break())
    assert queries.snapshot_in_use().folder == old.folder
    snapshot_of([row(3), row(4)])
    assert len([f for f in layout.root().iterdir() if f.is_dir()]) == 2

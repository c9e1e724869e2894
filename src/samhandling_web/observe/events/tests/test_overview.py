"""One reading of two periods says what the single questions say."""

from datetime import date

import pytest

from samhandling_web.observe.events.snapshot.overview import holdings, overview
from samhandling_web.observe.events.snapshot.queries import Selection
from samhandling_web.observe.events.tests.test_snapshot import row, snapshot_of  # noqa: F401

NOW, BEFORE = (date(2024, 1, 1), date(2024, 12, 31)), (date(2023, 1, 1), date(2023, 12, 31))
ROWS = [
    row(1, start="2024-06-01T22:30", lon=17.2, lat=60.5),
    row(2, start="2024-06-02T20:00", end="2024-06-03T04:00", lon=17.8, lat=60.5),
    row(3, start="2023-03-01T09:00", lon=17.8, lat=60.5, category="theft"),
    row(4, start="2024-12-31T12:00"),
    row(5, start=None, lon=17.2, lat=60.5),
    row(6, start="2022-12-31T12:00", lon=17.2, lat=60.5),
]


@pytest.mark.parametrize(
    "other",
    [{}, {"hours": (20, 2)}, {"weekdays": (5, 6)}, {"categories": ("fire",)}, {"areas": ("E",)}],
)
def test_equals_the_single_questions(snapshot_of, other):  # noqa: F811
    snapshot = snapshot_of(ROWS)
    selection = Selection(start=NOW[0], end=NOW[1], level="district", **other)
    found = overview(snapshot, selection, BEFORE, "district")
    single = snapshot.by_area(selection, "district")
    assert found.now.by_area.tolist() == pytest.approx(single.counts.tolist())
    assert found.now.unplaced == pytest.approx(single.unplaced)
    monthly = snapshot.by_month(selection)
    assert found.now.by_month.tolist() == pytest.approx(monthly.counts.tolist())
    kinds = {kind: n for kind, n in found.now.by_category.items() if n}
    assert kinds == pytest.approx({k: n for k, n in snapshot.by_category(selection).items() if n})
    earlier = Selection(start=BEFORE[0], end=BEFORE[1], level="district", **other)
    assert found.before.total == pytest.approx(snapshot.total(earlier))


def test_events_without_a_day_are_counted_by_themselves(snapshot_of):  # noqa: F811
    selection = Selection(start=NOW[0], end=NOW[1], level="district")
    found = overview(snapshot_of(ROWS), selection, None, "district")
    assert (found.undated, found.now.total, found.before) == (1, 3, None)


def test_holdings_name_the_days_there_is_anything_about(snapshot_of):  # noqa: F811
    held = holdings(snapshot_of(ROWS))["reports"]
    assert (held.first, held.last, held.count) == (date(2022, 12, 31), date(2024, 12, 31), 5)
    assert held.categories == ("fire", "theft")

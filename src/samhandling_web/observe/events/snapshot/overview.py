"""Two periods in one reading of the snapshot: by area, by month, by category, side by side."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from samhandling_web.observe.events.snapshot.layout import NEVER, NOWHERE, OWN
from samhandling_web.observe.events.snapshot.queries import (
    EPOCH,
    Selection,
    Snapshot,
    falls_on,
    month_of,
    months_between,
    weight_of,
)
from samhandling_web.observe.events.snapshot.span import known_span

Period = tuple[date, date]
NOW, BEFORE, UNDATED = 0, 1, 2
# GROUPING() sets the bit of every column that a row is *not* grouped by: area, month, category.
BY_AREA, BY_MONTH, BY_CATEGORY = 0b011, 0b101, 0b110


@dataclass(frozen=True, slots=True, eq=False)
class Counted:
    """One period's events: in the division's areas, per month of the period, per category."""

    by_area: NDArray[np.float64]
    unplaced: float
    months: NDArray[np.datetime64]
    by_month: NDArray[np.float64]
    by_category: Mapping[str, float]

    @property
    def total(self) -> float:
        return float(self.by_area.sum()) + self.unplaced


@dataclass(frozen=True, slots=True, eq=False)
class Overview:
    """A period and, where there is one, what it is compared with. Undated events are in neither."""

    codes: list[str]
    names: list[str]
    now: Counted
    before: Counted | None
    undated: float


def overview(
    snapshot: Snapshot, selection: Selection, before: Period | None, level: str
) -> Overview:
    """Count the selection, and the same in `before`, in one pass over the events.

    The selection needs both ends of its period, and the two periods may not overlap.
    """
    assert selection.start is not None
    assert selection.end is not None
    now = (selection.start, selection.end)
    division = snapshot.division(level, selection.on)
    where, values = snapshot.condition(
        replace(selection, start=None, end=None, weekdays=(), hours=None)
    )
    statement = f"""
        SELECT period, place, month, category, sum(n)::DOUBLE AS n,
               GROUPING(place, month, category) AS grouped_by
        FROM (SELECT {_period_of(now, before)} AS period, {division.column} AS place, month,
                     category,
                     CASE WHEN day = {NEVER} THEN count ELSE {weight_of(selection)} END AS n
              FROM events WHERE {where} AND {_wanted(selection, now, before)})
        GROUP BY GROUPING SETS ((period, place), (period, month), (period, category))
    """  # noqa: S608 - numbers and column names of our own
    found = snapshot.columns(statement, values)
    size, names = len(division.codes), snapshot.meta.categories
    return Overview(
        codes=division.codes,
        names=division.names,
        now=_counted(found, NOW, now, size, names),
        before=_counted(found, BEFORE, before, size, names) if before else None,
        undated=float(found["n"][_rows(found, UNDATED, BY_AREA)].sum()),
    )


def _day(day: date) -> int:
    return (day - EPOCH).days


def _inside(period: Period) -> str:
    return f"day BETWEEN {_day(period[0])} AND {_day(period[1])}"


def _period_of(now: Period, before: Period | None) -> str:
    earlier = f"WHEN {_inside(before)} THEN {BEFORE} " if before else ""
    return f"CASE WHEN {_inside(now)} THEN {NOW} {earlier}ELSE {UNDATED} END"


def _wanted(selection: Selection, now: Period, before: Period | None) -> str:
    either = f"({_inside(now)} OR {_inside(before)})" if before else _inside(now)
    if selection.weekdays:
        either = f"({either} AND {falls_on(selection.weekdays)})"
    return f"(day = {NEVER} OR {either})"


def _rows(found: Mapping[str, NDArray[Any]], period: int, grouped_by: int) -> NDArray[np.bool_]:
    return np.asarray((found["period"] == period) & (found["grouped_by"] == grouped_by))


def _counted(
    found: Mapping[str, NDArray[Any]], which: int, period: Period, size: int, names: list[str]
) -> Counted:
    rows = _rows(found, which, BY_AREA)
    at, n = found["place"][rows].astype(np.int64), found["n"][rows]
    placed = at != NOWHERE
    by_area = np.zeros(size)
    by_area[at[placed]] = n[placed]
    first, last = map(month_of, period)
    by_month = np.zeros(last - first + 1)
    rows_of_month = _rows(found, which, BY_MONTH)
    by_month[found["month"][rows_of_month].astype(np.int64) - first] = found["n"][rows_of_month]
    rows_of_kind = _rows(found, which, BY_CATEGORY)
    kinds = zip(found["category"][rows_of_kind], found["n"][rows_of_kind], strict=True)
    return Counted(
        by_area=by_area,
        unplaced=float(n[~placed].sum()),
        months=months_between(first, last),
        by_month=by_month,
        by_category={names[int(kind)]: float(count) for kind, count in kinds},
    )


@dataclass(frozen=True, slots=True)
class Holding:
    """What the snapshot holds of one source: its kinds, most first, and first and last day.

    `known` is the time that the source tells of; stray dates may lie outside it.
    """

    categories: tuple[str, ...]
    first: date
    last: date
    count: int
    known: Period


@lru_cache(maxsize=2)
def holdings(snapshot: Snapshot) -> Mapping[str, Holding]:
    """Return what there is of each source with dated events here, largest first."""
    found = snapshot.columns(
        "SELECT source, category, min(day) AS first, max(day) AS last, sum(count)::BIGINT AS n "  # noqa: S608
        f"FROM events WHERE own = {OWN} AND day <> {NEVER} GROUP BY 1, 2 ORDER BY n DESC",
        [],
    )
    made = {}
    spans = _spans(snapshot)
    for number in dict.fromkeys(int(source) for source in found["source"]):
        rows = found["source"] == number
        made[snapshot.meta.sources[number]] = Holding(
            categories=tuple(snapshot.meta.categories[int(c)] for c in found["category"][rows]),
            first=EPOCH + timedelta(days=int(found["first"][rows].min())),
            last=EPOCH + timedelta(days=int(found["last"][rows].max())),
            count=int(found["n"][rows].sum()),
            known=spans[number],
        )
    return dict(sorted(made.items(), key=lambda pair: -pair[1].count))


def _spans(snapshot: Snapshot) -> dict[int, Period]:
    """Return the time that each source with dated events here tells of."""
    found = snapshot.columns(
        "SELECT source, month, sum(count)::DOUBLE AS n "  # noqa: S608
        f"FROM events WHERE own = {OWN} AND day <> {NEVER} GROUP BY 1, 2 ORDER BY 1, 2",
        [],
    )
    months = (found["month"].astype(np.int64) - 1970 * 12).astype("datetime64[M]")
    spans = {}
    for number in np.unique(found["source"]):
        rows = found["source"] == number
        span = known_span(months[rows], found["n"][rows])
        if span is not None:
            spans[int(number)] = span
    return spans

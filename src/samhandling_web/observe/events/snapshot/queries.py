"""Questions to the snapshot: how many, where, when. Answers are arrays, not rows of the truth."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
from numpy.typing import NDArray

from samhandling_web.base.common.errors import DomainError
from samhandling_web.base.common.text import _
from samhandling_web.observe.events.rules import POINT_PRECISIONS
from samhandling_web.observe.events.snapshot import layout
from samhandling_web.observe.events.snapshot.layout import EVENTS_FILE, NEVER, NOWHERE, OWN, Meta

EPOCH = date(1970, 1, 1)


class NoSnapshot(DomainError):
    """Nothing has been counted yet."""

    message = _(
        "Det finns ingen sammanställning av händelser ännu. Importera händelser, "
        "eller vänta tills den pågående sammanställningen är klar."
    )
    status = 503


class UnknownDivision(DomainError):
    """The snapshot does not know these areas."""

    message = _("Händelserna är inte fördelade på {level}. Importera områdena och vänta en stund.")


@dataclass(frozen=True, slots=True)
class Selection:
    """Which events in this municipality a question is about. Empty lists mean all.

    `hours` is a half-open range of local hours that may pass midnight: (22, 4). Each event then
    weighs the share of its interval that falls in those hours.
    """

    start: date | None = None
    end: date | None = None
    sources: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    level: str = ""
    areas: tuple[str, ...] = ()
    on: date | None = None
    weekdays: tuple[int, ...] = ()
    hours: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True, eq=False)
class AreaCounts:
    """Events per area of a division, in the division's order, and what lies in none of them."""

    codes: list[str]
    names: list[str]
    counts: NDArray[np.float64]
    unplaced: float


@dataclass(frozen=True, slots=True, eq=False)
class MonthCounts:
    """Events per month; months without events are there with zero."""

    months: NDArray[np.datetime64]
    counts: NDArray[np.float64]
    undated: float


class Snapshot:
    """One snapshot on disk, open for questions."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.meta: Meta = layout.meta_load(folder)
        self._database = duckdb.connect(config={"threads": 2})
        self._database.execute(
            f"CREATE VIEW events AS SELECT * FROM read_parquet('{folder / EVENTS_FILE}')"  # noqa: S608
        )

    @contextmanager
    def cursor(self) -> Iterator[duckdb.DuckDBPyConnection]:
        """Yield a connection of one's own: threads do not share one."""
        cursor = self._database.cursor()
        try:
            yield cursor
        finally:
            cursor.close()

    def columns(self, sql: str, values: Sequence[Any]) -> dict[str, NDArray[Any]]:
        with self.cursor() as cursor:
            answer = cursor.execute(sql, list(values)).fetchnumpy()
            return {name: np.asarray(column) for name, column in answer.items()}

    def total(self, selection: Selection) -> float:
        """Count the selected events."""
        where, values = self.condition(selection)
        weight = weight_of(selection)
        answer = self.columns(
            f"SELECT coalesce(sum({weight}), 0)::DOUBLE AS n FROM events WHERE {where}",  # noqa: S608
            values,
        )
        return float(answer["n"][0])

    def by_area(self, selection: Selection, level: str) -> AreaCounts:
        """Count per area of `level`, in the division that held on `selection.on`."""
        division = self.division(level, selection.on)
        where, values = self.condition(selection)
        answer = self.columns(
            f"SELECT {division.column} AS at, sum({weight_of(selection)})::DOUBLE AS n "  # noqa: S608
            f"FROM events WHERE {where} GROUP BY 1",
            values,
        )
        counts = np.zeros(len(division.codes))
        placed = answer["at"] != NOWHERE
        counts[answer["at"][placed]] = answer["n"][placed]
        unplaced = float(answer["n"][~placed].sum())
        return AreaCounts(division.codes, division.names, counts, unplaced)

    def by_month(self, selection: Selection) -> MonthCounts:
        """Count per month over the whole selected period."""
        where, values = self.condition(selection)
        answer = self.columns(
            f"SELECT month, sum({weight_of(selection)})::DOUBLE AS n "  # noqa: S608
            f"FROM events WHERE {where} GROUP BY 1 ORDER BY 1",
            values,
        )
        dated = answer["month"] != NEVER
        undated = float(answer["n"][~dated].sum())
        months, counts = answer["month"][dated], answer["n"][dated]
        first, last = _month_range(selection, months)
        every = np.zeros(max(0, last - first + 1))
        every[months - first] = counts
        return MonthCounts(months_between(first, last), every, undated)

    def by_category(self, selection: Selection) -> dict[str, float]:
        """Count per category slug."""
        where, values = self.condition(selection)
        answer = self.columns(
            f"SELECT category, sum({weight_of(selection)})::DOUBLE AS n "  # noqa: S608
            f"FROM events WHERE {where} GROUP BY 1 ORDER BY 2 DESC",
            values,
        )
        names = self.meta.categories
        return {names[c]: float(n) for c, n in zip(answer["category"], answer["n"], strict=True)}

    def by_area_and_month(
        self, selection: Selection, level: str
    ) -> tuple[list[str], NDArray[np.datetime64], NDArray[np.float64]]:
        """Count per area and month: codes, months and an array of shape (areas, months)."""
        division = self.division(level, selection.on)
        where, values = self.condition(selection)
        answer = self.columns(
            f"SELECT {division.column} AS at, month, sum({weight_of(selection)})::DOUBLE AS n "  # noqa: S608
            f"FROM events WHERE {where} AND month <> {NEVER} GROUP BY 1, 2",
            values,
        )
        first, last = _month_range(selection, answer["month"])
        table = np.zeros((len(division.codes), max(0, last - first + 1)))
        placed = answer["at"] != NOWHERE
        table[answer["at"][placed], answer["month"][placed] - first] = answer["n"][placed]
        return division.codes, months_between(first, last), table

    def intervals(
        self, selection: Selection
    ) -> tuple[NDArray[np.datetime64], NDArray[np.datetime64], NDArray[np.int32]]:
        """Return start, end (local wall-clock time) and count of every dated selected event."""
        where, values = self.condition(selection)
        answer = self.columns(
            f"SELECT start_minute, end_minute, count FROM events "  # noqa: S608
            f"WHERE {where} AND start_minute <> {NEVER}",
            values,
        )
        start = answer["start_minute"].astype("datetime64[m]")
        return start, answer["end_minute"].astype("datetime64[m]"), answer["count"]

    def points(
        self, selection: Selection
    ) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.int32]]:
        """Return longitude, latitude and day number of every selected event that has a point."""
        where, values = self.condition(selection)
        precise = [
            number for number, name in enumerate(self.meta.precisions) if name in POINT_PRECISIONS
        ] or [NOWHERE]
        answer = self.columns(
            f"SELECT lon, lat, day FROM events WHERE {where} "  # noqa: S608
            f"AND precision IN ({', '.join(map(str, precise))})",
            values,
        )
        return answer["lon"], answer["lat"], answer["day"]

    def by_precision(self, selection: Selection) -> dict[str, float]:
        """Count per precision of place: what the figure can and cannot be used for."""
        where, values = self.condition(selection)
        answer = self.columns(
            f"SELECT precision, sum(count)::DOUBLE AS n FROM events WHERE {where} GROUP BY 1",  # noqa: S608
            values,
        )
        names = self.meta.precisions
        return {names[p]: float(n) for p, n in zip(answer["precision"], answer["n"], strict=True)}

    def division(self, level: str, on: date | None = None) -> layout.DivisionMeta:
        """Return the division of `level` on a day; UnknownDivision when there is none."""
        division = self.meta.division(level, on)
        if division is None:
            raise UnknownDivision(level=level)
        return division

    def condition(self, selection: Selection) -> tuple[str, list[Any]]:
        """Return the condition that picks the selected events, and its values."""
        parts: list[str] = [f"own = {OWN}"]
        values: list[Any] = []
        if selection.start is not None:
            parts.append("day >= ?")
            values.append((selection.start - EPOCH).days)
        if selection.end is not None:
            parts.append("day <= ?")
            values.append((selection.end - EPOCH).days)
            if selection.start is None:
                parts.append(f"day <> {NEVER}")
        _among(parts, "source", selection.sources, self.meta.sources)
        _among(parts, "category", selection.categories, self.meta.categories)
        if selection.areas:
            division = self.division(selection.level, selection.on)
            _among(parts, division.column, selection.areas, division.codes)
        if selection.weekdays:
            parts.append(f"{falls_on(selection.weekdays)} AND day <> {NEVER}")
        if selection.hours is not None:
            parts.append(f"start_minute <> {NEVER}")
        return " AND ".join(parts), values


def _among(parts: list[str], column: str, chosen: Sequence[str], known: Sequence[str]) -> None:
    if not chosen:
        return
    numbers = [str(number) for number, name in enumerate(known) if name in set(chosen)]
    parts.append(f"{column} IN ({', '.join(numbers)})" if numbers else "FALSE")


def falls_on(weekdays: Sequence[int]) -> str:
    """Return the condition that an event's day is one of the weekdays, Monday being 0."""
    # Day 0 was a Thursday.
    return f"(day + 3) % 7 IN ({', '.join(str(int(weekday)) for weekday in weekdays)})"


def weight_of(selection: Selection) -> str:
    """Return what each event counts: all of it, or the share of it in the chosen hours."""
    if selection.hours is None:
        return "count"
    length = _length(selection.hours)
    # Counted from the first chosen hour, the chosen ones begin every day, past midnight or not.
    start, end = (f"({moment}_minute - {selection.hours[0] * 60})" for moment in ("start", "end"))
    inside = f"({_chosen_minutes(end, length)} - {_chosen_minutes(start, length)})"
    return (
        f"count * CASE WHEN end_minute > start_minute "
        f"THEN {inside}::DOUBLE / (end_minute - start_minute) "
        f"ELSE ({start} % 1440 < {length})::INT::DOUBLE END"
    )


def _length(hours: tuple[int, int]) -> int:
    """Return how many minutes of a day are chosen; the same hour twice is all of it."""
    first, last = hours
    return ((last - first) % 24 or 24) * 60


def _chosen_minutes(moment: str, length: int) -> str:
    """Return SQL for how many chosen minutes had passed at `moment`."""
    return f"({moment} // 1440 * {length} + least({moment} % 1440, {length}))"


def _month_range(selection: Selection, months: NDArray[Any]) -> tuple[int, int]:
    """Return the first and last month to show, as months since year 0."""
    seen_first, seen_last = (int(months.min()), int(months.max())) if len(months) else (0, -1)
    first = month_of(selection.start) if selection.start else seen_first
    last = month_of(selection.end) if selection.end else seen_last
    return first, last


def month_of(day: date) -> int:
    """Return the month of a day as the snapshot counts them: since year 0."""
    return day.year * 12 + day.month - 1


def months_between(first: int, last: int) -> NDArray[np.datetime64]:
    """Return every month from `first` to `last`, both counted since year 0, as dates."""
    return (np.arange(first, last + 1) - 1970 * 12).astype("datetime64[M]")


@lru_cache(maxsize=2)
def _opened(folder: Path) -> Snapshot:
    return Snapshot(folder)


def snapshot_in_use() -> Snapshot:
    """Return the snapshot in use, open for questions; NoSnapshot before the first is made."""
    folder = layout.current_folder()
    if folder is None:
        raise NoSnapshot
    return _opened(folder)

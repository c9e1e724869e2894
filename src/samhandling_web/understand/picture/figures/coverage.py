"""How far back a source goes, and whether it placed its events as well then as now.

A source that began to give areas in a certain year makes every area look as if crime began that
year. Counts of an area are compared over time only where the share of events that could be placed
is about the same. Where the source knows nothing at all, there is no zero: the period is cut.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np
from numpy.typing import NDArray

from samhandling_web.observe.events.snapshot.overview import holdings
from samhandling_web.observe.events.snapshot.queries import Selection, Snapshot
from samhandling_web.observe.events.snapshot.span import known_span
from samhandling_web.understand.picture.figures.scope import Scope

# Two periods compare when the less complete one places at least this share of what the other does.
LEAST_RELATIVE_COVERAGE = 0.9


@dataclass(frozen=True, slots=True)
class Coverage:
    """Shares of the municipality's events placed in an area, and of months that hold any."""

    now: float
    before: float
    months_before: float

    @property
    def is_comparable(self) -> bool:
        alike = placed_alike((self.now, self.before))
        return alike and self.months_before >= LEAST_RELATIVE_COVERAGE


def coverage(scope: Scope, snapshot: Snapshot, source: str) -> Coverage:
    """Return how much was placed in the period and in the one it is compared with."""
    months = snapshot.by_month(scope.everywhere(source=source, period=scope.before))
    lived = float((months.counts > 0).mean()) if len(months.counts) else 0.0
    if scope.is_whole:
        return Coverage(1.0, 1.0, lived)
    return Coverage(
        share_placed(snapshot, scope.everywhere(source=source), scope.level),
        share_placed(snapshot, scope.everywhere(source=source, period=scope.before), scope.level),
        lived,
    )


def share_placed(snapshot: Snapshot, selection: Selection, level: str) -> float:
    """Return the share of the selected events that lie in an area; all, where there are none."""
    counted = snapshot.by_area(selection, level)
    placed = float(counted.counts.sum())
    return placed / (placed + counted.unplaced) if placed + counted.unplaced else 1.0


def placed_alike(shares: Sequence[float]) -> bool:
    """Tell whether the periods with these shares placed can be compared."""
    return bool(min(shares) >= LEAST_RELATIVE_COVERAGE * max(shares))


def months_placed_alike(
    scope: Scope, snapshot: Snapshot, source: str, months: NDArray[np.datetime64]
) -> NDArray[np.bool_]:
    """Tell which months the source covers about as well as it does the period's best year.

    Shares are taken over twelve months around each month, since single months are too small. A
    year around which nothing at all is known in the municipality is not covered.
    """
    every = snapshot.by_month(scope.everywhere(source=source))
    total = every.counts[np.searchsorted(every.months, months)]
    window = np.ones(min(12, len(months)))
    around = np.convolve(total, window, mode="same")
    if scope.is_whole:
        return np.asarray(around > 0)
    _codes, known, table = snapshot.by_area_and_month(scope.everywhere(source=source), scope.level)
    placed = table.sum(axis=0)[np.searchsorted(known, months)]
    share = np.convolve(placed, window, mode="same") / np.where(around > 0, around, 1)
    return np.asarray((around > 0) & (share >= LEAST_RELATIVE_COVERAGE * share.max()))


def known_scope(scope: Scope, snapshot: Snapshot, source: str) -> Scope | None:
    """Return the scope cut to the months in which the source can tell of it; None where none.

    The source tells of the municipality from the first month with events in it to the last; a
    month with few against the usual ones is a stray date, not a beginning. It tells of a part from
    the first such month by the events that were placed in some part. All that the source holds is
    asked, not the period alone: a week without events in it is a quiet week, not silence.
    """
    known = _known(scope, snapshot, source)
    if known is None or known[1] < scope.start or scope.end < known[0]:
        return None
    return replace(scope, start=max(scope.start, known[0]), end=min(scope.end, known[1]))


def _known(scope: Scope, snapshot: Snapshot, source: str) -> tuple[date, date] | None:
    if scope.is_whole:
        holding = holdings(snapshot).get(source)
        return holding.known if holding else None
    every = replace(scope.everywhere(source=source), start=None, end=None)
    _codes, months, table = snapshot.by_area_and_month(every, scope.level)
    return known_span(months, table.sum(axis=0))

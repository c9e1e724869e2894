"""What a scan holds the counts against: the three models and how each is drawn anew."""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import ArrayLike, NDArray

from samhandling.patterns.scan_kernels import Law
from samhandling.space import checked

Floats = NDArray[np.float64]
Whole = NDArray[np.int64]


class ScanModel(StrEnum):
    """What chance is taken to do with the events. Values are stored: never rename one."""

    POISSON = "poisson"
    """Each falls where events are expected, in proportion."""
    PERMUTATION = "permutation"
    """Places and times of the events are dealt out to each other at random."""
    BERNOULLI = "bernoulli"
    """Each of those at risk is as likely as any other to be a case."""


@dataclass(frozen=True, slots=True, eq=False)
class ScanTable:
    """Counts by area and period with what chance would give.

    Attributes
    ----------
    model : ScanModel
    counts : ndarray of int64, shape (n_areas, n_periods)
    expected : ndarray of float64, same shape
        Sums to the number of events.
    trials : ndarray of int64, same shape
        Those at risk; zero but in the Bernoulli model.
    """

    model: ScanModel
    counts: Whole
    expected: Floats
    trials: Whole

    def law(self, fewest: int) -> Law:
        """Return what decides the likelihood of a window."""
        return Law(int(self.counts.sum()), int(self.trials.sum()), fewest)

    def draw(self, generator: np.random.Generator) -> Whole:
        """Return a table that chance gives."""
        events, shape = int(self.counts.sum()), self.counts.shape
        if self.model is ScanModel.POISSON:
            drawn = generator.multinomial(events, self.expected.ravel() / self.expected.sum())
        elif self.model is ScanModel.BERNOULLI:
            drawn = generator.multivariate_hypergeometric(
                self.trials.ravel(), events, method="marginals"
            )
        else:
            areas, periods = np.nonzero(self.counts)
            times = self.counts[areas, periods]
            place, when = np.repeat(areas, times), np.repeat(periods, times)
            cell = place * shape[1] + generator.permutation(when)
            drawn = np.bincount(cell, minlength=self.counts.size)
        return drawn.reshape(shape).astype(np.int64)


def poisson_table(counts: ArrayLike, expected: ArrayLike) -> ScanTable:
    """Return counts with expectations scaled to their sum.

    Raises
    ------
    ValueError
        If shapes differ, a number is missing or negative, or events lie where none are expected.
    """
    seen = _by_area_and_period(counts, "counts")
    chance = np.asarray(expected, dtype=np.float64)
    chance = chance[:, None] if chance.ndim == 1 else chance
    _check_shapes(seen, chance, "expected")
    bad = ~np.isfinite(chance) | (chance < 0) | ((chance == 0) & (seen > 0))
    if bad.any():
        area, period = (int(at[0]) for at in np.nonzero(bad))
        message = (
            f"expected[{area}, {period}] is {chance[area, period]:g} with {seen[area, period]} "
            "events; expect more than 0 where events are, and leave out areas without residents."
        )
        raise ValueError(message)
    events = _enough_events(seen)
    return ScanTable(ScanModel.POISSON, seen, chance * (events / chance.sum()), np.zeros_like(seen))


def permutation_table(counts: ArrayLike) -> ScanTable:
    """Return counts with what places and times give when they have nothing to do with each other.

    Raises
    ------
    ValueError
        If all events are in one area or one period, or a count is not a whole number.
    """
    seen = _by_area_and_period(counts, "counts")
    events = _enough_events(seen)
    for axis, what in ((1, "area"), (0, "period")):
        if (seen.sum(axis=axis) > 0).sum() < 2:
            message = (
                f"All events are in one {what}: there is nothing to deal out anew. Take a wider "
                f"{'part of town' if what == 'area' else 'stretch of time, or shorter periods'}."
            )
            raise ValueError(message)
    chance: Floats = np.outer(seen.sum(axis=1), seen.sum(axis=0)) / float(events)
    return ScanTable(ScanModel.PERMUTATION, seen, chance, np.zeros_like(seen))


def bernoulli_table(cases: ArrayLike, trials: ArrayLike) -> ScanTable:
    """Return cases with what each area's trials give when all are as likely to be cases.

    Raises
    ------
    ValueError
        If shapes differ, there are more cases than trials, or all or none are cases.
    """
    seen = _by_area_and_period(cases, "cases")
    risked = _by_area_and_period(trials, "trials")
    _check_shapes(seen, risked, "trials")
    if (seen > risked).any():
        area, period = (int(at[0]) for at in np.nonzero(seen > risked))
        message = (
            f"cases[{area}, {period}] is {seen[area, period]} of {risked[area, period]} trials; "
            "trials count everybody, cases and others."
        )
        raise ValueError(message)
    events, everybody = _enough_events(seen), int(risked.sum())
    if events == everybody:
        message = f"All {events} trials are cases: add those that are not, or use scan_poisson."
        raise ValueError(message)
    chance = (risked * (events / everybody)).astype(np.float64)
    return ScanTable(ScanModel.BERNOULLI, seen, chance, risked)


def _by_area_and_period(values: ArrayLike, name: str) -> Whole:
    table = np.asarray(values, dtype=np.float64)
    if table.ndim not in {1, 2} or table.size == 0:
        message = (
            f"{name} has shape {table.shape}; give one number for each area, or a table with a "
            "row for each area and a column for each period."
        )
        raise ValueError(message)
    table = table[:, None] if table.ndim == 1 else table
    bad = ~np.isfinite(table) | (table < 0) | (table != np.floor(table))
    if bad.any():
        area, period = (int(at[0]) for at in np.nonzero(bad))
        message = (
            f"{name}[{area}, {period}] is {table[area, period]:g}; a count is a whole number of at "
            "least zero."
        )
        raise ValueError(message)
    return table.astype(np.int64)


def _check_shapes(seen: Whole, other: NDArray[np.number], name: str) -> None:
    if seen.shape != other.shape:
        message = f"counts have shape {seen.shape} and {name} {other.shape}; give one for each."
        raise ValueError(message)


def _enough_events(seen: Whole) -> int:
    events = int(seen.sum())
    if events < 2:
        message = f"{events} events; a cluster needs at least two. Take a longer period."
        raise ValueError(message)
    return events


def places(x: ArrayLike, y: ArrayLike, areas: int) -> tuple[Floats, Floats]:
    """Return the places of the areas.

    Raises
    ------
    ValueError
        If a coordinate is missing, there is not one for each area, or all are the same point.
    """
    east, north = checked.finite(x, "x"), checked.finite(y, "y")
    if not len(east) == len(north) == areas:
        message = (
            f"x has {len(east)} entries, y {len(north)} and counts {areas}; give one of each for "
            "every area."
        )
        raise ValueError(message)
    if np.ptp(east) == 0 and np.ptp(north) == 0:
        message = (
            f"All {areas} areas are at one point ({east[0]:g}, {north[0]:g}): no circle tells one "
            "from another. Give each area's own middle, in metres."
        )
        raise ValueError(message)
    return east, north

"""Preparing a scan: expectations with known growth and season, and events as a table."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from samhandling.patterns.hot_spots import check_placed_exactly
from samhandling.patterns.knox import DatesTooCoarse
from samhandling.space import checked

Floats = NDArray[np.float64]
Whole = NDArray[np.int64]

FEWEST_FOR_A_PATTERN = 30
MONTH_DAYS = 28


@dataclass(frozen=True, slots=True, eq=False)
class EventTable:
    """Events by place and period.

    Attributes
    ----------
    x, y : ndarray of float64, shape (n_places,)
        Each place once, in metres.
    counts : ndarray of int64, shape (n_places, n_periods)
    first_day : int
        The first period's first day, counted as the events' days are.
    period_days : int
    """

    x: Floats
    y: Floats
    counts: Whole
    first_day: int
    period_days: int


def scan_expectation(
    residents: ArrayLike,
    periods: int,
    *,
    yearly_growth: float = 0.0,
    periods_per_year: int = 12,
    season: ArrayLike | None = None,
    first_season: int = 0,
) -> Floats:
    """Return what is expected of each area and period with a known trend and season.

    Parameters
    ----------
    residents : array_like of float, shape (n_areas,)
        Or anything that the expectation is in proportion to.
    periods : int
        How many.
    yearly_growth : float, default 0
        0.02 for two per cent a year, the same in every area.
    periods_per_year : int, default 12
    season : array_like of float, shape (periods_per_year,), optional
        Index of each period of the year, such as `month_index` gives; any scale.
    first_season : int, default 0
        Position in `season` of the first period.

    Returns
    -------
    ndarray of float64, shape (n_areas, n_periods)
        Only proportions matter to a scan.

    Raises
    ------
    ValueError
        If a number is missing or out of its range.

    Notes
    -----
    A growth or season that differs between areas is not allowed for and may look like a cluster:
    multiply the table by what is known of it. A growth estimated from the same data takes a little
    of every cluster with it.

    Examples
    --------
    >>> scan_expectation([100, 200], 3, season=[1, 2, 1, 2], periods_per_year=4).tolist()
    [[100.0, 200.0, 100.0], [200.0, 400.0, 200.0]]
    """
    people = checked.positive(residents, "residents", "leave out areas without residents")
    for name, value in (("periods", periods), ("periods_per_year", periods_per_year)):
        if value < 1:
            message = f"{name} is {value}; give 1 or more."
            raise ValueError(message)
    if not yearly_growth > -1:
        message = f"yearly_growth is {yearly_growth}; give more than -1: 0.02 is two per cent."
        raise ValueError(message)
    index = checked.positive(
        np.ones(periods_per_year) if season is None else season, "season",
        "a season without events cannot hold any",
    )  # fmt: skip
    if len(index) != periods_per_year or not 0 <= first_season < periods_per_year:
        message = (
            f"season has {len(index)} entries from position {first_season} for {periods_per_year} "
            "periods a year; give one for each."
        )
        raise ValueError(message)
    when = np.arange(periods)
    trend = (1 + yearly_growth) ** (when / periods_per_year)
    table: Floats = np.outer(people, trend * index[(when + first_season) % periods_per_year])
    return table


def tabulate_events(
    x: ArrayLike,
    y: ArrayLike,
    days: ArrayLike,
    *,
    period_days: int = 1,
    precision: ArrayLike | None = None,
) -> EventTable:
    """Count events by place and period, for `scan_permutation`.

    Parameters
    ----------
    x, y : array_like of float, shape (n_events,)
        Metres in a plane coordinate system.
    days : array_like of int, shape (n_events,)
        Day of each event, counted from any day. The last period ends with the last event's day.
    period_days : int, default 1
        Days in a period. Days before the first whole period are part of it.
    precision : array_like of str, shape (n_events,), optional
        How exactly each event is placed; every one must be "point" or "snapped".

    Returns
    -------
    EventTable

    Raises
    ------
    ValueError
        If a number is missing, lengths differ, there are fewer than two events, a day is not whole,
        or an event is not placed as a point.
    DatesTooCoarse
        If all days are the same, or only months are known and periods are shorter.

    Examples
    --------
    >>> tabulate_events([0, 0, 5], [0, 0, 5], [1, 2, 2]).counts.tolist()
    [[1, 1], [0, 1]]
    """
    east, north, when = (
        checked.finite(values, name) for values, name in ((x, "x"), (y, "y"), (days, "days"))
    )
    number = checked.same_length(x=east, y=north, days=when)
    if number < 2 or period_days < 1:
        message = (
            f"{number} events in periods of {period_days} days; give at least two events and "
            "periods of at least one day."
        )
        raise ValueError(message)
    if precision is not None:
        check_placed_exactly(precision, "a scan of places")
    dates = _whole_days(when, period_days)
    places, place = np.unique(np.column_stack([east, north]), axis=0, return_inverse=True)
    last = int(dates.max())
    periods = max((last - int(dates.min()) + 1) // period_days, 1)
    period = np.maximum(periods - 1 - (last - dates) // period_days, 0)
    cells = np.bincount(place.ravel() * periods + period, minlength=len(places) * periods)
    counts = cells.reshape(len(places), periods).astype(np.int64)
    first = last - periods * period_days + 1
    return EventTable(places[:, 0], places[:, 1], counts, first, period_days)


def _whole_days(when: Floats, period_days: int) -> Whole:
    part = np.flatnonzero(when != np.floor(when))
    if part.size:
        message = f"days[{part[0]}] is {when[part[0]]:g}; give whole days."
        raise ValueError(message)
    dates: Whole = when.astype(np.int64)
    if dates.min() == dates.max():
        message = "All events are of the same day: there is no stretch of time to find."
        raise DatesTooCoarse(message)
    months = dates.astype("datetime64[D]").astype("datetime64[M]").astype("datetime64[D]")
    monthly = bool((months.astype(np.int64) == dates).all())
    if monthly and len(dates) >= FEWEST_FOR_A_PATTERN and period_days < MONTH_DAYS:
        message = (
            "Every date is the first of a month: only the month is known, and periods of "
            f"{period_days} days would be made up. Count by month and use scan_permutation."
        )
        raise DatesTooCoarse(message)
    return dates

"""When it happens, when only an interval is known: each event is spread over its interval."""

from dataclasses import dataclass
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from samhandling.space import checked
from samhandling.space.method import Method

HOUR_US = 3_600_000_000
Microseconds = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class HourPattern:
    """Events by weekday and hour of local time.

    Attributes
    ----------
    weight : ndarray of float64, shape (7, 24)
        Events, Monday first; sums to `placed`.
    exact : ndarray of float64, shape (7, 24)
        The part of `weight` from events known to within an hour.
    placed : float
        Events spread.
    left_out : float
        Events whose interval was longer than allowed; they say nothing about the hour.
    method : Method
        How it was made.
    """

    weight: NDArray[np.float64]
    exact: NDArray[np.float64]
    placed: float
    left_out: float
    method: Method

    def by_hour(self) -> NDArray[np.float64]:
        """Return events by hour of the day, 24 entries."""
        return np.asarray(self.weight.sum(axis=0))

    def by_weekday(self) -> NDArray[np.float64]:
        """Return events by weekday, Monday first, 7 entries."""
        return np.asarray(self.weight.sum(axis=1))

    def known_share(self) -> float:
        """Return the share of the spread events whose hour is known rather than assumed."""
        return float(self.exact.sum() / self.placed) if self.placed else 0.0

    def summary(self) -> str:
        """Return one sentence a person can read."""
        hour = int(self.by_hour().argmax())
        return (
            f"{self.placed:g} events, most at {hour:02d}-{(hour + 1) % 24:02d}; the hour is known "
            f"for {self.known_share():.0%}, {self.left_out:g} were too vague to place."
        )


def aoristic_hours(
    start: ArrayLike,
    end: ArrayLike,
    *,
    weight: ArrayLike | None = None,
    timezone: str = "Europe/Stockholm",
    longest_hours: float | None = None,
) -> HourPattern:
    """Spread each event evenly over the hours in which it may have happened.

    Parameters
    ----------
    start, end : array_like of datetime64, shape (n_events,)
        Earliest and latest possible time, in UTC. Equal where the time is known.
    weight : array_like of float, shape (n_events,), optional
        Events each row stands for; one each when left out.
    timezone : str, default "Europe/Stockholm"
        Time zone in which hours and weekdays are counted.
    longest_hours : float, optional
        Leave out events whose interval is longer than this.

    Returns
    -------
    HourPattern
        Events by weekday and hour; the weights sum to the number of events spread.

    Raises
    ------
    ValueError
        If a time is missing, an end comes before its start, a weight is negative, or the time zone
        is not a whole number of hours from UTC.

    Notes
    -----
    Every moment of an interval is taken to be equally likely. That is wrong where an event is more
    likely at some hours, and it flattens peaks: compare with `exact`. Real hours are spread over,
    so the night when clocks go back has 25 of them and the night when they go forward 23.

    References
    ----------
    J. H. Ratcliffe (2000), "Aoristic analysis: the spatial interpretation of unspecific temporal
    events", International Journal of Geographical Information Science 14, 669-679.

    Examples
    --------
    >>> night = aoristic_hours(["2024-01-08T20:00"], ["2024-01-09T00:00"])
    >>> night.by_hour()[[20, 21, 22, 23, 0]].tolist()
    [0.0, 0.25, 0.25, 0.25, 0.25]
    """
    first, last = _microseconds(start, "start"), _microseconds(end, "end")
    checked.same_length(start=first, end=last)
    _check_order(first, last)
    each = np.ones(len(first)) if weight is None else checked.finite(weight, "weight")
    checked.same_length(start=first, weight=each)
    if (each < 0).any():
        at = int(np.flatnonzero(each < 0)[0])
        msg = f"weight[{at}] is {each[at]:g}; an event cannot count less than nothing."
        raise ValueError(msg)
    kept = np.ones(len(first), dtype=bool)
    if longest_hours is not None:
        kept = (last - first) <= longest_hours * HOUR_US
    method = Method.of(
        "aoristic_hours", "Ratcliffe 2000", timezone=timezone, longest_hours=longest_hours
    )
    total = _week(first[kept], last[kept], each[kept], timezone)
    sure = kept & ((last - first) <= HOUR_US)
    exact = _week(first[sure], last[sure], each[sure], timezone)
    return HourPattern(total, exact, float(each[kept].sum()), float(each[~kept].sum()), method)


def _microseconds(times: ArrayLike, name: str) -> Microseconds:
    """Return UTC times as whole microseconds since 1970."""
    index = pd.to_datetime(pd.Series(np.asarray(times)), utc=True)
    if index.isna().any():
        at = int(np.flatnonzero(index.isna())[0])
        msg = f"{name}[{at}] is missing; leave events without a time out, and say how many."
        raise ValueError(msg)
    return np.asarray(index.dt.as_unit("us").astype("int64"), dtype=np.int64)


def _check_order(first: Microseconds, last: Microseconds) -> None:
    wrong = last < first
    if wrong.any():
        at = int(np.flatnonzero(wrong)[0])
        ends, starts = (pd.Timestamp(int(t), unit="us") for t in (last[at], first[at]))
        msg = f"end[{at}] {ends} comes before start[{at}] {starts}; correct or leave out the event."
        raise ValueError(msg)


def _week(
    first: Microseconds, last: Microseconds, each: NDArray[np.float64], timezone: str
) -> NDArray[np.float64]:
    """Return weights by local weekday and hour."""
    if not len(first):
        return np.zeros((7, 24))
    origin = int(first.min() // HOUR_US)
    spread = spread_over_hours(first, last, each, origin)
    slot = _local_slots(origin, len(spread), timezone)
    week = np.bincount(slot, weights=spread, minlength=168)
    return np.asarray(week, dtype=np.float64).reshape(7, 24)


def spread_over_hours(
    first: Microseconds, last: Microseconds, each: NDArray[np.float64], origin: int
) -> NDArray[np.float64]:
    """Return the weight in each hour since hour number `origin`.

    Parameters
    ----------
    first, last : ndarray of int64, shape (n_events,)
        Microseconds since 1970.
    each : ndarray of float64, shape (n_events,)
        Weight of each event.
    origin : int
        First hour, in hours since 1970; no event may start before it.

    Returns
    -------
    ndarray of float64
        Entry `h` is the weight in hour `origin + h`.

    Notes
    -----
    Both ends are added where they fall and the whole hours between them through a difference
    array, so that a week-long interval costs no more than a minute-long one.
    """
    length = (last - first).astype(np.float64)
    density = np.where(length > 0, each / np.where(length > 0, length, 1), 0.0)
    head, tail = first // HOUR_US - origin, last // HOUR_US - origin
    hours = int(tail.max()) + 2
    same = head == tail
    at_head = np.where(same, each, density * (HOUR_US - first % HOUR_US))
    at_tail = np.where(same, 0.0, density * (last % HOUR_US))
    ends = np.bincount(head, weights=at_head, minlength=hours)
    ends += np.bincount(tail, weights=at_tail, minlength=hours)
    full = np.where(same, 0.0, density * HOUR_US)
    step = np.bincount(head + 1, weights=full, minlength=hours + 1)
    step -= np.bincount(tail, weights=full, minlength=hours + 1)
    # The running sum leaves rounding errors of 1e-16; no hour holds less than nothing.
    return np.asarray(np.maximum(ends + np.cumsum(step)[:hours], 0.0))


def _local_slots(origin: int, hours: int, timezone: str) -> NDArray[np.int64]:
    """Return weekday * 24 + hour, in local time, of each hour from `origin`."""
    utc = pd.to_datetime((origin + np.arange(hours)) * 3600, unit="s", utc=True)
    local = utc.tz_convert(ZoneInfo(timezone))
    if (local.minute != 0).any():
        msg = f"{timezone} is not a whole number of hours from UTC; hours cannot be counted in it."
        raise ValueError(msg)
    return np.asarray(local.dayofweek * 24 + local.hour, dtype=np.int64)

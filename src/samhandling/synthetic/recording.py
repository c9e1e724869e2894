"""How events are recorded: when they were noticed, how exactly time and place are known."""

from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray

from samhandling.synthetic.addresses import JITTER_M, Addresses
from samhandling.synthetic.clock import MonthClock
from samhandling.synthetic.plan import TownPlan
from samhandling.synthetic.terrain import Floats

TO_THE_HOUR, TO_THE_DAY = 0.12, 0.06
"""Shares of the events without an interval whose time is known only to the hour or the day."""
NAMED_IN_TEXT = 0.6
"""Share of events placed only by municipality whose text names the neighbourhood."""
_DAY = 24 * 60


@dataclass(frozen=True, slots=True, eq=False)
class Batch:
    """What happened, as columns; `minute` counts from the month's first local midnight."""

    minute: NDArray[np.int64]
    category: NDArray[np.int16]
    address: NDArray[np.int32]
    repeat_of: NDArray[np.int64]
    """Number of the original event, or -1."""

    def take(self, which: NDArray[np.int64]) -> "Batch":
        """Return some of the rows, in the order asked for."""
        return Batch(*(getattr(self, column.name)[which] for column in fields(self)))


@dataclass(frozen=True, slots=True, eq=False)
class MonthEvents:
    """The recorded events of one month, in order of time, and how each was recorded."""

    first_number: int
    batch: Batch
    clock: MonthClock
    start: NDArray[np.int64]
    end: NDArray[np.int64]
    """Published interval, in minutes since 1970 (UTC)."""
    moment: NDArray[np.int64]
    """When it really happened, in the same minutes."""
    registered: NDArray[np.int64]
    time_precision: NDArray[np.int8]
    """0: minute, 1: hour, 2: day."""
    position_precision: NDArray[np.int8]
    """0: point, 1: snapped, 2: area, 3: municipality."""
    lon: Floats
    lat: Floats
    """Where it really happened."""
    text: NDArray[np.int8]
    """1 where the text names the neighbourhood."""


def record(
    plan: TownPlan,
    batch: Batch,
    addresses: Addresses,
    degrees_per_metre: tuple[float, float],
    month: tuple[MonthClock, int, np.random.Generator],
) -> MonthEvents:
    """Record what happened in a month as a registry would.

    Parameters
    ----------
    plan : TownPlan
        Gives the shares of each precision.
    batch : Batch
        What happened, in order of time.
    addresses : Addresses
        Where it can happen.
    degrees_per_metre : tuple of float
        East and north.
    month : tuple of (MonthClock, int, numpy.random.Generator)
        The month's clock, the number of its first event, and its random stream.
    """
    clock, number, rng = month
    count = len(batch.minute)
    moment = clock.to_utc(batch.minute)
    time_precision, start, end = _times(plan, batch, rng)
    start, end = clock.to_utc(start), clock.to_utc(end)
    mix = plan.precision
    steps = np.cumsum([mix.point, mix.snapped, mix.area])
    position = np.searchsorted(steps, rng.random(count), side="right").astype(np.int8)
    east, north = JITTER_M * (2 * rng.random((2, count)) - 1) * (position != 1)
    return MonthEvents(
        first_number=number,
        batch=batch,
        clock=clock,
        # Minutes that summer time skips are read as winter time and can overtake the end.
        start=np.minimum(start, moment),
        end=np.maximum(end, moment),
        moment=moment,
        registered=np.maximum(end, moment) + 5 + rng.exponential(420, count).astype(np.int64),
        time_precision=time_precision,
        position_precision=position,
        lon=np.round(addresses.lon[batch.address] + east * degrees_per_metre[0], 6),
        lat=np.round(addresses.lat[batch.address] + north * degrees_per_metre[1], 6),
        text=((position == 3) & (rng.random(count) < NAMED_IN_TEXT)).astype(np.int8),
    )


def _times(
    plan: TownPlan, batch: Batch, rng: np.random.Generator
) -> tuple[NDArray[np.int8], NDArray[np.int64], NDArray[np.int64]]:
    """Return time precision, and first and last possible local minute of each event."""
    drawn = rng.random(len(batch.minute))
    share = np.array([category.interval_share for category in plan.categories])[batch.category]
    away = drawn < share
    rest = (drawn - share) / np.maximum(1 - share, 1e-9)
    to_hour = ~away & (rest < TO_THE_HOUR)
    to_day = ~away & (rest >= TO_THE_HOUR) & (rest < TO_THE_HOUR + TO_THE_DAY)
    start, end = batch.minute.copy(), batch.minute.copy()
    start[to_hour] -= start[to_hour] % 60
    end[to_hour] = start[to_hour] + 59
    start[to_day] -= start[to_day] % _DAY
    end[to_day] = start[to_day] + _DAY - 1
    rows = np.flatnonzero(away)
    start[rows], end[rows] = _away(batch.minute[rows], rng)
    precision = np.where(to_hour, 1, np.where(to_day, 2, 0)).astype(np.int8)
    return precision, start, end


def _away(
    minute: NDArray[np.int64], rng: np.random.Generator
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return when the owner left and came back: over the night, or over the working day."""
    midnight = minute // _DAY * _DAY
    clock = minute - midnight
    u, v = rng.random((2, len(minute)))
    small_hours, evening = clock < 7 * 60, clock >= 18 * 60
    morning = midnight + np.where(evening, _DAY, 0) + 7 * 60 + (120 * v).astype(np.int64)
    left_at = np.where(small_hours, -360, np.where(evening, 1020, 420))
    latest = np.where(small_hours, -120, clock)
    left = midnight + left_at + (u * np.maximum(latest - left_at, 0)).astype(np.int64)
    home = minute + (v * np.maximum(18.5 * 60 - clock, 1)).astype(np.int64)
    return left, np.where(small_hours | evening, morning, home)

"""Events month by month: drawn in bulk, in order of time, whatever their number."""

from collections.abc import Iterator
from dataclasses import fields
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

from samhandling.synthetic.addresses import Addresses
from samhandling.synthetic.clock import MonthClock, month_clock
from samhandling.synthetic.intensity import Intensity, month_starts
from samhandling.synthetic.plan import TownPlan
from samhandling.synthetic.recording import Batch, MonthEvents, record
from samhandling.synthetic.rhythms import RHYTHMS
from samhandling.synthetic.terrain import Floats

NOBODY = -1
_DAY = 24 * 60


def months_of_events(
    plan: TownPlan,
    intensity: Intensity,
    addresses: Addresses,
    degrees_per_metre: tuple[float, float],
    seed: int,
    expected: int,
) -> Iterator[MonthEvents]:
    """Draw the events of each month of the plan.

    Parameters
    ----------
    plan, intensity, addresses : TownPlan, Intensity, Addresses
        What is expected, and where.
    degrees_per_metre : tuple of float
        East and north.
    seed : int
        With the month, decides every draw; nothing depends on how the events are later cut.
    expected : int
        Expected number of recorded events in the whole period.

    Yields
    ------
    MonthEvents
        One per month. Near repeats that fall in a later month are carried there.
    """
    zone = ZoneInfo(plan.time_zone)
    scale = expected / intensity.recorded_share()
    carried, number = _nothing(), 0
    for index, start in enumerate(month_starts(plan)):
        rng = np.random.default_rng([seed, *plan.municipality_code.encode(), 1_000 + index])
        clock = month_clock(start.year, start.month, zone)
        kept = intensity.kept[index]
        originals = _recorded(
            _originals(plan, intensity, addresses, clock, rng, (index, scale)), kept, rng
        )
        known = _joined(_recorded(carried, kept, rng), originals)
        repeats, parents = _repeats(plan, originals, addresses, rng)
        parents += len(known.minute) - len(originals.minute)
        now = repeats.minute < clock.days * _DAY
        now &= rng.random(len(now)) < kept[repeats.category]
        later = repeats.minute >= clock.days * _DAY
        month = _joined(known, repeats.take(np.flatnonzero(now)))
        order = np.argsort(clock.to_utc(month.minute), kind="stable")
        numbers = np.empty(len(order), dtype=np.int64)
        numbers[order] = number + np.arange(len(order))
        month.repeat_of[len(known.minute) :] = numbers[parents[now]]
        carried = repeats.take(np.flatnonzero(later))
        carried.repeat_of[:] = numbers[parents[later]]
        carried.minute[:] -= clock.days * _DAY
        yield record(plan, month.take(order), addresses, degrees_per_metre, (clock, number, rng))
        number += len(order)


def _nothing() -> Batch:
    return Batch(
        np.empty(0, np.int64), np.empty(0, np.int16), np.empty(0, np.int32), np.empty(0, np.int64)
    )


def _joined(first: Batch, second: Batch) -> Batch:
    columns = [column.name for column in fields(Batch)]
    return Batch(*(np.concatenate([getattr(first, c), getattr(second, c)]) for c in columns))


def _recorded(batch: Batch, kept: Floats, rng: np.random.Generator) -> Batch:
    """Lose what was not recorded; nothing is drawn in months where everything is kept."""
    if (kept >= 1).all():
        return batch
    return batch.take(np.flatnonzero(rng.random(len(batch.minute)) < kept[batch.category]))


def _originals(
    plan: TownPlan,
    intensity: Intensity,
    addresses: Addresses,
    clock: MonthClock,
    rng: np.random.Generator,
    month: tuple[int, float],
) -> Batch:
    """Draw counts per category and place, then a minute and an address for each event."""
    index, scale = month
    own = np.array([1 / (1 + category.repeats) for category in plan.categories])
    mean = scale * (intensity.monthly[index] * own)[:, None] * intensity.placed
    mean *= intensity.changed[index]
    size = np.array([category.dispersion for category in plan.categories])[:, None]
    counts = rng.poisson(mean * rng.gamma(size, 1 / size, mean.shape))
    places = np.repeat(np.tile(np.arange(mean.shape[1]), len(size)), counts.ravel())
    per_category = counts.sum(axis=1)
    first = addresses.first[places]
    span = addresses.first[places + 1] - first
    chosen = first + (rng.random(len(places)) * span).astype(np.int64)
    return Batch(
        minute=_minutes(plan, clock, per_category, rng),
        category=np.repeat(np.arange(len(size), dtype=np.int16), per_category),
        address=chosen.astype(np.int32),
        repeat_of=np.full(len(places), NOBODY, dtype=np.int64),
    )


def _minutes(
    plan: TownPlan, clock: MonthClock, counts: NDArray[np.int64], rng: np.random.Generator
) -> NDArray[np.int64]:
    """Draw local minutes of the month from each category's week."""
    weekdays = (clock.first_weekday + np.arange(clock.days)) % 7
    found = []
    for category, count in zip(plan.categories, counts, strict=True):
        hours = np.cumsum(RHYTHMS[category.rhythm][weekdays].ravel())
        hour = np.searchsorted(hours, rng.random(count) * hours[-1], side="right")
        found.append(hour)
    hour = np.concatenate(found)
    minutes: NDArray[np.int64] = hour * 60 + rng.integers(0, 60, len(hour))
    return minutes


def _repeats(
    plan: TownPlan, originals: Batch, addresses: Addresses, rng: np.random.Generator
) -> tuple[Batch, NDArray[np.int64]]:
    """Return the near repeats of some events, and the row of the original of each.

    A repeat comes one day or more after its original, at an hour of its own, and less than the
    plan's days later.
    """
    mean = np.array([category.repeats for category in plan.categories])
    parents = np.repeat(
        np.arange(len(originals.minute)), rng.poisson(mean[originals.category])
    ).astype(np.int64)
    found = originals.take(parents)
    day = found.minute // _DAY + rng.integers(1, plan.near_repeat.reach_days, len(parents))
    hour = np.zeros(len(parents), dtype=np.int64)
    for index in np.flatnonzero(mean > 0):
        rows = np.flatnonzero(found.category == index)
        hours = np.cumsum(RHYTHMS[plan.categories[index].rhythm].sum(axis=0))
        hour[rows] = np.searchsorted(hours, rng.random(len(rows)) * hours[-1], side="right")
    minute = day * _DAY + hour * 60 + rng.integers(0, 60, len(parents))
    # In the autumn night with an hour more, the last minutes of the last day would be too late.
    too_late = minute - found.minute > plan.near_repeat.reach_days * _DAY - 61
    minute[too_late] -= _DAY
    choice = rng.integers(0, addresses.neighbours.shape[1], len(parents))
    address = addresses.neighbours[found.address, choice]
    return Batch(minute, found.category, address, found.repeat_of), parents

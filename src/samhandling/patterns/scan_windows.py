"""The windows of a scan: circles around every place, times any stretch of periods."""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from samhandling.execution.compiled import compiled

Floats = NDArray[np.float64]
Whole = NDArray[np.int64]
Short = NDArray[np.int32]

CENTRES_AT_ONCE = 256


@dataclass(frozen=True, slots=True)
class ScanOptions:
    """Which windows are looked at and what is reported.

    Attributes
    ----------
    largest_share : float, default 0.5
        Most of what is expected over the whole time that a circle may hold.
    largest_radius_m : float, optional
        Longest radius; None for no limit but the share.
    longest : int, optional
        Most periods in a window; None for half of them, one at least.
    prospective : bool, default False
        Only windows that last until the final period: is something going on now?
    fewest_events : int, default 2
        Fewest events in a window; one event alone is no cluster.
    most_clusters : int, default 10
        Clusters reported, the most likely and others that share no area with one before them.

    Raises
    ------
    ValueError
        If a number is out of its range.
    """

    largest_share: float = 0.5
    largest_radius_m: float | None = None
    longest: int | None = None
    prospective: bool = False
    fewest_events: int = 2
    most_clusters: int = 10

    def __post_init__(self) -> None:
        if not 0 < self.largest_share <= 0.5:
            message = (
                f"largest_share is {self.largest_share}; give more than 0 and at most 0.5: a "
                "window with most of the town in it is better read as a hole elsewhere."
            )
            raise ValueError(message)
        if self.largest_radius_m is not None and not self.largest_radius_m >= 0:
            message = f"largest_radius_m is {self.largest_radius_m}; give metres, or None."
            raise ValueError(message)
        for name in ("longest", "fewest_events", "most_clusters"):
            value = getattr(self, name)
            if value is not None and value < 1:
                message = f"{name} is {value}; give 1 or more."
                raise ValueError(message)


class Circles(NamedTuple):
    """Nested circles around every place.

    `order[start[c]:start[c + 1]]` are the areas by distance from place c, itself first. An entry is
    written ~area (that is, -area - 1) where the next lies equally far away: no circle ends there.
    """

    start: Whole
    order: Short


class Spans(NamedTuple):
    """Stretches of time: periods from `first` up to, but not with, `end`."""

    first: Whole
    end: Whole


def circles(x: Floats, y: Floats, weight: Floats, options: ScanOptions) -> Circles:
    """Return the circles that hold at most the allowed share of `weight` and radius."""
    limit = options.largest_share * weight.sum() * (1 + 1e-12)
    reach = np.inf if options.largest_radius_m is None else options.largest_radius_m**2
    # The distance's bits and, in place of its last ones, the area: such whole numbers are sorted
    # several times quicker than positions; what the lost bits hid is put right afterwards.
    spare = np.int64(1) << np.int64(max(len(x) - 1, 1)).item().bit_length()
    areas = np.arange(len(x), dtype=np.int64)
    lengths, parts = np.zeros(len(x), dtype=np.int64), []
    for begin in range(0, len(x), CENTRES_AT_ONCE):
        centres = slice(begin, begin + CENTRES_AT_ONCE)
        squared = (x[centres, None] - x) ** 2 + (y[centres, None] - y) ** 2
        keys = np.sort((squared.view(np.int64) & -spare) | areas, axis=1)
        order = np.empty(squared.shape, dtype=np.int32)
        close_circles(keys & (spare - 1), squared, weight, (limit, reach), order, lengths[centres])
        parts.append(order[np.arange(len(x)) < lengths[centres, None]])
    start = np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64)
    return Circles(start, np.concatenate(parts))


@compiled
def close_circles(
    sorted_areas: Whole,
    squared: Floats,
    weight: Floats,
    most: tuple[float, float],
    order: Short,
    lengths: Whole,
) -> None:
    """Write the areas of each place's circles, and how many are in the largest allowed."""
    for centre in range(len(order)):
        far = squared[centre]
        nearest = sorted_areas[centre]
        for at in range(1, len(nearest)):
            area, back = nearest[at], at
            while back > 0 and far[nearest[back - 1]] > far[area]:
                nearest[back] = nearest[back - 1]
                back -= 1
            nearest[back] = area
        held, lengths[centre] = 0.0, 0
        for at in range(len(nearest)):
            area = nearest[at]
            held += weight[area]
            if held > most[0] or far[area] > most[1]:
                break
            # Areas equally far away come in together or not at all.
            tied = at + 1 < len(nearest) and far[nearest[at + 1]] == far[area]
            order[centre, at] = ~area if tied else area
            if not tied:
                lengths[centre] = at + 1


def spans(periods: int, options: ScanOptions) -> Spans:
    """Return every stretch of time that is looked at."""
    longest = options.longest or max(periods // 2, 1)
    ends = [periods] if options.prospective else range(1, periods + 1)
    pairs = [(first, end) for end in ends for first in range(max(end - longest, 0), end)]
    found = np.array(pairs, dtype=np.int64)
    return Spans(found[:, 0].copy(), found[:, 1].copy())

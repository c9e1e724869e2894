"""Walking through all circles of a scan without time, for many replicas at once."""

import numpy as np
from numpy.typing import NDArray

from samhandling.execution.compiled import compiled
from samhandling.patterns.scan_kernels import (
    Law,
    Levels,
    largest_excess,
    levels_of,
    likelihood_ratio,
    rises_as_expected,
    square_root_scale,
)
from samhandling.patterns.scan_windows import Circles

Floats = NDArray[np.float64]
Whole = NDArray[np.int64]
Short = NDArray[np.float32]
Counts = NDArray[np.signedinteger]

STRIDE = 61
ROUNDED = 1 - 1e-6


@compiled
def scan_circles(
    circles: Circles, expected: Floats, counts: Counts, most: Whole, law: Law, maxima: Floats
) -> None:
    """Raise `maxima` (n_lanes,) to the largest ratio of any circle in each replica.

    Parameters
    ----------
    circles : Circles
    expected : ndarray, shape (n_areas,)
    counts : ndarray, shape (n_areas, n_lanes)
        What the replicas hold. Lanes beyond the replicas are empty and have an infinite maximum.
    most : ndarray, shape (n_areas,)
        The most events in the area in any replica.
    law : Law
    maxima : ndarray, shape (n_lanes,)
    """
    start = circles.start
    places = len(start) - 1
    levels = levels_of(maxima)
    sums = np.zeros(len(maxima), dtype=counts.dtype)
    step = STRIDE
    while places % step == 0:
        step += 2
    for visit in range(places):
        # Far apart one after the other, so that high maxima are met with early.
        centre = (visit * step) % places
        sums[:] = 0
        areas = circles.order[start[centre] : start[centre + 1]]
        grow(areas, (expected, counts, most), law, levels, sums)


@compiled
def grow(
    areas: NDArray[np.int32],
    held: tuple[Floats, Counts, Whole],
    law: Law,
    levels: Levels,
    sums: Counts,
) -> None:
    """Let a circle grow by as many areas as could bring what the nearest replica lacks.

    `held` are what is expected in all areas, what the replicas hold there, and the most that any
    of them holds.

    As the circle grows, so does what a replica needs; see `rises_as_expected`.
    """
    mean, slack, highest = 0.0, -1.0, 0
    excess = largest_excess(law, levels.maxima)
    expected, counts, most = held
    at = first = 0
    while at < len(areas):
        place = areas[at]
        area = place if place >= 0 else ~place
        mean += expected[area]
        slack -= most[area]
        highest += most[area]
        if rises_as_expected(mean, excess, law):
            slack += expected[area]
        at += 1
        if slack >= 0 or place < 0:
            continue
        add_areas(areas[first:at], counts, sums)
        first = at
        scale = square_root_scale(mean, max(float(highest), mean + excess), law)
        lack, highest = lacking(sums, mean, scale, levels.roots)
        slack = lack - 1e-6
        if lack < 0:
            raise_maxima(sums, mean, scale, law, levels)
            excess = largest_excess(law, levels.maxima)
            slack = 0.0


@compiled
def add_areas(places: NDArray[np.int32], counts: Counts, sums: Counts) -> None:
    """Add what the replicas hold in the areas, four at a time."""
    at = 0
    while at + 4 <= len(places):
        a, b, c, d = places[at], places[at + 1], places[at + 2], places[at + 3]
        one, two = counts[a if a >= 0 else ~a], counts[b if b >= 0 else ~b]
        three, four = counts[c if c >= 0 else ~c], counts[d if d >= 0 else ~d]
        for lane in range(sums.size):
            sums[lane] += one[lane] + two[lane] + three[lane] + four[lane]
        at += 4
    while at < len(places):
        one = counts[places[at] if places[at] >= 0 else ~places[at]]
        for lane in range(sums.size):
            sums[lane] += one[lane]
        at += 1


@compiled
def lacking(sums: Counts, mean: float, scale: float, roots: Short) -> tuple[int, int]:
    """Return how many events the replica nearest to a new maximum lacks, and the most of any.

    Below zero if none is lacking, by the bound of `square_root_scale`.
    """
    low, rise = np.float32(mean * ROUNDED), np.float32(scale)
    nearest, highest = np.int32(-(2**30)), np.int32(0)
    for lane in range(sums.size):
        held = np.int32(sums[lane])
        surplus = np.int32(held - np.int32(low + roots[lane] * rise))
        # Kept in short types, so that many fit a vector register: max() would widen them.
        nearest = surplus if surplus > nearest else nearest  # noqa: FURB136
        highest = held if held > highest else highest  # noqa: FURB136
    return -int(nearest), int(highest)


@compiled
def raise_maxima(sums: Counts, mean: float, scale: float, law: Law, levels: Levels) -> None:
    """Look closer at a circle in the replicas that may have enough in it."""
    for lane in range(sums.size):
        count = int(sums[lane])
        if count >= mean + levels.roots[lane] * scale - 1:
            ratio = likelihood_ratio(count, mean, law)
            if ratio > levels.maxima[lane]:
                levels.maxima[lane], levels.roots[lane] = ratio, np.sqrt(ratio) * ROUNDED

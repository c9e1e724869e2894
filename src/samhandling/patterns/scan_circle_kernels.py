"""Walking through all circles of a scan without time, for many replicas at once."""

import numpy as np
from numpy.typing import NDArray

from samhandling.execution.compiled import compiled
from samhandling.patterns.scan_kernels import (
    Law,
    Levels,
    levels_of,
    likelihood_ratio,
    most_of,
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
    sums = np.zeros((2, len(maxima)), dtype=counts.dtype)
    step = STRIDE
    while places % step == 0:
        step += 2
    for visit in range(places):
        # Far apart one after the other, so that high maxima are met with early.
        centre = (visit * step) % places
        sums[1] = 0
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

    As the circle grows, so does what a replica needs, by at least what is expected in addition,
    until `steep`: the threshold k of a ratio at expectation m rises by the logarithmic mean of k/m
    and (n - k)/(n - m), which is at least one while k + m is at most n.
    """
    mean, slack, steep = 0.0, -1.0, steepest_until(law, levels.maxima)
    expected, counts, most = held
    at = first = 0
    while at < len(areas):
        place = areas[at]
        area = place if place >= 0 else ~place
        mean += expected[area]
        slack -= most[area]
        if mean <= steep:
            slack += expected[area]
        at += 1
        if slack >= 0 or place < 0:
            continue
        add_areas(areas[first:at], counts, sums[1])
        first = at
        slack = lacking(sums, mean, law, levels) - 1e-6
        if slack < -0.5:
            raise_maxima(sums[1], mean, law, levels)
            steep = steepest_until(law, levels.maxima)
            slack = 0.0


@compiled
def steepest_until(law: Law, maxima: Floats) -> float:
    """Return the expectation up to which any threshold rises as fast as what is expected."""
    if law.at_risk > 0:
        return -1.0
    top = 0.0
    for lane in range(len(maxima)):
        if maxima[lane] < np.inf:
            top = max(top, maxima[lane])
    # No threshold lies further above half of the events than this (Bernstein's inequality).
    furthest = top / 3 + np.sqrt(top * top / 9 + top * law.events)
    return float(0.5 * (law.events - furthest) - 1)


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
def lacking(sums: Counts, mean: float, law: Law, levels: Levels) -> int:
    """Return how many events the replica nearest to a new maximum lacks; below zero if none."""
    held, roots = sums[1], levels.roots
    scale = square_root_scale(mean, most_of(sums, 1, 0), law)
    low, rise = np.float32(mean * ROUNDED), np.float32(scale)
    nearest = np.int32(-(2**30))
    for lane in range(held.size):
        surplus = np.int32(np.int32(held[lane]) - np.int32(low + roots[lane] * rise))
        nearest = surplus if surplus > nearest else nearest  # noqa: FURB136 - max() widens it
    return -int(nearest) if nearest <= 0 else -1


@compiled
def raise_maxima(held: Counts, mean: float, law: Law, levels: Levels) -> None:
    """Look closer at a circle in the replicas that may have enough in it."""
    most = 0
    for lane in range(held.size):
        most = max(most, int(held[lane]))
    scale = square_root_scale(mean, most, law)
    for lane in range(held.size):
        count = int(held[lane])
        if count >= mean + levels.roots[lane] * scale - 1:
            ratio = likelihood_ratio(count, mean, law)
            if ratio > levels.maxima[lane]:
                levels.maxima[lane], levels.roots[lane] = ratio, np.sqrt(ratio) * ROUNDED

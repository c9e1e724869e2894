"""Walking through circles in every stretch of time, for what was observed and for many replicas.

A circle grows by one area at a time, in blocks. Counts and expectations only grow with it, so that
no circle of a block has a larger ratio than the last one's count has at the first one's expectation
would have; where that is no new maximum the whole block is passed over, else its halves are tried.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from samhandling.execution.compiled import compiled
from samhandling.patterns.scan_kernels import (
    ROUNDED,
    Law,
    Levels,
    largest_excess,
    largest_expected,
    levels_of,
    likelihood_ratio,
    may_exceed,
    square_root_scale,
)
from samhandling.patterns.scan_windows import Circles, Spans

Floats = NDArray[np.float64]
Whole = NDArray[np.int64]
Short = NDArray[np.float32]
Order = NDArray[np.int32]
Counts = NDArray[np.signedinteger]

BLOCK = 32
STRIDE = 61
RISE = 0.5


class Block(NamedTuple):
    """Circles around one place that follow on one another.

    Row k of `mean` (BLOCK + 1, n_periods + 1) and of `sums` (the same, n_lanes) holds sums over
    time in the circle of the block's first k areas and of all areas before it.
    """

    mean: Floats
    sums: Counts


class Bounds(NamedTuple):
    """What a new maximum takes: `limits` as `largest_expected` fills them, and the levels."""

    limits: Floats
    levels: Levels


@compiled
def most_of(later: Counts, earlier: Counts) -> int:
    """Return the largest difference of any replica."""
    # Kept in the array's own short type, so that many fit a vector register.
    short = later.dtype.type
    most = short(0)
    for lane in range(later.size):
        difference = short(later[lane] - earlier[lane])
        most = difference if difference > most else most  # noqa: FURB136 - max() would widen it
    return int(most)


@compiled
def look_closer(
    sums: Counts, span: tuple[int, int], expected: float, most: int, law: Law, levels: Levels
) -> None:
    """Raise the maxima of the replicas that have enough in a window, of at most `most` events."""
    first, end = span
    furthest = expected + largest_excess(law, levels.maxima)
    scale = square_root_scale(expected, max(float(most), furthest), law)
    for lane in range(len(levels.maxima)):
        count = int(sums[end, lane]) - int(sums[first, lane])
        if count < int(expected) + int(levels.roots[lane] * scale):
            continue
        ratio = likelihood_ratio(count, expected, law)
        if ratio > levels.maxima[lane]:
            levels.maxima[lane] = ratio
            levels.roots[lane] = np.sqrt(ratio) * ROUNDED


@compiled
def fill(areas: Order, expected: Floats, counts: Counts, block: Block) -> None:
    """Let the block's circle grow by the areas, from what its row 0 holds."""
    mean, sums = block
    for row in range(1, len(areas) + 1):
        place = areas[row - 1]
        area = place if place >= 0 else ~place
        for period in range(1, mean.shape[1]):
            mean[row, period] = mean[row - 1, period] + expected[area, period]
            for lane in range(sums.shape[2]):
                sums[row, period, lane] = sums[row - 1, period, lane] + counts[area, period, lane]


@compiled
def next_size(low: int, size: int) -> int:
    """Return how long a stretch of rows begins at `low`, counted from 1, after one of `size`."""
    while size < BLOCK and (low - 1) % (2 * size) == 0:
        size *= 2
    return size


@compiled
def look_through(
    areas: Order, span: tuple[int, int], need: int, block: Block, bounds: Bounds, law: Law
) -> int:
    """Look at one stretch of time in those of a block's circles that may hold a new maximum.

    `need` is a count below which nothing is of interest; it grows with what is expected and is
    returned as it stands for the block's last circles.
    """
    first, end = span
    low, size = 1, BLOCK
    while low <= len(areas):
        high = min(low + size - 1, len(areas))
        expected = block.mean[low, end] - block.mean[low, first]
        while bounds.limits[need] <= expected:
            need += 1
        most = most_of(block.sums[high, end], block.sums[high, first])
        if most >= need and size > 1:
            size //= 2
            continue
        if most >= need and areas[low - 1] >= 0:
            look_closer(block.sums[low], span, expected, most, law, bounds.levels)
        low += size
        size = next_size(low, size)
    return need


@compiled
def scan_replicas(
    circles: Circles,
    spans: Spans,
    expected: Floats,
    counts: Counts,
    law: Law,
    maxima: Floats,
) -> None:
    """Raise `maxima` (n_lanes,) to the largest ratio of any window in each replica.

    Parameters
    ----------
    circles, spans
        The windows.
    expected : ndarray, shape (n_areas, n_periods + 1)
        Sums over time of what is expected, from zero.
    counts : ndarray, shape (n_areas, n_periods + 1, n_lanes)
        The same of what the replicas hold. Lanes beyond the replicas are empty and have an infinite
        maximum.
    law : Law
    maxima : ndarray, shape (n_lanes,)
    """
    start, order = circles.start, circles.order
    places = len(start) - 1
    limits, level = np.zeros(law.events + 2), 0.0
    largest_expected(level, law, limits)
    bounds = Bounds(limits, levels_of(maxima))
    needs = np.zeros(len(spans.first), dtype=np.int64)
    columns, lanes = counts.shape[1], len(maxima)
    block = Block(
        np.zeros((BLOCK + 1, columns)), np.zeros((BLOCK + 1, columns, lanes), dtype=counts.dtype)
    )
    step = STRIDE
    while places % step == 0:
        step += 2
    for visit in range(places):
        # Far apart one after the other, so that high maxima are met with early.
        centre = (visit * step) % places
        needs[:], block.mean[0], block.sums[0] = law.fewest, 0.0, 0
        for begin in range(start[centre], start[centre + 1], BLOCK):
            areas = order[begin : min(begin + BLOCK, start[centre + 1])]
            fill(areas, expected, counts, block)
            for at in range(len(needs)):
                span = (spans.first[at], spans.end[at])
                needs[at] = look_through(areas, span, needs[at], block, bounds, law)
            block.mean[0], block.sums[0] = block.mean[len(areas)], block.sums[len(areas)]
        if maxima.min() >= level + RISE:
            level = maxima.min()
            largest_expected(level, law, limits)


@compiled
def best_of_block(
    areas: Order, span: tuple[int, int], block: Block, best: float, law: Law
) -> tuple[float, int]:
    """Return the largest ratio of the block's circles in a stretch of time, and its row.

    Only what is more than `best`: without any, that and row 0 are returned.
    """
    (first, end), row = span, 0
    low, size = 1, BLOCK
    while low <= len(areas):
        high = min(low + size - 1, len(areas))
        count = int(block.sums[high, end, 0] - block.sums[high, first, 0])
        expected = block.mean[low, end] - block.mean[low, first]
        may = count > expected and count >= law.fewest and may_exceed(count, expected, best, law)
        if may and size > 1:
            size //= 2
            continue
        if may and areas[low - 1] >= 0:
            ratio = likelihood_ratio(count, expected, law)
            if ratio > best:
                best, row = ratio, low
        low += size
        size = next_size(low, size)
    return best, row


@compiled
def best_around(
    circles: Circles,
    spans: Spans,
    expected: Floats,
    counts: Whole,
    law: Law,
    best: Floats,
    where: Whole,
) -> None:
    """Find the window with the largest ratio around each place.

    `best` (n_places,) takes the ratio; `where` (n_places, 3) the position in `circles.order` of the
    last area, and the stretch's first and end period. `counts` are sums over time, from zero. Of
    equal ones that found first counts.
    """
    start, order = circles.start, circles.order
    columns = counts.shape[1]
    block = Block(
        np.zeros((BLOCK + 1, columns)), np.zeros((BLOCK + 1, columns, 1), dtype=counts.dtype)
    )
    held = counts.reshape((len(counts), columns, 1))
    for centre in range(len(start) - 1):
        block.mean[0], block.sums[0] = 0.0, 0
        for begin in range(start[centre], start[centre + 1], BLOCK):
            areas = order[begin : min(begin + BLOCK, start[centre + 1])]
            fill(areas, expected, held, block)
            for at in range(len(spans.first)):
                span = (spans.first[at], spans.end[at])
                ratio, row = best_of_block(areas, span, block, best[centre], law)
                if row > 0:
                    best[centre] = ratio
                    where[centre, 0] = begin + row - 1
                    where[centre, 1], where[centre, 2] = span
            block.mean[0], block.sums[0] = block.mean[len(areas)], block.sums[len(areas)]

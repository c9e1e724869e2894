"""Walking through all windows of a scan, for what was observed and for many replicas at once."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from samhandling.execution.compiled import compiled
from samhandling.patterns.scan_windows import Circles, Spans

Floats = NDArray[np.float64]
Whole = NDArray[np.int64]
Short = NDArray[np.float32]
Counts = NDArray[np.signedinteger]

HALVINGS = 16
STRIDE = 61
RISE = 0.5
MOST_RATIO = 1e10
ROUNDED = 1 - 1e-6
SMALLEST = 1e-12
FIRST, END, DUE, NEED = 0, 1, 2, 3


class Law(NamedTuple):
    """What decides the likelihood of a window's count.

    `events` is the total; `at_risk` is the number of trials of a Bernoulli model, zero for the
    Poisson and permutation models. `fewest` is the least count of a cluster.
    """

    events: int
    at_risk: int
    fewest: int


class Levels(NamedTuple):
    """The largest ratio yet in each replica, and its square root rounded to few digits."""

    maxima: Floats
    roots: Short


@compiled
def levels_of(maxima: Floats) -> Levels:
    """Return the levels that such maxima, infinite ones among them, set."""
    return Levels(maxima, np.sqrt(np.minimum(maxima, MOST_RATIO)).astype(np.float32))


@compiled
def term(seen: float, expected: float) -> float:
    """Return seen times the logarithm of seen through expected, zero for nothing."""
    if seen <= 0:
        return 0.0
    return float(seen * np.log(seen / max(expected, SMALLEST)))


@compiled
def likelihood_ratio(count: int, expected: float, law: Law) -> float:
    """Return the logarithm of the likelihood ratio of a window with more than expected."""
    if count <= expected or count < law.fewest:
        return 0.0
    events = float(law.events)
    ratio = term(count, expected) + term(events - count, events - expected)
    if law.at_risk > 0:
        inside = expected * law.at_risk / events
        others = float(law.at_risk - law.events)
        ratio += term(inside - count, inside - expected)
        ratio += term(others - inside + count, others - inside + expected)
    return ratio


@compiled
def may_exceed(count: int, expected: float, level: float, law: Law) -> bool:
    """Tell, without logarithms, whether the ratio could be more than `level`.

    With u the relative excess, (1 + u) log(1 + u) - u is at most u²/2 for a surplus and at most u²
    for a shortage; that is summed over the cells of the model and multiplied out.
    """
    excess, rest = count - expected, law.events - expected
    squared = excess * excess * (1 + 1e-9)
    if law.at_risk == 0:
        return bool(squared * (0.5 * rest + expected) > level * expected * rest)
    inside = expected * law.at_risk / law.events
    outside = law.at_risk - law.events - inside + expected
    bound = 0.5 / max(expected, SMALLEST) + 1.0 / max(rest, SMALLEST)
    bound += 1.0 / max(inside - expected, SMALLEST) + 0.5 / max(outside, SMALLEST)
    return bool(squared * bound > level)


@compiled
def largest_expected(level: float, law: Law, limits: Floats) -> None:
    """Fill in, for each count, below which expectation its ratio may exceed `level`.

    The bounds lie a hair high: a window they let through is looked at, none is missed.
    """
    before = 0.0
    for count in range(len(limits) - 1):
        if count < law.fewest:
            limits[count] = -1.0
            continue
        low, high = before, float(count)
        if law.at_risk > 0:
            low = max(low, float(count) * law.events / law.at_risk)
        for _ in range(HALVINGS):
            middle = 0.5 * (low + high)
            if middle > 0 and likelihood_ratio(count, middle, law) < level:
                high = middle
            else:
                low = middle
        limits[count] = high * (1 + 1e-9) + 1e-12
        before = low
    limits[len(limits) - 1] = np.inf


@compiled
def most_of(sums: Counts, later: int, earlier: int) -> int:
    """Return the largest difference of any replica."""
    # Kept in the array's own short type, so that many fit a vector register.
    short = sums.dtype.type
    most = short(0)
    for lane in range(sums.shape[1]):
        difference = short(sums[later, lane] - sums[earlier, lane])
        most = difference if difference > most else most  # noqa: FURB136 - max() would widen it
    return int(most)


@compiled
def lacking(
    sums: Counts, later: int, earlier: int, expected: float, scale: float, roots: Short
) -> int:
    """Return how many events the replica nearest to a new maximum lacks, by the bound."""
    whole, most = np.int32(expected), np.int32(-(2**30))
    for lane in range(len(roots)):
        count = np.int32(sums[later, lane]) - np.int32(sums[earlier, lane])
        surplus = np.int32(count - whole - np.int32(roots[lane] * scale))
        most = surplus if surplus > most else most  # noqa: FURB136 - max() would widen it
    return -int(most)


@compiled
def largest_excess(law: Law, maxima: Floats) -> float:
    """Return how far above what is expected a count can lie without a ratio above all `maxima`.

    By Bernstein's inequality, for windows with at most half of what is expected.
    """
    top = 0.0
    for lane in range(len(maxima)):
        if maxima[lane] < np.inf:
            top = max(top, maxima[lane])
    return float(top / 3 + np.sqrt(top * top / 9 + top * law.events))


@compiled
def rises_as_expected(expected: float, excess: float, law: Law) -> bool:
    """Tell whether a larger window needs at least as many more events as are expected in addition.

    In the Poisson model the threshold k of a ratio at expectation m rises by the logarithmic mean
    of k/m and (n - k)/(n - m), which is at least one while k + m is at most n; `excess` is the
    largest of k - m.
    """
    return bool(law.at_risk == 0 and 2 * expected + excess < law.events - 1)


@compiled
def square_root_scale(expected: float, most: float, law: Law) -> float:
    """Return how far above what is expected a count of at most `most` must lie for a ratio of one.

    The bound of `may_exceed`, sharper: for a shortage -v, (1 + u) log(1 + u) - u is at most
    v² / 2(1 - v). What a ratio needs grows with its square root.
    """
    if law.at_risk == 0:
        outside = max(law.events - most, SMALLEST)
        bound = 0.5 / max(expected, SMALLEST) + 0.5 / outside
    else:
        rest = law.events - expected
        inside = expected * law.at_risk / law.events
        others = law.at_risk - law.events - inside + expected
        bound = 0.5 / max(expected, SMALLEST) + 1.0 / max(rest, SMALLEST)
        bound += 1.0 / max(inside - expected, SMALLEST) + 0.5 / max(others, SMALLEST)
    return float(ROUNDED / np.sqrt(bound))


@compiled
def raise_maxima(
    sums: Counts, span: Whole, expected: float, scale: float, law: Law, levels: Levels
) -> None:
    """Look closer at a window in the replicas that may have enough in it."""
    for lane in range(len(levels.maxima)):
        count = int(sums[span[END], lane]) - int(sums[span[FIRST], lane])
        if count < int(expected) + int(levels.roots[lane] * scale):
            continue
        ratio = likelihood_ratio(count, expected, law)
        if ratio > levels.maxima[lane]:
            levels.maxima[lane] = ratio
            levels.roots[lane] = np.sqrt(ratio) * ROUNDED


@compiled
def look_through(
    walk: Whole, used: int, mean: Floats, sums: Counts, limits: Floats, law: Law, levels: Levels
) -> int:
    """Look at every stretch of time of one circle that may hold a new maximum.

    A stretch that lacks k events to be of interest is not looked at again before the circle has
    grown by areas that could bring so many: `used` counts them, DUE says when. The soonest that
    any stretch is due is returned.
    """
    soonest = walk[0, DUE]
    for span in range(len(walk)):
        if used < walk[span, DUE]:
            soonest = min(soonest, walk[span, DUE])
            continue
        earlier, later = walk[span, FIRST], walk[span, END]
        expected = mean[later] - mean[earlier]
        need = walk[span, NEED]
        while limits[need] <= expected:
            need += 1
        most = most_of(sums, later, earlier)
        lack = need - most
        if lack <= 0:
            furthest = expected + largest_excess(law, levels.maxima)
            scale = square_root_scale(expected, max(float(most), furthest), law)
            lack = lacking(sums, later, earlier, expected, scale, levels.roots)
            if lack <= 0:
                raise_maxima(sums, walk[span], expected, scale, law, levels)
                lack = 1
        walk[span, NEED], walk[span, DUE] = need, used + lack
        soonest = min(soonest, used + lack) if span else used + lack
    return int(soonest)


@compiled
def scan_replicas(
    circles: Circles,
    spans: Spans,
    expected: Floats,
    counts: Counts,
    most: Whole,
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
    most : ndarray, shape (n_areas,)
        The most events that any stretch of time has in the area in any replica.
    law : Law
    maxima : ndarray, shape (n_lanes,)
    """
    start, order = circles.start, circles.order
    places = len(start) - 1
    limits, level = np.zeros(law.events + 2), 0.0
    largest_expected(level, law, limits)
    levels = levels_of(maxima)
    walk = np.zeros((len(spans.first), 4), dtype=np.int64)
    walk[:, FIRST], walk[:, END] = spans.first, spans.end
    mean = np.zeros(expected.shape[1])
    sums = np.zeros((counts.shape[1], len(maxima)), dtype=counts.dtype)
    step = STRIDE
    while places % step == 0:
        step += 2
    for visit in range(places):
        # Far apart one after the other, so that high maxima are met with early.
        centre = (visit * step) % places
        sums[:], mean[:], walk[:, DUE], walk[:, NEED] = 0, 0.0, 0, law.fewest
        used = due = 0
        for at in range(start[centre], start[centre + 1]):
            area = order[at] if order[at] >= 0 else ~order[at]
            for period in range(1, len(mean)):
                mean[period] += expected[area, period]
                for lane in range(sums.shape[1]):
                    sums[period, lane] += counts[area, period, lane]
            used += most[area]
            if used >= due and order[at] >= 0:
                due = look_through(walk, used, mean, sums, limits, law, levels)
        if maxima.min() >= level + RISE:
            level = maxima.min()
            largest_expected(level, law, limits)


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
    last area, and the stretch's first and end period. `counts` are sums over time, from zero.
    """
    columns, number = counts.shape[1], len(spans.first)
    sums, mean, due = np.zeros(columns, np.int64), np.zeros(columns), np.zeros(number, np.int64)
    most = most_in_any(counts, spans)
    for centre in range(len(circles.start) - 1):
        sums[:], mean[:], due[:], used = 0, 0.0, 0, 0
        for at in range(circles.start[centre], circles.start[centre + 1]):
            area = circles.order[at] if circles.order[at] >= 0 else ~circles.order[at]
            used += most[area]
            for period in range(1, columns):
                sums[period] += counts[area, period]
                mean[period] += expected[area, period]
            if circles.order[at] < 0:
                continue
            for span in range(number):
                if used < due[span]:
                    continue
                first, end = spans.first[span], spans.end[span]
                count, chance = sums[end] - sums[first], mean[end] - mean[first]
                lack = lacking_of_one(count, chance, best[centre], law)
                due[span] = used + max(lack, 1)
                if lack > 0 or not may_exceed(count, chance, best[centre], law):
                    continue
                ratio = likelihood_ratio(count, chance, law)
                if ratio > best[centre]:
                    best[centre] = ratio
                    where[centre, 0], where[centre, 1], where[centre, 2] = at, first, end


@compiled
def most_in_any(counts: Whole, spans: Spans) -> Whole:
    """Return the most events of each area in any stretch of time, from sums over time."""
    most = np.zeros(len(counts), dtype=np.int64)
    for area in range(len(counts)):
        for span in range(len(spans.first)):
            held = counts[area, spans.end[span]] - counts[area, spans.first[span]]
            most[area] = max(most[area], held)
    return most


@compiled
def lacking_of_one(count: int, expected: float, level: float, law: Law) -> int:
    """Return how many events a window lacks at least before its ratio can exceed `level`."""
    if level <= 0:
        return int(np.floor(expected)) - count
    furthest = level / 3 + np.sqrt(level * level / 9 + level * law.events)
    scale = square_root_scale(expected, max(float(count), expected + furthest), law)
    return int(expected + ROUNDED * np.sqrt(level) * scale) - count

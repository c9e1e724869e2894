"""Walking through all windows of a scan, for what was observed and for many replicas at once."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from samhandling.execution.compiled import compiled
from samhandling.patterns.scan_windows import Circles, Spans

Floats = NDArray[np.float64]
Whole = NDArray[np.int64]

HALVINGS = 16
STRIDE = 61
RISE = 0.75
SMALLEST = 1e-12


class Law(NamedTuple):
    """What decides the likelihood of a window's count.

    `events` is the total; `at_risk` is the number of trials of a Bernoulli model, zero for the
    Poisson and permutation models. `fewest` is the least count of a cluster.
    """

    events: int
    at_risk: int
    fewest: int


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
def upper_bound(count: int, expected: float, law: Law) -> float:
    """Return a number without logarithms that the ratio does not exceed."""
    excess = count - expected
    bound = 0.5 / max(expected, SMALLEST) + 1.0 / max(law.events - expected, SMALLEST)
    if law.at_risk > 0:
        inside = expected * law.at_risk / law.events
        if inside > expected:
            bound += 1.0 / (inside - expected)
        rest = law.at_risk - law.events - inside + expected
        if rest > 0:
            bound += 0.5 / rest
    return float(excess * excess * bound * (1 + 1e-9))


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
def most_of(later: NDArray[np.signedinteger], earlier: NDArray[np.signedinteger]) -> int:
    """Return the largest difference of any replica."""
    most = later[0] - earlier[0]
    for replica in range(1, len(later)):
        most = max(most, later[replica] - earlier[replica])
    return int(most)


@compiled
def raise_maxima(
    later: NDArray[np.signedinteger],
    earlier: NDArray[np.signedinteger],
    need: int,
    expected: float,
    law: Law,
    maxima: Floats,
) -> None:
    """Look closer at a window in the replicas that have enough in it."""
    for replica in range(len(maxima)):
        count = int(later[replica]) - int(earlier[replica])
        if count >= need and upper_bound(count, expected, law) > maxima[replica]:
            maxima[replica] = max(maxima[replica], likelihood_ratio(count, expected, law))


@compiled
def look_through(
    spans: Spans,
    mean: Floats,
    counts: NDArray[np.signedinteger],
    due: Whole,
    need: Whole,
    used: int,
    limits: Floats,
    law: Law,
    maxima: Floats,
) -> None:
    """Look at every stretch of time of one circle that may hold a new maximum.

    A stretch that lacks k events to be of interest is not looked at again before the circle has
    grown by areas that could bring so many: `used` counts them, `due` says when.
    """
    for span in range(len(spans.first)):
        if used < due[span]:
            continue
        first, end = spans.first[span], spans.end[span]
        expected = mean[end] - mean[first]
        while limits[need[span]] <= expected:
            need[span] += 1
        most = most_of(counts[end], counts[first])
        if most >= need[span]:
            raise_maxima(counts[end], counts[first], need[span], expected, law, maxima)
            most = need[span] - 1
        due[span] = used + need[span] - most


@compiled
def grow(
    area: int,
    expected: Floats,
    counts: NDArray[np.signedinteger],
    mean: Floats,
    sums: NDArray[np.signedinteger],
) -> None:
    """Take one more area into the circle; both tables are sums from the first period on."""
    for period in range(1, sums.shape[0]):
        mean[period] += expected[area, period]
        for replica in range(sums.shape[1]):
            sums[period, replica] += counts[area, period, replica]


@compiled
def scan_replicas(
    circles: Circles,
    spans: Spans,
    expected: Floats,
    counts: NDArray[np.signedinteger],
    most: Whole,
    law: Law,
    maxima: Floats,
) -> None:
    """Raise `maxima` (n_replicas,) to the largest ratio of any window in each replica.

    Parameters
    ----------
    circles, spans
        The windows.
    expected : ndarray, shape (n_areas, n_periods + 1)
        Sums over time of what is expected, from zero.
    counts : ndarray, shape (n_areas, n_periods + 1, n_lanes)
        The same of what the replicas hold; lanes beyond the replicas are empty.
    most : ndarray, shape (n_areas,)
        The most events that any stretch of time has in the area in any replica.
    law : Law
    maxima : ndarray, shape (n_replicas,)
    """
    places, columns, lanes = len(circles.start) - 1, counts.shape[1], counts.shape[2]
    sums = np.zeros((columns, lanes), dtype=counts.dtype)
    mean = np.zeros(columns)
    due = np.zeros(len(spans.first), dtype=np.int64)
    need = np.zeros(len(spans.first), dtype=np.int64)
    limits = np.zeros(law.events + 2)
    level = 0.0
    largest_expected(level, law, limits)
    step = STRIDE
    while places % step == 0:
        step += 2
    for visit in range(places):
        # Far apart one after the other, so that high maxima are met with early.
        centre = (visit * step) % places
        sums[:], mean[:], due[:], need[:], used = 0, 0.0, 0, law.fewest, 0
        for at in range(circles.start[centre], circles.start[centre + 1]):
            area = circles.order[at]
            ends = area >= 0
            area = area if ends else ~area
            grow(area, expected, counts, mean, sums)
            used += most[area]
            if ends:
                look_through(spans, mean, sums, due, need, used, limits, law, maxima)
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
    last area, and the stretch's first and end period.
    """
    columns = counts.shape[1]
    sums, mean = np.zeros(columns, dtype=np.int64), np.zeros(columns)
    for centre in range(len(circles.start) - 1):
        sums[:], mean[:] = 0, 0.0
        for at in range(circles.start[centre], circles.start[centre + 1]):
            area = circles.order[at]
            ends = area >= 0
            area = area if ends else ~area
            for period in range(1, columns):
                sums[period] += counts[area, period]
                mean[period] += expected[area, period]
            if not ends:
                continue
            for span in range(len(spans.first)):
                first, end = spans.first[span], spans.end[span]
                count, chance = sums[end] - sums[first], mean[end] - mean[first]
                if count <= chance or count < law.fewest:
                    continue
                if upper_bound(count, chance, law) <= best[centre]:
                    continue
                ratio = likelihood_ratio(count, chance, law)
                if ratio > best[centre]:
                    best[centre] = ratio
                    where[centre, 0], where[centre, 1], where[centre, 2] = at, first, end

"""How likely a window of a scan is, and bounds that tell it without logarithms."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from samhandling.execution.compiled import compiled

Floats = NDArray[np.float64]
Short = NDArray[np.float32]

HALVINGS = 16
MOST_RATIO = 1e10
ROUNDED = 1 - 1e-6
SMALLEST = 1e-12


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

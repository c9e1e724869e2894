"""The weighted mean of one set of studies, and how much their true effects differ; compiled loops.

What `samhandling.patterns.variance_components` says of many sets on any columns, here for the mean
of one set, without matrices: a single review is a few numbers, and the arrays were what it cost.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from samhandling.execution.compiled import compiled
from samhandling.patterns.variance_components import CLOSE_ENOUGH, MOST_STEPS, NOT_SETTLED, Tau2

Floats = NDArray[np.float64]

ITERATED = {Tau2.PAULE_MANDEL: 0, Tau2.MAXIMUM_LIKELIHOOD: 1, Tau2.REML: 2}
"""The number by which the compiled loop knows each step."""


class CommonMean(NamedTuple):
    """A weighted mean and what is left around it.

    Attributes
    ----------
    value : float
    weight, weight_squares, weight_cubes : float
        Sums over studies of the weights and their powers; the mean's variance is 1 / weight.
    q : float
        Weighted sum of squared residuals; Cochran's Q when tau squared is zero.
    pressed : float
        Sum of squared weighted residuals.
    """

    value: float
    weight: float
    weight_squares: float
    weight_cubes: float
    q: float
    pressed: float


@compiled
def common_mean(effects: Floats, spread: Floats, tau2: float) -> CommonMean:
    """Return the mean with weights 1 / (variance + tau squared)."""
    weight = squares = cubes = summed = 0.0
    for at in range(len(effects)):
        own = 1 / (spread[at] + tau2)
        weight += own
        squares += own * own
        cubes += own * own * own
        summed += own * effects[at]
    value, q, pressed = summed / weight, 0.0, 0.0
    for at in range(len(effects)):
        residual = effects[at] - value
        part = residual / (spread[at] + tau2)
        q += part * residual
        pressed += part * part
    return CommonMean(value, weight, squares, cubes, q, pressed)


def between_studies(effects: Floats, spread: Floats, how: Tau2) -> float:
    """Return tau squared, at least zero.

    Raises
    ------
    ValueError
        If the iteration does not settle.
    """
    if how is Tau2.NONE:
        return 0.0
    at_zero = common_mean(effects, spread, 0.0)
    trace = at_zero.weight - at_zero.weight_squares / at_zero.weight
    moments = max((at_zero.q - (len(effects) - 1)) / trace, 0.0)
    if how is Tau2.DERSIMONIAN_LAIRD:
        return moments
    found = _settled(ITERATED[how], effects, spread, moments)
    if found < 0:
        raise ValueError(NOT_SETTLED)
    return found


@compiled
def tau2_at(effects: Floats, spread: Floats, q: float) -> float:
    """Return the tau squared that brings Q down to `q`, or zero if it is there already.

    Q is convex in tau squared, so that Newton's steps from zero never overshoot.
    """
    tau2 = 0.0
    for _ in range(MOST_STEPS):
        mean = common_mean(effects, spread, tau2)
        if mean.q <= q:
            break
        step = (mean.q - q) / mean.pressed
        tau2 += step
        if step <= CLOSE_ENOUGH * tau2:
            break
    return tau2


@compiled
def _step(kind: int, mean: CommonMean, degrees: int) -> float:
    if kind == 0:
        return (mean.q - degrees) / mean.pressed if mean.pressed else 0.0
    if kind == 1:
        return (mean.pressed - mean.weight) / mean.weight_squares
    shared = mean.weight_squares / mean.weight
    square = mean.weight_squares - 2 * mean.weight_cubes / mean.weight + shared * shared
    return (mean.pressed - (mean.weight - shared)) / square


@compiled
def _settled(kind: int, effects: Floats, spread: Floats, start: float) -> float:
    """Step until nothing moves, halving where it swings; minus one if it never rests."""
    tau2, part, last = start, 1.0, 0.0
    scale = np.median(spread)
    for _ in range(MOST_STEPS):
        step = _step(kind, common_mean(effects, spread, tau2), len(effects) - 1)
        if step * last < 0:
            part *= 0.5
        moved = max(tau2 + part * step, 0.0)
        last = step
        still = abs(moved - tau2) <= CLOSE_ENOUGH * (scale + moved)
        tau2 = moved
        if still:
            return tau2
    return -1.0

"""Unit and time weights of synthetic difference-in-differences, for many placebos at once."""

import numpy as np
from numpy.typing import NDArray

from samhandling.evaluation.nearest_point import nearest_point, nearest_points
from samhandling.execution.compiled import compiled

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]


@compiled
def difference(
    outcome: Floats, weights: Floats, time_weights: Floats, units: Integers, before: int
) -> float:
    """Return the doubly weighted difference between the mean of `units` and the others."""
    periods = outcome.shape[1]
    found = 0.0
    for i in range(outcome.shape[0]):
        share = -weights[i]
        for unit in units:
            if unit == i:
                share += 1.0 / len(units)
        if share != 0.0:
            change = 0.0
            for t in range(before):
                change -= time_weights[t] * outcome[i, t]
            for t in range(before, periods):
                change += outcome[i, t] / (periods - before)
            found += share * change
    return found


@compiled
def time_products(outcome: Floats, before: int) -> tuple[Floats, Floats]:
    """Return sums, over units, of the periods' differences from the mean after, and of products."""
    n, periods = outcome.shape
    away = np.empty((n, before))
    for i in range(n):
        after = 0.0
        for t in range(before, periods):
            after += outcome[i, t] / (periods - before)
        for t in range(before):
            away[i, t] = outcome[i, t] - after
    return away, away.T.copy() @ away


@compiled
def time_weights_without(
    away: Floats, products: Floats, units: Integers, ridge: float, start: Floats, tolerance: float
) -> tuple[Floats, float]:
    """Weigh periods before so that the donors' weighted change to those after is alike in all."""
    n, before = away.shape
    total, own = np.zeros(before), products.copy()
    for i in range(n):
        total += away[i]
    for unit in units:
        total -= away[unit]
        for s in range(before):
            for t in range(before):
                own[s, t] -= away[unit, s] * away[unit, t]
    for s in range(before):
        for t in range(before):
            own[s, t] -= total[s] * total[t] / (n - len(units))
        own[s, s] += ridge * (n - len(units))
    weights, gap, _ = nearest_point(own, start, tolerance)
    return weights, gap / max(1e-300, np.max(np.diag(own)))


@compiled
def many_differences(
    outcome: Floats, before: int, sets: Integers, ridges: Floats,
    starts: tuple[Floats, Floats], tolerance: float,
) -> tuple[Floats, Floats, Floats, Floats]:  # fmt: skip
    """Evaluate each set of units against all others, with its own unit and time weights.

    Returns effects, unit weights, time weights and relative gaps, one row per set. Inner products
    of units and of periods are computed once; a set subtracts its own.
    """
    count, n = len(sets), len(outcome)
    level = np.zeros((n, before))
    for i in range(n):
        middle = outcome[i, :before].sum() / before
        for t in range(before):
            level[i, t] = outcome[i, t] - middle
    for t in range(before):
        level[:, t] -= level[:, t].sum() / n
    gram = level @ level.T.copy()
    ridge = ridges[0] * before
    weights, gaps = nearest_points(gram, sets, ridge, starts[0], tolerance)
    away, products = time_products(outcome - _period_means(outcome), before)
    effects, times = np.empty(count), np.empty((count, before))
    scale = 4.0 * max(np.max(np.diag(gram)), 1e-300) + ridge
    for k in range(count):
        times[k], own = time_weights_without(
            away, products, sets[k], ridges[1], starts[1], tolerance
        )
        gaps[k] = max(gaps[k] / scale, own)
        effects[k] = difference(outcome, weights[k], times[k], sets[k], before)
    return effects, weights, times, gaps


@compiled
def _period_means(outcome: Floats) -> Floats:
    means = np.zeros((1, outcome.shape[1]))
    for row in outcome:
        means[0] += row / len(outcome)
    return means

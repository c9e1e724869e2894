"""The point of a polytope nearest the origin, by its corners' inner products; compiled loops."""

import numpy as np
from numpy.typing import NDArray

from samhandling.execution.compiled import compiled

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]

FLOOR = 1e-13
"""Share of its size below which a pivot is rounding: the corner lies among those already in use."""
STEPS_PER_CORNER = 20


@compiled
def nearest_point(gram: Floats, start: Floats, tolerance: float) -> tuple[Floats, float, int]:
    """Return the weights of the corners, the duality gap and the number of steps.

    `gram` holds the corners' inner products; a ridge is a larger diagonal. Wolfe's algorithm: keep
    affinely independent corners, go to the nearest point of their affine hull, let go of corners
    that would get a negative weight, take in the corner that lies furthest ahead.
    """
    n = gram.shape[0]
    weights = start.copy()
    scale, shift = 0.0, 0.0
    for j in range(n):
        scale = max(scale, gram[j, j])
        shift += gram[j, j] / n
    passive = np.empty(n, dtype=np.int64)
    size = 0
    for j in range(n):
        if weights[j] > 0:
            passive[size] = j
            size += 1
    factor = np.zeros((n, n))
    if scale == 0.0:
        return weights / weights.sum(), 0.0, 0
    size = _refactor(gram, shift, passive, size, factor, weights)
    best, gap, steps = np.inf, np.inf, 0
    kept = weights.copy()
    while steps < STEPS_PER_CORNER * n + 100:
        size, taken = _to_affine_minimum(gram, shift, passive, size, factor, weights)
        steps += taken
        value, entering, lowest = _furthest_ahead(gram, passive, size, weights)
        if value >= best:
            return kept, gap, steps
        best, gap = value, value - lowest
        kept[:] = weights
        if gap <= tolerance * scale:
            return kept, max(gap, 0.0), steps
        passive[size] = entering
        if not _append(gram, shift, passive, size, factor):
            return kept, gap, steps
        size += 1
    return kept, gap, steps


@compiled
def _furthest_ahead(
    gram: Floats, passive: Integers, size: int, weights: Floats
) -> tuple[float, int, float]:
    """Return the squared distance, the corner to take in, and its inner product."""
    n = gram.shape[0]
    value, entering, lowest = 0.0, 0, np.inf
    product = np.zeros(n)
    for a in range(size):
        row, weight = gram[passive[a]], weights[passive[a]]
        for j in range(n):
            product[j] += weight * row[j]
    for j in range(n):
        value += weights[j] * product[j]
        if product[j] < lowest:
            entering, lowest = j, product[j]
    return value, entering, lowest


@compiled
def _to_affine_minimum(
    gram: Floats, shift: float, passive: Integers, size: int, factor: Floats, weights: Floats
) -> tuple[int, int]:
    """Move to the nearest point of the affine hull, dropping corners on the way; in place."""
    taken = 0
    while True:
        taken += 1
        goal = _affine_minimum(factor, size)
        stride, leaving = 1.0, -1
        for a in range(size):
            if goal[a] <= 0.0:
                held = weights[passive[a]]
                reach = held / (held - goal[a]) if held > goal[a] else 0.0
                if leaving < 0 or reach < stride:
                    stride, leaving = reach, a
        for a in range(size):
            weights[passive[a]] += stride * (goal[a] - weights[passive[a]])
        if leaving < 0 or size == 1:
            return size, taken
        weights[passive[leaving]] = 0.0
        for a in range(leaving, size - 1):
            passive[a] = passive[a + 1]
        size = _refactor(gram, shift, passive, size - 1, factor, weights)


@compiled
def _affine_minimum(factor: Floats, size: int) -> Floats:
    """Return weights that sum to one and make the hull's point nearest the origin."""
    solved = np.ones(size)
    for a in range(size):
        for b in range(a):
            solved[a] -= factor[a, b] * solved[b]
        solved[a] /= factor[a, a]
    for a in range(size - 1, -1, -1):
        for b in range(a + 1, size):
            solved[a] -= factor[b, a] * solved[b]
        solved[a] /= factor[a, a]
    solved /= solved.sum()
    return solved


@compiled
def _append(gram: Floats, shift: float, passive: Integers, at: int, factor: Floats) -> bool:
    """Extend the Cholesky factor by the corner at `at`; False if it depends on those before."""
    corner = passive[at]
    for b in range(at):
        entry = gram[corner, passive[b]] + shift
        for c in range(b):
            entry -= factor[at, c] * factor[b, c]
        factor[at, b] = entry / factor[b, b]
    whole = gram[corner, corner] + shift
    pivot = whole
    for c in range(at):
        pivot -= factor[at, c] ** 2
    if pivot <= FLOOR * whole:
        return False
    factor[at, at] = np.sqrt(pivot)
    return True


@compiled
def _refactor(
    gram: Floats, shift: float, passive: Integers, size: int, factor: Floats, weights: Floats
) -> int:
    """Factor anew, leaving out corners that depend on others; weights again sum to one."""
    kept = 0
    for a in range(size):
        passive[kept] = passive[a]
        if _append(gram, shift, passive, kept, factor):
            kept += 1
        else:
            weights[passive[a]] = 0.0
    total = weights.sum()
    if total > 0.0:
        weights /= total
    else:
        weights[passive[0]] = 1.0
    return kept


@compiled
def nearest_points(
    gram: Floats, left_out: Integers, ridge: float, start: Floats, tolerance: float
) -> tuple[Floats, Floats]:
    """Approach the mean of each set of units by the others; one row of weights per set.

    `gram` holds the units' inner products, computed once; each set costs n squared and its own
    steps, begun from the weights in `start`.
    """
    sets, n = left_out.shape[0], gram.shape[0]
    weights, gaps = np.zeros((sets, n)), np.zeros(sets)
    for k in range(sets):
        units = left_out[k]
        others = _without(n, units)
        own = _centred(gram, others, units)
        first = start[others]
        for a in range(len(others)):
            own[a, a] += ridge
        if first.sum() <= 0.0:
            first[:] = 0.0
            first[np.argmin(np.diag(own))] = 1.0
        found, gap, _ = nearest_point(own, first / first.sum(), tolerance)
        gaps[k] = gap
        for a in range(len(others)):
            weights[k, others[a]] = found[a]
    return weights, gaps


@compiled
def _without(n: int, units: Integers) -> Integers:
    inside = np.ones(n, dtype=np.bool_)
    for unit in units:
        inside[unit] = False
    return np.flatnonzero(inside)


@compiled
def _centred(gram: Floats, others: Integers, units: Integers) -> Floats:
    """Return inner products of the others' differences from the mean of `units`."""
    toward, square = np.zeros(gram.shape[0]), 0.0
    for unit in units:
        toward += gram[unit] / len(units)
    for unit in units:
        square += toward[unit] / len(units)
    size = len(others)
    own = np.empty((size, size))
    for a in range(size):
        for b in range(size):
            own[a, b] = gram[others[a], others[b]] - toward[others[a]] - toward[others[b]] + square
    return own

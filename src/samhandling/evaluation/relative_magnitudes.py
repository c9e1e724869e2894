"""Which effects agree with trends that part no faster than they did before: tests and their limits.

Say that one change before the start, with its sign, was the largest. What is known of the effect is
then a set of inequalities in two numbers, the estimate and that change, so that every linear
programme of the general method has one of four answers that can be written down.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import log_ndtr
from scipy.stats import norm

from samhandling.evaluation.parted_trends import Estimates

Floats = NDArray[np.float64]
Yes = NDArray[np.bool_]

FIRST_STAGE = 0.1
DIRECTIONS = 720
HALVINGS, NEWTON, CLOSE = 40, 50, 1e-12
ON_THE_WAY = 801
FAR = 8.0
NEGLIGIBLE = 1e6
PARALLEL = 1e-9


@dataclass(frozen=True, slots=True, eq=False)
class MomentTest:
    """What must be at most zero if the effect is theta, for each change that may be the largest.

    Attributes
    ----------
    lines : ndarray of float64, shape (n_cases, 4, 2)
        Each, times (estimate - theta, largest change), is one vertex of the dual programme.
    points : ndarray of float64, shape (n_cases, 2)
        The estimate and the largest change.
    spread : ndarray of float64, shape (n_cases, 2, 2)
        Their covariance.
    parted : float
        How many times the largest change the effect may differ from the estimate.
    cut : ndarray of float64, shape (n_cases,)
        Above it a statistic is rejected without conditioning on anything.
    size : float
        Of the conditional test that follows.
    """

    lines: Floats
    points: Floats
    spread: Floats
    parted: float
    cut: Floats
    size: float


def moment_test(
    estimates: Estimates, multiple: float, level: float, *, first: float = FIRST_STAGE
) -> MomentTest:
    """Return the test for every change before the start and each sign of it.

    Parameters
    ----------
    estimates : Estimates
    multiple : float
        How many times the largest change the trends may part by in each period.
    level : float
    first : float, default 0.1
        Share of the level spent on the test that conditions on nothing; 0 for the conditional
        test alone.
    """
    changes, before = estimates.changes, estimates.before
    largest = np.concatenate([changes[:before], -changes[:before]])
    # The effect is a sum of steps after the reference.
    shares = np.cumsum(estimates.weights[::-1])[::-1]
    parted = float(multiple * np.abs(shares).sum())
    lines = _lines(estimates, multiple * largest, shares)
    lines[..., 1] *= multiple
    rows = np.stack([np.broadcast_to(estimates.contrast, largest.shape), largest], axis=1)
    spread = rows @ estimates.covariance @ np.swapaxes(rows, 1, 2)
    spent = first * level
    cut = least_favourable(lines, spread, spent) if spent else np.full(len(largest), np.inf)
    size = (level - spent) / (1 - spent)
    return MomentTest(lines, rows @ estimates.values, spread, parted, cut, size)


def _lines(estimates: Estimates, allowed: Floats, shares: Floats) -> Floats:
    """Return the vertices, per unit of what may be allowed, shape (n_cases, 4, 2)."""
    steps = estimates.changes[estimates.before :]
    up = _errors(steps - allowed[:, None], estimates.covariance)
    down = _errors(steps + allowed[:, None], estimates.covariance)
    size = np.abs(shares)
    above, below = np.where(shares > 0, up, down) @ size, np.where(shares > 0, down, up) @ size
    none, both = np.zeros(len(allowed)), up + down
    # Of the vertices that only ask whether the change is positive, two can be the largest.
    return np.stack([
        np.stack([1 / above, -size.sum() / above], axis=1),
        np.stack([-1 / below, -size.sum() / below], axis=1),
        np.stack([none, -2 / both.min(axis=1)], axis=1),
        np.stack([none, -2 / both.max(axis=1)], axis=1),
    ], axis=1)  # fmt: skip


def least_favourable(lines: Floats, spread: Floats, share: float) -> Floats:
    """Return the value that the largest statistic exceeds with probability `share` at most.

    The statistics are linear in two normal numbers; in polar coordinates the probability is an
    integral over directions. Shape (n_cases,).
    """
    values, vectors = np.linalg.eigh(spread)
    root = vectors * np.sqrt(np.maximum(values, 0.0))[:, None, :]
    angle = 2 * np.pi * (np.arange(DIRECTIONS) + 0.5) / DIRECTIONS
    slope = (lines @ root @ np.stack([np.cos(angle), np.sin(angle)])).max(axis=1)
    most = slope.max(axis=1, keepdims=True)
    decay = 0.5 / np.maximum(slope, most / NEGLIGIBLE) ** 2
    # One statistic alone would exceed this; the logarithm of the probability is convex in the
    # square, so that Newton's steps from here never overshoot.
    square = (most * norm.isf(share)) ** 2
    for _ in range(NEWTON):
        left = np.exp(-square * decay)
        chance, slowness = left.mean(axis=1, keepdims=True), (left * decay).mean(axis=1)
        step = np.log(chance / share) * chance / slowness[:, None]
        square += step
        if (step <= CLOSE * square).all():
            break
    return np.asarray(np.sqrt(square[:, 0]))


def accepted(test: MomentTest, theta: Floats) -> Yes:
    """Tell which effects are not rejected, whichever change was the largest."""
    here, change = test.points[:, 0, None] - theta, test.points[:, 1, None]
    statistics = test.lines @ np.stack([here, np.broadcast_to(change, here.shape)], axis=1)
    largest = statistics.max(axis=1)
    covariance = test.lines @ test.spread @ np.swapaxes(test.lines, 1, 2)
    low, high, error = _truncation(statistics, covariance)
    cut = test.cut[:, None]
    p_value = _truncated(largest / error, low / error, np.minimum(high, cut) / error)
    rejected = (largest > cut) | ((largest > 0) & (p_value < test.size))
    return np.asarray((~rejected).any(axis=0))


def limits(estimates: Estimates, multiple: float, level: float) -> tuple[float, float]:
    """Return the least and the greatest effect that is not rejected."""
    test = moment_test(estimates, multiple, level)
    middle = float(test.points[0, 0])
    unsure = np.sqrt(test.spread[:, [0, 1], [0, 1]]) @ np.array([1.0, test.parted])
    away = float(test.parted * np.abs(test.points[:, 1]).max() + FAR * unsure.max())
    while accepted(test, np.array([middle - away, middle + away])).any():
        away *= 2
    theta = np.linspace(middle - away, middle + away, ON_THE_WAY)
    inside = theta[accepted(test, theta)]
    held, step = inside[[0, -1]], np.array([-1.0, 1.0]) * (theta[1] - theta[0])
    for _ in range(HALVINGS):
        step = step / 2
        held = np.where(accepted(test, held + step), held + step, held)
    return float(held[0]), float(held[1])


def _errors(rows: Floats, covariance: Floats) -> Floats:
    return np.asarray(np.sqrt(np.einsum("kti,ij,ktj->kt", rows, covariance, rows)))


def _truncation(statistics: Floats, covariance: Floats) -> tuple[Floats, Floats, Floats]:
    """Return between which values the largest stays the largest, and its error.

    Each of shape (n_cases, n_effects); the part of the statistics that is independent of the
    largest is held where it is.
    """
    which = statistics.argmax(axis=1)
    largest = statistics.max(axis=1)
    cases = np.arange(len(statistics))[:, None]
    variance = np.maximum(covariance[cases, which, which], np.finfo(float).tiny)
    ratio = np.moveaxis(covariance[cases, which], 2, 1) / variance[:, None]
    same = np.abs(1 - ratio) < PARALLEL
    crossing = (statistics - ratio * largest[:, None]) / np.where(same, 1.0, 1 - ratio)
    low = np.where(~same & (ratio < 1), crossing, -np.inf).max(axis=1)
    high = np.where(~same & (ratio > 1), crossing, np.inf).min(axis=1)
    return low, high, np.sqrt(variance)


def _truncated(value: Floats, low: Floats, high: Floats) -> Floats:
    """Return the chance that a standard normal number between `low` and `high` exceeds `value`."""
    base = log_ndtr(-low)
    over = np.exp(np.minimum(log_ndtr(-high) - base, 0.0))
    left = np.exp(np.minimum(log_ndtr(-value) - base, 0.0)) - over
    some = over < 1
    return np.where(some, left / np.where(some, 1 - over, 1.0), 0.0)

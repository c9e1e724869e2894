"""The shortest interval of fixed length when the difference of trends bends only so much."""

from dataclasses import dataclass
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from samhandling.evaluation.parted_trends import Estimates

Floats = NDArray[np.float64]

CLOSE = 1e-13
ROUNDS = 500
NEWTON = 100
NORMAL = NormalDist()


@dataclass(frozen=True, slots=True, eq=False)
class FixedLength:
    """An estimator linear in the estimates, with the interval around it.

    Attributes
    ----------
    weights : ndarray of float64, shape (n_times,)
        Of the estimates; those after the reference as asked for.
    value : float
    standard_error : float
    bias : float
        The largest there can be.
    half_length : float
    """

    weights: Floats
    value: float
    standard_error: float
    bias: float
    half_length: float


def folded_normal_quantile(shift: float, confidence: float) -> float:
    """Return the quantile of the size of a normal number with mean `shift` and variance 1.

    Examples
    --------
    >>> round(folded_normal_quantile(0.0, 0.95), 3), round(folded_normal_quantile(3.0, 0.95), 3)
    (1.96, 4.645)
    """
    shift = abs(shift)
    # The probability rises ever slower above this start, so that Newton's steps never overshoot.
    at = shift + NORMAL.inv_cdf(confidence)
    for _ in range(NEWTON):
        missing = confidence - NORMAL.cdf(at - shift) + NORMAL.cdf(-at - shift)
        step = missing / (NORMAL.pdf(at - shift) + NORMAL.pdf(at + shift))
        at += step
        if abs(step) <= CLOSE * at:
            break
    return at


def bend_after(estimates: Estimates) -> float:
    """Return how much the effect is off for each unit that every slope after the start may bend."""
    steps = np.arange(1, len(estimates.weights) + 1)
    return float(sum(
        abs((estimates.weights[at:] * (steps[at:] - at)).sum()) for at in range(len(steps))
    ))  # fmt: skip


def extrapolated(estimates: Estimates) -> Floats:
    """Return weights that subtract the last slope before the start, drawn out in time."""
    steps = np.arange(1, len(estimates.weights) + 1)
    last = estimates.changes[estimates.before - 1]
    return np.asarray(estimates.contrast - float(estimates.weights @ steps) * last)


def fixed_length(estimates: Estimates, smoothness: float, confidence: float) -> FixedLength:
    """Return the shortest interval over all estimators linear in the estimates.

    Any such estimator without unlimited bias is the line drawn out from the last slope plus some of
    each bend before the start; its largest bias is the sum of their sizes times `smoothness`.
    """
    base, bends = extrapolated(estimates), estimates.bends[: estimates.before - 1]
    most = _Problem(
        bends @ estimates.covariance @ bends.T, bends @ estimates.covariance @ base,
        float(base @ estimates.covariance @ base), bend_after(estimates), smoothness, confidence,
    )  # fmt: skip
    used = most.solved()
    error, bias = most.error(used), most.bias(np.abs(used).sum())
    weights = base + used @ bends
    half = error * folded_normal_quantile(bias / error, confidence)
    return FixedLength(weights, float(weights @ estimates.values), error, bias, half)


@dataclass(frozen=True, slots=True, eq=False)
class _Problem:
    """Half the length, as a function of how much of each bend is used: convex."""

    square: Floats
    cross: Floats
    constant: float
    after: float
    smoothness: float
    confidence: float

    def error(self, used: Floats) -> float:
        variance = float(used @ self.square @ used + 2 * self.cross @ used) + self.constant
        return float(np.sqrt(max(variance, np.finfo(float).tiny)))

    def bias(self, size: float) -> float:
        return float(self.smoothness * (self.after + size))

    def solved(self) -> Floats:
        """Return the best use of each bend."""
        n = len(self.cross)
        straight = np.asarray(-np.linalg.lstsq(self.square, self.cross, rcond=None)[0], dtype=float)
        if n == 0 or self.smoothness == 0.0:
            return straight
        start = self._shorter(np.zeros(n), straight)
        scale = self.half_length(_parts(start))[0]

        def scaled(parts: Floats) -> tuple[float, Floats]:
            half, slope = self.half_length(parts)
            return half / scale, slope / scale

        found = minimize(
            scaled, _parts(start), jac=True, bounds=[(0, None)] * (2 * n), method="SLSQP",
            options={"ftol": CLOSE, "maxiter": ROUNDS},
        ).x  # fmt: skip
        return self._shorter(found[:n] - found[n:], start)

    def _shorter(self, one: Floats, other: Floats) -> Floats:
        first, second = (self.half_length(_parts(used))[0] for used in (one, other))
        return one if first <= second else other

    def half_length(self, parts: Floats) -> tuple[float, Floats]:
        """Return half the length and its slope, in the positive and the negative parts used."""
        n = len(self.cross)
        used = parts[:n] - parts[n:]
        error, bias = self.error(used), self.bias(parts.sum())
        reach = folded_normal_quantile(bias / error, self.confidence)
        by_bias = float(np.tanh(reach * bias / error))
        by_error = reach - by_bias * bias / error
        slope = by_error * (self.square @ used + self.cross) / error
        return error * reach, np.concatenate([slope, -slope]) + by_bias * self.smoothness


def _parts(used: Floats) -> Floats:
    return np.concatenate([np.maximum(used, 0.0), np.maximum(-used, 0.0)])

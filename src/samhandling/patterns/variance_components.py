"""How much true values differ beyond sampling error: between studies, or between areas.

Each estimate has a known sampling variance; tau squared is the variance of what it estimates.
Many sets of estimates are fitted at once.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

MOST_STEPS = 500
CLOSE_ENOUGH = 1e-12
NOT_SETTLED = (
    f"tau squared did not settle in {MOST_STEPS} steps; use Tau2.DERSIMONIAN_LAIRD, "
    "which needs none."
)


class Tau2(StrEnum):
    """Estimators of the variance of true values."""

    NONE = "none"
    DERSIMONIAN_LAIRD = "dersimonian_laird"
    PAULE_MANDEL = "paule_mandel"
    MAXIMUM_LIKELIHOOD = "maximum_likelihood"
    REML = "reml"


@dataclass(frozen=True, slots=True)
class Fit:
    """Weighted least squares of many sets of effects on the same columns.

    Shapes: `coefficients` (n_sets, n_columns), `covariance` (n_sets, n_columns, n_columns),
    `weights` and `residuals` (n_sets, n_studies).
    """

    coefficients: Floats
    covariance: Floats
    weights: Floats
    residuals: Floats
    columns: Floats

    @property
    def q(self) -> Floats:
        """Weighted sum of squared residuals; Cochran's Q when tau squared is zero."""
        total: Floats = (self.weights * self.residuals**2).sum(axis=1)
        return total

    @property
    def pressed(self) -> Floats:
        """Sum of the squared entries of P y, where P = W - W X (X' W X)^-1 X' W."""
        total: Floats = ((self.weights * self.residuals) ** 2).sum(axis=1)
        return total

    @property
    def trace(self) -> Floats:
        """Trace of P."""
        total: Floats = self.weights.sum(axis=1) - _trace(self.covariance @ self._moment(2))
        return total

    @property
    def trace_of_square(self) -> Floats:
        """Trace of P P."""
        second = self.covariance @ self._moment(2)
        third = self.covariance @ self._moment(3)
        total: Floats = (self.weights**2).sum(axis=1) - 2 * _trace(third) + _trace(second @ second)
        return total

    def _moment(self, power: int) -> Floats:
        return _moment(self.weights**power, self.columns)


def _moment(weights: Floats, columns: Floats) -> Floats:
    moment: Floats = np.swapaxes(weights[:, :, None] * columns, 1, 2) @ columns
    return moment


def _trace(matrices: Floats) -> Floats:
    traces: Floats = np.trace(matrices, axis1=1, axis2=2)
    return traces


def fit(estimates: Floats, variances: Floats, columns: Floats, tau2: Floats) -> Fit:
    """Fit with weights 1 / (variance + tau squared).

    Parameters
    ----------
    estimates : ndarray, shape (n_sets, n_studies)
    variances : ndarray, shape (n_studies,)
    columns : ndarray, shape (n_studies, n_columns)
    tau2 : ndarray, shape (n_sets,)
    """
    weights = 1 / (variances + tau2[:, None])
    covariance: Floats = np.asarray(np.linalg.inv(_moment(weights, columns)), dtype=np.float64)
    right = (weights * estimates) @ columns
    coefficients = (covariance @ right[:, :, None])[:, :, 0]
    return Fit(coefficients, covariance, weights, estimates - coefficients @ columns.T, columns)


def tau_squared(estimates: Floats, variances: Floats, columns: Floats, how: Tau2) -> Floats:
    """Return tau squared for each set of effects, at least zero.

    Parameters
    ----------
    estimates : ndarray, shape (n_sets, n_studies)
    variances : ndarray, shape (n_studies,)
    columns : ndarray, shape (n_studies, n_columns)
    how : Tau2

    Returns
    -------
    ndarray, shape (n_sets,)

    Raises
    ------
    ValueError
        If the iteration does not settle.
    """
    start = np.zeros(len(estimates))
    if how is Tau2.NONE:
        return start
    at_zero = fit(estimates, variances, columns, start)
    degrees = columns.shape[0] - columns.shape[1]
    moments: Floats = np.maximum((at_zero.q - degrees) / at_zero.trace, 0.0)
    if how is Tau2.DERSIMONIAN_LAIRD:
        return moments
    return _iterated(STEPS[how], estimates, variances, columns, moments)


def _paule_mandel_step(fitted: Fit) -> Floats:
    """Newton towards the tau squared at which Q equals its degrees of freedom."""
    studies, columns = fitted.columns.shape
    alike = fitted.pressed == 0
    step: Floats = (fitted.q - (studies - columns)) / np.where(alike, np.inf, fitted.pressed)
    return step


def _likelihood_step(fitted: Fit) -> Floats:
    weights = fitted.weights
    step: Floats = (fitted.pressed - weights.sum(axis=1)) / (weights**2).sum(axis=1)
    return step


def _restricted_step(fitted: Fit) -> Floats:
    step: Floats = (fitted.pressed - fitted.trace) / fitted.trace_of_square
    return step


STEPS: dict[Tau2, Callable[[Fit], Floats]] = {
    Tau2.PAULE_MANDEL: _paule_mandel_step,
    Tau2.MAXIMUM_LIKELIHOOD: _likelihood_step,
    Tau2.REML: _restricted_step,
}


def _iterated(
    step_of: Callable[[Fit], Floats],
    estimates: Floats,
    variances: Floats,
    columns: Floats,
    start: Floats,
) -> Floats:
    """Step until no set moves; a set that swings from side to side takes half steps."""
    tau2, still = start.copy(), np.arange(len(start))
    part, last = np.ones(len(start)), np.zeros(len(start))
    scale = float(np.median(variances))
    for _ in range(MOST_STEPS):
        step = step_of(fit(estimates[still], variances, columns, tau2[still]))
        part[still] *= np.where(np.sign(step) * np.sign(last[still]) < 0, 0.5, 1.0)
        moved = np.maximum(tau2[still] + part[still] * step, 0.0)
        last[still] = step
        moving = np.abs(moved - tau2[still]) > CLOSE_ENOUGH * (scale + moved)
        tau2[still] = moved
        still = still[moving]
        if not still.size:
            return tau2
    raise ValueError(NOT_SETTLED)

"""Quasi-Poisson regressions of very many series on the same columns, at once."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

MOST_STEPS = 30
CLOSE_ENOUGH = 1e-10
LEAST_LINE, MOST_LINE = -25.0, 25.0
LEAST_CURVE = 1e-10


@dataclass(frozen=True, slots=True, eq=False)
class QuasiPoisson:
    """Fits with a log link.

    Shapes: `coefficients` (n_series, n_columns), `covariance` (n_series, n_columns, n_columns)
    without dispersion, `counts`, `weights` and `mean` (n_series, n_weeks), `dispersion`
    (n_series,), at least one.
    """

    coefficients: Floats
    covariance: Floats
    columns: Floats
    counts: Floats
    weights: Floats
    mean: Floats
    dispersion: Floats
    degrees: int

    def at(self, row: Floats) -> tuple[Floats, Floats]:
        """Return the expected count at a row of the columns, and its standard error."""
        mean = np.exp(np.clip(self.coefficients @ row, LEAST_LINE, MOST_LINE))
        variance = np.einsum("j,sjk,k->s", row, self.covariance, row) * self.dispersion
        return mean, mean * np.sqrt(variance)

    def standard_error(self, column: int) -> Floats:
        """Return the standard error of one coefficient."""
        variance = self.covariance[:, column, column] * self.dispersion
        error: Floats = np.sqrt(variance)
        return error

    def weights_against_outliers(self, threshold: float) -> Floats:
        """Return weights that are lower where the Anscombe residual exceeds `threshold`."""
        leverage = (
            np.einsum("nj,sjk,nk->sn", self.columns, self.covariance, self.columns)
            * self.mean * self.weights
        )  # fmt: skip
        residual = 1.5 * (self.counts ** (2 / 3) * self.mean ** (-1 / 6) - np.sqrt(self.mean))
        scaled = residual / np.sqrt(self.dispersion[:, None] * np.maximum(1 - leverage, 1e-9))
        lower = np.where(scaled > threshold, 1 / np.maximum(scaled, 1e-9) ** 2, 1.0)
        weights: Floats = lower * (lower.shape[1] / lower.sum(axis=1, keepdims=True))
        return weights


def quasi_poisson(counts: Floats, columns: Floats, weights: Floats) -> QuasiPoisson:
    """Fit every series by iteratively reweighted least squares.

    Parameters
    ----------
    counts, weights : ndarray, shape (n_series, n_weeks)
    columns : ndarray, shape (n_weeks, n_columns)
    """
    width = columns.shape[1]
    products = (columns[:, :, None] * columns[:, None, :]).reshape(len(columns), -1)
    line = np.log(counts + 0.1)
    still = np.arange(len(counts))
    coefficients = np.zeros((len(counts), width))
    for _ in range(MOST_STEPS):
        mean = np.exp(line[still])
        inner = weights[still] * mean
        curve = (inner @ products).reshape(-1, width, width) + LEAST_CURVE * np.eye(width)
        right = (inner * (line[still] + (counts[still] - mean) / mean)) @ columns
        found = np.linalg.solve(curve, right[:, :, None])[:, :, 0]
        moved = np.abs(found - coefficients[still]).max(axis=1)
        coefficients[still] = found
        line[still] = np.clip(found @ columns.T, LEAST_LINE, MOST_LINE)
        # A part of the year without events drifts towards minus infinity; its mean has settled.
        settled = np.abs(np.exp(line[still]) - mean).max(axis=1) < CLOSE_ENOUGH * (
            1 + mean.max(axis=1)
        )
        still = still[~(settled | (moved < CLOSE_ENOUGH))]
        if not still.size:
            break
    mean = np.exp(line)
    inner = weights * mean
    curve = (inner @ products).reshape(-1, width, width) + LEAST_CURVE * np.eye(width)
    degrees = len(columns) - width
    pearson = (weights * (counts - mean) ** 2 / mean).sum(axis=1) / degrees
    covariance = np.asarray(np.linalg.inv(curve), dtype=np.float64)
    dispersion = np.maximum(pearson, 1.0)
    return QuasiPoisson(
        coefficients, covariance, columns, counts, weights, mean, dispersion, degrees
    )

"""Regression of a series in time: the design, the fit and errors that allow for dependence."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

ROUNDS = 200
CLOSE = 1e-10


@dataclass(frozen=True, slots=True, eq=False)
class Fitted:
    """Coefficients, their covariance, and the residuals' first autocorrelation."""

    coefficients: Floats
    covariance: Floats
    autocorrelation: float
    degrees_of_freedom: int


def least_squares(design: Floats, outcome: Floats, lags: int, *, corrected: bool) -> Fitted:
    """Fit by least squares with Newey and West's covariance."""
    inverse = np.linalg.inv(design.T @ design)
    coefficients = _solved(design, outcome)
    residuals = outcome - design @ coefficients
    middle = long_run(design * residuals[:, None], lags)
    covariance = inverse @ middle @ inverse * _correction(design, corrected=corrected)
    return Fitted(coefficients, covariance, autocorrelation(residuals), _freedom(design))


def long_run(scores: Floats, lags: int) -> Floats:
    """Return the scores' covariance with Bartlett's weights up to `lags`.

    Periods so many steps apart share all but that many of the windows of 1 + `lags` periods: the
    weights are those of the windows' sums.
    """
    padding = np.zeros((lags + 1, scores.shape[1]))
    passed = np.concatenate([padding, scores, padding[1:]]).cumsum(axis=0)
    windows = passed[lags + 1 :] - passed[: -lags - 1]
    return np.asarray(windows.T @ windows / (lags + 1))


def poisson(design: Floats, counts: Floats, lags: int, *, corrected: bool) -> Fitted:
    """Fit a log-linear model of counts by Newton's method, with Newey and West's covariance.

    Raises
    ------
    ValueError
        If there is no finite optimum, as when one side of the start has no events.
    """
    coefficients = _solved(design, np.log(counts + 0.5))
    for _ in range(ROUNDS):
        mean = np.exp(np.clip(design @ coefficients, -50, 50))
        information = (design * mean[:, None]).T @ design
        step = np.linalg.solve(information, design.T @ (counts - mean))
        coefficients = coefficients + np.clip(step, -5, 5)
        if np.abs(step).max() < CLOSE:
            break
    else:
        message = (
            "The Poisson model has no finite optimum; some period of the year or one side of the "
            "start has no events. Use longer periods or fewer terms."
        )
        raise ValueError(message)
    mean = np.exp(design @ coefficients)
    inverse = np.linalg.inv((design * mean[:, None]).T @ design)
    middle = long_run(design * (counts - mean)[:, None], lags)
    pearson = (counts - mean) / np.sqrt(mean)
    covariance = inverse @ middle @ inverse * _correction(design, corrected=corrected)
    return Fitted(coefficients, covariance, autocorrelation(pearson), _freedom(design))


def prais_winsten(design: Floats, outcome: Floats) -> Fitted:
    """Fit by generalised least squares with residuals that follow each other (AR 1)."""
    coefficients = _solved(design, outcome)
    rho = autocorrelation(outcome - design @ coefficients)
    for _ in range(ROUNDS):
        before = rho
        coefficients = _solved(_filtered(design, rho), _filtered(outcome, rho))
        rho = autocorrelation(outcome - design @ coefficients)
        if abs(rho - before) < CLOSE:
            break
    x, y = _filtered(design, rho), _filtered(outcome, rho)
    coefficients = _solved(x, y)
    residuals = y - x @ coefficients
    variance = float(residuals @ residuals) / (len(y) - x.shape[1])
    return Fitted(coefficients, variance * np.linalg.inv(x.T @ x), rho, _freedom(design))


def autocorrelation(residuals: Floats) -> float:
    """Return the first autocorrelation, kept inside the region where a series stays bounded."""
    square = float(residuals @ residuals)
    if square == 0.0:
        return 0.0
    return float(np.clip(residuals[1:] @ residuals[:-1] / square, -0.99, 0.99))


def _filtered(values: Floats, rho: float) -> Floats:
    first = np.sqrt(1 - rho**2) * values[:1]
    return np.concatenate([first, values[1:] - rho * values[:-1]])


def _solved(design: Floats, outcome: Floats) -> Floats:
    return np.asarray(np.linalg.lstsq(design, outcome, rcond=None)[0], dtype=np.float64)


def _freedom(design: Floats) -> int:
    return int(design.shape[0] - design.shape[1])


def _correction(design: Floats, *, corrected: bool) -> float:
    return len(design) / _freedom(design) if corrected else 1.0

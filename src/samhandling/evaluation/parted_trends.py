"""Estimates by time since the start, and how the trends behind them may have parted."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from samhandling.evaluation.event_study import EventStudy
from samhandling.space import checked

Floats = NDArray[np.float64]

LEAST_SPREAD = 1e-9


@dataclass(frozen=True, slots=True, eq=False)
class Estimates:
    """What an event study found, in order of time, and the effect asked for.

    Attributes
    ----------
    values : ndarray of float64, shape (n_times,)
        Without the reference, where the value is zero.
    covariance : ndarray of float64, shape (n_times, n_times)
    before : int
        How many of the times come before the reference; at least one.
    weights : ndarray of float64, shape (n_times - before,)
        Of the times after the reference, in the effect asked for.
    """

    values: Floats
    covariance: Floats
    before: int
    weights: Floats

    @property
    def contrast(self) -> Floats:
        """Weights of all estimates in the effect, were trends parallel."""
        return np.concatenate([np.zeros(self.before), self.weights])

    @property
    def changes(self) -> Floats:
        """Rows that take the change from each time to the next, shape (n_times, n_times)."""
        with_reference = np.eye(len(self.values) + 1)
        return np.delete(np.diff(with_reference, axis=0), self.before, axis=1)

    @property
    def bends(self) -> Floats:
        """Rows that take the change of slope at each time but the first and last."""
        return np.diff(self.changes, axis=0)

    def error_of(self, row: Floats) -> float:
        """Return the standard error of a linear combination of the estimates."""
        return float(np.sqrt(row @ self.covariance @ row))


def estimates_of(study: EventStudy, weights: ArrayLike | None) -> Estimates:
    """Return the estimates of a study with the weights asked for.

    Raises
    ------
    ValueError
        If no time comes before the reference, a time between is missing, or weights do not fit.
    """
    if not study.before.any():
        message = "There is no period before the reference, so no change to measure by."
        raise ValueError(message)
    times = np.sort(np.append(study.event_time, study.reference))
    jump = np.flatnonzero(np.diff(times) != 1)
    if jump.size or (np.diff(study.event_time) <= 0).any():
        at = times[jump[0]] if jump.size else times[0]
        message = f"Event times after {at} do not follow one by one; changes need every period."
        raise ValueError(message)
    # A spread of nothing at all would leave no direction to be unsure in.
    scale = max(float(np.abs(study.values).max()), float(study.standard_errors.max())) or 1.0
    steady = study.covariance + np.eye(len(times) - 1) * (LEAST_SPREAD * scale) ** 2
    full = np.zeros(len(times) - 1)
    full[study.after] = _weights(weights, int(study.after.sum()))
    before = int(study.before.sum())
    return Estimates(study.values, steady, before, full[before:])


def _weights(weights: ArrayLike | None, after: int) -> Floats:
    if weights is None:
        return np.full(after, 1 / after)
    given = checked.finite(weights, "weights")
    if len(given) != after:
        message = f"weights has {len(given)} entries for {after} times after the start."
        raise ValueError(message)
    if not given.any():
        message = "All weights are zero; give at least one time after the start some weight."
        raise ValueError(message)
    return given

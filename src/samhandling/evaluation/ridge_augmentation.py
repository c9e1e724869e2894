"""The ridge correction of a synthetic control, and how large it should be."""

import numpy as np
from numpy.typing import NDArray

from samhandling.evaluation.simplex_weights import simplex_weights

Floats = NDArray[np.float64]

PENALTIES = 30


def augmented_weights(earlier: Floats, goal: Floats, simple: Floats, penalty: float) -> Floats:
    """Return weights corrected by ridge regression on the outcomes before the start.

    `earlier` has one row per donor. The correction sums to zero, so that the weights sum to one.
    """
    centred = earlier - earlier.mean(axis=0)
    left = goal - simple @ earlier
    # Of the two equal forms, the one whose system is smaller.
    if len(earlier) < earlier.shape[1]:
        inner = centred @ centred.T + penalty * np.eye(len(earlier))
        return np.asarray(simple + np.linalg.solve(inner, centred @ left))
    inner = centred.T @ centred + penalty * np.eye(earlier.shape[1])
    return np.asarray(simple + centred @ np.linalg.solve(inner, left))


def chosen_ridge(earlier: Floats, goal: Floats) -> float:
    """Return the largest penalty within a standard error of the best at left-out periods.

    Each period before the start is left out in turn, weights are found from the others, and the
    error in the one left out is squared.
    """
    largest = float(np.linalg.norm(earlier - earlier.mean(axis=0), 2) ** 2)
    if largest == 0.0:
        return 1.0
    penalties = largest * np.logspace(0, -8, PENALTIES)
    periods = earlier.shape[1]
    errors = np.empty((periods, PENALTIES))
    for out in range(periods):
        kept = np.arange(periods) != out
        simple = simplex_weights(earlier[:, kept], goal[kept]).weights
        for at, penalty in enumerate(penalties):
            weights = augmented_weights(earlier[:, kept], goal[kept], simple, float(penalty))
            errors[out, at] = (goal[out] - weights @ earlier[:, out]) ** 2
    mean, error = errors.mean(axis=0), errors.std(axis=0, ddof=1) / np.sqrt(periods)
    best = int(mean.argmin())
    return float(penalties[np.flatnonzero(mean <= mean[best] + error[best])[0]])

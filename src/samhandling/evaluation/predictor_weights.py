"""Which predictors to match, and how much each counts: the outer problem of synthetic control."""

from collections.abc import Callable

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.optimize import minimize

from samhandling.evaluation.comparison_block import ComparisonBlock
from samhandling.evaluation.panel import Panel
from samhandling.evaluation.simplex_weights import simplex_weights, table
from samhandling.space import checked

Floats = NDArray[np.float64]

SEARCHES = 4
REACH = 3.0
"""First step of the search, in logarithms of importance."""
SMALLEST = 1e-9


def predictor_match(
    panel: Panel, block: ComparisonBlock, predictors: ArrayLike, importance: ArrayLike | None
) -> tuple[Floats, Floats]:
    """Return the donors' weights and the predictors' importance, which sums to one.

    Raises
    ------
    ValueError
        If predictors do not match the areas, do not vary, or the importance is not valid.
    """
    given = table(predictors, "predictors")
    if len(given) != panel.n_areas:
        message = f"predictors has {len(given)} rows and the panel {panel.n_areas} areas."
        raise ValueError(message)
    spread = given.std(axis=0, ddof=1)
    if (spread == 0).any():
        message = f"Predictor {int(spread.argmin())} is the same in every area; leave it out."
        raise ValueError(message)
    scaled = given / spread
    donors, target = scaled[block.rows], scaled[panel.ever_treated].mean(axis=0)
    if importance is None:
        chosen = _best_importance(donors, target, block)
    else:
        chosen = _valid(importance, given.shape[1])
    return _weights(donors, target, chosen), chosen


def _valid(importance: ArrayLike, number: int) -> Floats:
    chosen = checked.finite(importance, "predictor_weights")
    if len(chosen) != number or (chosen < 0).any() or not chosen.sum() > 0:
        message = f"predictor_weights must hold {number} numbers of at least zero, not all zero."
        raise ValueError(message)
    return np.asarray(chosen / chosen.sum())


def _weights(donors: Floats, target: Floats, importance: Floats) -> Floats:
    root = np.sqrt(importance)
    return simplex_weights(donors * root, target * root).weights


def _best_importance(donors: Floats, target: Floats, block: ComparisonBlock) -> Floats:
    """Search from equal importance, and from what predicts outcomes best by regression."""
    earlier, goal = block.donors[:, : block.before], block.target[: block.before]

    def error(logs: Floats) -> float:
        weights = _weights(donors, target, _importance(logs))
        return float(((goal - weights @ earlier) ** 2).mean())

    number = donors.shape[1]
    starts = [np.zeros(number), np.log(_regression_importance(donors, earlier))]
    found = min(
        (_search(error, start) for start in starts),
        key=lambda one: one[1],
    )
    return _importance(found[0])


def _search(error: Callable[[Floats], float], start: Floats) -> tuple[Floats, float]:
    """Repeat a search without derivatives from where the last one ended, while it helps."""
    best, value = start, np.inf
    for _ in range(SEARCHES):
        around = np.vstack([best, best + REACH * np.eye(len(best))])
        options = {
            "maxfev": 400 * len(best), "xatol": 1e-4, "fatol": 1e-10, "initial_simplex": around,
        }  # fmt: skip
        found = minimize(error, best, method="Nelder-Mead", options=options)
        gained = value - found.fun
        best, value = found.x, float(found.fun)
        if gained <= 1e-8 * max(value, 1e-300):
            break
    return best, value


def _importance(logs: Floats) -> Floats:
    raised = np.exp(logs - logs.max())
    return np.asarray(np.maximum(raised, SMALLEST) / np.maximum(raised, SMALLEST).sum())


def _regression_importance(donors: Floats, earlier: Floats) -> Floats:
    centred = donors - donors.mean(axis=0)
    slopes = np.linalg.lstsq(centred, earlier - earlier.mean(axis=0), rcond=None)[0]
    strength = (slopes**2).sum(axis=1)
    return np.asarray(np.maximum(strength / max(float(strength.sum()), 1e-300), SMALLEST))

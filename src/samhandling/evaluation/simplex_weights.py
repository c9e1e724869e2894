"""Least squares with weights that are not negative and sum to one."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from samhandling.evaluation.nearest_point import nearest_point
from samhandling.space import checked
from samhandling.space.method import Method

Floats = NDArray[np.float64]

TOLERANCE = 1e-13
"""Gap at which the search ends, as a share of the largest squared distance to a donor."""
WORST_GAP = 1e-7
VISIBLE = 1e-9


class NotConverged(ValueError):
    """The search for weights stopped short of the optimum."""


@dataclass(frozen=True, slots=True, eq=False)
class SimplexWeights:
    """Weights of donors that together come closest to a target.

    Attributes
    ----------
    weights : ndarray of float64, shape (n_donors,)
        At least zero, summing to one.
    objective : float
        Sum of squared residuals, plus the ridge's penalty.
    gap : float
        How much lower the objective could be at most.
    steps : int
        Systems of equations solved.
    method : Method
    """

    weights: Floats
    objective: float
    gap: float
    steps: int
    method: Method

    def summary(self) -> str:
        """Return one sentence a person can read."""
        used, largest = int((self.weights > VISIBLE).sum()), float(self.weights.max())
        return (
            f"{used} of {len(self.weights)} donors have weight, the largest {largest:.3f}; "
            f"squared distance {self.objective:.4g}."
        )


def simplex_weights(
    donors: ArrayLike,
    target: ArrayLike,
    *,
    ridge: float = 0.0,
    intercept: bool = False,
    start: ArrayLike | None = None,
) -> SimplexWeights:
    """Find the weighted mean of donors that comes closest to a target.

    Parameters
    ----------
    donors : array_like of float, shape (n_donors, n_values)
        One row per donor, such as its outcomes before the measure.
    target : array_like of float, shape (n_values,)
        What is to be approached.
    ridge : float, default 0
        Added times the sum of squared weights, in squared units of the outcome; spreads the weight.
    intercept : bool, default False
        Let a constant be added: only the shape over the values is matched.
    start : array_like of float, shape (n_donors,), optional
        Weights to begin from; those of a problem nearby make the search short.

    Returns
    -------
    SimplexWeights

    Raises
    ------
    ValueError
        If shapes do not match, a value is missing, the ridge is negative or `start` is not valid.

    Notes
    -----
    Wolfe's algorithm reaches the optimum in finitely many steps, about as many as there are donors
    with weight. Time is n² values for the inner products and n p per step with p donors in use;
    memory is n². Without a ridge and with more donors than values the weights need not be unique,
    though the weighted mean is.

    References
    ----------
    P. Wolfe (1976), "Finding the nearest point in a polytope", Mathematical Programming 11,
    128-149.

    Examples
    --------
    >>> simplex_weights([[0, 0], [4, 0], [0, 4]], [1, 2]).weights.round(3).tolist()
    [0.25, 0.25, 0.5]
    """
    points, goal = table(donors, "donors"), checked.finite(target, "target")
    if points.shape[1] != len(goal):
        message = f"Each donor has {points.shape[1]} values and the target has {len(goal)}."
        raise ValueError(message)
    if not 0 <= ridge < np.inf:
        message = f"ridge is {ridge}; give a number of at least zero."
        raise ValueError(message)
    away = points - goal
    if intercept:
        away = away - away.mean(axis=1, keepdims=True)
    gram = np.ascontiguousarray(away @ away.T) + ridge * np.eye(len(points))
    first = _start(start, gram)
    weights, gap, steps = nearest_point(gram, first, TOLERANCE)
    check_converged(gap, float(np.diag(gram).max()))
    method = Method.of("simplex_weights", "Wolfe 1976", ridge=float(ridge), intercept=intercept)
    objective = float(weights @ gram @ weights)
    return SimplexWeights(weights, objective, 2 * max(float(gap), 0.0), int(steps), method)


def check_converged(gap: float, scale: float) -> None:
    """Raise NotConverged when the gap is large beside the squared distances at hand."""
    if gap > WORST_GAP * scale:
        message = (
            f"The weights may be {gap:.3g} from the optimum of distances up to {scale:.3g}; "
            "rescale the outcome or add a small ridge."
        )
        raise NotConverged(message)


def table(values: ArrayLike, name: str) -> Floats:
    """Return `values` as a table of numbers, at least one row and one column.

    Raises
    ------
    ValueError
        If it is no table, or a value is missing.
    """
    array = np.array(values, dtype=np.float64)
    if array.ndim != 2 or not array.size:
        message = f"{name} has shape {array.shape}; give a table of rows by values."
        raise ValueError(message)
    bad = np.argwhere(~np.isfinite(array))
    if bad.size:
        row, column = bad[0]
        message = f"{name}[{row}, {column}] is {array[row, column]}; leave out the row or column."
        raise ValueError(message)
    return array


def _start(start: ArrayLike | None, gram: Floats) -> Floats:
    if start is None:
        first = np.zeros(len(gram))
        first[np.argmin(np.diag(gram))] = 1.0
        return first
    first = checked.finite(start, "start")
    if len(first) != len(gram) or (first < 0).any() or not first.sum() > 0:
        message = f"start must hold {len(gram)} weights of at least zero, not all zero."
        raise ValueError(message)
    return np.asarray(first / first.sum())

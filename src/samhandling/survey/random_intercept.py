"""Logistic regression in which every area has a level of its own, drawn from one normal law."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.optimize import minimize
from scipy.special import expit, logit
from scipy.stats import norm

from samhandling.space import checked
from samhandling.space.method import Method
from samhandling.survey.design import Columns, design_matrix, in_order_of_appearance, labels_of
from samhandling.survey.quadrature import CellAnswers, area_levels

Floats = NDArray[np.float64]

LOG_SD = np.log(1e-4), np.log(30.0)  # where the standard deviation is looked for
NONE_BELOW = np.log(0.02)  # the likelihood is flat there, and the first of `LOG_SD` stands for none
FARTHEST_LOG_ODDS = 8.0
RATE = 0.5  # of the gamma density that keeps the standard deviation off zero
EXACT_SLOPE_FROM = 15  # nodes; with fewer, the nodes' own movement is part of the slope
ENOUGH_NODES = 25


@dataclass(frozen=True, slots=True, eq=False)
class RandomInterceptLogit:
    """What the columns are worth in log odds, and how much areas differ beyond them.

    Attributes
    ----------
    names : tuple of str
        Of the coefficients; the first is the intercept.
    values, standard_error, low, high : ndarray of float64, shape (n_coefficients,)
        Log odds.
    between_areas : float
        Standard deviation of the areas' own levels, log odds.
    covariance : ndarray of float64, shape (n_coefficients + 1, n_coefficients + 1)
        Of the coefficients and the logarithm of `between_areas`; the last row is zero where
        `between_areas` is estimated as none.
    areas : tuple of str
    area_effects, area_errors : ndarray of float64, shape (n_areas,)
        Mean and standard deviation of each area's own level given the answers, the coefficients
        taken as known.
    log_likelihood : float
    confidence : float
    method : Method
    """

    names: tuple[str, ...]
    values: Floats
    standard_error: Floats
    low: Floats
    high: Floats
    between_areas: float
    covariance: Floats
    areas: tuple[str, ...]
    area_effects: Floats
    area_errors: Floats
    log_likelihood: float
    confidence: float
    method: Method

    def confidence_interval(self) -> tuple[Floats, Floats]:
        """Return the coefficients' intervals' two ends."""
        return self.low, self.high

    def summary(self) -> str:
        """Return one sentence a person can read."""
        low, middle, high = expit(self.values[0] + self.between_areas * np.array([-1.96, 0, 1.96]))
        return (
            f"{len(self.areas)} areas; where the columns are zero or at their first label, a "
            f"middling area has {middle:.0%} and 95 areas of 100 between {low:.0%} and {high:.0%}."
        )


def random_intercept_logit(
    yes: ArrayLike,
    answers: ArrayLike,
    area: ArrayLike,
    columns: Columns = (),
    *,
    nodes: int = ENOUGH_NODES,
    off_zero: bool = False,
    confidence: float = 0.95,
) -> RandomInterceptLogit:
    """Fit log odds = columns + a level for each area, by maximum marginal likelihood.

    Parameters
    ----------
    yes, answers : array_like of int, shape (n_cells,)
        Answers that are counted and all answers, in each cell; a cell may be without answers.
    area : array_like, shape (n_cells,)
        Which area each cell lies in.
    columns : sequence of (str, array_like), each of shape (n_cells,)
        Numbers enter as they are; labels as what sets each apart from the first in order.
    nodes : int, default 25
        Of the adaptive Gauss-Hermite quadrature; one is Laplace's approximation.
    off_zero : bool, default False
        Multiply the likelihood by a gamma density of `between_areas`, of shape two and rate one
        half: few areas often seem not to differ at all when they do (Chung et al.), and areas in
        which nobody answers so can seem to differ without bound.
    confidence : float, default 0.95

    Returns
    -------
    RandomInterceptLogit
        Areas in the order in which they first appear.

    Raises
    ------
    ValueError
        If a count or label is missing or impossible, there are fewer than two areas with answers,
        no more cells with answers than coefficients, everybody in a group answers alike, the
        likelihood has no clear maximum, or the columns say the same thing.

    Notes
    -----
    The areas' levels are taken to be normal and unrelated to the columns. Two cells of an area
    differ only by the columns: what is peculiar to the young of one area is not seen.

    References
    ----------
    Y. Chung, S. Rabe-Hesketh, V. Dorie, A. Gelman and J. Liu (2013), "A nondegenerate penalized
    likelihood estimator for variance parameters in multilevel models", Psychometrika 78, 685-709.

    Examples
    --------
    >>> found = random_intercept_logit([6, 1, 9, 2], [40, 20, 30, 30], ["A", "B", "C", "D"])
    >>> round(found.between_areas, 2)
    0.58
    """
    names, ordered, labels = cells_in_order(yes, answers, area, columns)
    theta, covariance = estimate(ordered, nodes, off_zero=off_zero)
    sd = float(np.exp(theta[-1]))
    line = ordered.matrix @ theta[:-1]
    likelihood = area_levels(ordered, line, sd, nodes).log_marginal.sum() + ordered.ways()
    levels = area_levels(ordered, line, sd, max(nodes, ENOUGH_NODES))
    error = np.sqrt(np.diag(covariance)[:-1])
    reach = norm.ppf((1 + checked.probability(confidence)) / 2) * error
    return RandomInterceptLogit(
        names, theta[:-1], error, theta[:-1] - reach, theta[:-1] + reach, sd, covariance, labels,
        sd * levels.mean(levels.at), sd * np.sqrt(levels.variance(levels.at)),
        float(likelihood), confidence,
        Method.of("random_intercept_logit", "Pinheiro and Bates (1995)", nodes=nodes,
                  columns=tuple(name for name, _ in columns), off_zero=off_zero,
                  confidence=confidence),
    )  # fmt: skip


def cells_in_order(
    yes: ArrayLike, answers: ArrayLike, area: ArrayLike, columns: Columns
) -> tuple[tuple[str, ...], CellAnswers, tuple[str, ...]]:
    """Return the coefficients' names, the cells by area, and the areas' labels."""
    counted, size = checked.counts(yes, "yes"), checked.counts(answers, "answers")
    n = checked.same_length(yes=counted, answers=size)
    over = np.flatnonzero(counted > size)
    if over.size:
        at = over[0]
        message = f"yes[{at}] is {counted[at]} of {size[at]} answers; give all answers of the cell."
        raise ValueError(message)
    labels, code = in_order_of_appearance(labels_of(area, n, "area"))
    names, matrix = design_matrix(columns, n)
    order = np.argsort(code, kind="stable")
    ordered = code[order]
    cells = CellAnswers(
        counted[order].astype(float), size[order].astype(float), matrix[order], ordered,
        np.searchsorted(ordered, np.arange(len(labels))),
    )  # fmt: skip
    _check_enough(cells, names)
    return names, cells, labels


def _check_enough(cells: CellAnswers, names: tuple[str, ...]) -> None:
    asked = cells.size > 0
    areas = len(np.unique(cells.area[asked]))
    if areas < 2:
        message = f"{areas} areas have answers; how much areas differ needs two or more."
        raise ValueError(message)
    if asked.sum() <= len(names):
        message = (
            f"{asked.sum()} cells with answers cannot carry {len(names)} coefficients; use fewer "
            "columns."
        )
        raise ValueError(message)
    if np.linalg.matrix_rank(cells.matrix[asked]) < len(names):
        message = "A label has no answers at all; join it with one that has."
        raise ValueError(message)


def estimate(cells: CellAnswers, nodes: int, *, off_zero: bool) -> tuple[Floats, Floats]:
    """Return coefficients and log `between_areas`, and their covariance.

    Raises
    ------
    ValueError
        If `nodes` is not at least one or everybody in a group answers alike.
    """
    if nodes < 1:
        message = f"nodes is {nodes}; give one or more, for instance 25."
        raise ValueError(message)
    theta = climb(cells, first_guess(cells), nodes, off_zero=off_zero)
    if np.abs(cells.matrix @ theta[:-1])[cells.size > 0].max() > FARTHEST_LOG_ODDS:
        message = (
            "Everybody in some group answers alike, so that its log odds have no bound; join the "
            "label with another, or leave the column out."
        )
        raise ValueError(message)
    for _ in range(2):
        covariance = _covariance(_bend(cells, theta, nodes, off_zero=off_zero), _free(theta))
        theta = theta - covariance @ _objective(theta, cells, nodes, off_zero=off_zero)[1]
    return theta, covariance


def _covariance(bend: Floats, free: int) -> Floats:
    """Return the inverse of the second derivatives among the free parameters, zero elsewhere."""
    covariance = np.zeros_like(bend)
    if np.linalg.eigvalsh(bend[:free, :free])[0] <= 0:
        message = (
            "The answers do not settle the coefficients: the likelihood has no clear maximum. Join "
            "labels or areas, or use fewer columns."
        )
        raise ValueError(message)
    covariance[:free, :free] = np.linalg.inv(bend[:free, :free])
    return covariance


def climb(cells: CellAnswers, start: Floats, nodes: int, *, off_zero: bool) -> Floats:
    """Return where the likelihood is highest, to about four digits."""
    found = minimize(
        lambda theta: _objective(theta, cells, nodes, off_zero=off_zero),
        start, jac=True, method="BFGS", options={"gtol": 1e-4},
    )  # fmt: skip
    if not found.success:
        # Where areas differ very much the slope is not that of the quadrature; climb without it.
        found = minimize(
            lambda theta: _objective(theta, cells, nodes, off_zero=off_zero)[0],
            start, method="Nelder-Mead", options={"maxiter": 400 * len(start)},
        )  # fmt: skip
    best: Floats = found.x
    best[-1] = LOG_SD[0] if best[-1] < NONE_BELOW else min(best[-1], LOG_SD[1])
    return best


def first_guess(cells: CellAnswers) -> Floats:
    """Return the whole's log odds, no coefficients, and areas that differ by half."""
    theta = np.zeros(cells.matrix.shape[1] + 1)
    theta[0] = logit((cells.yes.sum() + 0.5) / (cells.size.sum() + 1))
    theta[-1] = np.log(0.5)
    return theta


def _free(theta: Floats) -> int:
    """Return how many parameters are free: the last is not where areas seem not to differ."""
    return len(theta) - int(theta[-1] < NONE_BELOW)


def _objective(
    theta: Floats, cells: CellAnswers, nodes: int, *, off_zero: bool
) -> tuple[float, Floats]:
    """Return minus the log likelihood, and its slope."""
    sd = float(np.exp(np.clip(theta[-1], *LOG_SD)))
    line = cells.matrix @ theta[:-1]
    levels = area_levels(cells, line, sd, nodes)
    value = -levels.log_marginal.sum() - off_zero * (theta[-1] - RATE * sd)
    if nodes < EXACT_SLOPE_FROM:
        return value, _slope_by_steps(theta, cells, nodes, off_zero=off_zero)
    at = levels.at[cells.area]
    left = cells.yes[:, None] - cells.size[:, None] * expit(line[:, None] + sd * at)
    left *= levels.weights[cells.area]
    slope = np.append(
        cells.matrix.T @ left.sum(axis=1), sd * (left * at).sum() + off_zero * (1 - RATE * sd)
    )
    return value, -slope


def _slope_by_steps(
    theta: Floats, cells: CellAnswers, nodes: int, *, off_zero: bool, step: float = 1e-5
) -> Floats:
    def value(moved: Floats) -> float:
        line = cells.matrix @ moved[:-1]
        sd = float(np.exp(np.clip(moved[-1], *LOG_SD)))
        every = area_levels(cells, line, sd, nodes).log_marginal
        return float(-every.sum() - off_zero * (moved[-1] - RATE * sd))

    moves = step * np.eye(len(theta))
    return np.array([(value(theta + m) - value(theta - m)) / (2 * step) for m in moves])


def _bend(
    cells: CellAnswers, theta: Floats, nodes: int, *, off_zero: bool, step: float = 1e-4
) -> Floats:
    """Return the second derivatives of minus the log likelihood."""
    moves = step * np.eye(len(theta))

    def slope(moved: Floats) -> Floats:
        return _objective(moved, cells, nodes, off_zero=off_zero)[1]

    rows = np.array([(slope(theta + m) - slope(theta - m)) / (2 * step) for m in moves])
    both: Floats = (rows + rows.T) / 2
    return both

"""What answers say of each area's own level: adaptive Gauss-Hermite quadrature over it.

The level of an area is `sd` times `v`, and `v` is standard normal before any answers are seen.
"""

from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.polynomial.hermite import hermgauss
from numpy.typing import NDArray
from scipy.special import expit, gammaln, logsumexp

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]

MOST_STEPS = 60
LONGEST_STEP = 2.0
CLOSE_ENOUGH = 1e-11


@dataclass(frozen=True, slots=True, eq=False)
class CellAnswers:
    """Answers of cells that lie in the order of their areas.

    Attributes
    ----------
    yes, size : ndarray of float64, shape (n_cells,)
        Answers that are counted, and all answers; a cell may have none.
    matrix : ndarray of float64, shape (n_cells, n_coefficients)
    area : ndarray of int64, shape (n_cells,)
        Not falling, from 0, without gaps.
    first : ndarray of int64, shape (n_areas,)
        Where each area begins.
    """

    yes: Floats
    size: Floats
    matrix: Floats
    area: Integers
    first: Integers

    def by_area(self, cells: Floats) -> Floats:
        """Return the sum over each area's cells, shape (n_areas, ...)."""
        total: Floats = np.add.reduceat(cells, self.first)
        return total

    def ways(self) -> float:
        """Return the logarithm of in how many ways the answers can come, which no model changes."""
        no = self.size - self.yes
        every = gammaln(self.size + 1) - gammaln(self.yes + 1) - gammaln(no + 1)
        return float(every.sum())


@dataclass(frozen=True, slots=True, eq=False)
class AreaLevels:
    """The law of each area's `v` when its answers are seen.

    Attributes
    ----------
    at, weights : ndarray of float64, shape (n_areas, n_nodes)
        Where the law is looked at and how much of it lies there; each area's weights sum to one.
    log_marginal : ndarray of float64, shape (n_areas,)
        Log likelihood of each area's answers with its level integrated out.
    """

    at: Floats
    weights: Floats
    log_marginal: Floats

    def mean(self, of: Floats) -> Floats:
        """Return each area's mean of what has these values at the nodes."""
        total: Floats = (self.weights * of).sum(axis=1)
        return total

    def variance(self, of: Floats) -> Floats:
        """Return each area's variance of what has these values at the nodes."""
        return self.mean((of - self.mean(of)[:, None]) ** 2)


def area_levels(answers: CellAnswers, line: Floats, sd: float, nodes: int) -> AreaLevels:
    """Return the law of each area's level given its answers.

    Parameters
    ----------
    answers : CellAnswers
    line : ndarray of float64, shape (n_cells,)
        Log odds without the area's own level.
    sd : float
        Standard deviation between areas, in log odds.
    nodes : int
        One is Laplace's approximation.

    References
    ----------
    J. C. Pinheiro and D. M. Bates (1995), "Approximations to the log-likelihood function in the
    nonlinear mixed-effects model", Journal of Computational and Graphical Statistics 4, 12-35.
    """
    mode, curvature = _modes(answers, line, sd)
    points, weights = _rule(nodes)
    scale = np.sqrt(2 / curvature)
    at = mode[:, None] + scale[:, None] * points
    log_odds = line[:, None] + sd * at[answers.area]
    cells = answers.yes[:, None] * log_odds
    cells -= answers.size[:, None] * np.logaddexp(0, log_odds)
    height = answers.by_area(cells) - at**2 / 2 - np.log(2 * np.pi) / 2
    height += np.log(weights) + points**2 + np.log(scale)[:, None]
    marginal = logsumexp(height, axis=1)
    return AreaLevels(at, np.exp(height - marginal[:, None]), marginal)


@cache
def _rule(nodes: int) -> tuple[Floats, Floats]:
    points, weights = hermgauss(nodes)
    return points, weights


def _modes(answers: CellAnswers, line: Floats, sd: float) -> tuple[Floats, Floats]:
    """Return where each area's law is highest, and how sharply it bends there."""
    v = np.zeros(len(answers.first))
    for _ in range(MOST_STEPS):
        share = expit(line + sd * v[answers.area])
        slope = sd * answers.by_area(answers.yes - answers.size * share) - v
        bend = 1 + sd**2 * answers.by_area(answers.size * share * (1 - share))
        step = np.clip(slope / bend, -LONGEST_STEP, LONGEST_STEP)
        v = v + step
        if np.abs(step).max() < CLOSE_ENOUGH:
            break
    return v, bend

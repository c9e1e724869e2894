"""Shares of small areas from few answers: a model of the cells, weighed by who lives there."""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import expit, logit
from scipy.stats import norm

from samhandling.execution import Chunk, Replicates
from samhandling.space import checked
from samhandling.space.method import Method
from samhandling.survey.design import Columns, in_order_of_appearance, labels_of
from samhandling.survey.proportion import wilson_interval
from samhandling.survey.quadrature import AreaLevels, CellAnswers, area_levels
from samhandling.survey.random_intercept import ENOUGH_NODES, cells_in_order, climb, estimate

Floats = NDArray[np.float64]

REPLICATES_IN_CHUNK = 20
NEAREST_END = 1e-12  # of a share to 0 or 1, so that its log odds are a number


@dataclass(frozen=True, slots=True, eq=False)
class SurveyCells:
    """Answers and residents by area and group, one entry for each area and group.

    Attributes
    ----------
    area : array_like, shape (n_cells,)
        Which area the cell lies in.
    yes, answers : array_like of int, shape (n_cells,)
        Answers that are counted, and all answers; zero where nobody answered.
    population : array_like of float, shape (n_cells,)
        Residents of the group in the area; zero is allowed, an area without residents is not.
    columns : sequence of (str, array_like), each of shape (n_cells,)
        What is known of the cell: labels such as age group and sex, numbers such as the area's
        share of rented homes.
    """

    area: ArrayLike
    yes: ArrayLike
    answers: ArrayLike
    population: ArrayLike
    columns: Columns = ()

    def __post_init__(self) -> None:
        """Refuse residents that are missing, negative, or none in a whole area."""
        residents = checked.finite(self.population, "population")
        area = labels_of(self.area, len(residents), "area")
        below = np.flatnonzero(residents < 0)
        if below.size:
            message = f"population[{below[0]}] is {residents[below[0]]:g}; give zero or more."
            raise ValueError(message)
        for label in np.unique(area):
            if not residents[area == label].any():
                message = f"Area {label} has no residents; leave it out."
                raise ValueError(message)

    def shares_in_order(self) -> Floats:
        """Return each cell's share of its area's residents, the cells by area."""
        residents = np.asarray(self.population, dtype=np.float64)
        code = in_order_of_appearance(labels_of(self.area, len(residents), "area"))[1]
        order = np.argsort(code, kind="stable")
        share: Floats = (residents / np.bincount(code, weights=residents)[code])[order]
        return share


@dataclass(frozen=True, slots=True, eq=False)
class PoststratifiedAreas:
    """One share for each area, with the area's own answers beside it.

    Attributes
    ----------
    areas : tuple of str
        In the order in which they first appear.
    values, standard_error, low, high : ndarray of float64, shape (n_areas,)
        Share of the area's residents, from 0 to 1; the error holds that coefficients and the
        difference between areas are estimated.
    answers : ndarray of int64, shape (n_areas,)
    direct, direct_low, direct_high : ndarray of float64, shape (n_areas,)
        Share of the area's own answers with Wilson's interval; NaN where nobody answered.
    weight_of_own : ndarray of float64, shape (n_areas,)
        How much of what was unknown about the area's level its answers removed, from 0 to 1.
    synthetic : ndarray of bool, shape (n_areas,)
        No answers of its own: what areas with its columns give.
    names : tuple of str
    coefficients : ndarray of float64, shape (n_coefficients,)
    between_areas : float
        Standard deviation of the areas' own levels, log odds.
    confidence : float
    method : Method
    """

    areas: tuple[str, ...]
    values: Floats
    standard_error: Floats
    low: Floats
    high: Floats
    answers: NDArray[np.int64]
    direct: Floats
    direct_low: Floats
    direct_high: Floats
    weight_of_own: Floats
    synthetic: NDArray[np.bool_]
    names: tuple[str, ...]
    coefficients: Floats
    between_areas: float
    confidence: float
    method: Method

    def confidence_interval(self) -> tuple[Floats, Floats]:
        """Return the intervals' two ends."""
        return self.low, self.high

    def summary(self) -> str:
        """Return a sentence or two that a person can read."""
        own = self.weight_of_own[~self.synthetic]
        said = (
            f"{len(self.values)} areas, {self.answers.sum()} answers; an area's own answers settle "
            f"between {own.min():.0%} and {own.max():.0%} of its level, the rest comes from "
            "residents like them elsewhere."
        )
        missing = [a for a, none in zip(self.areas, self.synthetic, strict=True) if none]
        if missing:
            said += f" Nobody answered in {', '.join(missing)}: what areas like it give is shown."
        return said


def multilevel_poststratification(
    cells: SurveyCells, *, replicates: Replicates | None = None, confidence: float = 0.95
) -> PoststratifiedAreas:
    """Estimate each area's share from answers by group, weighed by its residents by group.

    Parameters
    ----------
    cells : SurveyCells
    replicates : Replicates, optional
        Parametric bootstrap of the mean squared error: how many simulated surveys, some 200. By
        default the error is worked out given the area's own answers, which takes no time.
    confidence : float, default 0.95

    Returns
    -------
    PoststratifiedAreas

    Raises
    ------
    ValueError
        If a count or label is missing or impossible, an area has no residents, a label has no
        answers at all, everybody in a group answers alike, or there are too few cells or areas.

    Notes
    -----
    Answers count alike within a cell: what decided who was asked and who answered must be among
    the columns or be unrelated to the answer. Answers of one household are not independent, and
    make the error too small. An area that differs for a reason that no column tells of is drawn
    towards the others: do not use the estimates to see an effect in one area. The standard
    deviation between areas is kept off zero (Chung et al. 2013).

    References
    ----------
    A. Gelman and T. C. Little (1997), "Poststratification into many categories using hierarchical
    logistic regression", Survey Methodology 23, 127-135. J. Jiang and P. Lahiri (2001), "Empirical
    best prediction for small area inference with binary data", Annals of the Institute of
    Statistical Mathematics 53, 217-243. J. G. Booth and J. P. Hobert (1998), "Standard errors of
    prediction in generalized linear mixed models", Journal of the American Statistical Association
    93, 262-272. P. Hall and T. Maiti (2006), "On parametric bootstrap methods for small area
    prediction", Journal of the Royal Statistical Society B 68, 221-238.

    Examples
    --------
    >>> found = multilevel_poststratification(SurveyCells(
    ...     area=["A", "A", "B", "B", "C", "C", "D", "D"],
    ...     yes=[9, 4, 2, 1, 8, 2, 0, 0],
    ...     answers=[20, 30, 15, 20, 25, 20, 0, 0],
    ...     population=[400, 600, 500, 500, 700, 300, 500, 500],
    ...     columns=[("age", ["young", "old"] * 4)],
    ... ))
    >>> found.values.round(2).tolist(), found.synthetic.tolist()
    ([0.23, 0.14, 0.25, 0.2], [False, False, False, True])
    """
    names, ordered, areas = cells_in_order(cells.yes, cells.answers, cells.area, cells.columns)
    theta, covariance = estimate(ordered, ENOUGH_NODES, off_zero=True)
    work = _Fitted(ordered, cells.shares_in_order(), theta)
    values, log_odds = work.means(theta)
    if replicates is None:
        variances = work.variances(covariance)
    else:
        drawn = replicates.run(squared_errors, work, size=REPLICATES_IN_CHUNK)
        variances = np.sum(drawn, axis=0) / replicates.count
    error = np.sqrt(variances)
    reach = norm.ppf((1 + checked.probability(confidence)) / 2) * error[1]
    yes, size = ordered.by_area(ordered.yes), ordered.by_area(ordered.size)
    return PoststratifiedAreas(
        areas, values, error[0], expit(log_odds - reach), expit(log_odds + reach),
        size.astype(np.int64), *_direct(yes, size, confidence), work.weight_of_own(), size == 0,
        names, theta[:-1], float(np.exp(theta[-1])), confidence,
        Method.of("multilevel_poststratification", "Gelman and Little (1997)",
                  columns=tuple(name for name, _ in cells.columns), nodes=ENOUGH_NODES,
                  replicates=replicates.count if replicates else None,
                  seed=replicates.seed if replicates else None, confidence=confidence),
    )  # fmt: skip


@dataclass(frozen=True, slots=True, eq=False)
class _Fitted:
    """Cells, their share of each area's residents, and the model's parameters.

    An area's share is followed as such and in log odds: the two rows of what the methods return.
    """

    cells: CellAnswers
    weight: Floats
    theta: Floats

    def levels(self, theta: Floats) -> AreaLevels:
        """Return the law of the areas' levels with these parameters."""
        line = self.cells.matrix @ theta[:-1]
        return area_levels(self.cells, line, float(np.exp(theta[-1])), ENOUGH_NODES)

    def weight_of_own(self) -> Floats:
        """Return how much of what was unknown of each area's level its answers removed."""
        levels = self.levels(self.theta)
        removed: Floats = np.clip(1 - levels.variance(levels.at), 0, 1)
        return removed

    def shares(self, theta: Floats) -> tuple[AreaLevels, Floats]:
        """Return the areas' levels and their shares at each node, shape (n_areas, n_nodes)."""
        levels, line = self.levels(theta), self.cells.matrix @ theta[:-1]
        every = expit(line[:, None] + np.exp(theta[-1]) * levels.at[self.cells.area])
        share = self.cells.by_area(self.weight[:, None] * every)
        return levels, np.clip(share, NEAREST_END, 1 - NEAREST_END)

    def means(self, theta: Floats) -> Floats:
        """Return each area's expected share and log odds, shape (2, n_areas)."""
        levels, share = self.shares(theta)
        return np.array([levels.mean(share), levels.mean(logit(share))])

    def within(self, theta: Floats) -> Floats:
        """Return the variance of each area's share and log odds given the parameters."""
        levels, share = self.shares(theta)
        return np.array([levels.variance(share), levels.variance(logit(share))])

    def variances(self, covariance: Floats, step: float = 1e-4) -> Floats:
        """Return what is unknown of the areas' levels, of how much areas differ, and of the rest.

        The first is averaged over the uncertain `between_areas`, by three points, and never taken
        as less than at the estimate.
        """
        moved = np.zeros_like(self.theta)
        moved[-1] = np.sqrt(3 * covariance[-1, -1])
        least, there, most = (self.within(self.theta + move) for move in (-moved, 0, moved))
        within = np.maximum((least + 4 * there + most) / 6, there)
        moves = step * np.eye(len(self.theta))
        slopes = np.array([self.means(self.theta + m) - self.means(self.theta - m) for m in moves])
        slopes /= 2 * step
        both: Floats = within + np.einsum("ika,ij,jka->ka", slopes, covariance, slopes)
        return both


def squared_errors(fitted: _Fitted, chunk: Chunk) -> Floats:
    """Return each area's sum of squared errors in this chunk's simulated surveys."""
    rng, cells = chunk.generator(), fitted.cells
    line, sd = cells.matrix @ fitted.theta[:-1], np.exp(fitted.theta[-1])
    areas = len(cells.first)
    total = np.zeros((2, areas))
    for _ in range(chunk.count):
        chance = expit(line + sd * rng.standard_normal(areas)[cells.area])
        truth = cells.by_area(fitted.weight * chance)
        yes = rng.binomial(cells.size.astype(np.int64), chance).astype(float)
        drawn = replace(cells, yes=yes)
        again = climb(drawn, fitted.theta, ENOUGH_NODES, off_zero=True)
        found = _Fitted(drawn, fitted.weight, again).means(again)
        total += (found - np.array([truth, logit(truth)])) ** 2
    return total


def _direct(yes: Floats, size: Floats, confidence: float) -> tuple[Floats, Floats, Floats]:
    """Return the shares of the areas' own answers with their intervals."""
    ends = np.full((3, len(yes)), np.nan)
    for at in np.flatnonzero(size > 0):
        share = yes[at] / size[at]
        ends[:, at] = share, *wilson_interval(share, size[at], confidence)
    return ends[0], ends[1], ends[2]

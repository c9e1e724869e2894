"""The change where the measure came less that elsewhere, among areas alike in their covariates."""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import ArrayLike, NDArray

from samhandling.evaluation.design import About, Design, RestsOnEffect, effect_from_error
from samhandling.space import checked
from samhandling.space.method import Method

Floats = NDArray[np.float64]

REFERENCE = "Sant'Anna & Zhao 2020"
ROUNDS = 50
SETTLED = 1e-10
NO_OVERLAP = 0.995
"""Propensity from which a comparison area counts as unlike all the others."""
COLLINEAR = 1e-10


class ConditionalOn(StrEnum):
    """How covariates are held alike. Values are stored: never rename or reuse one."""

    OUTCOME_REGRESSION = "outcome_regression"
    """The comparison areas' changes are regressed on covariates and predicted for the treated."""
    PROPENSITY_WEIGHTING = "propensity_weighting"
    """Comparison areas are weighted to have the treated areas' covariates."""
    DOUBLY_ROBUST = "doubly_robust"
    """Both: right if either the regression or the propensity model is."""


@dataclass(frozen=True, slots=True, eq=False)
class ConditionalDifference(RestsOnEffect):
    """An effect on the treated beside comparison areas made alike.

    Attributes
    ----------
    effect : Effect
    influence : ndarray of float64, shape (n_areas,)
        What each area contributes to the error; the mean is zero and the sum of squares over the
        number of areas squared is the variance.
    propensity : ndarray of float64, shape (n_areas,)
        Each area's chance of being treated given its covariates; empty for outcome regression.
    """

    influence: Floats
    propensity: Floats

    def summary(self) -> str:
        """Return a few sentences a person can read."""
        if not len(self.propensity):
            return self.effect.summary()
        return (
            f"{self.effect.summary()} Propensities run from {self.propensity.min():.2f} to "
            f"{self.propensity.max():.2f}."
        )


@dataclass(frozen=True, slots=True, eq=False)
class Estimated:
    """A two-by-two effect and what its error is made of.

    Attributes
    ----------
    value : float
    influence : ndarray of float64, shape (n_areas,)
    propensity : ndarray of float64, shape (n_areas,)
        Empty for outcome regression.
    """

    value: float
    influence: Floats
    propensity: Floats


def conditional_difference(
    change: ArrayLike,
    treated: ArrayLike,
    covariates: ArrayLike,
    *,
    weights: ArrayLike | None = None,
    estimator: ConditionalOn = ConditionalOn.DOUBLY_ROBUST,
    unit: str = "units of the outcome",
    confidence: float = 0.95,
) -> ConditionalDifference:
    """Estimate the effect on the treated from two periods, trends being parallel given covariates.

    Parameters
    ----------
    change : array_like of float, shape (n_areas,)
        Outcome after less outcome before.
    treated : array_like of bool, shape (n_areas,)
    covariates : array_like of float, shape (n_areas, n_covariates)
        From before the measure; an intercept is added.
    weights : array_like of float, shape (n_areas,), optional
        Positive importance of each area; ones if not given.
    estimator : ConditionalOn, default doubly robust
    unit : str
        Of the outcome.
    confidence : float, default 0.95
        Two-sided coverage, by the normal distribution.

    Returns
    -------
    ConditionalDifference

    Raises
    ------
    ValueError
        If a value is missing, lengths differ, nobody is treated or nobody is left, covariates
        repeat each other among comparison areas, or the treated are unlike all others.

    Notes
    -----
    Wrong if treated and comparison areas with the same covariates would have changed differently,
    or a covariate was itself moved by the measure. Outcome regression is wrong too if the change is
    not linear in the covariates; propensity weighting if the log odds of being treated are not;
    the doubly robust estimator only if both. The error allows for both models being estimated; it
    is too small with few treated areas. Time is areas x covariates squared.

    References
    ----------
    J. J. Heckman, H. Ichimura and P. Todd (1997), Review of Economic Studies 64, 605-654.
    A. Abadie (2005), "Semiparametric difference-in-differences estimators", Review of Economic
    Studies 72, 1-19. P. H. C. Sant'Anna and J. Zhao (2020), "Doubly robust
    difference-in-differences estimators", Journal of Econometrics 219, 101-122.

    Examples
    --------
    Changes follow the covariate, and the treated have more of it.

    >>> size = [1, 2, 3, 4, 2, 3, 4, 5]
    >>> found = conditional_difference(
    ...     [1, 2, 3, 4, 0, 1, 2, 3], [0] * 4 + [1] * 4, np.c_[size],
    ...     estimator=ConditionalOn.OUTCOME_REGRESSION,
    ... )
    >>> round(found.value, 6)
    -2.0
    """
    y, given = checked.finite(change, "change"), checked.finite(treated, "treated")
    own = np.ones(len(y)) if weights is None else checked.finite(weights, "weights")
    checked.same_length(change=y, treated=given, weights=own)
    _check_weights(own)
    columns = checked_covariates(covariates, len(y))
    chosen = checked_estimator(estimator)
    found = two_by_two(y, given != 0, columns, own, chosen)
    method = Method.of(
        "conditional_difference", REFERENCE, estimator=chosen.value,
        covariates=columns.shape[1], weighted=weights is not None, clusters=len(y),
    )  # fmt: skip
    about = About(
        Design.DIFFERENCE_IN_DIFFERENCES, "effect on the treated areas, covariates held alike",
        unit, int((given != 0).sum()), method,
    )  # fmt: skip
    error = float(np.sqrt((found.influence**2).sum()) / len(y))
    effect = effect_from_error(about, found.value, error, confidence=confidence)
    return ConditionalDifference(effect, found.influence, found.propensity)


def checked_covariates(covariates: ArrayLike, areas: int) -> Floats:
    """Return covariates as a table of areas by covariates, or say what is wrong with them."""
    given = np.array(covariates, dtype=np.float64)
    given = given[:, None] if given.ndim == 1 else given
    if given.ndim != 2 or len(given) != areas or not given.shape[1]:
        message = (
            f"covariates has shape {given.shape}; give one row for each of the {areas} areas and "
            "at least one column."
        )
        raise ValueError(message)
    bad = np.argwhere(~np.isfinite(given))
    if bad.size:
        row, column = (int(place) for place in bad[0])
        message = (
            f"covariates[{row}, {column}] is {given[row, column]}; give a number, or leave out "
            "the area or the covariate."
        )
        raise ValueError(message)
    return given


def checked_estimator(estimator: ConditionalOn | str) -> ConditionalOn:
    """Return the estimator asked for, or raise ValueError naming those there are."""
    try:
        return ConditionalOn(estimator)
    except ValueError:
        known = ", ".join(repr(one.value) for one in ConditionalOn)
        message = f"estimator is {estimator!r}; give one of {known}."
        raise ValueError(message) from None


def two_by_two(
    change: Floats,
    treated: NDArray[np.bool_],
    covariates: Floats,
    weights: Floats,
    estimator: ConditionalOn,
) -> Estimated:
    """Estimate one effect from values already checked; arguments as `conditional_difference`.

    Raises
    ------
    ValueError
        If nobody is treated or left, covariates repeat each other, or there is no overlap.
    """
    for said, number in (("treated", treated.sum()), ("left to compare with", (~treated).sum())):
        if not number:
            message = f"No area is {said}; give both treated and comparison areas."
            raise ValueError(message)
    centre = covariates[~treated].mean(axis=0)
    spread = covariates.std(axis=0)
    # Centred and scaled for the solvers' sake: effect and influence stay the same.
    x = np.column_stack(
        [np.ones(len(change)), (covariates - centre) / np.where(spread > 0, spread, 1.0)]
    )
    w = weights / weights.mean()
    d = treated.astype(np.float64)
    regressed = estimator is not ConditionalOn.PROPENSITY_WEIGHTING
    weighted = estimator is not ConditionalOn.OUTCOME_REGRESSION
    left, ols = _regression(change, x, w * (1 - d)) if regressed else (change, None)
    chance, logit = _propensity(d, x, w) if weighted else (np.zeros(0), None)
    # Without the propensity the comparison areas' residuals enter through the regression alone.
    balance = w * (1 - d) * chance / (1 - chance) if weighted else np.zeros(len(change))
    own_value, own = _mean(left, w * d)
    value, influence = own_value, own
    if ols is not None:
        influence = influence - ols @ _centre(x, w * d)
    if logit is not None:
        beside_value, beside = _mean(left, balance)
        value -= beside_value
        influence = (
            influence - beside - logit @ ((balance * (left - beside_value)) @ x / balance.sum())
        )
        if ols is not None:
            influence = influence + ols @ _centre(x, balance)
    return Estimated(value, influence, chance)


def _mean(values: Floats, weights: Floats) -> tuple[float, Floats]:
    """Return a weighted mean and its influence."""
    share = weights / weights.mean()
    mean = float((share * values).mean())
    return mean, share * (values - mean)


def _centre(x: Floats, weights: Floats) -> Floats:
    return np.asarray(weights @ x / weights.sum())


def _regression(change: Floats, x: Floats, weights: Floats) -> tuple[Floats, Floats]:
    """Return what a regression among comparison areas leaves, and its coefficients' influence."""
    cross = x.T @ (weights[:, None] * x) / len(x)
    bread = _inverse(cross, "among the areas compared with")
    coefficient = bread @ (x.T @ (weights * change)) / len(x)
    left = change - x @ coefficient
    return left, np.asarray((weights * left)[:, None] * x @ bread)


def _propensity(treated: Floats, x: Floats, weights: Floats) -> tuple[Floats, Floats]:
    """Return each area's chance of being treated by weighted logit, and the influence."""
    coefficient = np.zeros(x.shape[1])
    for _ in range(ROUNDS):
        chance = 1 / (1 + np.exp(-np.clip(x @ coefficient, -30, 30)))
        if _apart(chance, treated):
            break
        information = x.T @ ((weights * chance * (1 - chance))[:, None] * x) / len(x)
        score = x.T @ (weights * (treated - chance)) / len(x)
        bread = _inverse(information, "among all areas")
        step = bread @ score
        coefficient = coefficient + step
        if np.abs(step).max() < SETTLED:
            return chance, np.asarray((weights * (treated - chance))[:, None] * x @ bread)
    message = (
        f"The covariates tell {int(treated.sum())} treated areas apart from the "
        f"{int((1 - treated).sum())} others (no overlap): use fewer covariates, groups that are "
        "alike, or ConditionalOn.OUTCOME_REGRESSION, which extrapolates."
    )
    raise ValueError(message)


def _apart(chance: Floats, treated: Floats) -> bool:
    return bool((chance[treated == 0] >= NO_OVERLAP).any() or chance[treated == 1].max() < 1e-6)


def _inverse(cross: Floats, where: str) -> Floats:
    scale = np.sqrt(np.maximum(np.diag(cross), np.finfo(float).tiny))
    gram = cross / np.outer(scale, scale)
    if np.linalg.eigvalsh(gram)[0] < COLLINEAR:
        message = (
            f"{len(cross) - 1} covariates cannot be told apart {where}: some column is constant "
            "there or follows from others, or there are too few areas. Use fewer covariates."
        )
        raise ValueError(message)
    return np.asarray(np.linalg.inv(gram) / np.outer(scale, scale))


def _check_weights(weights: Floats) -> None:
    bad = np.flatnonzero(weights <= 0)
    if bad.size:
        message = (
            f"weights[{bad[0]}] is {weights[bad[0]]:g}; a weight must be positive: leave out the "
            "area or merge it."
        )
        raise ValueError(message)

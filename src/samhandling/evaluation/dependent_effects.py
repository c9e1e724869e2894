"""Several effects from the same study: three levels, and errors that hold for any dependence."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.linalg import block_diag
from scipy.optimize import minimize
from scipy.stats import norm
from scipy.stats import t as student

from samhandling.evaluation.meta_analysis import checked_effects
from samhandling.space import checked
from samhandling.space.method import Method

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class ThreeLevelEffect:
    """The mean of effects that lie within studies.

    Attributes
    ----------
    value, standard_error, low, high, p_value : float
    between_studies, within_studies : float
        Variances of true effects between studies and within them.
    robust_standard_error, robust_low, robust_high, robust_p_value : float
        Bias-reduced and clustered by study (CR2): holds where the model of dependence is wrong.
    degrees_of_freedom : float
        Satterthwaite's, for the robust interval; below four it is not to be trusted.
    studies, effects : int
    confidence : float
    method : Method
    """

    value: float
    standard_error: float
    low: float
    high: float
    p_value: float
    between_studies: float
    within_studies: float
    robust_standard_error: float
    robust_low: float
    robust_high: float
    robust_p_value: float
    degrees_of_freedom: float
    studies: int
    effects: int
    confidence: float
    method: Method

    def confidence_interval(self) -> tuple[float, float]:
        """Return the robust interval: the one to quote."""
        return self.robust_low, self.robust_high

    def summary(self) -> str:
        """Return one sentence a person can read."""
        return (
            f"{self.value:.3f} ({self.confidence:.0%} interval {self.robust_low:.3f} to "
            f"{self.robust_high:.3f}) over {self.effects} effects in {self.studies} studies."
        )


def three_level_effect(
    estimates: ArrayLike,
    variances: ArrayLike,
    studies: Sequence[object],
    *,
    confidence: float = 0.95,
) -> ThreeLevelEffect:
    """Pool effects of which several may come from the same study.

    Parameters
    ----------
    estimates, variances : array_like of float, shape (n_effects,)
        As in `pooled_effect`.
    studies : sequence, length n_effects
        Which study each effect is from.
    confidence : float, default 0.95

    Returns
    -------
    ThreeLevelEffect

    Raises
    ------
    ValueError
        If there are fewer than two studies, none has two effects, or a number is missing.

    Notes
    -----
    Variances between and within studies are estimated by restricted maximum likelihood. Sampling
    errors of effects in the same study are taken as independent there; the robust interval does not
    need that.

    References
    ----------
    S. Konstantopoulos (2011), "Fixed effects and variance components estimation in three-level
    meta-analysis", Research Synthesis Methods 2, 61-76. E. Tipton (2015), "Small sample adjustments
    for robust variance estimation with meta-regression", Psychological Methods 20, 375-393.

    Examples
    --------
    >>> found = three_level_effect([0.1, 0.3, 0.6, 0.8], [0.02] * 4, ["a", "a", "b", "b"])
    >>> round(found.value, 2), found.studies
    (0.45, 2)
    """
    effects, spread = checked_effects(estimates, variances, least=3)
    groups = _groups(studies, len(effects))
    between, within = _variance_components(effects, spread, groups)
    inverses = [_inverse(spread[group], between, within) for group in groups]
    information = sum(float(inverse.sum()) for inverse in inverses)
    pressed = (inv.sum(axis=0) @ effects[g] for inv, g in zip(inverses, groups, strict=True))
    value = sum(map(float, pressed)) / information
    error = information**-0.5
    share = (1 + checked.probability(confidence)) / 2
    robust, degrees = _robust(effects - value, spread, groups, (between, within))
    reach, wide = float(norm.ppf(share)) * error, float(student.ppf(share, degrees)) * robust
    return ThreeLevelEffect(
        value, error, value - reach, value + reach, float(2 * norm.sf(abs(value) / error)),
        between, within,
        robust, value - wide, value + wide, float(2 * student.sf(abs(value) / robust, degrees)),
        degrees, len(groups), len(effects), confidence,
        Method.of("three_level_effect", "Konstantopoulos (2011); Tipton (2015)",
                  confidence=confidence),
    )  # fmt: skip


def _groups(studies: Sequence[object], effects: int) -> list[NDArray[np.intp]]:
    if len(studies) != effects:
        message = f"{len(studies)} names of studies for {effects} effects; give one for each."
        raise ValueError(message)
    places: dict[object, list[int]] = {}
    for place, study in enumerate(studies):
        places.setdefault(study, []).append(place)
    if len(places) < 2 or len(places) == effects:
        message = (
            f"{effects} effects in {len(places)} studies; three levels need at least two studies "
            "and one with several effects. Use pooled_effect where each study has one."
        )
        raise ValueError(message)
    return [np.array(group) for group in places.values()]


def _inverse(spread: Floats, between: float, within: float) -> Floats:
    """Return the inverse of one study's covariance, by its diagonal and the common part."""
    weights = 1 / (spread + within)
    common = between / (1 + between * weights.sum())
    inverse: Floats = np.diag(weights) - common * np.outer(weights, weights)
    return inverse


def _variance_components(
    effects: Floats, spread: Floats, groups: list[NDArray[np.intp]]
) -> tuple[float, float]:
    scale = float(np.var(effects) + np.median(spread))

    def badness(roots: Floats) -> float:
        """Minus twice the restricted log-likelihood, but for a constant."""
        between, within = roots**2 * scale
        logarithm = information = first = second = 0.0
        for group in groups:
            weights, values = 1 / (spread[group] + within), effects[group]
            inverse = _inverse(spread[group], between, within)
            logarithm += float(np.log1p(between * weights.sum()) - np.log(weights).sum())
            information += float(inverse.sum())
            first += float((inverse @ values).sum())
            second += float(values @ inverse @ values)
        return logarithm + float(np.log(information)) + second - first**2 / information

    starts = [np.array(start) for start in ((0.7, 0.7), (0.2, 0.9), (0.9, 0.2))]
    tight = {"xatol": 1e-9, "fatol": 1e-12, "maxiter": 4_000}
    best = min(
        (minimize(badness, start, method="Nelder-Mead", options=tight) for start in starts),
        key=lambda found: float(found.fun),
    )
    between, within = best.x**2 * scale
    return float(between), float(within)


def _robust(
    residuals: Floats,
    spread: Floats,
    groups: list[NDArray[np.intp]],
    components: tuple[float, float],
) -> tuple[float, float]:
    """Return the CR2 standard error of the mean and its Satterthwaite degrees of freedom."""
    order = np.concatenate(groups)
    inverses = [_inverse(spread[group], *components) for group in groups]
    weights = block_diag(*inverses)
    covariance = block_diag(*(np.linalg.inv(inverse) for inverse in inverses))
    ones = np.ones(len(order))
    bread = 1 / float(weights.sum())
    left_over = np.eye(len(order)) - bread * np.outer(ones, ones @ weights)
    at, scores, parts = 0, 0.0, []
    for group, inverse in zip(groups, inverses, strict=True):
        rows = slice(at, at + len(group))
        adjusted = _adjustment(covariance[rows, rows], bread) @ inverse.sum(axis=0)
        scores += float(adjusted @ residuals[group]) ** 2
        parts.append(bread * adjusted @ left_over[rows])
        at += len(group)
    shape = np.stack(parts) @ covariance @ np.stack(parts).T
    degrees = float(np.trace(shape) ** 2 / (shape**2).sum())
    return bread * float(np.sqrt(scores)), degrees


def _adjustment(covariance: Floats, bread: float) -> Floats:
    """Return the matrix that makes the study's squared residuals unbiased under the model."""
    upper = np.linalg.cholesky(covariance).T
    left = covariance - bread
    inner = upper @ left @ upper.T
    values, vectors = np.linalg.eigh(inner)
    kept = values > values.max() * 1e-12
    root = (vectors[:, kept] / np.sqrt(values[kept])) @ vectors[:, kept].T
    adjusted: Floats = upper.T @ root @ upper
    return adjusted

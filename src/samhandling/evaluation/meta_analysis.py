"""What several studies say together, and what the next one may be expected to show."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import chdtrc, gammaincinv, ndtr, ndtri, stdtr, stdtrit

from samhandling.evaluation.common_mean import between_studies, common_mean, tau2_at
from samhandling.patterns.variance_components import Tau2, fit, tau_squared
from samhandling.space import checked
from samhandling.space.method import Method

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class PooledEffect:
    """The mean effect over studies, on the scale of the estimates.

    Attributes
    ----------
    value, standard_error, low, high, p_value : float
    prediction_low, prediction_high : float
        Where the true effect of a new study like these is expected; far wider than the interval of
        the mean when studies differ.
    tau2, tau2_low, tau2_high : float
        Variance of true effects between studies, with its Q-profile interval.
    i2_percent : float
        Share of the spread that is not sampling error.
    q, q_p_value : float
        Cochran's test that all studies have the same effect.
    studies : int
    confidence : float
    method : Method
    """

    value: float
    standard_error: float
    low: float
    high: float
    p_value: float
    prediction_low: float
    prediction_high: float
    tau2: float
    tau2_low: float
    tau2_high: float
    i2_percent: float
    q: float
    q_p_value: float
    studies: int
    confidence: float
    method: Method

    def confidence_interval(self) -> tuple[float, float]:
        """Return the interval of the mean effect."""
        return self.low, self.high

    def prediction_interval(self) -> tuple[float, float]:
        """Return the interval for the true effect of a new study."""
        return self.prediction_low, self.prediction_high

    def summary(self) -> str:
        """Return what a person should know before quoting the mean."""
        sure = f"{self.confidence:.0%}"
        return (
            f"{self.value:.3f} ({sure} interval {self.low:.3f} to {self.high:.3f}) over "
            f"{self.studies} studies. A new study like these: {self.prediction_low:.3f} to "
            f"{self.prediction_high:.3f}. {self.i2_percent:.0f} % of the spread is real "
            "difference between studies."
        )


@dataclass(frozen=True, slots=True)
class MetaRegression:
    """How the effect varies with what is known of each study.

    Attributes
    ----------
    names : tuple of str
        `"intercept"` first, then the moderators.
    values, standard_error, low, high, p_value : ndarray of float64, shape (1 + n_moderators,)
    tau2 : float
        Variance of true effects that the moderators leave unexplained.
    q, q_p_value : float
        Test of that residual spread.
    studies : int
    confidence : float
    method : Method
    """

    names: tuple[str, ...]
    values: Floats
    standard_error: Floats
    low: Floats
    high: Floats
    p_value: Floats
    tau2: float
    q: float
    q_p_value: float
    studies: int
    confidence: float
    method: Method

    def confidence_interval(self) -> tuple[Floats, Floats]:
        """Return the intervals' two ends."""
        return self.low, self.high

    def summary(self) -> str:
        """Return one line for each coefficient."""
        return "\n".join(
            f"{name}: {value:.4g} ({low:.4g} to {high:.4g})"
            for name, value, low, high in zip(
                self.names, self.values, self.low, self.high, strict=True
            )
        )


def pooled_effect(
    estimates: ArrayLike,
    variances: ArrayLike,
    *,
    tau2: Tau2 = Tau2.REML,
    knapp_hartung: bool = False,
    confidence: float = 0.95,
) -> PooledEffect:
    """Pool effects of independent studies.

    Parameters
    ----------
    estimates : array_like of float, shape (n_studies,)
        One effect per study, on a scale where it is about normal (logarithms of ratios).
    variances : array_like of float, shape (n_studies,)
        Sampling variances; positive.
    tau2 : Tau2, default REML
        How the variance between studies is estimated; `Tau2.NONE` assumes it is zero.
    knapp_hartung : bool, default False
        Base the interval on t and the spread seen: advisable with few studies.
    confidence : float, default 0.95

    Returns
    -------
    PooledEffect

    Raises
    ------
    ValueError
        If there are fewer than two studies, or a number is missing or a variance not positive.

    Notes
    -----
    Studies that share people or controls are not independent: use `three_level_effect`. Studies
    that never were published are not here, and the mean is then too good. The prediction interval
    takes tau squared as known.

    References
    ----------
    R. DerSimonian and N. Laird (1986), "Meta-analysis in clinical trials", Controlled Clinical
    Trials 7, 177-188. G. Knapp and J. Hartung (2003), "Improved tests for a random effects
    meta-regression with a single covariate", Statistics in Medicine 22, 2693-2710. J. P. T.
    Higgins, S. G. Thompson and D. J. Spiegelhalter (2009), "A re-evaluation of random-effects
    meta-analysis", Journal of the Royal Statistical Society A 172, 137-159. W. Viechtbauer (2007),
    "Confidence intervals for the amount of heterogeneity", Statistics in Medicine 26, 37-52.

    Examples
    --------
    >>> pooled = pooled_effect([-0.9, -1.6, -1.3], [0.33, 0.19, 0.41], tau2=Tau2.NONE)
    >>> round(pooled.value, 3), round(pooled.standard_error, 3)
    (-1.334, 0.305)
    """
    effects, spread = checked_effects(estimates, variances, least=2)
    found = between_studies(effects, spread, tau2)
    mean = common_mean(effects, spread, found)
    value, degrees = mean.value, len(effects) - 1
    error, reach, p_value = _uncertainty(
        np.array([value]), np.array([1 / math.sqrt(mean.weight)]),
        mean.q / degrees if knapp_hartung else None, degrees, confidence,
    )  # fmt: skip
    width, about = reach * float(error[0]), reach * math.sqrt(found + float(error[0]) ** 2)
    q = common_mean(effects, spread, 0.0).q
    tau2_low, tau2_high = _tau2_limits(effects, spread, confidence)
    return PooledEffect(
        value, float(error[0]), value - width, value + width, float(p_value[0]),
        value - about, value + about, found, tau2_low, tau2_high,
        100 * found / (found + _typical_variance(spread)), q, float(chdtrc(degrees, q)),
        len(effects), confidence,
        Method.of("random_effects", "DerSimonian and Laird (1986)", tau2=tau2.value,
                  knapp_hartung=knapp_hartung, confidence=confidence),
    )  # fmt: skip


def meta_regression(
    estimates: ArrayLike,
    variances: ArrayLike,
    moderators: Sequence[tuple[str, ArrayLike]],
    *,
    tau2: Tau2 = Tau2.REML,
    knapp_hartung: bool = False,
    confidence: float = 0.95,
) -> MetaRegression:
    """Regress effects of independent studies on what is known of each.

    Parameters
    ----------
    estimates, variances : array_like of float, shape (n_studies,)
        As in `pooled_effect`.
    moderators : sequence of (str, array_like of float)
        Name and values, one per study.
    tau2 : Tau2, default REML
    knapp_hartung : bool, default False
    confidence : float, default 0.95

    Returns
    -------
    MetaRegression

    Raises
    ------
    ValueError
        If there are no more studies than coefficients, a number is missing, or moderators say the
        same thing.

    Notes
    -----
    Differences between studies were not drawn by lot: a moderator that goes with the effect need
    not cause it.

    References
    ----------
    G. Knapp and J. Hartung (2003), Statistics in Medicine 22, 2693-2710.

    Examples
    --------
    >>> found = meta_regression([0.1, 0.3, 0.5], [0.1, 0.1, 0.1], [("year", [0, 1, 2])])
    >>> found.values.round(3).tolist()
    [0.1, 0.2]
    """
    effects, spread = checked_effects(estimates, variances, least=2 + len(moderators))
    columns = _columns(moderators, len(effects))
    found = tau_squared(effects[None], spread, columns, tau2)
    fitted = fit(effects[None], spread, columns, found)
    values, degrees = fitted.coefficients[0], columns.shape[0] - columns.shape[1]
    error, reach, p_value = _uncertainty(
        values, np.sqrt(np.diagonal(fitted.covariance[0])),
        float(fitted.q[0]) / degrees if knapp_hartung else None, degrees, confidence,
    )  # fmt: skip
    q = float(fit(effects[None], spread, columns, np.zeros(1)).q[0])
    names = ("intercept", *(name for name, _ in moderators))
    return MetaRegression(
        names, values, error, values - reach * error, values + reach * error, p_value,
        float(found[0]), q, float(chdtrc(degrees, q)), len(effects), confidence,
        Method.of("meta_regression", "Knapp and Hartung (2003)", tau2=tau2.value,
                  knapp_hartung=knapp_hartung, moderators=names[1:], confidence=confidence),
    )  # fmt: skip


def tau2_interval(
    estimates: ArrayLike, variances: ArrayLike, *, confidence: float = 0.95
) -> tuple[float, float]:
    """Return the Q-profile interval of the variance of true effects.

    Raises
    ------
    ValueError
        If there are fewer than two studies, or a number is missing or a variance not positive.

    References
    ----------
    W. Viechtbauer (2007), "Confidence intervals for the amount of heterogeneity in meta-analysis",
    Statistics in Medicine 26, 37-52.

    Examples
    --------
    >>> low, high = tau2_interval([0.0, 1.0, 3.0], [0.1, 0.1, 0.1])
    >>> round(low, 2), round(high, 1)
    (0.53, 92.1)
    """
    effects, spread = checked_effects(estimates, variances, least=2)
    return _tau2_limits(effects, spread, confidence)


def checked_effects(
    estimates: ArrayLike, variances: ArrayLike, *, least: int
) -> tuple[Floats, Floats]:
    """Return effects and variances that can be pooled.

    Raises
    ------
    ValueError
        If there are fewer than `least` studies, or a number is missing or a variance not positive.
    """
    effects, spread = checked.finite(estimates, "estimates"), checked.finite(variances, "variances")
    if len(effects) != len(spread):
        message = f"{len(effects)} estimates and {len(spread)} variances; give one of each a study."
        raise ValueError(message)
    if len(effects) < least:
        message = f"{len(effects)} studies; this needs at least {least}."
        raise ValueError(message)
    wrong = np.flatnonzero(spread <= 0)
    if wrong.size:
        at = wrong[0]
        message = f"variances[{at}] is {spread[at]:g}; a sampling variance is above zero."
        raise ValueError(message)
    return effects, spread


def _uncertainty(
    values: Floats, error: Floats, seen: float | None, degrees: int, confidence: float
) -> tuple[Floats, float, Floats]:
    """Return standard errors, how many of them an interval reaches, and p-values.

    `seen` is the spread around the fit for each degree of freedom, where it is to be relied on.
    """
    share = (1 + checked.probability(confidence)) / 2
    if seen is None:
        return error, float(ndtri(share)), 2 * ndtr(-np.abs(values / error))
    error = error * math.sqrt(seen)
    with np.errstate(divide="ignore", invalid="ignore"):
        p_value = 2 * stdtr(degrees, -np.abs(values / error))
    return error, float(stdtrit(degrees, share)), p_value


def _typical_variance(spread: Floats) -> float:
    weights = 1 / spread
    return float((len(spread) - 1) * weights.sum() / (weights.sum() ** 2 - (weights**2).sum()))


def _tau2_limits(effects: Floats, spread: Floats, confidence: float) -> tuple[float, float]:
    tail, half = (1 - checked.probability(confidence)) / 2, (len(effects) - 1) / 2
    low, high = (
        tau2_at(effects, spread, 2 * float(gammaincinv(half, share))) for share in (1 - tail, tail)
    )
    return low, high


def _columns(moderators: Sequence[tuple[str, ArrayLike]], studies: int) -> Floats:
    columns = [np.ones(studies)]
    for name, values in moderators:
        column = checked.finite(values, name)
        if len(column) != studies:
            message = f"{name} has {len(column)} values for {studies} studies."
            raise ValueError(message)
        columns.append(column)
    matrix = np.stack(columns, axis=1)
    if np.linalg.matrix_rank(matrix) < matrix.shape[1]:
        names = ", ".join(name for name, _ in moderators)
        message = f"The moderators {names} say the same thing of these studies; leave one out."
        raise ValueError(message)
    return matrix

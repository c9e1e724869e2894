"""A share of the population from a sample, with the interval that its design allows."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import betaincinv
from scipy.stats import norm
from scipy.stats import t as student

from samhandling.space import checked
from samhandling.space.method import Method
from samhandling.survey.weights import kish_design_effect

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Proportion:
    """A share with its interval, between 0 and 1.

    Attributes
    ----------
    value, low, high : float
    standard_error : float
        Zero when everybody or nobody answers so; the interval is not.
    answers : int
        People who answered.
    design_effect : float
        How many times larger the variance is than in a simple random sample of as many.
    effective_answers : float
        Size of the simple random sample that says as much.
    confidence : float
    method : Method
    """

    value: float
    low: float
    high: float
    standard_error: float
    answers: int
    design_effect: float
    effective_answers: float
    confidence: float
    method: Method

    def confidence_interval(self) -> tuple[float, float]:
        """Return the interval's two ends."""
        return self.low, self.high

    def summary(self) -> str:
        """Return one sentence a person can read."""
        return (
            f"{self.value:.1%} ({self.confidence:.0%} interval {self.low:.1%} to {self.high:.1%}; "
            f"{self.answers} answers worth {self.effective_answers:.0f})."
        )


def wilson_interval(share: float, size: float, confidence: float = 0.95) -> tuple[float, float]:
    """Return Wilson's score interval for a share of `size` answers, which may be effective ones.

    Raises
    ------
    ValueError
        If the share is not between 0 and 1 or the size not positive.

    References
    ----------
    E. B. Wilson (1927), "Probable inference, the law of succession, and statistical inference",
    Journal of the American Statistical Association 22, 209-212.

    Examples
    --------
    >>> [round(end, 4) for end in wilson_interval(81 / 263, 263)]
    [0.2553, 0.3662]
    """
    _check_share(share, size)
    z = float(norm.ppf((1 + checked.probability(confidence)) / 2))
    centre = (share + z**2 / (2 * size)) / (1 + z**2 / size)
    reach = z / (1 + z**2 / size) * np.sqrt(share * (1 - share) / size + z**2 / (4 * size**2))
    return max(float(centre - reach), 0.0), min(float(centre + reach), 1.0)


def exact_interval(share: float, size: float, confidence: float = 0.95) -> tuple[float, float]:
    """Return the Clopper-Pearson interval, for effective answers too (Korn and Graubard).

    Raises
    ------
    ValueError
        If the share is not between 0 and 1 or the size not positive.

    References
    ----------
    E. L. Korn and B. I. Graubard (1998), "Confidence intervals for proportions with small expected
    number of positive counts estimated from survey data", Survey Methodology 24, 193-201.

    Examples
    --------
    >>> [round(end, 4) for end in exact_interval(0.1, 10)]
    [0.0025, 0.445]
    """
    _check_share(share, size)
    tail = (1 - checked.probability(confidence)) / 2
    yes, no = share * size, (1 - share) * size
    low = float(betaincinv(yes, no + 1, tail)) if yes > 0 else 0.0
    high = float(betaincinv(yes + 1, no, 1 - tail)) if no > 0 else 1.0
    return low, high


def _check_share(share: float, size: float) -> None:
    if not 0 <= share <= 1:
        msg = f"share is {share}; give a share from 0 to 1, not a percentage."
        raise ValueError(msg)
    if not size > 0:
        msg = f"size is {size}; an interval needs answers."
        raise ValueError(msg)


def published_proportion(
    percent: float, answers: int, *, design_effect: float = 1.3, confidence: float = 0.95
) -> Proportion:
    """Put an interval on a percentage that was published without one.

    Parameters
    ----------
    percent : float
        As published, 0 to 100.
    answers : int
        People who answered, in the group and area that the percentage is for.
    design_effect : float, default 1.3
        What weighting and clustering cost; an assumption unless the publisher says.
    confidence : float, default 0.95
        Two-sided coverage.

    Returns
    -------
    Proportion
        With Wilson's interval for the effective number of answers.

    Raises
    ------
    ValueError
        If the percentage, the number of answers or the design effect is out of range.

    Notes
    -----
    Rounding of the percentage and those who did not answer are not in the interval.
    """
    if answers < 1 or not design_effect > 0:
        msg = f"answers is {answers} and design_effect {design_effect}; both must be positive."
        raise ValueError(msg)
    share, size = percent / 100, answers / design_effect
    low, high = wilson_interval(share, size, confidence)
    method = Method.of(
        "published_proportion_wilson", "Wilson 1927", confidence=confidence,
        design_effect=design_effect,
    )  # fmt: skip
    error = float(np.sqrt(share * (1 - share) / size))
    return Proportion(share, low, high, error, answers, design_effect, size, confidence, method)


def weighted_proportion(
    answers: ArrayLike,
    weights: ArrayLike,
    *,
    stratum: ArrayLike | None = None,
    cluster: ArrayLike | None = None,
    exact: bool = True,
    confidence: float = 0.95,
) -> Proportion:
    """Estimate a share of the population from individual answers and their weights.

    Parameters
    ----------
    answers : array_like of bool, shape (n,)
        Who answered so.
    weights : array_like of float, shape (n,)
        People in the population that each answer stands for; positive.
    stratum : array_like, shape (n,), optional
        Which part of the population each was drawn from separately.
    cluster : array_like, shape (n,), optional
        Which were drawn together.
    exact : bool, default True
        Korn and Graubard's interval; Wilson's for the effective number of answers otherwise.
    confidence : float, default 0.95
        Two-sided coverage.

    Returns
    -------
    Proportion

    Raises
    ------
    ValueError
        If there are fewer than two answers, an answer is neither yes nor no, a weight is not
        positive, or a stratum holds a single cluster.

    Notes
    -----
    The variance is linearised, clusters taken as drawn with replacement. Weights correct for who
    was asked and, as far as the weighting knows, for who answered. What differs between those who
    answer and those who do not, within a weighting class, is not seen.

    References
    ----------
    E. L. Korn and B. I. Graubard (1998), Survey Methodology 24, 193-201.
    W. G. Cochran (1977), "Sampling Techniques", 3rd ed., ch. 11.
    """
    yes = checked.counts(answers, "answers")
    w = checked.positive(weights, "weights", "leave out who was not in the population")
    n = checked.same_length(answers=yes, weights=w)
    if (yes > 1).any():
        at = int(np.flatnonzero(yes > 1)[0])
        msg = f"answers[{at}] is {yes[at]}; give true or false for the answer that is counted."
        raise ValueError(msg)
    if n < 2:
        msg = "One answer has no interval; give at least two."
        raise ValueError(msg)
    share = float((w * yes).sum() / w.sum())
    part = w * (yes - share) / w.sum()
    variance, freedom = _design_variance(part, stratum, cluster)
    simple = share * (1 - share) / n
    effect = variance / simple if simple > 0 and variance > 0 else kish_design_effect(w)
    low, high = _interval(share, n, effect, freedom, exact=exact, confidence=confidence)
    method = Method.of(
        "weighted_proportion_" + ("korn_graubard" if exact else "wilson"), "Korn & Graubard 1998",
        confidence=confidence, stratified=stratum is not None, clustered=cluster is not None,
    )  # fmt: skip
    return Proportion(
        share, low, high, float(np.sqrt(variance)), n, effect, n / effect, confidence, method
    )


def _interval(
    share: float, n: int, effect: float, freedom: int, *, exact: bool, confidence: float
) -> tuple[float, float]:
    size = n / effect
    if not exact:
        return wilson_interval(share, size, confidence)
    tail = (1 + checked.probability(confidence)) / 2
    # Korn and Graubard: as many answers as would give this variance, for these degrees of freedom,
    # and never more than were given.
    adjusted = size * float(student.ppf(tail, n - 1) / student.ppf(tail, freedom)) ** 2
    return exact_interval(share, min(adjusted, n), confidence)


def _design_variance(
    part: Floats, stratum: ArrayLike | None, cluster: ArrayLike | None
) -> tuple[float, int]:
    """Return the linearised variance and its degrees of freedom."""
    n = len(part)
    layer = _labels(stratum, n, "stratum") if stratum is not None else np.zeros(n, dtype=np.int64)
    group = _labels(cluster, n, "cluster") if cluster is not None else np.arange(n)
    pairs, at = np.unique(np.stack([layer, group]), axis=1, return_inverse=True)
    total = np.bincount(at.ravel(), weights=part)
    layers = pairs[0]
    number = np.bincount(layers)
    if (number < 2).any():
        msg = (
            f"Stratum {int(np.flatnonzero(number < 2)[0])} holds one cluster; join it with another."
        )
        raise ValueError(msg)
    mean = np.bincount(layers, weights=total) / number
    squares = np.bincount(layers, weights=(total - mean[layers]) ** 2)
    variance = float((number / (number - 1) * squares).sum())
    return variance, int(len(total) - len(number))


def _labels(values: ArrayLike, n: int, name: str) -> NDArray[np.int64]:
    array = np.asarray(values)
    if array.shape != (n,):
        msg = f"{name} has shape {array.shape}; give one label for each of {n} answers."
        raise ValueError(msg)
    return np.unique(array, return_inverse=True)[1].astype(np.int64)

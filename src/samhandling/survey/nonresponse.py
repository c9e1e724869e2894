"""Whether the answers may be read as the population, when many did not answer."""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray
from scipy.stats import chi2

from samhandling.space import checked
from samhandling.space.method import Method
from samhandling.survey.proportion import wilson_interval
from samhandling.survey.representativity import ResponseStrata, RIndicator, r_indicator
from samhandling.survey.weights import kish_design_effect

Floats = NDArray[np.float64]

MOST_DESIGN_EFFECT = 2.0


class Reading(StrEnum):
    """How the answers may be read. Values are stored: never rename or reuse one."""

    AS_THEY_STAND = "as_they_stand"
    WEIGHTED = "weighted"
    NOT_AS_POPULATION = "not_as_population"


@dataclass(frozen=True, slots=True)
class ShareBounds:
    """What not answering can do to a share, each between 0 and 1.

    Attributes
    ----------
    of_answers : float
        Share of those who answered, each stratum as likely to have been asked.
    weighted : float
        Each stratum's share counted by its residents; NaN where a stratum has no answers.
    low, high : float
        Where the share lies if those who did not answer may answer anything.
    low_by_strata, high_by_strata : float
        Where it lies if not answering depends on the strata alone: the bias that the R-indicator
        allows, without weights.
    """

    of_answers: float
    weighted: float
    low: float
    high: float
    low_by_strata: float
    high_by_strata: float


@dataclass(frozen=True, slots=True, eq=False)
class NonresponseCheck:
    """Who answered, set against the population.

    Attributes
    ----------
    strata : tuple of str
    rates, rates_low, rates_high : ndarray of float64, shape (n_strata,)
        Response rates with Wilson's intervals.
    population_share, answer_share : ndarray of float64, shape (n_strata,)
        Composition of the population, and of those who answered had all been as likely asked.
    chi_square, p_value : float
    degrees : int
        Of the test that all strata answer alike, divided by the design effect.
    indicator : RIndicator
    maximal_bias : float
        Most that a share can be moved by who answered, as far as the strata tell.
    maximal_bias_high : float
        At the pessimistic end of the indicator's interval.
    weight_effect, effective_answers : float
        Kish's design effect of weights by stratum, and what the answers are then worth; NaN where
        a stratum has no answers.
    bounds : ShareBounds or None
        None without `yes`.
    reading : Reading
    tolerable_bias, confidence : float
    method : Method
    """

    strata: tuple[str, ...]
    rates: Floats
    rates_low: Floats
    rates_high: Floats
    population_share: Floats
    answer_share: Floats
    chi_square: float
    p_value: float
    degrees: int
    indicator: RIndicator
    maximal_bias: float
    maximal_bias_high: float
    weight_effect: float
    effective_answers: float
    bounds: ShareBounds | None
    reading: Reading
    tolerable_bias: float
    confidence: float
    method: Method

    def confidence_interval(self) -> tuple[Floats, Floats]:
        """Return the response rates' intervals' two ends."""
        return self.rates_low, self.rates_high

    def summary(self) -> str:
        """Return what may be said, in sentences that a person can read."""
        said = f"{self.indicator.response_rate:.0%} answered. {WORDS[self.reading]} "
        said += (
            "Who answered can move an unweighted share by up to "
            f"{100 * self.maximal_bias_high:.1f} percentage points, as far as the strata tell."
        )
        if not np.isnan(self.effective_answers):
            said += f" With weights the answers are worth {self.effective_answers:.0f}."
        empty = [name for name, rate in zip(self.strata, self.rates, strict=True) if rate == 0]
        if empty:
            said += f" Nobody answered among: {'; '.join(empty)}."
        said += " Whether those who did not answer think otherwise is not seen"
        if self.bounds is not None:
            said += (
                f"; whatever they think, the share lies between {self.bounds.low:.0%} and "
                f"{self.bounds.high:.0%}"
            )
        return said + "."


WORDS = {
    Reading.AS_THEY_STAND: "The answers may be read as the population's as they stand.",
    Reading.WEIGHTED: "The answers may be read as the population's only when weighted.",
    Reading.NOT_AS_POPULATION: "The answers may not be read as the population's.",
}


def nonresponse_check(
    strata: ResponseStrata,
    *,
    design_effect: float = 1.0,
    tolerable_bias: float = 0.03,
    confidence: float = 0.95,
) -> NonresponseCheck:
    """Set those who answered against the population, and say how the answers may be read.

    Parameters
    ----------
    strata : ResponseStrata
    design_effect : float, default 1
        Of the response rates, where people were asked in clusters.
    tolerable_bias : float, default 0.03
        What a share may be moved by without anyone deciding otherwise; 0.03 is three percentage
        points.
    confidence : float, default 0.95

    Returns
    -------
    NonresponseCheck
        `as_they_stand` when not even the pessimistic end of the R-indicator lets the bias exceed
        what is tolerable; `not_as_population` when a stratum has no answers or weights would make
        the answers worth less than half; `weighted` otherwise.

    Raises
    ------
    ValueError
        If `design_effect` is not positive or `tolerable_bias` not between 0 and 1.

    Notes
    -----
    The reading is with respect to the strata alone. Among people of the same stratum those who feel
    unsafe may answer more or less often than others; no figure here sees that, except the bounds
    that let those who did not answer think anything.

    References
    ----------
    B. Schouten, F. Cobben and J. Bethlehem (2009), Survey Methodology 35, 101-113. J. N. K. Rao and
    A. J. Scott (1981), "The analysis of categorical data from complex sample surveys", Journal of
    the American Statistical Association 76, 221-230. C. F. Manski (1989), "Anatomy of the selection
    problem", Journal of Human Resources 24, 343-360. W. G. Cochran (1977), "Sampling Techniques",
    3rd ed., sec. 13.2.

    Examples
    --------
    >>> strata = ResponseStrata([400, 400], [120, 240], [5_000, 5_000], [("age", ["-39", "40-"])])
    >>> nonresponse_check(strata).reading.value
    'weighted'
    """
    checked.probability(tolerable_bias, "tolerable_bias")
    indicator = r_indicator(strata, design_effect=design_effect, confidence=confidence)
    asked, answered = strata.counted()
    share, rates = strata.residents() / strata.residents().sum(), answered / asked
    ends = [wilson_interval(r, n / design_effect, confidence)
            for r, n in zip(rates, asked, strict=True)]  # fmt: skip
    square = _homogeneity(answered, asked) / design_effect
    degrees = len(rates) - 1
    bias, high = (maximal_bias(r, indicator.response_rate)
                  for r in (indicator.value, indicator.low))  # fmt: skip
    effect = kish_design_effect(share / answered, answered) if answered.all() else float(np.nan)
    method = Method.of("nonresponse_check", "Schouten, Cobben and Bethlehem (2009)",
                       variables=tuple(name for name, _ in strata.variables),
                       design_effect=design_effect, tolerable_bias=tolerable_bias,
                       confidence=confidence)  # fmt: skip
    return NonresponseCheck(
        tuple(strata.names()), rates, np.array([low for low, _ in ends]),
        np.array([top for _, top in ends]), share, share * rates / (share * rates).sum(),
        square, float(chi2.sf(square, degrees)), degrees, indicator, bias, high, effect,
        float(answered.sum() / effect), _bounds(strata, indicator, share, rates),
        _reading(high, effect, tolerable_bias), tolerable_bias, confidence, method,
    )  # fmt: skip


def maximal_bias(r: float, response_rate: float) -> float:
    """Return the most that a share can be moved by who answered, from an R-indicator.

    Raises
    ------
    ValueError
        If `r` is above one or the response rate not above zero and at most one.

    Examples
    --------
    >>> round(maximal_bias(0.8, 0.5), 3)
    0.1
    """
    if not r <= 1 or not 0 < response_rate <= 1:
        message = f"r is {r} and response_rate {response_rate}; neither can be above one or none."
        raise ValueError(message)
    # No share has a standard deviation above one half.
    return min((1 - r) / 2 / response_rate / 2, 1.0)


def _homogeneity(answered: NDArray[np.int64], asked: NDArray[np.int64]) -> float:
    """Return Pearson's chi-square of equal response rates; none where everybody answered."""
    whole = answered.sum() / asked.sum()
    if whole == 1:
        return 0.0
    return float(((answered - asked * whole) ** 2 / (asked * whole * (1 - whole))).sum())


def _bounds(
    strata: ResponseStrata, indicator: RIndicator, share: Floats, rates: Floats
) -> ShareBounds | None:
    if strata.yes is None:
        return None
    answered = strata.counted()[1]
    yes = np.divide(
        checked.counts(strata.yes, "yes"), answered, out=np.zeros(len(share)), where=answered > 0
    )
    rate = indicator.response_rate
    low = float((share * rates * yes).sum())
    of_answers = low / rate
    # |p - p0| <= S(rho) / rho * sqrt(p0 (1 - p0)), solved for the population's p0, is Wilson's
    # interval with the square of that ratio in the place of z squared over n.
    ratio = (1 - indicator.low) / 2 / rate
    centre = (of_answers + ratio**2 / 2) / (1 + ratio**2)
    reach = ratio / (1 + ratio**2) * np.sqrt(of_answers * (1 - of_answers) + ratio**2 / 4)
    weighted = float((share * yes).sum()) if answered.all() else np.nan
    return ShareBounds(
        of_answers, weighted, low, low + 1 - rate,
        max(float(centre - reach), 0.0), min(float(centre + reach), 1.0),
    )  # fmt: skip


def _reading(bias: float, effect: float, tolerable: float) -> Reading:
    if not effect <= MOST_DESIGN_EFFECT:  # NaN where a stratum has no answers
        return Reading.NOT_AS_POPULATION
    return Reading.AS_THEY_STAND if bias <= tolerable else Reading.WEIGHTED

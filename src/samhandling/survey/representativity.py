"""How alike those who answered are to those who were to be asked: the R-indicator."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.stats import norm

from samhandling.space import checked
from samhandling.space.method import Method
from samhandling.survey.design import labels_of

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class ResponseStrata:
    """Who were asked and who answered, one entry for each stratum.

    Attributes
    ----------
    invited, answered : array_like of int, shape (n_strata,)
        People asked, at least two in each stratum, and how many of them answered.
    population : array_like of float, shape (n_strata,)
        Residents of each stratum; positive.
    variables : sequence of (str, array_like), each of shape (n_strata,)
        What makes the strata, such as age group and sex; no two strata alike.
    yes : array_like of int, shape (n_strata,), optional
        Answers that are counted, for bounds on their share.
    """

    invited: ArrayLike
    answered: ArrayLike
    population: ArrayLike
    variables: Sequence[tuple[str, ArrayLike]]
    yes: ArrayLike | None = None

    def __post_init__(self) -> None:
        """Refuse counts that cannot be, and strata that are not told apart."""
        asked, answered = self.counted()
        n = checked.same_length(invited=asked, answered=answered, population=self.residents())
        if n < 2:
            message = "One stratum has nothing to be compared with; give two or more."
            raise ValueError(message)
        _refuse(asked < 2, "invited", asked, "join it with another stratum")
        _refuse(answered > asked, "answered", answered, "no more can answer than were asked")
        if not answered.any():
            message = "answered is 0 in every stratum; nothing can be said of a survey without any."
            raise ValueError(message)
        if self.yes is not None:
            yes = checked.counts(self.yes, "yes")
            checked.same_length(answered=answered, yes=yes)
            _refuse(yes > answered, "yes", yes, "no more can answer so than answered")
        names = self.names()
        for at, name in enumerate(names):
            if name in names[:at]:
                message = f"Strata {names.index(name)} and {at} are both {name}; add them together."
                raise ValueError(message)

    def counted(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Return the people asked and those who answered."""
        return checked.counts(self.invited, "invited"), checked.counts(self.answered, "answered")

    def residents(self) -> Floats:
        """Return the residents of each stratum."""
        return checked.positive(self.population, "population", "leave out the stratum")

    def labels(self) -> list[tuple[str, NDArray[np.str_]]]:
        """Return the variables with their labels as text."""
        n = len(self.residents())
        if not self.variables:
            message = "variables is empty; name what makes the strata, such as age group."
            raise ValueError(message)
        return [(name, labels_of(values, n, name)) for name, values in self.variables]

    def names(self) -> list[str]:
        """Return each stratum's name: its labels."""
        each = [labels for _, labels in self.labels()]
        return [", ".join(str(label) for label in row) for row in zip(*each, strict=True)]


@dataclass(frozen=True, slots=True, eq=False)
class PartialIndicator:
    """How much one variable has to do with who answers.

    Attributes
    ----------
    variable : str
    unconditional : float
        Standard deviation of response rates between its labels.
    conditional : float
        What remains of it among people alike in the other variables.
    categories : tuple of (str, float)
        Each label's part of `unconditional`: below zero where fewer answer than in all.
    """

    variable: str
    unconditional: float
    conditional: float
    categories: tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True, eq=False)
class RIndicator:
    """One where all strata answer alike, lower the more they differ.

    Attributes
    ----------
    value, low, high : float
        R = 1 - 2 S, S the standard deviation of response rates, its sampling error taken away.
    standard_error : float
        Near one, where R can go no higher, the interval says more.
    unadjusted : float
        The sampling error left in.
    response_rate : float
        Of the population: each stratum counted by its residents.
    partial : tuple of PartialIndicator
        One for each variable, not adjusted for sampling error.
    confidence : float
    method : Method
    """

    value: float
    low: float
    high: float
    standard_error: float
    unadjusted: float
    response_rate: float
    partial: tuple[PartialIndicator, ...]
    confidence: float
    method: Method

    def confidence_interval(self) -> tuple[float, float]:
        """Return the interval's two ends."""
        return self.low, self.high

    def summary(self) -> str:
        """Return one sentence a person can read."""
        said = (
            f"R-indicator {self.value:.2f} ({self.confidence:.0%} interval {self.low:.2f} to "
            f"{self.high:.2f}; 1 is a response like the population)."
        )
        most = max(self.partial, key=lambda each: each.unconditional)
        label, part = max(most.categories, key=lambda each: abs(each[1]))
        if part == 0:
            return said
        often = "less" if part < 0 else "more"
        return f"{said} {most.variable} tells most of who answers: {label}, {often} than others."


def r_indicator(
    strata: ResponseStrata, *, design_effect: float = 1.0, confidence: float = 0.95
) -> RIndicator:
    """Estimate how representative a response is with respect to the strata.

    Parameters
    ----------
    strata : ResponseStrata
    design_effect : float, default 1
        Of the response rates, where people were asked in clusters.
    confidence : float, default 0.95

    Returns
    -------
    RIndicator

    Raises
    ------
    ValueError
        If the design effect is not positive.

    Notes
    -----
    Strata that answer alike may still differ in other ways; R knows only what makes the strata,
    and two surveys are comparable only with the same ones. The variance of rates is reduced by
    what the binomial law of each stratum's response adds to it.

    References
    ----------
    B. Schouten, F. Cobben and J. Bethlehem (2009), "Indicators for the representativeness of survey
    response", Survey Methodology 35, 101-113. N. Shlomo, C. Skinner and B. Schouten (2012),
    "Estimation of an indicator of the representativeness of survey response", Journal of
    Statistical Planning and Inference 142, 201-211. B. Schouten, N. Shlomo and C. Skinner (2011),
    "Indicators for monitoring and improving representativeness of response", Journal of Official
    Statistics 27, 231-253.

    Examples
    --------
    >>> strata = ResponseStrata([400, 400], [120, 240], [5_000, 5_000], [("age", ["-39", "40-"])])
    >>> round(r_indicator(strata).value, 3)
    0.702
    """
    if not design_effect > 0:
        message = f"design_effect is {design_effect}; give a positive number."
        raise ValueError(message)
    asked, answered = strata.counted()
    share = strata.residents() / strata.residents().sum()
    rate = answered / asked
    away = rate - (share * rate).sum()
    noise = design_effect * rate * (1 - rate) / (asked - 1)
    raw = float((share * away**2).sum())
    spread = raw - float((share * (1 - share) * noise).sum())
    error = float(np.sqrt((share**2 * (4 * away**2 * noise + 2 * noise**2)).sum()))
    reach = float(norm.ppf((1 + checked.probability(confidence)) / 2)) * error
    value, low, high = (1 - 2 * _root(each) for each in (spread, spread + reach, spread - reach))
    # The slope of the root has no bound at zero; there the root of the error is its size.
    of_root = min(error / (2 * _root(spread)), error**0.5) if spread > 0 else error**0.5
    method = Method.of("r_indicator", "Schouten, Cobben and Bethlehem (2009)",
                       variables=tuple(name for name, _ in strata.variables),
                       design_effect=design_effect, confidence=confidence)  # fmt: skip
    return RIndicator(
        value, low, high, 2 * of_root, 1 - 2 * _root(raw), float((share * rate).sum()),
        _partial(strata.labels(), share, rate), confidence, method,
    )  # fmt: skip


def _root(square: float) -> float:
    return float(np.sqrt(max(square, 0.0)))


def _partial(
    variables: list[tuple[str, NDArray[np.str_]]], share: Floats, rate: Floats
) -> tuple[PartialIndicator, ...]:
    made = []
    whole = (share * rate).sum()
    for at, (name, labels) in enumerate(variables):
        found, code = np.unique(labels, return_inverse=True)
        weight = np.bincount(code, weights=share)
        parts = np.sqrt(weight) * (np.bincount(code, weights=share * rate) / weight - whole)
        others = [labels for i, (_, labels) in enumerate(variables) if i != at]
        made.append(
            PartialIndicator(
                name, _root(float((parts**2).sum())), _within(others, share, rate),
                tuple((str(label), float(part)) for label, part in zip(found, parts, strict=True)),
            )
        )  # fmt: skip
    return tuple(made)


def _within(others: list[NDArray[np.str_]], share: Floats, rate: Floats) -> float:
    """Return the standard deviation of rates among people alike in the other variables."""
    code = np.zeros(len(rate), dtype=np.int64)
    if others:
        code = np.unique(np.stack(others), axis=1, return_inverse=True)[1].ravel()
    mean = np.bincount(code, weights=share * rate) / np.bincount(code, weights=share)
    return _root(float((share * (rate - mean[code]) ** 2).sum()))


def _refuse(bad: NDArray[np.bool_], name: str, values: NDArray[np.int64], remedy: str) -> None:
    if bad.any():
        at = int(np.flatnonzero(bad)[0])
        message = f"{name}[{at}] is {values[at]}; {remedy}."
        raise ValueError(message)

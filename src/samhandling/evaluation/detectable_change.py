"""The smallest effect that an evaluation can see: to be asked before it is begun."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from scipy.optimize import brentq
from scipy.stats import norm
from scipy.stats import t as student

from samhandling.space import checked
from samhandling.space.method import Method

SMALLEST_RATIO = 1e-6
LARGEST_RATIO = 1e6


@dataclass(frozen=True, slots=True)
class DetectableChange:
    """The smallest change in counts that would be seen as often as asked.

    Attributes
    ----------
    decrease_percent : float
        From 0 down to -100; NaN where not even the disappearance of all events would be seen.
    increase_percent : float
        Above 0; NaN where no increase would be seen.
    power, significance : float
        What was asked for.
    method : Method
    """

    decrease_percent: float
    increase_percent: float
    power: float
    significance: float
    method: Method

    @property
    def value(self) -> float:
        """The decrease, in per cent."""
        return self.decrease_percent

    def summary(self) -> str:
        """Return one sentence a person can read."""
        if np.isnan(self.decrease_percent):
            return "No decrease, however large, would be seen in so few events."
        return (
            f"A decrease of {-self.decrease_percent:.0f} % or an increase of "
            f"{self.increase_percent:.0f} % would be seen in {self.power:.0%} of cases; a smaller "
            "effect would most often pass unseen."
        )


def detectable_change_in_counts(
    before: float,
    after: float,
    *,
    comparison: tuple[float, float] = (np.inf, np.inf),
    dispersion: float = 1.0,
    power: float = 0.8,
    significance: float = 0.05,
) -> DetectableChange:
    """Return the smallest relative change that a before-and-after comparison of counts can see.

    Parameters
    ----------
    before, after : float
        Events expected in the treated areas together before, and after if nothing changes.
    comparison : pair of float, default infinite
        Events in the comparison areas before and after; infinite where their noise is nothing.
    dispersion : float, default 1
        Variance over mean; 1 for independent events, usually 1.5 to 3 for crime.
    power, significance : float
        How often it is to be seen, and the two-sided level of the test.

    Returns
    -------
    DetectableChange

    Raises
    ------
    ValueError
        If a number of events or the dispersion is not positive, or a share is out of range.

    Notes
    -----
    Normal approximation to the logarithm of the ratio of ratios, whose error is that of the counts
    as they will be: fewer events after a large decrease make it harder to see. Wrong if counts vary
    more than `dispersion` says, or if areas drift apart by themselves, both of which make the true
    smallest change larger.

    References
    ----------
    H. S. Bloom (1995), "Minimum detectable effects", Evaluation Review 19, 547-556.

    Examples
    --------
    >>> change = detectable_change_in_counts(48, 48, comparison=(250, 250))
    >>> round(change.decrease_percent)
    -53
    """
    for name, value in (
        ("before", before), ("after", after), ("comparison[0]", comparison[0]),
        ("comparison[1]", comparison[1]), ("dispersion", dispersion),
    ):  # fmt: skip
        if not value > 0:
            message = f"{name} is {value}; give the number expected, above zero."
            raise ValueError(message)
    level = checked.probability(significance, "significance")
    reach = float(norm.ppf(1 - level / 2))
    wanted = float(norm.ppf(checked.probability(power, "power")))
    fixed = 1 / before + 1 / comparison[0] + 1 / comparison[1]

    def short(log_ratio: float) -> float:
        error = np.sqrt(dispersion * (fixed + np.exp(-log_ratio) / after))
        return float(abs(log_ratio) - (reach + wanted) * error)

    method = Method.of(
        "detectable_change_in_counts", "Bloom 1995", before=before, after=after,
        comparison=comparison, dispersion=dispersion, power=power, significance=significance,
    )  # fmt: skip
    return DetectableChange(
        100 * (_first_seen(short, -1) - 1), 100 * (_first_seen(short, 1) - 1), power,
        significance, method,
    )  # fmt: skip


def detectable_from_error(
    standard_error: float,
    *,
    degrees_of_freedom: float = np.inf,
    power: float = 0.8,
    significance: float = 0.05,
) -> float:
    """Return the smallest effect an estimate with this standard error shows as often as asked.

    Parameters
    ----------
    standard_error : float
        Positive.
    degrees_of_freedom : float, default infinite
        Areas less one, where errors are clustered by area.
    power, significance : float
        How often it is to be seen, and the two-sided level of the test.

    Returns
    -------
    float
        In the unit of the standard error.

    Raises
    ------
    ValueError
        If an argument is out of range.

    Notes
    -----
    The estimate is taken to be spread as Student's t around the truth.

    References
    ----------
    H. S. Bloom (1995), "Minimum detectable effects", Evaluation Review 19, 547-556.

    Examples
    --------
    >>> round(detectable_from_error(1.0), 2)
    2.8
    """
    checked.positive([standard_error], "standard_error", "an error of zero sees everything")
    if not degrees_of_freedom > 0:
        message = f"degrees_of_freedom is {degrees_of_freedom}; at least two areas are needed."
        raise ValueError(message)
    law = norm if np.isinf(degrees_of_freedom) else student(degrees_of_freedom)
    reach = law.ppf(1 - checked.probability(significance, "significance") / 2)
    return float(standard_error * (reach + law.ppf(checked.probability(power, "power"))))


def _first_seen(short: Callable[[float], float], direction: int) -> float:
    """Return the ratio nearest to one, in a direction, at which `short` is no longer negative."""
    end = np.log(SMALLEST_RATIO if direction < 0 else LARGEST_RATIO)
    tried = np.linspace(0, end, 2_000)
    found = np.flatnonzero([short(at) >= 0 for at in tried])
    if not found.size:
        return float("nan")
    return float(np.exp(brentq(short, tried[found[0] - 1], tried[found[0]])))

"""What a survey can see: margins, power, and the answers it takes."""

import math

from scipy.optimize import brentq
from scipy.stats import norm

from samhandling.space import checked


def margin(
    share: float, answers: float, *, design_effect: float = 1.3, confidence: float = 0.95
) -> float:
    """Return the half-width of the interval around a share.

    Parameters
    ----------
    share : float
        0 to 1.
    answers : float
        People who answered.
    design_effect : float, default 1.3
        What weighting and clustering cost.
    confidence : float, default 0.95
        Two-sided coverage.

    Returns
    -------
    float
        As a share; 0.019 is 1.9 percentage points.

    Raises
    ------
    ValueError
        If an argument is out of range.

    Examples
    --------
    >>> round(margin(0.10, 17_857 / 14), 3)
    0.019
    """
    _check([share], answers, design_effect)
    z = float(norm.ppf((1 + checked.probability(confidence)) / 2))
    return z * math.sqrt(share * (1 - share) * design_effect / answers)


def power_of_change(
    before: float,
    after: float,
    answers: float,
    *,
    design_effect: float = 1.3,
    significance: float = 0.05,
) -> float:
    """Return the chance that two waves show a true change as significant, in either direction.

    Parameters
    ----------
    before, after : float
        The true shares, 0 to 1.
    answers : float
        People who answer in each wave.
    design_effect : float, default 1.3
        What weighting and clustering cost.
    significance : float, default 0.05
        Two-sided level of the test.

    Returns
    -------
    float
        0 to 1; `significance` when nothing changes.

    Raises
    ------
    ValueError
        If an argument is out of range.

    Notes
    -----
    Two independent waves of equal size, normal approximation; the test pools the shares as they
    are under no change. With fewer than some ten expected answers the approximation is poor, and
    the survey says little anyhow.

    References
    ----------
    J. L. Fleiss, B. Levin and M. C. Paik (2003), "Statistical Methods for Rates and Proportions",
    3rd ed., ch. 4.

    Examples
    --------
    >>> round(power_of_change(0.11, 0.09, 17_857 / 14), 2)
    0.31
    """
    _check([before, after], answers, design_effect)
    z = float(norm.ppf(1 - checked.probability(significance, "significance") / 2))
    size = answers / design_effect
    mean = (before + after) / 2
    under_none = math.sqrt(2 * mean * (1 - mean) / size)
    under_change = math.sqrt((before * (1 - before) + after * (1 - after)) / size)
    difference = abs(after - before)
    seen = norm.cdf((difference - z * under_none) / under_change)
    wrong_way = norm.cdf((-difference - z * under_none) / under_change)
    return float(seen + wrong_way)


def answers_needed(
    before: float,
    after: float,
    *,
    power: float = 0.8,
    design_effect: float = 1.3,
    significance: float = 0.05,
) -> int:
    """Return how many answers each wave needs to show a change with the wanted power.

    Parameters
    ----------
    before, after : float
        The true shares, 0 to 1, not equal.
    power : float, default 0.8
        Wanted chance of seeing it.
    design_effect, significance
        See `power_of_change`.

    Returns
    -------
    int

    Raises
    ------
    ValueError
        If the shares are equal or an argument is out of range.

    Examples
    --------
    >>> answers_needed(0.11, 0.09)
    4591
    """
    checked.probability(power, "power")
    if before == after:
        msg = f"before and after are both {before}; no sample shows a change that is none."
        raise ValueError(msg)

    def short_of(log_answers: float) -> float:
        answers = math.exp(log_answers)
        reached = power_of_change(
            before, after, answers, design_effect=design_effect, significance=significance
        )
        return reached - power

    return math.ceil(math.exp(brentq(short_of, math.log(1.0), math.log(1e12))))


def smallest_change_seen(
    before: float,
    answers: float,
    *,
    power: float = 0.8,
    design_effect: float = 1.3,
    significance: float = 0.05,
) -> float | None:
    """Return the share after the smallest fall that two waves show with the wanted power.

    Parameters
    ----------
    before : float
        The true share in the first wave, 0 to 1.
    answers : float
        People who answer in each wave.
    power : float, default 0.8
        Wanted chance of seeing it.
    design_effect, significance
        See `power_of_change`.

    Returns
    -------
    float or None
        None where even a fall to nothing would not be seen.

    Raises
    ------
    ValueError
        If an argument is out of range.
    """
    checked.probability(power, "power")

    def short_of(after: float) -> float:
        reached = power_of_change(
            before, after, answers, design_effect=design_effect, significance=significance
        )
        return reached - power

    lowest = before * 1e-6
    if short_of(lowest) < 0:
        return None
    return float(brentq(short_of, lowest, before))


def _check(shares: list[float], answers: float, design_effect: float) -> None:
    for at, share in enumerate(shares):
        if not 0 < share < 1:
            msg = f"Share {at} is {share}; give a share between 0 and 1, not a percentage."
            raise ValueError(msg)
    if not answers > 0 or not design_effect > 0:
        msg = f"answers is {answers} and design_effect {design_effect}; both must be positive."
        raise ValueError(msg)

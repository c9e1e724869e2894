"""Has it changed between two waves: the difference between two shares, with its interval."""

import numpy as np
from scipy.stats import norm

from samhandling.patterns.estimate import Estimate
from samhandling.space.method import Method
from samhandling.survey.proportion import Proportion, wilson_interval


def change_between_waves(
    before: Proportion, after: Proportion, *, confidence: float = 0.95
) -> Estimate:
    """Estimate how many percentage points a share has moved.

    Parameters
    ----------
    before, after : Proportion
        Of two waves with different people asked.
    confidence : float, default 0.95
        Two-sided coverage of the interval.

    Returns
    -------
    Estimate
        Percentage points, after less before, with Newcombe's interval.

    Raises
    ------
    ValueError
        If `confidence` is not between 0 and 1.

    Notes
    -----
    The waves must have asked the same question, with the same answers counted, to samples drawn
    independently of each other. A change of mode (post to web), season or wording moves shares by
    more than sampling does and is not in the interval. Nor is regression to the mean: an area that
    was chosen because it stood out would have come nearer the others anyhow.

    References
    ----------
    R. G. Newcombe (1998), "Interval estimation for the difference between independent proportions:
    comparison of eleven methods", Statistics in Medicine 17, 873-890, method 10.
    """
    first, last = before.value, after.value
    low1, high1 = wilson_interval(first, before.effective_answers, confidence)
    low2, high2 = wilson_interval(last, after.effective_answers, confidence)
    difference = last - first
    low = difference - np.hypot(last - low2, high1 - first)
    high = difference + np.hypot(high2 - last, first - low1)
    variance = sum(p.value * (1 - p.value) / p.effective_answers for p in (before, after))
    error = float(np.sqrt(variance))
    method = Method.of("change_between_waves", "Newcombe 1998", confidence=confidence)
    return Estimate(
        value=100 * difference,
        low=100 * float(low),
        high=100 * float(high),
        confidence=confidence,
        unit="percentage points",
        neutral=0.0,
        method=method,
        standard_error=100 * error,
        p_value=_pooled_p(before, after),
    )


def _pooled_p(before: Proportion, after: Proportion) -> float:
    """Return the two-sided p of no change, from the score test."""
    sizes = before.effective_answers, after.effective_answers
    pooled = (before.value * sizes[0] + after.value * sizes[1]) / sum(sizes)
    error = np.sqrt(pooled * (1 - pooled) * (1 / sizes[0] + 1 / sizes[1]))
    if error == 0:
        return 1.0
    return float(2 * norm.sf(abs(after.value - before.value) / error))

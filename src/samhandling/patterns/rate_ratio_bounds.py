"""Rate ratios of many areas at once: the same mid-p intervals as `rate_ratio`, for a whole map."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import betainc, gammaln, xlog1py, xlogy

from samhandling.space import checked
from samhandling.space.method import Method

Floats = NDArray[np.float64]
HALVINGS = 52


@dataclass(frozen=True, slots=True, eq=False)
class RateRatios:
    """Ratios with intervals, one entry per area in input order.

    Attributes
    ----------
    ratio, low, high : ndarray of float64, shape (n_areas,)
        NaN ratio with nothing in either period; infinite where only the second is empty.
    confidence : float
    method : Method
    """

    ratio: Floats
    low: Floats
    high: Floats
    confidence: float
    method: Method

    def confidence_interval(self) -> tuple[Floats, Floats]:
        """Return the lower and the upper bounds."""
        return self.low, self.high

    def summary(self) -> str:
        """Return one sentence a person can read."""
        higher, lower = int((self.low > 1).sum()), int((self.high < 1).sum())
        return (
            f"{len(self.ratio)} ratios: {higher} clearly higher, {lower} clearly lower, "
            f"{len(self.ratio) - higher - lower} with no clear difference."
        )


def rate_ratio_bounds(
    first: ArrayLike,
    second: ArrayLike,
    exposures: tuple[float, float],
    *,
    confidence: float = 0.95,
) -> RateRatios:
    """Estimate for each area how many times higher the first rate is than the second.

    Parameters
    ----------
    first, second : array_like of int, shape (n_areas,)
        Incidents in the first and in the second period.
    exposures : pair of float
        Length of the two periods, in any unit; both positive.
    confidence : float, default 0.95
        Two-sided coverage of each interval by itself.

    Returns
    -------
    RateRatios

    Raises
    ------
    ValueError
        If a count is not a whole number of at least zero, the lengths differ, or an exposure is
        not positive.

    Notes
    -----
    See `rate_ratio`, whose mid-p answer this is. Intervals are not widened for there being many:
    of a hundred areas where nothing changed, about five are called changed.

    References
    ----------
    K. J. Rothman, S. Greenland and T. L. Lash (2008), "Modern Epidemiology", 3rd ed., ch. 14.

    Examples
    --------
    >>> rate_ratio_bounds([41, 0], [15, 9], (1.0, 1.0)).summary()
    '2 ratios: 1 clearly higher, 1 clearly lower, 0 with no clear difference.'
    """
    k, other = checked.counts(first), checked.counts(second)
    checked.same_length(first=k, second=other)
    shares = checked.positive(exposures, "exposures", "compare only where something could happen")
    tail = (1 - checked.probability(confidence)) / 2
    total = k + other
    base = float(shares[1] / shares[0])
    low = np.where(k == 0, 0.0, _share_where(k, total, tail))
    high = np.where(other == 0, 1.0, _share_where(k, total, 1 - tail))
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio, low, high = k / other * base, low / (1 - low) * base, high / (1 - high) * base
    method = Method.of("rate_ratio_mid_p", "Rothman, Greenland & Lash 2008", confidence=confidence)
    return RateRatios(ratio, low, high, confidence, method)


def _upper_tail(k: NDArray[np.int64], n: NDArray[np.int64], share: Floats) -> Floats:
    """Return the probability of more than `k`, and of `k` itself by half."""
    log_pmf = (
        gammaln(n + 1) - gammaln(k + 1) - gammaln(n - k + 1) + xlogy(k, share)
        + xlog1py(n - k, -share)
    )  # fmt: skip
    at_least = np.where(k == 0, 1.0, betainc(np.maximum(k, 1), n - k + 1, share))
    return np.asarray(at_least - 0.5 * np.exp(log_pmf))


def _share_where(k: NDArray[np.int64], n: NDArray[np.int64], probability: float) -> Floats:
    """Return the share at which `k` or more has the given probability, by halving."""
    low, high = np.zeros(len(k)), np.ones(len(k))
    for _halving in range(HALVINGS):
        middle = (low + high) / 2
        below = _upper_tail(k, n, middle) < probability
        low, high = np.where(below, middle, low), np.where(below, high, middle)
    return np.asarray((low + high) / 2)

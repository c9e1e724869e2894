"""Two periods or two areas against each other: the ratio of two incident rates."""

from collections.abc import Callable
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import brentq
from scipy.stats import binom

from samhandling.patterns.estimate import Estimate
from samhandling.space import checked
from samhandling.space.method import Method


class Tail(StrEnum):
    """How the tail of the discrete distribution is counted."""

    EXACT = "exact"
    MID_P = "mid_p"


def rate_ratio(
    counts: tuple[int, int],
    exposures: tuple[float, float],
    *,
    confidence: float = 0.95,
    tail: Tail = Tail.MID_P,
) -> Estimate:
    """Estimate how many times higher the first rate is than the second.

    Parameters
    ----------
    counts : pair of int
        Incidents in the first and in the second period or area.
    exposures : pair of float
        Resident-years, days or whatever the incidents could come from; both positive.
    confidence : float, default 0.95
        Two-sided coverage of the interval.
    tail : Tail, default mid-p
        `exact` never covers less than it says and is wide; `mid_p` counts half of the observed
        outcome and is close to what it says.

    Returns
    -------
    Estimate
        The ratio, its interval and two-sided p-value against 1. With nothing in the second the
        ratio is infinite, with nothing in either it is NaN and the interval is everything.

    Raises
    ------
    ValueError
        If a count is not a whole number of at least zero or an exposure is not positive.

    Notes
    -----
    Given the total, the first count is binomial. That holds only if incidents come independently;
    with series of incidents use `trend`, which estimates the over-dispersion.

    References
    ----------
    K. J. Rothman, S. Greenland and T. L. Lash (2008), "Modern Epidemiology", 3rd ed., ch. 14.

    Examples
    --------
    >>> rate_ratio((41, 15), (28_010, 19_017), tail=Tail.EXACT).summary()
    '1.86 times (95% interval 1.01 to 3.61): clearly higher.'
    """
    first, second = (int(k) for k in checked.counts(counts))
    shares = checked.positive(exposures, "exposures", "compare only where something could happen")
    checked.probability(confidence)
    total = first + second
    low, high = _share_interval(first, total, 1 - confidence, tail)
    base = float(shares[1] / shares[0])
    method = Method.of(
        f"rate_ratio_{tail}", "Rothman, Greenland & Lash 2008", confidence=confidence
    )
    return Estimate(
        value=_odds(first, second) * base,
        low=_odds(low, 1 - low) * base,
        high=_odds(high, 1 - high) * base,
        confidence=confidence,
        unit="times",
        neutral=1.0,
        method=method,
        p_value=_two_sided(first, total, float(shares[0] / shares.sum()), tail),
    )


def _odds(part: float, rest: float) -> float:
    if rest == 0:
        return float("nan") if part == 0 else float("inf")
    return part / rest


def _upper_tail(k: int, n: int, share: float, tail: Tail) -> float:
    """Return the probability of `k` or more; of `k` itself only half in mid-p."""
    half = 0.5 * float(binom.pmf(k, n, share)) if tail is Tail.MID_P else 0.0
    return float(binom.sf(k - 1, n, share)) - half


def _lower_tail(k: int, n: int, share: float, tail: Tail) -> float:
    return _upper_tail(n - k, n, 1 - share, tail)


def _two_sided(k: int, n: int, share: float, tail: Tail) -> float:
    smaller = min(_upper_tail(k, n, share, tail), _lower_tail(k, n, share, tail))
    return min(1.0, 2 * smaller)


def _share_interval(k: int, n: int, alpha: float, tail: Tail) -> tuple[float, float]:
    """Return the shares at which `k` of `n` becomes too many and too few."""
    low = 0.0 if k == 0 else _crossing(lambda p: _upper_tail(k, n, p, tail) - alpha / 2)
    high = 1.0 if k == n else _crossing(lambda p: alpha / 2 - _lower_tail(k, n, p, tail))
    return low, high


def _crossing(increasing: Callable[[float], float]) -> float:
    return float(brentq(increasing, 0.0, 1.0, xtol=1e-14))


def rate_ratios(
    counts: NDArray[np.int64],
    exposures: NDArray[np.float64],
    *,
    confidence: float = 0.95,
    tail: Tail = Tail.MID_P,
) -> list[Estimate]:
    """Return `rate_ratio` for each row of two counts and two exposures.

    Parameters
    ----------
    counts, exposures : ndarray, shape (n, 2)
        One comparison per row.
    confidence, tail
        See `rate_ratio`.

    Returns
    -------
    list of Estimate, length n

    Raises
    ------
    ValueError
        If a shape is not (n, 2) or a row is not valid; the row is named.
    """
    if counts.ndim != 2 or counts.shape[1] != 2 or counts.shape != exposures.shape:
        msg = f"counts has shape {counts.shape}, exposures {exposures.shape}; give two per row."
        raise ValueError(msg)
    found = []
    for row, (k, exposure) in enumerate(zip(counts, exposures, strict=True)):
        try:
            pair, shares = (k[0], k[1]), (exposure[0], exposure[1])
            found.append(rate_ratio(pair, shares, confidence=confidence, tail=tail))
        except ValueError as error:
            msg = f"Row {row}: {error}"
            raise ValueError(msg) from error
    return found

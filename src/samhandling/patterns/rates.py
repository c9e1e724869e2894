"""Incidents per resident, with the interval that small counts demand."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import gammaincinv

from samhandling.space import checked
from samhandling.space.method import Method


@dataclass(frozen=True, slots=True, eq=False)
class RateEstimate:
    """Incidents per so many residents, one entry per area in input order."""

    rate: NDArray[np.float64]
    low: NDArray[np.float64]
    high: NDArray[np.float64]
    per: float
    confidence: float
    method: Method

    def confidence_interval(self) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Return the lower and the upper bounds."""
        return self.low, self.high

    def summary(self) -> str:
        """Return one sentence a person can read."""
        low, high = int(self.rate.argmin()), int(self.rate.argmax())
        return (
            f"{len(self.rate)} rates per {self.per:,.0f}, from {self.rate[low]:.3g} "
            f"({self.low[low]:.3g} to {self.high[low]:.3g}) to {self.rate[high]:.3g} "
            f"({self.low[high]:.3g} to {self.high[high]:.3g}); {self.confidence:.0%} intervals."
        )


def poisson_interval(
    counts: ArrayLike, confidence: float = 0.95
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return Garwood's exact interval for the expected number behind each count.

    Parameters
    ----------
    counts : array_like of int, shape (n,)
        Observed numbers.
    confidence : float, default 0.95
        Two-sided coverage.

    Returns
    -------
    low, high : ndarray of float64, shape (n,)
        `low` is zero where nothing was observed; `high` never is.

    Raises
    ------
    ValueError
        If an entry is not a whole number of at least zero.

    Notes
    -----
    Exact means at least the stated coverage, if incidents come independently of each other.

    References
    ----------
    F. Garwood (1936), "Fiducial limits for the Poisson distribution", Biometrika 28, 437-442.
    """
    k = checked.counts(counts)
    tail = (1 - checked.probability(confidence)) / 2
    low = np.where(k > 0, gammaincinv(np.maximum(k, 1), tail), 0.0)
    return low, gammaincinv(k + 1, 1 - tail)


def incident_rate(
    counts: ArrayLike, residents: ArrayLike, *, confidence: float = 0.95, per: float = 1_000
) -> RateEstimate:
    """Estimate incidents per 1,000 residents in each area.

    Parameters
    ----------
    counts : array_like of int, shape (n_areas,)
        Incidents reported during the period.
    residents : array_like of float, shape (n_areas,)
        Residents at mid-period; every entry must be positive.
    confidence : float, default 0.95
        Two-sided coverage of the interval.
    per : float, default 1,000
        Residents that the rate is stated for.

    Returns
    -------
    RateEstimate
        Rates and interval bounds, per `per` residents.

    Raises
    ------
    ValueError
        If an area has no residents; merge it with a neighbour first. If a count is not a whole
        number of at least zero.

    Notes
    -----
    Incidents are taken to be independent. Where one evening gives several reports the interval is
    too narrow. Residents stand in for those at risk, which misleads where visitors outnumber them.

    References
    ----------
    F. Garwood (1936), "Fiducial limits for the Poisson distribution", Biometrika 28, 437-442.

    Examples
    --------
    >>> incident_rate([0, 12], [800, 4_000]).rate.tolist()
    [0.0, 3.0]
    """
    k = checked.counts(counts)
    people = checked.positive(residents, "residents", "merge the area with a neighbour first")
    checked.same_length(counts=k, residents=people)
    checked.positive([per], "per", "state the rate for a positive number of residents")
    low, high = poisson_interval(k, confidence)
    scale = per / people
    method = Method.of("poisson_rate_garwood", "Garwood 1936", confidence=confidence, per=per)
    return RateEstimate(k * scale, low * scale, high * scale, per, confidence, method)

"""Clusters found by a scan, with what is known of each and the words for it."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from samhandling.space.method import Method

Floats = NDArray[np.float64]

EULER = 0.5772156649015329


@dataclass(frozen=True, slots=True)
class ScanCluster:
    """A circle, and a stretch of time, with more events than expected.

    Attributes
    ----------
    areas : tuple of int
        Positions of its areas in the input, by distance from the centre.
    centre : int
        The area in its middle.
    radius_m : float
        From the centre to the farthest of the areas.
    first_period, last_period : int or None
        Positions of its first and last period, both in it; None in a purely spatial scan.
    observed : int
    expected : float
    value : float
        Observed through expected. Chosen as the highest of very many, so larger than the truth.
    low, high : float
        Garwood's interval of `value` had the window been chosen beforehand.
    relative_risk : float
        The rate inside through the rate outside; infinite where every event is inside.
    log_likelihood_ratio : float
    p_value : float
        Share of replicas whose highest window, wherever it is, is at least this likely.
    gumbel_p_value : float or None
        The same from a Gumbel law fitted to the replicas by moments: an approximation that can be
        smaller than one through the number of replicas. None with fewer than 20 replicas.
    recurrence_interval : float or None
        How many periods go by, when a prospective scan is done in each, for chance to give one such
        cluster; None in a retrospective scan.
    confidence : float
    """

    areas: tuple[int, ...]
    centre: int
    radius_m: float
    first_period: int | None
    last_period: int | None
    observed: int
    expected: float
    value: float
    low: float
    high: float
    relative_risk: float
    log_likelihood_ratio: float
    p_value: float
    gumbel_p_value: float | None
    recurrence_interval: float | None
    confidence: float = 0.95

    @property
    def standard_error(self) -> float:
        """Standard error of `value`, had the window been chosen beforehand."""
        return float(np.sqrt(self.observed) / self.expected)

    def confidence_interval(self) -> tuple[float, float]:
        """Return the interval's two ends."""
        return self.low, self.high

    def summary(self) -> str:
        """Return one sentence a person can read."""
        again = (
            f"; chance gives one such in {self.recurrence_interval:,.0f} periods"
            if self.recurrence_interval
            else ""
        )
        return (
            f"{len(self.areas)} areas within {self.radius_m:,.0f} m of area "
            f"{self.centre}{self._when()}: "
            f"{self.observed} events, {self.expected:.1f} expected, {self.value:.2f} times "
            f"({self.low:.2f} to {self.high:.2f}), p = {self.p_value:.3f}{again}."
        )

    def _when(self) -> str:
        if self.first_period is None or self.last_period is None:
            return ""
        if self.first_period == self.last_period:
            return f" in period {self.first_period + 1}"
        return f" in periods {self.first_period + 1} to {self.last_period + 1}"


@dataclass(frozen=True, slots=True, eq=False)
class ScanResult:
    """What a scan found.

    Attributes
    ----------
    clusters : tuple of ScanCluster
        The most likely first; none shares an area with one before it. Empty where no window holds
        more events than expected.
    maxima : ndarray of float64, shape (n_replicas,)
        Highest log likelihood ratio of any window in each replica.
    events, areas, periods : int
    method : Method
    """

    clusters: tuple[ScanCluster, ...]
    maxima: Floats
    events: int
    areas: int
    periods: int
    method: Method

    @property
    def value(self) -> float:
        """The highest log likelihood ratio; zero where there is no cluster."""
        return self.clusters[0].log_likelihood_ratio if self.clusters else 0.0

    @property
    def p_value(self) -> float:
        """The p-value of the most likely cluster; one where there is none."""
        return self.clusters[0].p_value if self.clusters else 1.0

    def unlikely(self, p_value: float = 0.05) -> tuple[ScanCluster, ...]:
        """Return the clusters that chance gives no oftener than this anywhere in the data."""
        return tuple(cluster for cluster in self.clusters if cluster.p_value <= p_value)

    def summary(self) -> str:
        """Return one line for each cluster that is not chance, or that there is none."""
        times = f" in {self.periods} periods" if self.periods > 1 else ""
        head = f"{self.events} events in {self.areas} areas{times}: "
        found = self.unlikely()
        if not self.clusters:
            return f"{head}no window holds more than expected."
        if not found:
            return f"{head}no cluster beyond chance. The highest: {self.clusters[0].summary()}"
        lines = [cluster.summary() for cluster in found]
        return "\n".join([f"{head}{len(found)} beyond chance.", *lines])


def share_at_least(maxima: Floats, ratio: float) -> float:
    """Return the share of replicas with at least `ratio`, the observed data among them."""
    # Equal windows may differ in the last digit, where their areas were added in another order.
    return float((1 + (maxima >= ratio * (1 - 1e-10)).sum()) / (len(maxima) + 1))


def gumbel_share(maxima: Floats, ratio: float) -> float | None:
    """Return the chance of at least `ratio` by the Gumbel law with the replicas' moments."""
    if len(maxima) < 20 or maxima.std() == 0:
        return None
    scale = maxima.std(ddof=1) * np.sqrt(6) / np.pi
    place = maxima.mean() - EULER * scale
    return float(-np.expm1(-np.exp(-(ratio - place) / scale)))

"""Rates of small areas, drawn towards the common rate as far as their smallness warrants."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.optimize import minimize
from scipy.special import gammaincinv, gammaln

from samhandling.space import checked
from samhandling.space.method import Method
from samhandling.space.neighbours import Neighbours

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class SmoothedRate:
    """Smoothed incidents per so many residents, one entry per area in input order.

    Attributes
    ----------
    rate, low, high : ndarray of float64, shape (n_areas,)
        Posterior mean and interval.
    weight : ndarray of float64, shape (n_areas,)
        How much the area's own figure counts, 0 (only the common rate) to 1 (only its own).
    prior_mean, prior_variance : ndarray of float64, shape (n_areas,)
        What each area is drawn towards and how much areas differ, per resident.
    per : float
        Residents that the rates are stated for.
    confidence : float
    method : Method
    """

    rate: Floats
    low: Floats
    high: Floats
    weight: Floats
    prior_mean: Floats
    prior_variance: Floats
    per: float
    confidence: float
    method: Method

    def confidence_interval(self) -> tuple[Floats, Floats]:
        """Return the lower and the upper bounds."""
        return self.low, self.high

    def summary(self) -> str:
        """Return one sentence a person can read."""
        return (
            f"{len(self.rate)} smoothed rates per {self.per:,.0f}, {self.rate.min():.3g} to "
            f"{self.rate.max():.3g}; the areas' own figures count for {self.weight.min():.0%} to "
            f"{self.weight.max():.0%}."
        )


def smoothed_rate_moments(
    counts: ArrayLike,
    residents: ArrayLike,
    *,
    neighbours: Neighbours | None = None,
    confidence: float = 0.95,
    per: float = 1_000,
) -> SmoothedRate:
    """Smooth rates by Marshall's empirical Bayes, towards all areas or towards the neighbours.

    Parameters
    ----------
    counts : array_like of int, shape (n_areas,)
        Incidents.
    residents : array_like of float, shape (n_areas,)
        Positive.
    neighbours : Neighbours, optional
        Draw each area towards itself and its neighbours instead of towards all areas.
    confidence : float, default 0.95
        Coverage of the interval, given that the prior is right.
    per : float, default 1,000
        Residents that the rate is stated for.

    Returns
    -------
    SmoothedRate

    Raises
    ------
    ValueError
        If there are fewer than two areas, nothing was counted, an area has no residents, or an
        area has no neighbours (name them with `islands()` and smooth globally).

    Notes
    -----
    The estimate is the mean of the gamma posterior whose prior has Marshall's mean and variance;
    the interval is that posterior's. It does not carry the error of mean and variance themselves
    and is a little too narrow with few areas. Where the areas differ no more than chance, the
    variance is zero and every area gets the common rate.

    References
    ----------
    R. J. Marshall (1991), "Mapping disease and mortality rates using empirical Bayes estimators",
    Applied Statistics 40, 283-294.
    """
    k, people = _checked(counts, residents)
    if neighbours is None:
        mean, variance = (np.full(len(k), value) for value in _moments(k, people))
    else:
        mean, variance = _local_moments(k, people, neighbours)
    method = Method.of(
        "empirical_bayes_moments", "Marshall 1991", confidence=confidence, per=per,
        local=neighbours is not None,
    )  # fmt: skip
    return _posterior(k, people, mean, variance, per, confidence, method)


def smoothed_rate_likelihood(
    counts: ArrayLike, residents: ArrayLike, *, confidence: float = 0.95, per: float = 1_000
) -> SmoothedRate:
    """Smooth rates towards a gamma distribution fitted to all areas by maximum likelihood.

    Parameters
    ----------
    counts, residents, confidence, per
        See `smoothed_rate_moments`. `residents` may be expected counts; the rate is a relative
        risk then, with `per=1`.

    Returns
    -------
    SmoothedRate

    Raises
    ------
    ValueError
        As `smoothed_rate_moments`.

    Notes
    -----
    Areas are taken to differ as a gamma distribution, without regard to where they lie. One area
    of another kind (a city centre among suburbs) widens the prior for all: smooth like with like.

    References
    ----------
    D. Clayton and J. Kaldor (1987), "Empirical Bayes estimates of age-standardized relative risks
    for use in disease mapping", Biometrics 43, 671-681.
    """
    k, people = _checked(counts, residents)
    mean, variance = gamma_prior(k, people)
    method = Method.of(
        "empirical_bayes_likelihood", "Clayton & Kaldor 1987", confidence=confidence, per=per
    )
    full = np.full(len(k), mean), np.full(len(k), variance)
    return _posterior(k, people, *full, per, confidence, method)


def gamma_prior(counts: NDArray[np.int64], residents: Floats) -> tuple[float, float]:
    """Return mean and variance of the gamma distribution under which the counts are likeliest.

    Parameters
    ----------
    counts : ndarray of int64, shape (n_areas,)
        Incidents, not all zero.
    residents : ndarray of float64, shape (n_areas,)
        Positive.

    Returns
    -------
    mean, variance : float
        Per resident; the variance is zero where the areas differ no more than chance.
    """
    crude = float(counts.sum() / residents.sum())
    expected = crude * residents
    # The slope of the likelihood at no variance: where it does not rise, none is likeliest.
    if ((counts - expected) ** 2 - counts).sum() <= 0:
        return crude, 0.0

    def loss(parameters: Floats) -> float:
        log_mean, log_shape = parameters
        shape, mean = np.exp(log_shape), np.exp(log_mean) * expected
        terms = gammaln(counts + shape) - gammaln(shape) + shape * np.log(shape / (shape + mean))
        return -float((terms + counts * np.log(mean / (shape + mean))).sum())

    starts = [minimize(loss, [0.0, s], method="Nelder-Mead", options=_FINE) for s in (0.0, 3.0)]
    best = min(starts, key=lambda found: float(found.fun))
    mean = crude * float(np.exp(best.x[0]))
    return mean, mean**2 / float(np.exp(best.x[1]))


_FINE = {"xatol": 1e-9, "fatol": 1e-11, "maxiter": 4_000}


def _checked(counts: ArrayLike, residents: ArrayLike) -> tuple[NDArray[np.int64], Floats]:
    k = checked.counts(counts)
    people = checked.positive(residents, "residents", "merge the area with a neighbour first")
    size = checked.same_length(counts=k, residents=people)
    if size < 2:
        msg = "One area has nothing to be smoothed towards; give at least two."
        raise ValueError(msg)
    if k.sum() == 0:
        msg = f"All {size} counts are zero; there is no common rate to smooth towards."
        raise ValueError(msg)
    return k, people


def _moments(k: NDArray[np.int64], people: Floats) -> tuple[float, float]:
    """Return Marshall's mean and variance of the rates."""
    mean = float(k.sum() / people.sum())
    spread = float((people * (k / people - mean) ** 2).sum() / people.sum())
    return mean, max(spread - mean / float(people.mean()), 0.0)


def _local_moments(
    k: NDArray[np.int64], people: Floats, neighbours: Neighbours
) -> tuple[Floats, Floats]:
    if len(neighbours) != len(k):
        msg = f"There are {len(k)} counts and {len(neighbours)} areas with neighbours."
        raise ValueError(msg)
    islands = neighbours.islands()
    if islands.size:
        msg = f"Area {islands[0]} and {len(islands) - 1} more have no neighbours; smooth globally."
        raise ValueError(msg)
    around = [np.append(neighbours[i], i) for i in range(len(k))]
    pairs = np.array([_moments(k[near], people[near]) for near in around])
    return pairs[:, 0], pairs[:, 1]


def _posterior(
    k: NDArray[np.int64],
    people: Floats,
    mean: Floats,
    variance: Floats,
    per: float,
    confidence: float,
    method: Method,
) -> SmoothedRate:
    checked.positive([per], "per", "state the rate for a positive number of residents")
    tail = (1 - checked.probability(confidence)) / 2
    varies = variance > 0
    safe = np.where(varies, variance, 1.0)
    shape, rate = mean**2 / safe + k, mean / safe + people
    known = varies & (mean > 0)
    value, low, high = (
        np.where(known, found, mean)
        for found in (
            shape / rate,
            gammaincinv(np.where(known, shape, 1.0), tail) / rate,
            gammaincinv(np.where(known, shape, 1.0), 1 - tail) / rate,
        )
    )
    weight = np.where(known, people / rate, 0.0)
    return SmoothedRate(
        value * per, low * per, high * per, weight, mean, variance, per, confidence, method
    )

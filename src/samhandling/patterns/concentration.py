"""How much happens in how few places, and how much of that is only chance."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from samhandling.patterns.smoothing import gamma_prior
from samhandling.space import checked
from samhandling.space.method import Method

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Concentration:
    """The share of events in the areas that have most of them.

    Attributes
    ----------
    share : float
        Share of the events in the top areas, as counted.
    low, high : float
        Interval for the share of the *risk* that lies in the areas truly at most risk. Counting
        finds the unlucky as well as the risky, so `share` often lies above it.
    by_chance : float
        What `share` would be, on average, if risk followed residents.
    top_areas : int
        Number of areas that `share` is about.
    gini : float
        Generalised Gini coefficient, 0 (even) to 1 (all in one area).
    confidence : float
    method : Method
    """

    share: float
    low: float
    high: float
    by_chance: float
    top_areas: int
    gini: float
    confidence: float
    method: Method

    def summary(self) -> str:
        """Return one sentence a person can read."""
        return (
            f"The top {self.top_areas} areas hold {self.share:.0%} of the events; chance alone "
            f"would give {self.by_chance:.0%}. The riskiest as many hold {self.low:.0%} to "
            f"{self.high:.0%} of the risk."
        )


def concentration(
    counts: ArrayLike,
    residents: ArrayLike,
    *,
    rng: np.random.Generator,
    top: float = 0.05,
    confidence: float = 0.95,
    draws: int = 2_000,
) -> Concentration:
    """Estimate how much of the risk lies in the top share of areas.

    Parameters
    ----------
    counts : array_like of int, shape (n_areas,)
        Events.
    residents : array_like of float, shape (n_areas,)
        What events could come from: residents, street length, or one for each area. Positive.
    rng : numpy.random.Generator
        Source of the draws.
    top : float, default 0.05
        Share of the areas, at least one area.
    confidence : float, default 0.95
        Coverage of the interval, given the prior.
    draws : int, default 2,000
        Draws behind the interval and the chance value.

    Returns
    -------
    Concentration

    Raises
    ------
    ValueError
        If there are fewer than ten areas, nothing was counted, or `top` or `draws` is out of range.

    Notes
    -----
    With fewer events than areas most areas are empty by necessity and the top ones hold nearly
    everything whatever the truth; that is what `by_chance` shows. The interval comes from the gamma
    posterior of each area's rate. It says nothing about next year: see whether the top of one
    period is the top of the next.

    References
    ----------
    W. Bernasco and W. Steenbeek (2017), "More places than crimes: implications for evaluating the
    law of crime concentration at place", Journal of Quantitative Criminology 33, 451-467.
    """
    k = checked.counts(counts)
    people = checked.positive(residents, "residents", "leave out areas where nothing can happen")
    size = checked.same_length(counts=k, residents=people)
    if size < 10 or k.sum() == 0:
        msg = f"{size} areas with {k.sum()} events; concentration needs ten areas and an event."
        raise ValueError(msg)
    checked.probability(top, "top")
    checked.probability(confidence)
    if draws < 200:
        msg = f"draws is {draws}; an interval needs at least 200."
        raise ValueError(msg)
    number = max(1, round(top * size))
    even = rng.multinomial(k.sum(), people / people.sum(), size=draws)
    tail = (1 - confidence) / 2
    low, high = np.quantile(
        _top_share(_risk_draws(k, people, rng, draws), number), [tail, 1 - tail]
    )
    method = Method.of(
        "concentration", "Bernasco & Steenbeek 2017", top=top, confidence=confidence, draws=draws
    )
    share = float(_top_share(k[None, :].astype(np.float64), number)[0])
    by_chance = float(_top_share(even.astype(np.float64), number).mean())
    return Concentration(
        share, float(low), float(high), by_chance, number, gini(k), confidence, method
    )


def gini(counts: ArrayLike) -> float:
    """Return the generalised Gini coefficient, which allows for fewer events than areas.

    Parameters
    ----------
    counts : array_like of int, shape (n_areas,)
        Events, not all zero.

    Returns
    -------
    float
        0 when the events are spread as evenly as whole events can be.

    Raises
    ------
    ValueError
        If nothing was counted.

    References
    ----------
    W. Bernasco and W. Steenbeek (2017), Journal of Quantitative Criminology 33, 451-467.

    Examples
    --------
    >>> gini([1, 1, 0, 0, 0])
    0.0
    """
    k = np.sort(checked.counts(counts))
    n, events = len(k), int(k.sum())
    if events == 0:
        msg = f"All {n} counts are zero; there is nothing to concentrate."
        raise ValueError(msg)
    ranked = float((np.arange(1, n + 1) * k).sum() / events)
    return max(1 / n, 1 / events) * (2 * ranked - n - 1) - max(n / events, 1) + 1


def _top_share(values: Floats, number: int) -> Floats:
    """Return the share of each row's sum in its largest entries."""
    largest = np.partition(values, values.shape[1] - number, axis=1)[:, -number:]
    return np.asarray(largest.sum(axis=1) / values.sum(axis=1))


def _risk_draws(
    k: NDArray[np.int64], people: Floats, rng: np.random.Generator, draws: int
) -> Floats:
    """Return draws of each area's expected events from its posterior."""
    mean, variance = gamma_prior(k, people)
    if variance == 0:
        return np.tile(mean * people, (draws, 1))
    shape, rate = mean**2 / variance, mean / variance
    return np.asarray(rng.gamma(shape + k, people / (rate + people), size=(draws, len(k))))

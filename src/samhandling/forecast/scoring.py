"""How good a forecast was, at origins that it had not seen beyond."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from scipy.special import gammaln

from samhandling.forecast.forecasters import Forecaster
from samhandling.forecast.history import CountHistory
from samhandling.patterns.rates import poisson_interval
from samhandling.space.method import Method
from samhandling.survey.proportion import exact_interval

Floats = NDArray[np.float64]

LEAST_EXPECTED = 1e-3


@dataclass(frozen=True, slots=True, eq=False)
class ForecastScore:
    """A forecast against what came, over rolling origins, at a given share of the surface.

    Attributes
    ----------
    name : str
        Of the forecaster.
    hits, events, best_hits : ndarray of int64, shape (n_origins,)
        Events in the areas chosen; in all areas; in the best possible areas of the same surface.
    area_share : ndarray of float64, shape (n_origins,)
    log_score : ndarray of float64, shape (n_origins,)
        Poisson log-likelihood of what came; higher is better.
    expected : ndarray of float64, shape (n_origins,)
        Events expected in all areas.
    stability : float
        Mean share of the areas chosen at one origin that are chosen again at the next; NaN with
        one origin.
    method : Method
    """

    name: str
    hits: NDArray[np.int64]
    events: NDArray[np.int64]
    best_hits: NDArray[np.int64]
    area_share: Floats
    log_score: Floats
    expected: Floats
    stability: float
    method: Method

    @property
    def hit_rate(self) -> float:
        """Return the share of events that fell in the chosen areas."""
        return float(self.hits.sum() / self.events.sum())

    def hit_rate_interval(self) -> tuple[float, float]:
        """Return the exact 95 % interval of the hit rate."""
        return exact_interval(self.hit_rate, float(self.events.sum()))

    @property
    def pai(self) -> float:
        """Return the prediction accuracy index: hit rate through share of the surface."""
        return self.hit_rate / float(np.average(self.area_share, weights=self.events))

    @property
    def pei(self) -> float:
        """Return the prediction efficiency index: hits through the most that could be hit."""
        return float(self.hits.sum() / self.best_hits.sum())

    def calibration(self) -> tuple[float, float, float]:
        """Return events that came through those expected, with its exact 95 % interval."""
        came, expected = int(self.events.sum()), float(self.expected.sum())
        low, high = poisson_interval([came])
        return came / expected, float(low[0]) / expected, float(high[0]) / expected

    def summary(self) -> str:
        """Return what a planner should know: hits first, index last."""
        low, high = self.hit_rate_interval()
        return (
            f"{self.name}: {int(self.hits.sum())} of {int(self.events.sum())} events "
            f"({self.hit_rate:.0%}, {low:.0%} to {high:.0%}) fell in {self.area_share.mean():.1%} "
            f"of the surface over {len(self.hits)} periods; PAI {self.pai:.1f}, PEI {self.pei:.2f}."
        )


def score(
    forecaster: Forecaster,
    history: CountHistory,
    origins: Sequence[int],
    *,
    horizon: int = 1,
    area_share: float = 0.05,
) -> ForecastScore:
    """Make the forecast at each origin from what was known there, and hold it against what came.

    Parameters
    ----------
    forecaster : Forecaster
    history : CountHistory
    origins : sequence of int
        Periods that had passed at each origin, rising.
    horizon : int, default 1
        Periods ahead.
    area_share : float, default 0.05
        Share of the surface that may be chosen: at most so much, whole areas.

    Returns
    -------
    ForecastScore

    Raises
    ------
    ValueError
        If an origin leaves no history or no future, the share is not between 0 and 1 or too small
        for any area, or nothing at all happened at the origins.

    Notes
    -----
    The prediction accuracy index grows as the surface shrinks and can be large with one hit:
    compare at equal surface, and look at the number of hits.

    References
    ----------
    S. Chainey, L. Tompson and S. Uhlig (2008), "The utility of hotspot mapping for predicting
    spatial patterns of crime", Security Journal 21, 4-28. J. M. Hunt (2016), "Do crime hot spots
    move?", dissertation, American University.

    Examples
    --------
    >>> from samhandling.forecast import CountHistory, LongTermMean
    >>> counts = [[2, 3, 1, 2], [0, 0, 1, 0], [0, 1, 0, 0]]
    >>> history = CountHistory.of(counts, [1, 1, 1], [[0, 0], [1000, 0], [2000, 0]])
    >>> found = score(LongTermMean(), history, [2, 3], area_share=0.34)
    >>> found.hits.tolist(), found.events.tolist(), round(found.pai, 2)
    ([1, 2], [2, 2], 2.25)
    """
    _check(history, origins, horizon, area_share)
    rows, chosen = [], []
    for origin in origins:
        expected = np.asarray(forecaster.expected(history.until(origin), horizon), dtype=np.float64)
        came = history.counts[:, origin : origin + horizon].sum(axis=1)
        areas = most_per_km2(expected, history.area_km2, area_share)
        best = most_per_km2(came.astype(np.float64), history.area_km2, area_share)
        share = history.area_km2[areas].sum() / history.area_km2.sum()
        held = np.maximum(expected, LEAST_EXPECTED)
        likelihood = float((came * np.log(held) - held - gammaln(came + 1)).sum())
        rows.append((came[areas].sum(), came.sum(), came[best].sum(), share, likelihood,
                     expected.sum()))  # fmt: skip
        chosen.append(set(areas.tolist()))
    hits, events, best_hits, shares, likelihoods, expectations = map(
        np.array, zip(*rows, strict=True)
    )
    if not events.sum():
        message = "Nothing happened at these origins: there is nothing to hold a forecast against."
        raise ValueError(message)
    kept = [len(a & b) / len(a) for a, b in pairwise(chosen) if a]
    return ForecastScore(
        forecaster.name, hits, events, best_hits, shares, likelihoods, expectations,
        float(np.mean(kept)) if kept else float("nan"),
        Method.of("rolling_origin_score", "Chainey, Tompson and Uhlig (2008); Hunt (2016)",
                  forecaster=forecaster.name, horizon=horizon, area_share=area_share,
                  origins=tuple(origins)),
    )  # fmt: skip


def most_per_km2(expected: Floats, area_km2: Floats, area_share: float) -> NDArray[np.intp]:
    """Return the areas with most expected per square kilometre that fit in a share of the surface.

    Areas that are equal are taken in their order. Raises ValueError where not even one fits.
    """
    order = np.argsort(-expected / area_km2, kind="stable")
    within = np.cumsum(area_km2[order]) <= area_share * area_km2.sum() * (1 + 1e-9)
    count = len(within) if within.all() else int(np.argmin(within))
    if not count:
        message = (
            f"{area_share:.2%} of the surface is less than the first area chosen "
            f"({area_km2[order[0]] / area_km2.sum():.2%}); allow more, or use smaller areas."
        )
        raise ValueError(message)
    return order[:count]


def _check(history: CountHistory, origins: Sequence[int], horizon: int, area_share: float) -> None:
    if horizon < 1:
        message = f"horizon is {horizon}; look at least one period ahead."
        raise ValueError(message)
    if not 0 < area_share < 1:
        message = f"area_share is {area_share:g}; give a share between 0 and 1."
        raise ValueError(message)
    if not origins:
        message = "No origins; give at least one period at which to forecast."
        raise ValueError(message)
    for origin in origins:
        if not 1 <= origin <= history.periods - horizon:
            message = (
                f"Origin {origin} has no history or no future among {history.periods} periods with "
                f"a horizon of {horizon}; give 1 to {history.periods - horizon}."
            )
            raise ValueError(message)

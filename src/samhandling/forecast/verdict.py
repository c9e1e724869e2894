"""A forecast is used only if it beats the best naive one on what it had not seen."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product

import numpy as np
from numpy.typing import NDArray

from samhandling.forecast.forecasters import NAIVE, Forecaster
from samhandling.forecast.history import CountHistory
from samhandling.forecast.scoring import ForecastScore, score
from samhandling.space import checked

Floats = NDArray[np.float64]

MOST_ENUMERATED = 16
DRAWN = 9_999
FEWEST_ORIGINS = 5


class NotBetterThanNaive(ValueError):
    """The forecast did not beat the best naive one, and is not given."""


@dataclass(frozen=True, slots=True, eq=False)
class Verdict:
    """A forecast beside the best naive one, at the same origins and the same surface.

    Attributes
    ----------
    candidate, naive : ForecastScore
        `naive` is the naive forecast with the highest log score.
    gain : float
        Mean gain in log score at an origin.
    p_value : float
        One-sided, by sign flips of the gains: exact with at most 16 origins.
    extra_hits : int
        Hits of the candidate less those of the naive forecast.
    is_better : bool
    """

    candidate: ForecastScore
    naive: ForecastScore
    gain: float
    p_value: float
    extra_hits: int
    is_better: bool

    def summary(self) -> str:
        """Return the verdict with what it rests on."""
        word = "beats" if self.is_better else "does not beat"
        return (
            f"{self.candidate.name} {word} {self.naive.name}: {int(self.candidate.hits.sum())} "
            f"against {int(self.naive.hits.sum())} hits of {int(self.naive.events.sum())} at the "
            f"same surface, gain in log score {self.gain:+.2f} a period (p = {self.p_value:.3f})."
        )


def compare_with_naive(
    forecaster: Forecaster,
    history: CountHistory,
    origins: Sequence[int],
    *,
    horizon: int = 1,
    area_share: float = 0.05,
    significance: float = 0.05,
) -> Verdict:
    """Hold a forecast against the best of the naive ones, out of sample.

    It is better when its log score is, by more than chance, and it has more hits: a gain in log
    score alone can come from saying better how little to expect where nothing has happened.

    Parameters
    ----------
    forecaster, history, origins, horizon, area_share
        As in `score`; at least five origins.
    significance : float, default 0.05

    Raises
    ------
    ValueError
        As `score` does, and with fewer than five origins.

    Notes
    -----
    The best naive forecast is chosen after the fact, which makes it a little harder to beat.
    Origins whose futures overlap are not independent: space them by the horizon.

    Examples
    --------
    >>> from samhandling.forecast import CountHistory, EmpiricalBayes
    >>> import numpy as np
    >>> counts = np.random.default_rng(1).poisson(0.2, (50, 30))
    >>> places = [[at * 500.0, 0.0] for at in range(50)]
    >>> history = CountHistory.of(counts, np.full(50, 0.25), places)
    >>> compare_with_naive(EmpiricalBayes(), history, range(24, 30)).naive.name
    'long_term_mean'
    """
    if len(origins) < FEWEST_ORIGINS:
        message = (
            f"{len(origins)} origins; a verdict needs at least {FEWEST_ORIGINS}, or chance decides."
        )
        raise ValueError(message)
    checked.probability(significance, "significance")
    candidate = score(forecaster, history, origins, horizon=horizon, area_share=area_share)
    naive = max(
        (score(one, history, origins, horizon=horizon, area_share=area_share) for one in NAIVE),
        key=lambda one: float(one.log_score.sum()),
    )
    gains = candidate.log_score - naive.log_score
    p_value = _sign_flip_p(gains)
    extra = int(candidate.hits.sum() - naive.hits.sum())
    better = bool(gains.mean() > 0 and p_value < significance and extra > 0)
    return Verdict(candidate, naive, float(gains.mean()), p_value, extra, better)


def forecast_if_better(
    forecaster: Forecaster,
    history: CountHistory,
    origins: Sequence[int],
    *,
    horizon: int = 1,
    area_share: float = 0.05,
) -> tuple[Floats, Verdict]:
    """Forecast the next periods, if the forecaster has earned it.

    Returns
    -------
    expected : ndarray of float64, shape (n_areas,)
    verdict : Verdict

    Raises
    ------
    NotBetterThanNaive
        If it did not beat the best naive forecast; the error says by what, and which to use.
    ValueError
        As `compare_with_naive` does.

    Examples
    --------
    >>> from samhandling.forecast import CountHistory, EmpiricalBayes
    >>> history = CountHistory.of([[1] * 20, [3] * 20], [1, 1], [[0, 0], [900, 0]])
    >>> forecast_if_better(EmpiricalBayes(), history, range(13, 20), area_share=0.5)
    Traceback (most recent call last):
    ...
    samhandling.forecast.verdict.NotBetterThanNaive: empirical_bayes does not beat ...
    """
    verdict = compare_with_naive(
        forecaster, history, origins, horizon=horizon, area_share=area_share
    )
    if not verdict.is_better:
        message = f"{verdict.summary()} Use {verdict.naive.name}: it is simpler and as good."
        raise NotBetterThanNaive(message)
    return forecaster.expected(history, horizon), verdict


def _sign_flip_p(gains: Floats) -> float:
    """Return how often gains with signs thrown at random sum to at least as much."""
    if len(gains) <= MOST_ENUMERATED:
        signs = np.array(list(product((1.0, -1.0), repeat=len(gains))))
    else:
        drawn = np.random.default_rng(0).choice((1.0, -1.0), (DRAWN, len(gains)))
        signs = np.vstack([np.ones(len(gains)), drawn])
    return float(np.mean(signs @ gains >= gains.sum() * (1 - 1e-12) - 1e-12))

"""What is seen depends on who looks: counts against reports' effort, and rankings without it."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.stats import rankdata

from samhandling.patterns.smoothing import SmoothedRate, smoothed_rate_likelihood
from samhandling.space import checked
from samhandling.space.method import Method

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class PresenceExposure:
    """How much of a ranking of areas comes from where somebody was present to see.

    Attributes
    ----------
    rank_correlation : float
        Spearman's, between what was found and the hours present; near one, the list of worst
        places is a list of where people were.
    explained : float
        Share of the spread in counts (Poisson deviance) that hours explain, from 0 to 1.
    kept_at_top : float
        Share of the areas with most events that also have most events per hour.
    per_hour : SmoothedRate
        Events per 1,000 hours, drawn towards the mean where hours are few; NaN without presence.
    unseen : ndarray of int64
        Areas without an hour of presence: nothing can be said of them.
    method : Method
    """

    rank_correlation: float
    explained: float
    kept_at_top: float
    per_hour: SmoothedRate
    unseen: NDArray[np.int64]
    method: Method

    def summary(self) -> str:
        """Return one sentence a person can read."""
        return (
            f"{self.explained:.0%} of the difference between areas goes with hours present; "
            f"{self.kept_at_top:.0%} of the worst areas are still the worst per hour. "
            f"{len(self.unseen)} areas were never visited."
        )


def effort_corrected(counts: ArrayLike, effort: ArrayLike) -> SmoothedRate:
    """Return reports per 1,000 units of effort, drawn towards the mean where effort is small.

    A keen team reports more than a tired one; per active reporter they can be compared.

    Parameters
    ----------
    counts : array_like of int, shape (n_areas,)
    effort : array_like of float, shape (n_areas,)
        Active reporters, shifts or hours; positive. Leave areas without any out.

    Raises
    ------
    ValueError
        If a number is missing or out of range, or there are fewer than two areas.

    Notes
    -----
    Right if a report takes as much effort everywhere. Where effort was sent to where things were
    known to happen, the rate is too low there.

    Examples
    --------
    >>> effort_corrected([40, 4], [20, 2]).rate.round(0).tolist()
    [2000.0, 2000.0]
    """
    return smoothed_rate_likelihood(counts, effort)


def presence_exposure(
    counts: ArrayLike, hours: ArrayLike, *, top_share: float = 0.1
) -> PresenceExposure:
    """Hold a ranking of areas by events found against the hours somebody was there.

    Parameters
    ----------
    counts : array_like of int, shape (n_areas,)
        Events found by those present.
    hours : array_like of float, shape (n_areas,)
        Zero where nobody was.
    top_share : float, default 0.1
        Share of the visited areas that counts as the worst.

    Raises
    ------
    ValueError
        If a number is missing or negative, fewer than three areas were visited, or nothing was
        found in any.

    Notes
    -----
    Hours that follow from events (guards sent where something happened) explain them without
    causing them; the figure is then too high.

    Examples
    --------
    >>> found = presence_exposure([10, 20, 30, 0], [10, 20, 30, 0])
    >>> round(found.explained, 2), found.unseen.tolist()
    (1.0, [3])
    """
    found, present = checked.counts(counts), checked.finite(hours, "hours")
    if len(found) != len(present):
        message = f"{len(found)} counts and {len(present)} hours; give both for every area."
        raise ValueError(message)
    negative = np.flatnonzero(present < 0)
    if negative.size:
        message = f"hours[{negative[0]}] is {present[negative[0]]:g}; hours are not negative."
        raise ValueError(message)
    checked.probability(top_share, "top_share")
    visited = present > 0
    if visited.sum() < 3 or not found[visited].sum():
        message = (
            f"{int(visited.sum())} areas were visited and {int(found[visited].sum())} events found "
            "there; a ranking needs three areas and an event."
        )
        raise ValueError(message)
    n, h = found[visited], present[visited]
    rates = smoothed_rate_likelihood(n, h)
    top = max(1, round(top_share * len(n)))
    worst, worst_per_hour = (set(np.argsort(-v, kind="stable")[:top]) for v in (n, rates.rate))
    return PresenceExposure(
        _rank_correlation(n, h), _explained(n, h), len(worst & worst_per_hour) / top,
        rates, np.flatnonzero(~visited),
        Method.of("presence_exposure", "", top_share=top_share),
    )  # fmt: skip


def _rank_correlation(counts: NDArray[np.int64], hours: Floats) -> float:
    ranks = np.stack([rankdata(counts), rankdata(hours)])
    if (ranks.std(axis=1) == 0).any():
        return 0.0
    return float(np.corrcoef(ranks)[0, 1])


def _explained(counts: NDArray[np.int64], hours: Floats) -> float:
    """Return how much less the deviance is when counts are in proportion to hours."""
    alike = np.full(len(counts), counts.mean())
    by_hours = hours * counts.sum() / hours.sum()
    whole = _deviance(counts, alike)
    return max(0.0, 1 - _deviance(counts, by_hours) / whole) if whole > 0 else 0.0


def _deviance(counts: NDArray[np.int64], mean: Floats) -> float:
    seen = np.where(counts > 0, counts * np.log(np.maximum(counts, 1) / mean), 0.0)
    return float(2 * (seen - (counts - mean)).sum())

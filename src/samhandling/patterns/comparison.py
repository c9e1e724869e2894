"""One area against areas like it."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy.stats import nbinom, poisson

from samhandling.patterns.estimate import Direction, Estimate
from samhandling.patterns.rate_ratio import rate_ratio
from samhandling.patterns.smoothing import gamma_prior
from samhandling.space import checked
from samhandling.space.method import Method


@dataclass(frozen=True, slots=True)
class LikeComparison:
    """An area's rate against that of areas like it.

    Attributes
    ----------
    ratio : Estimate
        The area's rate over the others' together.
    usual_low, usual_high : float
        Where the count of an area of this size in this group usually lies.
    count : int
        What the area has.
    others : int
        Areas compared with.
    method : Method
    """

    ratio: Estimate
    usual_low: float
    usual_high: float
    count: int
    others: int
    method: Method

    @property
    def direction(self) -> Direction:
        """Higher or lower only when the count lies outside what is usual in the group."""
        if self.count > self.usual_high:
            return Direction.HIGHER
        if self.count < self.usual_low:
            return Direction.LOWER
        return Direction.NO_CLEAR_DIFFERENCE

    def summary(self) -> str:
        """Return one sentence a person can read."""
        return (
            f"{self.count} incidents, {self.ratio.value:.2f} times the rate of {self.others} areas "
            f"like it ({self.ratio.low:.2f} to {self.ratio.high:.2f}); {self.usual_low:g} to "
            f"{self.usual_high:g} would be usual for its size."
        )


def compare_with_like(
    counts: ArrayLike, residents: ArrayLike, area: int, *, confidence: float = 0.95
) -> LikeComparison:
    """Compare one area with the others of a group of like areas.

    Parameters
    ----------
    counts : array_like of int, shape (n_areas,)
        Incidents in every area of the group, the compared one included.
    residents : array_like of float, shape (n_areas,)
        Positive.
    area : int
        Position of the area to compare.
    confidence : float, default 0.95
        Coverage of the interval and of what is usual.

    Returns
    -------
    LikeComparison

    Raises
    ------
    ValueError
        If the group has fewer than six areas, the position is outside it, or the others have no
        incidents.

    Notes
    -----
    The ratio's interval asks whether the two rates differ at all, which with many incidents they
    always do. `direction` asks the useful question: is it outside what areas like this have? It
    takes the others' true rates to follow a gamma distribution, fitted without the area itself.
    The answer is no better than the choice of the group.

    References
    ----------
    D. Clayton and J. Kaldor (1987), Biometrics 43, 671-681 (the gamma distribution of rates).
    """
    k = checked.counts(counts)
    people = checked.positive(residents, "residents", "merge the area with a neighbour first")
    size = checked.same_length(counts=k, residents=people)
    if not 0 <= area < size:
        msg = f"area is {area}, but the group has positions 0 to {size - 1}."
        raise ValueError(msg)
    if size < 6:
        msg = f"{size - 1} other areas are too few to say what is usual; give at least five."
        raise ValueError(msg)
    others, their_people = np.delete(k, area), np.delete(people, area)
    if others.sum() == 0:
        msg = f"The {size - 1} other areas have no incidents; choose another group or period."
        raise ValueError(msg)
    pair = (int(k[area]), int(others.sum()))
    ratio = rate_ratio(
        pair, (float(people[area]), float(their_people.sum())), confidence=confidence
    )
    mean, variance = gamma_prior(others, their_people)
    tail = (1 - confidence) / 2
    low, high = _usual(mean * people[area], variance * people[area] ** 2, tail)
    method = Method.of("compare_with_like", "Clayton & Kaldor 1987", confidence=confidence)
    return LikeComparison(ratio, low, high, pair[0], size - 1, method)


def _usual(mean: float, variance: float, tail: float) -> tuple[float, float]:
    """Return the counts between which an area with an unknown rate of the group falls."""
    if variance == 0:
        law = poisson(mean)
    else:
        shape = mean**2 / variance
        law = nbinom(shape, shape / (shape + mean))
    return float(law.ppf(tail)), float(law.ppf(1 - tail))

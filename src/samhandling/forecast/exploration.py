"""Where to send patrols so that where nobody looks is looked at too."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from samhandling.space import checked


@dataclass(frozen=True, slots=True, eq=False)
class PatrolChoice:
    """Areas to visit in a period.

    Attributes
    ----------
    expected_most : ndarray of intp
        Chosen because most is expected there, in that order.
    explored : ndarray of intp
        Chosen by lot among the rest, the seldom visited more often.
    chance : ndarray of float64, shape (n_areas,)
        Each area's chance of being chosen by lot in the first draw; zero for the others. What is
        found there can be weighed by one over it.
    """

    expected_most: NDArray[np.intp]
    explored: NDArray[np.intp]
    chance: NDArray[np.float64]


def choose_areas(
    expected: ArrayLike,
    visits: ArrayLike,
    count: int,
    *,
    explored_share: float = 0.2,
    rng: np.random.Generator,
) -> PatrolChoice:
    """Choose areas: most by what is expected, some by lot.

    Where patrols go, more is found, and the next forecast sends them there again. A share drawn by
    lot is the only way to know what is not seen.

    Parameters
    ----------
    expected : array_like of float, shape (n_areas,)
    visits : array_like of int, shape (n_areas,)
        Visits so far; the fewer, the greater the chance.
    count : int
        Areas to choose.
    explored_share : float, default 0.2
        Share of `count` chosen by lot, rounded up; from 0 to 1.
    rng : numpy.random.Generator

    Raises
    ------
    ValueError
        If a number is missing or negative, the lengths differ, the share is not from 0 to 1, or
        there are fewer areas than asked for.

    Examples
    --------
    >>> rng = np.random.default_rng(1)
    >>> choice = choose_areas([5, 4, 0.1, 0], [9, 9, 0, 0], 3, explored_share=0.3, rng=rng)
    >>> choice.expected_most.tolist(), len(choice.explored)
    ([0, 1], 1)
    """
    likely = checked.finite(expected, "expected")
    seen = checked.counts(visits, "visits")
    if len(likely) != len(seen):
        message = (
            f"{len(likely)} areas have an expectation and {len(seen)} visits; give both for all."
        )
        raise ValueError(message)
    if not 0 <= explored_share <= 1:
        message = f"explored_share is {explored_share:g}; give a share from 0 to 1."
        raise ValueError(message)
    if not 1 <= count <= len(likely):
        message = f"count is {count} of {len(likely)} areas; give 1 to {len(likely)}."
        raise ValueError(message)
    by_lot = int(np.ceil(count * explored_share))
    order = np.argsort(-likely, kind="stable")
    most, rest = order[: count - by_lot], order[count - by_lot :]
    chance = np.zeros(len(likely))
    chance[rest] = 1 / (1 + seen[rest])
    chance /= chance.sum() or 1.0
    drawn = rng.choice(len(likely), size=by_lot, replace=False, p=chance) if by_lot else rest[:0]
    return PatrolChoice(most, drawn, chance)

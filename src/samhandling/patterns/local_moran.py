"""Cells like or unlike their neighbours: Anselin's local Moran with exact p-values for counts."""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import ArrayLike, NDArray

from samhandling.patterns.false_discovery import adjusted_p
from samhandling.patterns.getis_ord import Inference, local_g
from samhandling.space import checked
from samhandling.space.method import Method
from samhandling.space.neighbours import Neighbours

Floats = NDArray[np.float64]


class Quadrant(StrEnum):
    """A cell and its surroundings against the mean. Values are stored: never rename one."""

    HIGH_AMONG_HIGH = "high_among_high"
    LOW_AMONG_LOW = "low_among_low"
    HIGH_AMONG_LOW = "high_among_low"
    LOW_AMONG_HIGH = "low_among_high"
    NEITHER = "neither"


QUADRANTS = (
    Quadrant.HIGH_AMONG_HIGH, Quadrant.HIGH_AMONG_LOW, Quadrant.LOW_AMONG_HIGH,
    Quadrant.LOW_AMONG_LOW, Quadrant.NEITHER,
)  # fmt: skip


@dataclass(frozen=True, slots=True, eq=False)
class LocalMoran:
    """How each cell goes with its neighbours, in input order.

    Attributes
    ----------
    value : ndarray of float64, shape (n,)
        Local Moran's I with weights that sum to one around each cell; 0 for islands.
    quadrant : tuple of Quadrant, length n
    p_value : ndarray of float64, shape (n,)
        Chance of neighbours at least as high (where they are high) or as low (where low), the
        cell's own count fixed and the others shuffled.
    q_value : ndarray of float64, shape (n,)
        The same adjusted for false discovery over all cells.
    islands : ndarray of int64
    method : Method
    """

    value: Floats
    quadrant: tuple[Quadrant, ...]
    p_value: Floats
    q_value: Floats
    islands: NDArray[np.int64]
    method: Method

    def clusters(self, false_discovery: float = 0.05) -> tuple[Quadrant, ...]:
        """Return each cell's quadrant where it is beyond chance, `NEITHER` elsewhere."""
        beyond = self.q_value <= checked.probability(false_discovery, "false_discovery")
        return tuple(
            quadrant if sure else Quadrant.NEITHER
            for quadrant, sure in zip(self.quadrant, beyond.tolist(), strict=True)
        )

    def summary(self) -> str:
        """Return one sentence a person can read."""
        found = self.clusters()
        high, alone = found.count(Quadrant.HIGH_AMONG_HIGH), found.count(Quadrant.HIGH_AMONG_LOW)
        return (
            f"{high} of {len(found)} cells are high among high ones and {alone} high among low "
            "ones, at most 5% of them by chance."
        )


def local_moran(
    counts: ArrayLike, neighbours: Neighbours, *, inference: Inference = Inference.EXACT
) -> LocalMoran:
    """Find cells that are like their neighbours, and cells that stand out from them.

    Parameters
    ----------
    counts : array_like of int, shape (n,)
    neighbours : Neighbours
        Of the same cells.
    inference : Inference, default exact

    Returns
    -------
    LocalMoran

    Raises
    ------
    ValueError
        As `local_g` does.

    Notes
    -----
    With the own count fixed, the statistic orders the shuffles as the sum over the neighbours does:
    its p-values are those of Getis and Ord's G, from the same exact law. Counts follow people: high
    means many events, not high risk.

    Time and memory grow as those of `local_g`: 10, 36, 126 and 420 ms of one processor for 22,500,
    90,000, 360,000 and a million cells, and 161 bytes for each.

    References
    ----------
    L. Anselin (1995), "Local indicators of spatial association - LISA", Geographical Analysis 27,
    93-115.

    Examples
    --------
    >>> from samhandling.space.neighbours import Neighbours
    >>> line = Neighbours.of_pairs(np.array([0, 1, 2, 3, 4]), np.array([1, 2, 3, 4, 5]), 6)
    >>> local_moran([9, 8, 1, 0, 1, 0], line).quadrant[0].value
    'high_among_high'
    """
    local = local_g(counts, neighbours, star=False, inference=inference)
    x = checked.counts(counts).astype(np.float64)
    number = neighbours.number()
    z = (x - x.mean()) / x.std()
    lag = np.divide(local.local_sum, number, out=np.full(len(x), x.mean()), where=number > 0)
    around = (lag - x.mean()) / x.std()
    around[number == 0] = 0.0
    p_value = np.where(around > 0, local.p_high, local.p_low)
    p_value[number == 0] = 1.0
    return LocalMoran(
        z * around, _quadrants(z, around), p_value, adjusted_p(p_value), local.islands,
        Method.of("local_moran", "Anselin (1995)", inference=str(inference)),
    )  # fmt: skip


def _quadrants(own: Floats, near: Floats) -> tuple[Quadrant, ...]:
    """Return each cell's quadrant, from how far it and its neighbours lie from the mean."""
    number = np.where(own > 0, 0, 2) + np.where(near > 0, 0, 1)
    number[(own == 0) | (near == 0)] = 4
    return tuple(map(QUADRANTS.__getitem__, number.tolist()))

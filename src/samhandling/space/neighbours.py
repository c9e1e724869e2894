"""Which areas border on which, also where borders were not drawn to meet exactly."""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import shapely
from numpy.typing import NDArray
from scipy.sparse import csr_array

from samhandling.space.areas import AreaSet
from samhandling.space.projection import SWEREF99_TM


class Contiguity(StrEnum):
    """What makes two areas neighbours."""

    QUEEN = "queen"
    """They share a border or a corner."""
    ROOK = "rook"
    """They share a stretch of border."""


@dataclass(frozen=True, slots=True, eq=False)
class Neighbours:
    """Neighbours of each area, in compressed rows; nobody is its own neighbour.

    Attributes
    ----------
    start : ndarray of int64, shape (n_areas + 1,)
        The neighbours of area `i` are `other[start[i]:start[i + 1]]`.
    other : ndarray of int64
        Positions of neighbours, rising within each area; the relation is mutual.
    """

    start: NDArray[np.int64]
    other: NDArray[np.int64]

    def __post_init__(self) -> None:
        if self.start[0] != 0 or self.start[-1] != len(self.other) or (self.number() < 0).any():
            msg = f"start must rise from 0 to {len(self.other)}, the number of links."
            raise ValueError(msg)

    @classmethod
    def of_pairs(cls, first: NDArray[np.int64], second: NDArray[np.int64], n: int) -> "Neighbours":
        """Build from pairs in any order; each is taken both ways, once, and loops are dropped.

        Raises
        ------
        ValueError
            If a pair names an area that does not exist.
        """
        ends = np.concatenate([first, second]).astype(np.int64)
        if ends.size and (ends.min() < 0 or ends.max() >= n):
            msg = f"A pair names area {ends.max() if ends.max() >= n else ends.min()} of {n}."
            raise ValueError(msg)
        others = np.concatenate([second, first]).astype(np.int64)
        key = np.unique((ends * n + others)[ends != others])
        row, column = key // max(n, 1), key % max(n, 1)
        start = np.concatenate([[0], np.cumsum(np.bincount(row, minlength=n))])
        return cls(start.astype(np.int64), column)

    def __len__(self) -> int:
        return len(self.start) - 1

    def __getitem__(self, area: int) -> NDArray[np.int64]:
        return self.other[self.start[area] : self.start[area + 1]]

    def number(self) -> NDArray[np.int64]:
        """Return how many neighbours each area has."""
        return np.diff(self.start)

    def islands(self) -> NDArray[np.int64]:
        """Return the areas that have no neighbour."""
        return np.flatnonzero(self.number() == 0)

    def matrix(self) -> csr_array:
        """Return the links as a sparse matrix of ones and zeros in whole numbers."""
        ones = np.ones(len(self.other), dtype=np.int64)
        return csr_array((ones, self.other, self.start), shape=(len(self), len(self)))

    def sums(self, values: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return the sum over each area's neighbours, exact for whole numbers."""
        return np.asarray(self.matrix() @ values)


def neighbours(
    areas: AreaSet, rule: Contiguity = Contiguity.QUEEN, *, tolerance_m: float = 1.0
) -> Neighbours:
    """Find which areas border on each other.

    Parameters
    ----------
    areas : AreaSet
        Measured in SWEREF 99 TM, whatever system they are stored in.
    rule : Contiguity, default queen
        `queen` is satisfied by a corner; `rook` wants border in common, longer than four times
        the tolerance so that two corners drawn a little apart do not count as one.
    tolerance_m : float, default 1
        Borders no farther apart than this are the same border. Zero wants exact ones.

    Returns
    -------
    Neighbours
        Mutual; `islands()` names those without any, which a smoothing over neighbours leaves out.

    Raises
    ------
    ValueError
        If the tolerance is negative.

    Notes
    -----
    Areas are neighbours on paper. Water, a railway or a motorway between them is not seen; with
    water cut out of the areas, districts on two shores are islands to each other.
    """
    if tolerance_m < 0:
        msg = f"tolerance_m is {tolerance_m}; give zero or a distance in metres."
        raise ValueError(msg)
    geometries = areas.project(SWEREF99_TM).geometries
    tree = shapely.STRtree(geometries)
    first, second = tree.query(geometries, predicate="dwithin", distance=tolerance_m)
    each = first < second
    first, second = first[each], second[each]
    if rule is Contiguity.ROOK:
        shared = _shared_border(geometries, first, second, tolerance_m)
        first, second = first[shared], second[shared]
    return Neighbours.of_pairs(first, second, len(areas))


def _shared_border(
    geometries: NDArray[np.object_],
    first: NDArray[np.int64],
    second: NDArray[np.int64],
    tolerance_m: float,
) -> NDArray[np.bool_]:
    border = shapely.boundary(geometries)
    # Cap style flat would lose the ends of a border; what a round cap adds is within 4 tolerances.
    reach = shapely.buffer(border, tolerance_m) if tolerance_m > 0 else border
    common = shapely.intersection(border[first], reach[second])
    return np.asarray(shapely.length(common) > 4 * tolerance_m)

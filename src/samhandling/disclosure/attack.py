"""What somebody who knows how sums work can work out from what was published."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.optimize import linprog
from scipy.sparse import csr_array

from samhandling.disclosure.table import PublishedTable

Floats = NDArray[np.float64]
SLACK = 1e-6


@dataclass(frozen=True, slots=True)
class Exposure:
    """A figure that an attacker can narrow down too far.

    Attributes
    ----------
    position : tuple of int
        Where it stands.
    low, high : int
        What it must lie between.
    """

    position: tuple[int, ...]
    low: int
    high: int

    def summary(self) -> str:
        """Return one sentence a person can read."""
        if self.low == self.high:
            return f"The figure at {self.position} must be {self.low}."
        return f"The figure at {self.position} must be {self.low} to {self.high}."


def possible_range(equations: Floats, totals: Floats, wanted: Floats) -> tuple[float, float]:
    """Return the least and the most that a sum of unknown counts can be.

    Parameters
    ----------
    equations : ndarray of float64, shape (n_published, n_unknown)
        Which unknown counts each published figure is the sum of.
    totals : ndarray of float64, shape (n_published,)
        The published figures.
    wanted : ndarray of float64, shape (n_unknown,)
        Which unknown counts the attacker wants the sum of.

    Returns
    -------
    low, high : float
        `high` is infinite where nothing published bounds it.

    Raises
    ------
    ValueError
        If the published figures contradict each other.
    """
    ends = []
    for sign in (1.0, -1.0):
        found = linprog(
            sign * wanted, A_eq=csr_array(equations), b_eq=totals, bounds=(0, None), method="highs"
        )
        if found.status == 3:
            ends.append(np.inf)
        elif found.status != 0:
            msg = f"The published figures contradict each other: {found.message}"
            raise ValueError(msg)
        else:
            ends.append(sign * float(found.fun))
    return ends[0], ends[1]


def table_ranges(
    table: PublishedTable, *, only_small: bool = False
) -> dict[tuple[int, ...], tuple[int, int]]:
    """Return, for each withheld figure of a table, what it must lie between.

    Parameters
    ----------
    table : PublishedTable
        One- or two-way, margins last.
    only_small : bool, default False
        Leave out what is withheld to protect others.

    Returns
    -------
    dict of position to (low, high)
        In a table with margins these bounds are whole numbers and are reached.
    """
    equations, totals, positions = _table_equations(table)
    found = {}
    for at, position in enumerate(positions):
        if only_small and not table.small[position]:
            continue
        wanted = np.zeros(len(positions))
        wanted[at] = 1
        low, high = possible_range(equations, totals, wanted)
        found[position] = (_up(low), _down(high))
    return found


def exposures(table: PublishedTable, k: int = 5) -> list[Exposure]:
    """Return the small figures of a table that can be worked out too closely.

    Parameters
    ----------
    table : PublishedTable
        As published.
    k : int, default 5
        A small figure is safe when, for all that the attacker can tell, it may be zero and may
        also be `k` or more.

    Returns
    -------
    list of Exposure
        Empty when the table is safe.
    """
    ranges = table_ranges(table, only_small=True)
    return [Exposure(at, *ends) for at, ends in ranges.items() if ends[0] > 0 or ends[1] < k]


def differenced(
    coverage: ArrayLike, published: ArrayLike, wanted: ArrayLike, k: int = 5
) -> list[Exposure]:
    """Work out figures by differencing tables of overlapping areas or periods.

    Parameters
    ----------
    coverage : array_like of 0 and 1, shape (n_published, n_pieces)
        Which pieces (areas cut where any two published areas cut each other; months) each
        published figure covers.
    published : array_like of float, shape (n_published,)
        The figures; NaN where one was withheld.
    wanted : array_like of 0 and 1, shape (n_wanted, n_pieces)
        Combinations of pieces that must not be known when their sum is small.
    k : int, default 5
        Below this, and above zero, a sum is small.

    Returns
    -------
    list of Exposure
        The wanted sums that an attacker knows to be above zero and below `k`.

    Raises
    ------
    ValueError
        If the shapes do not match or the published figures contradict each other.

    Examples
    --------
    The whole is 103 and all but one piece is 100, so the piece is 3.

    >>> differenced([[1, 1], [1, 0]], [103, 100], [[0, 1]])[0].summary()
    'The figure at (0,) must be 3.'
    """
    pieces, sums = np.atleast_2d(np.asarray(coverage, float)), np.asarray(published, float)
    targets = np.atleast_2d(np.asarray(wanted, float))
    if sums.shape != (len(pieces),) or targets.shape[1] != pieces.shape[1]:
        msg = (
            f"coverage has shape {pieces.shape}, published {sums.shape} and wanted "
            f"{targets.shape}; give one row per figure and one column per piece."
        )
        raise ValueError(msg)
    shown = np.isfinite(sums)
    found = []
    for at, target in enumerate(targets):
        low, high = possible_range(pieces[shown], sums[shown], target)
        if low > SLACK and high < k - SLACK:
            found.append(Exposure((at,), _up(low), _down(high)))
    return found


def _up(low: float) -> int:
    return int(np.ceil(low - SLACK))


def _down(high: float) -> int:
    """Return a whole upper bound; what nothing bounds is given as the largest whole number."""
    return int(np.floor(high + SLACK)) if np.isfinite(high) else np.iinfo(np.int64).max


def _table_equations(
    table: PublishedTable,
) -> tuple[Floats, Floats, list[tuple[int, ...]]]:
    """Return one equation per line of the table: its entries less its margin are zero."""
    hidden = table.withheld
    positions = [tuple(int(i) for i in row) for row in np.argwhere(hidden)]
    column_of = {position: at for at, position in enumerate(positions)}
    lines = list(_lines(hidden.shape))
    equations, totals = np.zeros((len(lines), len(positions))), np.zeros(len(lines))
    for row, line in enumerate(lines):
        for position in line:
            sign = 1.0 if position != line[-1] else -1.0
            if position in column_of:
                equations[row, column_of[position]] = sign
            else:
                totals[row] -= sign * table.value[position]
    return equations, totals, positions


def _lines(shape: tuple[int, ...]) -> list[list[tuple[int, ...]]]:
    """Return the lines that add up, each with its margin last."""
    if len(shape) == 1:
        return [[(i,) for i in range(shape[0])]]
    rows, columns = shape
    across: list[list[tuple[int, ...]]] = [[(r, c) for c in range(columns)] for r in range(rows)]
    down: list[list[tuple[int, ...]]] = [[(r, c) for r in range(rows)] for c in range(columns)]
    return across + down

"""Published figures as equations over the finest cells, and what they settle at once."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csc_array, csr_array, eye_array, hstack, kron, vstack
from scipy.sparse.csgraph import connected_components

from samhandling.disclosure.ledger import Layout, Ledger, columns_of

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]
Axes = tuple[tuple[str, ...], ...]
SLACK = 1e-6
CONTRADICTION = (
    "The published figures contradict each other; check the ledger against the finest cells."
)


@dataclass(frozen=True, slots=True, eq=False)
class Equations:
    """What is known: `low` <= `matrix` @ counts <= `high`, one row per figure.

    Attributes
    ----------
    matrix : sparse array of 0 and 1, shape (n_figures, n_unknown)
    low, high : ndarray of float64, shape (n_figures,)
    source : ndarray of int64, shape (n_figures,)
        Which release of the ledger each row comes from.
    """

    matrix: csr_array
    low: Floats
    high: Floats
    source: Integers


def axes_of(layouts: Iterable[Layout]) -> Axes:
    """Return every finest code that the layouts name, by dimension, in order of appearance."""
    found: tuple[dict[str, None], ...] = ({}, {}, {})
    for layout in layouts:
        for seen, groups in zip(found, layout.groups, strict=True):
            seen.update((code, None) for _, codes in groups for code in codes)
    return tuple(tuple(seen) for seen in found)


def coverage(layout: Layout, axes: Axes) -> csr_array:
    """Return which finest cells each figure is the sum of, both in the order of their arrays.

    Raises
    ------
    ValueError
        If the layout names a code that the axes lack.
    """
    parts = []
    for dimension, codes in enumerate(axes):
        groups = columns_of(layout, dimension, codes)
        rows = np.repeat(np.arange(len(groups)), [len(own) for own in groups])
        columns = np.concatenate(groups)
        shape = (len(groups), len(codes))
        parts.append(csr_array((np.ones(len(rows)), (rows, columns)), shape=shape))
    covers = csr_array(kron(kron(parts[0], parts[1]), parts[2], format="csr"))
    # kron keeps whole blocks where they are dense; zeros that are kept would tie cells together.
    covers.eliminate_zeros()
    covers.sort_indices()
    return covers


def equations_of(ledger: Ledger, axes: Axes) -> Equations:
    """Return a row for each figure that says anything, over all finest cells."""
    n_cells = int(np.prod([len(codes) for codes in axes]))
    matrices = [csr_array((0, n_cells))]
    lows, highs, sources = [np.zeros(0)], [np.zeros(0)], [np.zeros(0, dtype=np.int64)]
    for at, release in enumerate(ledger.releases):
        low, high = (end.ravel() for end in release.bounds())
        says = np.isfinite(high) | (low > 0)
        matrices.append(coverage(release.layout, axes)[says])
        lows.append(low[says])
        highs.append(high[says])
        sources.append(np.full(int(says.sum()), at))
    return Equations(
        csr_array(vstack(matrices, format="csr")),
        np.concatenate(lows), np.concatenate(highs), np.concatenate(sources),
    )  # fmt: skip


def classes_of(matrix: csr_array) -> Integers:
    """Return a number for each column; columns in exactly the same rows have the same one."""
    columns = csc_array(matrix)
    columns.sort_indices()
    seen: dict[bytes, int] = {}
    ends = columns.indptr
    keys = (columns.indices[start:end].tobytes() for start, end in pairwise(ends))
    return np.array([seen.setdefault(key, len(seen)) for key in keys], dtype=np.int64)


def membership(class_of: Integers) -> csr_array:
    """Return which columns each class holds, shape (n_classes, n_columns)."""
    n = len(class_of)
    shape = (int(class_of.max()) + 1, n)
    return csr_array((np.ones(n), (class_of, np.arange(n))), shape=shape)


def merged(matrix: csr_array, class_of: Integers) -> csr_array:
    """Return the matrix with one column for each class of equal columns."""
    first = np.unique(class_of, return_index=True)[1]
    return csr_array(matrix[:, first])


def settled(known: Equations) -> tuple[NDArray[np.bool_], Floats]:
    """Return which unknowns follow at once, and what they are (0 where they do not).

    A sum of zero settles all that it is made of, a figure of one unknown settles that one, and
    what is settled is taken out of the other figures until nothing more follows.
    """
    matrix, n = known.matrix, known.matrix.shape[1]
    fixed, value = np.zeros(n, dtype=bool), np.zeros(n)
    while True:
        left = np.rint(matrix @ (~fixed).astype(float))
        gone = matrix @ value
        empty = (left > 0) & (known.high - gone < SLACK)
        zero = (matrix[empty].sum(axis=0) > 0) & ~fixed
        single = (left == 1) & (known.high - known.low < SLACK)
        rows, columns = matrix[single].nonzero()
        free = ~fixed[columns]
        now = np.zeros(n, dtype=bool)
        now[columns[free]] = True
        value[columns[free]] = (known.low - gone)[single][rows[free]]
        if not (zero | now).any():
            return fixed, value
        fixed |= zero | now


def reduced(known: Equations, fixed: NDArray[np.bool_], value: Floats) -> Equations:
    """Return the rows that still say something of what is not settled, each only once.

    Raises
    ------
    ValueError
        If what is settled does not agree with a row.
    """
    gone = known.matrix @ value
    matrix = csr_array(known.matrix[:, np.flatnonzero(~fixed)])
    told = np.diff(matrix.indptr) == 0
    if (told & ((known.low > gone + SLACK) | (known.high < gone - SLACK))).any() or (
        value < -SLACK
    ).any():
        raise ValueError(CONTRADICTION)
    rows = np.flatnonzero(np.diff(matrix.indptr) > 0)
    matrix = csr_array(matrix[rows])
    low, high = (known.low - gone)[rows], (known.high - gone)[rows]
    if not len(rows):
        return Equations(matrix, low, high, known.source[rows])
    same = classes_of(csr_array(matrix.T))
    first = np.unique(same, return_index=True)[1]
    most, least = np.full(len(first), -np.inf), np.full(len(first), np.inf)
    np.maximum.at(most, same, low)
    np.minimum.at(least, same, high)
    return Equations(csr_array(matrix[first]), most, least, known.source[rows[first]])


def components(matrix: csr_array) -> Integers:
    """Return a number for each column; columns that rows tie together have the same one."""
    rows, columns = matrix.shape
    graph = csr_array((rows + columns, rows + columns))
    if matrix.nnz:
        corner = csr_array((rows, rows))
        side = csr_array((columns, columns))
        graph = vstack([hstack([corner, matrix]), hstack([matrix.T, side])], format="csr")
    return np.asarray(connected_components(graph, directed=False)[1][rows:], dtype=np.int64)


def solved(
    cost: Floats,
    known: Equations,
    *,
    upper: Floats | float = np.inf,
    whole: NDArray[np.bool_] | None = None,
    gap: float = 0.0,
) -> Floats | None:
    """Return the cheapest counts that agree with what is known, whole numbers where asked.

    Parameters
    ----------
    cost : ndarray of float64, shape (n_unknown,)
        The cheapest sum must exist.
    known : Equations
    upper : float or ndarray
        The most that each unknown can be.
    whole : ndarray of bool, optional
        Which unknowns must be whole; all of them when left out. The continuous problem is solved
        first, and is enough where its optimum is whole.
    gap : float, default 0
        How far from the cheapest whole numbers the answer may be, as a share of their cost.

    Returns
    -------
    ndarray of float64 or None
        None when nothing agrees.

    Raises
    ------
    ArithmeticError
        If the solver gives up.
    """
    n = len(cost)
    own = np.ones(n, dtype=bool) if whole is None else whole
    limits = LinearConstraint(known.matrix, known.low, known.high)
    bounds = Bounds(np.zeros(n), np.broadcast_to(upper, (n,)))
    for integrality in (np.zeros(n), own.astype(float)):
        found = milp(
            cost, integrality=integrality, bounds=bounds, options={"mip_rel_gap": gap},
            constraints=limits if known.matrix.shape[0] else None,
        )  # fmt: skip
        if found.status == 2:
            return None
        if found.x is None:
            msg = f"The solver gave up: {found.message}"
            raise ArithmeticError(msg)
        if is_whole(found.x[own]).all():
            break
    counts: Floats = found.x
    counts[own] = np.rint(counts[own])
    return counts


def is_whole(values: Floats) -> NDArray[np.bool_]:
    """Return which numbers are whole, but for the solver's slack."""
    return np.asarray(np.abs(values - np.rint(values)) < SLACK)


def identity(n: int) -> csr_array:
    """Return the sparse unit matrix."""
    return csr_array(eye_array(n, format="csr"))

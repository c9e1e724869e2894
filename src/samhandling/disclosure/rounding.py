"""Round a whole table so that it still adds up."""

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.optimize import linprog
from scipy.sparse import csr_array, lil_array

from samhandling.disclosure.table import Whole, with_margins


def round_table(counts: ArrayLike, base: int = 5) -> Whole:
    """Return the table with margins, every figure rounded to a multiple of `base`, adding up.

    Parameters
    ----------
    counts : array_like of int, shape (n,) or (rows, columns)
        Without margins.
    base : int, default 5
        What the figures become multiples of.

    Returns
    -------
    ndarray of int64
        With margins. Each figure is one of the two multiples next to its true value, multiples
        stay as they are, and the sum of all distances is as small as it can be.

    Raises
    ------
    ValueError
        If an entry is not a count or `base` is below 2.

    Notes
    -----
    Controlled rounding hides which small figures are zero, but the same table rounded after each
    small change tells more than once. Say that the figures are rounded.

    References
    ----------
    L. H. Cox and L. R. Ernst (1982), "Controlled rounding", INFOR 20, 423-432.

    Examples
    --------
    >>> round_table([[3, 3], [3, 3]]).tolist()
    [[5, 0, 5], [0, 5, 5], [5, 5, 10]]
    """
    if base < 2:
        msg = f"base is {base}; give the multiple that figures are rounded to, at least 2."
        raise ValueError(msg)
    full = with_margins(counts)
    floor, rest = np.divmod(full, base)
    up = _which_go_up(np.atleast_2d(floor), np.atleast_2d(rest), base, flat=full.ndim == 1)
    return np.asarray((floor + up.reshape(full.shape)) * base, dtype=np.int64)


def _which_go_up(floor: Whole, rest: Whole, base: int, *, flat: bool) -> NDArray[np.int64]:
    """Choose 0 or 1 for each figure so that lines add up and the distances are least.

    The equations are those of a network, so that the optimum of the continuous problem is whole.
    """
    rows, columns = floor.shape
    equations = [[(r, c) for c in range(columns)] for r in range(rows)]
    if not flat:
        equations += [[(r, c) for r in range(rows)] for c in range(columns)]
    totals = []
    matrix = lil_array((len(equations), rows * columns))
    for at, line in enumerate(equations):
        total = 0
        for position in line:
            sign = -1 if position == line[-1] else 1
            matrix[at, position[0] * columns + position[1]] = sign
            total -= sign * int(floor[position])
        totals.append(total)
    cost = (base - 2 * rest).ravel().astype(np.float64)
    highest = (rest > 0).ravel().astype(np.float64)
    found = linprog(
        cost, A_eq=csr_array(matrix), b_eq=totals, method="highs-ds",
        bounds=np.column_stack([np.zeros(len(highest)), highest]),
    )  # fmt: skip
    return np.asarray(np.round(found.x), dtype=np.int64)

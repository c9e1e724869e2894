"""A table of counts with its margins, as it would be published."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from samhandling.space import checked
from samhandling.space.method import Method

Whole = NDArray[np.int64]
Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class PublishedTable:
    """Counts with margins last, and which of them are withheld.

    Attributes
    ----------
    value : ndarray of int64, shape (rows + 1, columns + 1) or (cells + 1,)
        Margins in the last row and column; what is withheld holds -1, so that a table that is
        passed on cannot give it away.
    small : ndarray of bool
        Withheld because they are small.
    complementary : ndarray of bool
        Withheld so that the small ones cannot be worked out.
    method : Method
    """

    value: Whole
    small: Mask
    complementary: Mask
    method: Method

    @property
    def withheld(self) -> Mask:
        """Which cells are not shown, for either reason."""
        return self.small | self.complementary

    def texts(self, sign: str = "..") -> list[list[str]]:
        """Return the table as text, `sign` where a count is withheld."""
        rows = np.atleast_2d(self.value)
        return [[sign if n < 0 else str(n) for n in row] for row in rows.tolist()]

    def summary(self) -> str:
        """Return one sentence a person can read."""
        return (
            f"{int(self.small.sum())} of {self.value.size} figures are withheld because they are "
            f"small and {int(self.complementary.sum())} more to protect them."
        )


def with_margins(counts: ArrayLike) -> Whole:
    """Return the counts with their sums: a last entry, or a last row and a last column.

    Parameters
    ----------
    counts : array_like of int, shape (n,) or (rows, columns)
        Whole numbers of at least zero.

    Returns
    -------
    ndarray of int64

    Raises
    ------
    ValueError
        If an entry is not a count, or the table has no entries or more than two dimensions.

    Examples
    --------
    >>> with_margins([[1, 2], [3, 4]]).tolist()
    [[1, 2, 3], [3, 4, 7], [4, 6, 10]]
    """
    array = np.asarray(counts)
    if array.ndim not in (1, 2) or array.size == 0:
        msg = f"counts has shape {array.shape}; give a list of counts or rows of them."
        raise ValueError(msg)
    whole = checked.counts(array.ravel()).reshape(array.shape)
    if whole.ndim == 1:
        return np.append(whole, whole.sum())
    wide = np.column_stack([whole, whole.sum(axis=1)])
    return np.vstack([wide, wide.sum(axis=0)])

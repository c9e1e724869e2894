"""Round so that the same figure is the same in every table, whenever it is published."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import product
from typing import Self

import numpy as np

from samhandling.disclosure import equations
from samhandling.disclosure.equations import Floats
from samhandling.disclosure.ledger import FinestCells, Layout
from samhandling.disclosure.table import Whole
from samhandling.space.method import Method

LEAST_SECRET = 16


@dataclass(frozen=True, slots=True, eq=False)
class RoundedRelease:
    """A published table of rounded figures.

    Attributes
    ----------
    layout : Layout
    value : ndarray of int64, shape (areas, categories, periods)
        Multiples of `base`.
    base : int
    additive : bool
        Whether the figures add up. Where they do not, the table must say so.
    pieces : ndarray of int64, shape (areas, categories, periods)
        How many numbers were rounded to make each figure: 1, or its finest cells.
    method : Method
        Without the secret.
    """

    layout: Layout
    value: Whole
    base: int
    additive: bool
    pieces: Whole
    method: Method

    @property
    def standard_error(self) -> Floats:
        """The most that rounding can add, as a standard error: half the base a rounded number.

        The error of a count depends on its remainder, which is not to be told.
        """
        return np.asarray(self.base / 2 * np.sqrt(self.pieces), dtype=np.float64)

    def bounds(self) -> tuple[Floats, Floats]:
        """Return what the true figures must lie between: each number less than `base` away."""
        away = (self.base - 1) * self.pieces
        low = np.maximum(self.value - away, 0).astype(np.float64)
        return low, (self.value + away).astype(np.float64)

    def split(self, dimension: str, parts: Mapping[str, Sequence[str]]) -> Self:
        """Return the same table over finer codes."""
        return replace(self, layout=self.layout.split(dimension, parts))

    def summary(self) -> str:
        """Return what a reader of the table must be told."""
        said = (
            "They add up, and a sum of many is less exact than one."
            if self.additive
            else "They do not add up: each is rounded by itself."
        )
        return f"{self.layout.name}: figures are rounded to multiples of {self.base}. {said}"


def round_over_time(
    layout: Layout, cells: FinestCells, secret: bytes, *, base: int = 5, additive: bool = False
) -> RoundedRelease:
    """Return the table, each figure rounded up or down by a lot that is drawn once for all.

    Parameters
    ----------
    layout : Layout
    cells : FinestCells
    secret : bytes, at least 16
        The same for every table ever published, and kept: whoever has it can undo the rounding.
    base : int, default 5
    additive : bool, default False
        Round the finest cells and add them up, instead of rounding each figure. Then everything
        adds up in and between all tables, and the error of a sum grows with the square root of
        the number of its cells.

    Returns
    -------
    RoundedRelease

    Raises
    ------
    ValueError
        If `base` is below 2, the secret is short, or the layout names a code the cells lack.

    Notes
    -----
    Every finest cell has a key made from its codes and the secret, and the key of a figure is the
    sum of the keys of its cells that are not empty. The key is the lot: a figure with remainder r
    goes up when it is below r / `base`, so that the expected value is the count. The same cells
    always have the same key, so that asking again, in another table or another year, tells
    nothing new, and a revised count with the same cells moves only past a threshold of its own.
    Codes must therefore stay; a cell that is split has new keys.

    What it does not hold: a figure and a part of it, rounded each by itself, bound what lies
    between them; with many overlapping tables `joint_ranges` says how closely. A small count is
    not kept able to be zero and `base` or more, as suppression keeps it: 0 says below `base`.
    Choose one of the two for a ledger.

    References
    ----------
    B. Fraser and J. Wooton (2005), "A proposed method for confidentialising tabular output to
    protect against differencing", UNECE work session on statistical data confidentiality.
    I. P. Fellegi and J. L. Phillips (1974), "Statistical confidentiality: some theory and
    application to data dissemination", Annals of Economic and Social Measurement 3, 399-409.

    Examples
    --------
    >>> cells = FinestCells(("A",), ("theft",), ("jan", "feb"), [[[10, 0]]])
    >>> table = Layout.of("so far", ["A"], ["theft"], {"jan": ["jan"], "jan-feb": ["jan", "feb"]})
    >>> round_over_time(table, cells, b"a secret of the municipality").value.tolist()
    [[[10, 10]]]
    """
    if base < 2:
        msg = f"base is {base}; give the multiple that figures are rounded to, at least 2."
        raise ValueError(msg)
    if len(secret) < LEAST_SECRET:
        msg = f"secret has {len(secret)} bytes; give at least {LEAST_SECRET}, drawn at random."
        raise ValueError(msg)
    count = cells.count.ravel()
    keys = np.where(count > 0, _keys(cells, secret), np.uint64(0))
    matrix = equations.coverage(layout, cells.axes).astype(np.uint64)
    if additive:
        value = matrix.astype(np.int64) @ _rounded(count, keys, base)
        pieces = np.diff(matrix.indptr).astype(np.int64)
    else:
        value = _rounded(matrix.astype(np.int64) @ count, matrix @ keys, base)
        pieces = np.ones(len(value), dtype=np.int64)
    method = Method.of("cell_key_rounding", "Fraser and Wooton 2005", base=base, additive=additive)
    shape = layout.shape
    return RoundedRelease(
        layout, value.reshape(shape), base, additive, pieces.reshape(shape), method
    )


def _keys(cells: FinestCells, secret: bytes) -> np.typing.NDArray[np.uint64]:
    """Return 64 bits for each cell, from its codes; each with its length, so that none run over."""
    found = []
    for codes in product(*cells.axes):
        words = b"".join(len(code.encode()).to_bytes(4, "big") + code.encode() for code in codes)
        found.append(hashlib.blake2b(words, key=secret[:64], digest_size=8).digest())
    return np.frombuffer(b"".join(found), dtype=">u8").astype(np.uint64)


def _rounded(count: Whole, keys: np.typing.NDArray[np.uint64], base: int) -> Whole:
    """Go up where the key, as a number from 0 to 1, is below the remainder's share of the base."""
    floor, rest = np.divmod(count, base)
    lot = keys.astype(np.float64) / 2.0**64
    return np.asarray((floor + (lot * base < rest)) * base, dtype=np.int64)

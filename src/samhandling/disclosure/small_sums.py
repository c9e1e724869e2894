"""Which sums of finest cells must not be worked out."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array, vstack

from samhandling.disclosure import equations
from samhandling.disclosure.joint_attack import Protection, position_of
from samhandling.disclosure.ledger import FinestCells, Layout, Ledger, Release
from samhandling.disclosure.table import Mask


@dataclass(frozen=True, slots=True, eq=False)
class SmallSums:
    """Small published figures, and the smallest sets of cells that tables tell from others.

    Attributes
    ----------
    matrix : sparse array of 0 and 1, shape (n_sums, n_cells)
    must_fall : ndarray of bool, shape (n_sums,)
        Which must be able to be zero; all must be able to rise.
    of_new_table : ndarray of bool, shape (n_sums,)
        Which are figures of the new table.
    labels : tuple of str
        Each in words.
    """

    matrix: csr_array
    must_fall: Mask
    of_new_table: Mask
    labels: tuple[str, ...]

    def only(self, mask: Mask) -> "SmallSums":
        """Return some of them."""
        labels = tuple(label for label, kept in zip(self.labels, mask, strict=True) if kept)
        matrix = csr_array(self.matrix[np.flatnonzero(mask)])
        return SmallSums(matrix, self.must_fall[mask], self.of_new_table[mask], labels)


def small_sums(
    ledger: Ledger,
    layout: Layout,
    cells: FinestCells,
    figures: tuple[csr_array, csr_array],
    rule: Protection,
) -> tuple[SmallSums, NDArray[np.int64]]:
    """Return what must be protected, and the class of each finest cell.

    Parameters
    ----------
    figures : pair of sparse arrays
        What earlier figures, and those of the new table, are sums of.

    Notes
    -----
    Cells of one class are in exactly the same figures: nobody can tell them apart, and what is
    protected is their sum. Figures of rounded tables are not in the list: rounding protects them
    in its own way, or it does not.
    """
    earlier, own = figures
    truth = cells.count.ravel().astype(np.float64)
    layouts = [r.layout for r in ledger.releases if isinstance(r, Release)]
    parts = [_small_figures(layout, own, truth, rule.k)]
    parts += [
        _small_figures(one, equations.coverage(one, cells.axes), truth, rule.k) for one in layouts
    ]
    matrix = csr_array(vstack([part for part, _ in parts], format="csr"))
    class_of = equations.classes_of(csr_array(vstack([earlier, own, matrix], format="csr")))
    held, falls, words = _small_classes(cells, class_of, rule)
    labels = [label for _, own_labels in parts for label in own_labels] + words
    everything = SmallSums(
        csr_array(vstack([matrix, held], format="csr")),
        np.r_[np.ones(matrix.shape[0], dtype=bool), falls],
        np.arange(len(labels)) < parts[0][0].shape[0],
        tuple(labels),
    )
    return _each_once(everything), class_of


def _small_figures(
    layout: Layout, matrix: csr_array, truth: NDArray[np.float64], k: int
) -> tuple[csr_array, list[str]]:
    sums = matrix @ truth
    rows = np.flatnonzero((sums > 0) & (sums < k))
    words = [f"{layout.name}: {layout.label(position_of(int(at), layout))}" for at in rows]
    return csr_array(matrix[rows]), words


def _small_classes(
    cells: FinestCells, class_of: NDArray[np.int64], rule: Protection
) -> tuple[csr_array, Mask, list[str]]:
    """Return the classes to protect: small ones, and those of a small cell that are not wide."""
    truth = cells.count.ravel()
    total = np.bincount(class_of, truth)
    holds = np.zeros(len(total), dtype=bool)
    holds[class_of[(truth > 0) & (truth < rule.k)]] = True
    rows = np.flatnonzero(holds & (total < rule.width))
    matrix = csr_array(equations.membership(class_of)[rows])
    words = [_words(cells, matrix[[at]].indices) for at in range(len(rows))]
    return matrix, np.asarray(total[rows] < rule.k), words


def _words(cells: FinestCells, at: Sequence[int]) -> str:
    places = zip(*np.unravel_index(np.asarray(at), cells.count.shape), strict=True)
    codes = list(
        zip(
            *((tuple(axis[i] for axis, i in zip(cells.axes, p, strict=True))) for p in places),
            strict=True,
        )
    )
    return "finest cells: " + ", ".join("+".join(dict.fromkeys(own)) for own in codes)


def _each_once(sums: SmallSums) -> SmallSums:
    """Return the sums without repetitions; a figure of the new table comes first and is kept."""
    same = equations.classes_of(csr_array(sums.matrix.T))
    first = np.zeros(len(sums.labels), dtype=bool)
    first[np.unique(same, return_index=True)[1]] = True
    return sums.only(first)

"""Other counts that agree with all that is shown: each proves many small counts safe at once."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array, hstack, vstack

from samhandling.disclosure import equations
from samhandling.disclosure.equations import SLACK, Equations, Floats, Integers
from samhandling.disclosure.table import Mask

MOST_BATCHES = 8
MOST_AT_ONCE = 2_000


@dataclass(slots=True, eq=False)
class Pending:
    """Sums of unknown counts that still lack a witness that they may be zero, or may be large.

    Attributes
    ----------
    sums : sparse array, shape (n_sums, n_unknown)
    settled : ndarray of float64, shape (n_sums,)
        The part of each sum that is not unknown.
    reach : float
        What each must be able to reach.
    truth : ndarray of float64, shape (n_unknown,)
    period : ndarray of int64, shape (n_unknown,)
        Which period each unknown is of.
    falls, rises : ndarray of bool, shape (n_sums,)
        Which lack a witness of zero, and of `reach`.
    """

    sums: csr_array
    settled: Floats
    reach: float
    truth: Floats
    period: Integers
    falls: Mask
    rises: Mask

    def __len__(self) -> int:
        return int(self.falls.sum() + self.rises.sum())

    @property
    def at_once(self) -> bool:
        """Whether one program can take them all; otherwise it takes a few periods."""
        return len(self.truth) <= MOST_AT_ONCE

    def group(self, most: int) -> tuple[list[tuple[int, bool]], Mask]:
        """Return some sums that lack a witness, whether each must fall, and which unknowns move.

        They are spread over the list, so that they have little to do with each other; where there
        are too many unknowns, over the periods of the first one and the next.
        """
        falls = [(int(at), True) for at in np.flatnonzero(self.falls)]
        left = falls + [(int(at), False) for at in np.flatnonzero(self.rises)]
        moves = np.ones(len(self.truth), dtype=bool)
        if not self.at_once and left:
            own = self._periods(*left[0])
            moves = np.isin(self.period, np.r_[own, self._next(int(own.max(initial=-1)))])
            inside = set(self.period[moves].tolist())
            left = [one for one in left if inside.issuperset(self._periods(*one).tolist())]
        return left[:: max(1, len(left) // most)][:most], moves

    def _periods(self, at: int, falls: bool) -> Integers:  # noqa: FBT001
        """Return the periods that must move for a sum to fall, or one in which it may rise."""
        columns = self.sums[[at]].indices
        if falls:
            return np.unique(self.period[columns[self.truth[columns] > 0]])
        return np.unique(self.period[columns[:1]])

    def _next(self, period: int) -> int:
        later = self.period[self.period > period]
        return int(later.min() if len(later) else self.period.min())

    def wider(self, moves: Mask) -> Mask:
        """Return the unknowns that move when the periods next to those that do move as well."""
        order = np.unique(self.period)
        own = np.flatnonzero(np.isin(order, self.period[moves]))
        near = np.unique(np.r_[own - 1, own, own + 1]) % len(order)
        return np.isin(self.period, order[near])

    def blocks(self, batch: int) -> list[Mask]:
        """Return which unknowns move in each program of a batch: all, or two periods at a time.

        Two periods with the same sums make a network, whose optimum is whole.
        """
        if self.at_once:
            return [np.ones(len(self.truth), dtype=bool)]
        order = np.roll(np.unique(self.period), batch // 2)
        return [np.isin(self.period, order[at : at + 2]) for at in range(0, len(order), 2)]

    def seen(self, counts: Floats) -> None:
        """Strike out what these counts, possible for all that is shown, are a witness of."""
        totals = self.sums @ counts + self.settled
        self.falls &= totals > SLACK
        self.rises &= totals < self.reach - SLACK


def strike_out(pending: Pending, shown: Equations) -> None:
    """Find witnesses for as many as can be, with nothing more withheld.

    In each program half of the small counts are pushed down and the others up, so that they make
    room for each other; the halves change from one to the next. Where the optimum is not whole,
    the parts of it that are tied to nothing broken are used.
    """
    part = equations.components(shown.matrix)
    number = np.arange(len(pending.falls))
    for batch in range(MOST_BATCHES):
        before = len(pending)
        up = (number >> (batch // 2) & 1) == batch % 2
        for moves in pending.blocks(batch):
            touched = np.asarray(pending.sums @ moves.astype(float) > 0)
            down, rising = pending.falls & ~up & touched, pending.rises & up & touched
            if not (down | rising).any():
                continue
            counts = _pushed(pending, part_of(shown, moves, pending.truth), moves, (down, rising))
            broken = np.unique(part[~equations.is_whole(counts)])
            pending.seen(np.where(np.isin(part, broken), pending.truth, np.rint(counts)))
        if len(pending) == 0 or (batch % 2 and before - len(pending) < 0.02 * before):
            return


def part_of(known: Equations, moves: Mask, truth: Floats) -> Equations:
    """Return what is left to be said of some unknowns when the others are as they are."""
    rest = known.matrix @ np.where(moves, 0, truth)
    matrix = csr_array(known.matrix[:, np.flatnonzero(moves)])
    rows = np.flatnonzero(np.diff(matrix.indptr) > 0)
    low, high = (known.low - rest)[rows], (known.high - rest)[rows]
    return Equations(csr_array(matrix[rows]), low, high, known.source[rows])


def _pushed(pending: Pending, shown: Equations, moves: Mask, pushed: tuple[Mask, Mask]) -> Floats:
    """Return counts with some sums as small and others as near `reach` as they can be.

    Each sum that is pushed up has an unknown of its own, at most the sum and at most `reach`.
    """
    down, up = pushed
    columns = np.flatnonzero(moves)
    n, n_up = len(columns), int(up.sum())
    settled = pending.settled[up] + pending.sums[up] @ np.where(moves, 0, pending.truth)
    rising = hstack([pending.sums[up][:, columns], -equations.identity(n_up)], format="csr")
    blank = csr_array((shown.matrix.shape[0], n_up))
    matrix = vstack([hstack([shown.matrix, blank]), rising], format="csr")
    cost = np.r_[pending.sums[down][:, columns].sum(axis=0), -np.ones(n_up)]
    known = Equations(
        csr_array(matrix),
        np.r_[shown.low, -settled],
        np.r_[shown.high, np.full(n_up, np.inf)],
        np.r_[shown.source, np.full(n_up, -1)],
    )
    upper = np.r_[np.full(n, np.inf), np.full(n_up, pending.reach)]
    nothing: NDArray[np.bool_] = np.zeros(n + n_up, dtype=bool)
    found = equations.solved(cost, known, upper=upper, whole=nothing)
    assert found is not None  # the true counts agree with everything
    counts = pending.truth.copy()
    counts[columns] = found[:n]
    return counts

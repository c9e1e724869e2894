"""Other counts that agree with all that is shown: each proves many small counts safe at once."""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array, hstack, vstack

from samhandling.disclosure import equations
from samhandling.disclosure.equations import SLACK, Equations, Floats
from samhandling.disclosure.table import Mask

MOST_BATCHES = 8


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
    falls, rises : ndarray of bool, shape (n_sums,)
        Which lack a witness of zero, and of `reach`.
    programs : int
        How many programs were solved to find witnesses for many at once.
    """

    sums: csr_array
    settled: Floats
    reach: float
    truth: Floats
    falls: Mask
    rises: Mask
    programs: int = field(default=0)

    def __len__(self) -> int:
        return int(self.falls.sum() + self.rises.sum())

    def left(self) -> list[tuple[int, bool]]:
        """Return which sums lack which witness: their numbers, and whether they must fall."""
        falls = [(int(at), True) for at in np.flatnonzero(self.falls)]
        return falls + [(int(at), False) for at in np.flatnonzero(self.rises)]

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
        if before == 0:
            return
        up = (number >> (batch // 2) & 1) == batch % 2
        counts = _pushed(pending, shown, pending.falls & ~up, pending.rises & up)
        pending.programs += 1
        broken = np.unique(part[~equations.is_whole(counts)])
        pending.seen(np.where(np.isin(part, broken), pending.truth, np.rint(counts)))
        if batch % 2 and before - len(pending) < 0.02 * before:
            return


def _pushed(pending: Pending, shown: Equations, down: Mask, up: Mask) -> Floats:
    """Return counts with the sums in `down` as small and those in `up` as near `reach` as can be.

    Each sum that is pushed up has an unknown of its own, at most the sum and at most `reach`.
    """
    n, n_up = len(pending.truth), int(up.sum())
    rising = hstack([pending.sums[up], -equations.identity(n_up)], format="csr")
    blank = csr_array((shown.matrix.shape[0], n_up))
    matrix = vstack([hstack([shown.matrix, blank]), rising], format="csr")
    cost = np.r_[pending.sums[down].sum(axis=0), -np.ones(n_up)]
    known = Equations(
        csr_array(matrix),
        np.r_[shown.low, -pending.settled[up]],
        np.r_[shown.high, np.full(n_up, np.inf)],
        np.r_[shown.source, np.full(n_up, -1)],
    )
    upper = np.r_[np.full(n, np.inf), np.full(n_up, pending.reach)]
    nothing: NDArray[np.bool_] = np.zeros(n + n_up, dtype=bool)
    counts = equations.solved(cost, known, upper=upper, whole=nothing)
    assert counts is not None  # the true counts agree with everything
    return counts[:n]

"""Withhold what a new table and all earlier ones together would give away, or refuse."""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array, hstack, vstack

from samhandling.disclosure import equations
from samhandling.disclosure.equations import SLACK, Equations, Floats
from samhandling.disclosure.joint_attack import (
    JointExposure,
    Protection,
    System,
    check_true,
    given_away_by,
)
from samhandling.disclosure.ledger import FinestCells, Layout, Ledger, Release, figures
from samhandling.disclosure.small_sums import SmallSums, small_sums
from samhandling.disclosure.suppression import WITHHELD
from samhandling.disclosure.table import Mask, Whole
from samhandling.disclosure.witness import Pending, part_of, strike_out
from samhandling.space.method import Method

TOGETHER = 16
GAP, GAP_IN_PARTS = 0.2, 1.0


class AlreadyGivenAway(ValueError):
    """Earlier tables give a small count away, whatever is withheld from the new one.

    Attributes
    ----------
    exposure : JointExposure
        Which count, what it must lie between, and which earlier tables say so.
    """

    def __init__(self, exposure: JointExposure) -> None:
        self.exposure = exposure
        super().__init__(
            f"{exposure.summary()} Nothing withheld from the new table can protect it; publish "
            "fewer areas, categories or periods, so that this count is in no figure of its own."
        )


def suppress_over_time(
    ledger: Ledger, layout: Layout, cells: FinestCells, protection: Protection | None = None
) -> Release:
    """Return the new table with as much withheld as earlier tables and its own sums call for.

    Parameters
    ----------
    ledger : Ledger
        Every table that is out.
    layout : Layout
        The new table.
    cells : FinestCells
        The true counts, over every cell that the ledger and the new table name.
    protection : Protection, optional

    Returns
    -------
    Release
        Add it to the ledger as soon as it is out.

    Raises
    ------
    AlreadyGivenAway
        If earlier tables leave a small count no room, whatever is withheld now; names the count
        and the tables.
    ValueError
        If codes are missing or a figure in the ledger is not what the cells add up to.

    Notes
    -----
    Protected are the small figures of the new table and of earlier ones, and every small set of
    finest cells that the tables can tell from others: pieces between borders, months between
    cumulative tables, rows that a revision added. For each there are, in the end, two sets of
    whole counts that agree with everything shown: one where it is zero and one where it is
    `width` or more. Such a witness is found by moving counts as cheaply as possible, where moving
    a figure costs its size and withholds it. The cheapest are found some at a time, not together,
    and not to the last unit, so that somewhat more may be withheld than must be. Any
    other small sum, such as a difference between two published figures, holds a small finest cell
    and may be `k` or more because that cell may.

    Witnesses are first looked for with nothing more withheld, many counts at a time, and only
    among cells that published figures tie to the new table. Each program has a column per
    withheld cell tied to it and a row per figure that says something of them.

    The reader is taken to know how tables add up and not how withheld counts were chosen, nor
    any count from elsewhere.

    Measured for 100 areas, 10 categories and their margins (1,111 figures a table, 40 percent of
    them small), one table after another: a month takes 0.5 to 0.9 seconds of one core, growing
    with the length of the ledger; a quarter after its months 5 to 7, a cumulative table of two
    months 3 to 7. It grows with the withheld cells that are tied together: a quarter of the areas
    takes about a tenth of the time. Beyond 2,000 such cells periods are taken a few at a time; a
    year after its twelve months and four quarters (5,364 cells) was not done in five minutes,
    since the integer programs of several periods are hard. Use fewer areas or categories there.

    References
    ----------
    L. H. Cox (1980), "Suppression methodology and statistical disclosure control", Journal of the
    American Statistical Association 75, 377-385. J. P. Kelly, B. L. Golden and A. A. Assad (1992),
    "Cell suppression: disclosure protection for sensitive tabular data", Networks 22, 397-417.
    M. Fischetti and J. J. Salazar-González (2001), "Solving the cell suppression problem on
    tabular data with linear constraints", Management Science 47, 1008-1027.
    """
    rule = protection or Protection()
    check_true(ledger, cells)
    value = figures(layout, cells)
    small = (value > 0) & (value < rule.k)
    problem = _Problem.of(ledger, layout, cells, rule)
    hidden = _hidden(problem, value.ravel(), small.ravel()).reshape(value.shape)
    method = Method.of(
        "suppression_over_time", "Kelly, Golden and Assad 1992",
        k=rule.k, width=rule.width, after=ledger.names,
    )  # fmt: skip
    return Release(layout, np.where(hidden, WITHHELD, value), small, hidden & ~small, method)


@dataclass(frozen=True, slots=True, eq=False)
class _Problem:
    """The unknown counts that the new table is tied to, and what earlier tables say of them.

    Attributes
    ----------
    known : Equations
        What earlier tables say, over the unknown counts.
    new : sparse array, shape (n_figures, n_unknown)
        Which unknown counts each figure of the new table is the sum of.
    pending : Pending
        What must be protected.
    sums : SmallSums
        The same in words and in finest cells.
    """

    known: Equations
    new: csr_array
    pending: Pending
    sums: SmallSums
    earlier: Equations
    names: tuple[str, ...]
    rule: Protection

    @classmethod
    def of(cls, ledger: Ledger, layout: Layout, cells: FinestCells, rule: Protection) -> "_Problem":
        earlier = equations.equations_of(ledger, cells.axes)
        own = equations.coverage(layout, cells.axes)
        sums, class_of = small_sums(ledger, layout, cells, (earlier.matrix, own), rule)
        known = replace(earlier, matrix=equations.merged(earlier.matrix, class_of))
        fixed, value = equations.settled(known)
        free = np.flatnonzero(~fixed)
        left = equations.reduced(known, fixed, value)
        new = csr_array(equations.merged(own, class_of)[:, free])
        over_classes = equations.merged(sums.matrix, class_of)
        tied, concerned = _tied(left.matrix, new, csr_array(over_classes[:, free]))
        concerned |= sums.of_new_table
        sums = sums.only(concerned)
        over_classes = csr_array(over_classes[np.flatnonzero(concerned)])
        truth = np.bincount(class_of, cells.count.ravel()).astype(np.float64)
        settled = over_classes @ np.where(fixed, truth, 0)
        unknown = free[tied]
        period = np.unique(class_of, return_index=True)[1] % len(cells.periods)
        pending = Pending(
            csr_array(over_classes[:, unknown]), settled, rule.width, truth[unknown],
            period[unknown], sums.must_fall.copy(), np.ones(len(sums.labels), dtype=bool),
        )  # fmt: skip
        known = _within(left, tied)
        return cls(known, csr_array(new[:, tied]), pending, sums, earlier, ledger.names, rule)


def _tied(left: csr_array, new: csr_array, sums: csr_array) -> tuple[NDArray[np.int64], Mask]:
    """Return which unknowns anything ties to the new table, and which sums touch those."""
    part = equations.components(csr_array(vstack([left, new, sums], format="csr")))
    reached = np.unique(part[np.unique(new.indices)])
    tied = np.isin(part, reached)
    return np.flatnonzero(tied), np.asarray(sums @ tied.astype(float) > 0)


def _within(left: Equations, columns: NDArray[np.int64]) -> Equations:
    """Return the rows that say something of these unknowns, over them alone."""
    matrix = csr_array(left.matrix[:, columns])
    rows = np.flatnonzero(np.diff(matrix.indptr) > 0)
    return Equations(csr_array(matrix[rows]), left.low[rows], left.high[rows], left.source[rows])


def _hidden(problem: _Problem, value: Whole, small: Mask) -> Mask:
    """Return which figures to withhold: the small ones, and what every witness moves.

    Between rounds, whatever has a witness by now is struck out; each round takes a few of the rest
    from all over the list, so that they have little to do with each other.
    """
    hidden, pending = small.copy(), problem.pending
    true = problem.new @ pending.truth
    pending.seen(pending.truth)
    while len(pending):
        strike_out(pending, _shown(problem, true, hidden))
        group, moves = pending.group(TOGETHER)
        queue = [(group, moves)] if group else []
        while queue:
            group, moves = queue.pop()
            counts = _cheapest(problem, (true, value, hidden), group, moves)
            if counts is not None:
                hidden |= np.abs(problem.new @ counts - true) > SLACK
                pending.seen(counts)
            elif len(group) > 1:
                queue += [(group[::2], moves), (group[1::2], moves)]
            elif not moves.all():
                queue.append((group, pending.wider(moves)))
            else:
                raise AlreadyGivenAway(_exposure(problem, *group[0]))
    return hidden


def _shown(problem: _Problem, true: Floats, hidden: Mask) -> Equations:
    """Return what earlier tables and the shown figures of the new one say together."""
    known, rows = problem.known, np.flatnonzero(~hidden & (np.diff(problem.new.indptr) > 0))
    return Equations(
        csr_array(vstack([known.matrix, problem.new[rows]], format="csr")),
        np.r_[known.low, true[rows]], np.r_[known.high, true[rows]],
        np.r_[known.source, np.full(len(rows), len(problem.names))],
    )  # fmt: skip


def _cheapest(
    problem: _Problem,
    table: tuple[Floats, Whole, Mask],
    group: list[tuple[int, bool]],
    moves: Mask,
) -> Floats | None:
    """Return whole counts where these sums are zero, or large, that move shown figures least.

    Each shown figure has two more unknowns, what it gains and what it loses, at its price.
    """
    (true, value, hidden), pending = table, problem.pending
    columns = np.flatnonzero(moves)
    new = csr_array(problem.new[:, columns])
    rows = np.flatnonzero(~hidden & (np.diff(new.indptr) > 0))
    at = np.array([number for number, _ in group])
    falls = np.array([falls for _, falls in group])
    known = part_of(problem.known, moves, pending.truth)
    still = np.where(moves, 0, pending.truth)
    settled = pending.settled[at] + pending.sums[at] @ still
    shown = (true - problem.new @ still)[rows]
    least = np.where(falls, 0, problem.rule.width) - settled
    most = np.where(falls, -settled, np.inf)
    n, m = len(columns), len(rows)
    unit = equations.identity(m)
    others = vstack([known.matrix, pending.sums[at][:, columns]])
    blank = csr_array((others.shape[0], 2 * m))
    shifts = hstack([new[rows], unit, -unit])
    wide = Equations(
        csr_array(vstack([hstack([others, blank]), shifts], format="csr")),
        np.r_[known.low, least, shown], np.r_[known.high, most, shown],
        np.zeros(others.shape[0] + m, dtype=np.int64),
    )  # fmt: skip
    gap = GAP if pending.at_once else GAP_IN_PARTS
    price = _price(value[rows], float(value.max()))
    whole = np.r_[np.ones(n, dtype=bool), np.zeros(2 * m, dtype=bool)]
    found = equations.solved(np.r_[np.zeros(n), price, price], wide, whole=whole, gap=gap)
    counts = pending.truth.copy()
    counts[columns] = 0 if found is None else found[:n]
    return None if found is None else counts


def _price(value: Whole, most: float) -> Floats:
    """Return what moving each figure by one costs: its size, and most for a zero.

    A zero is withheld only where nothing else helps, since a reader may know that it must be zero.
    """
    return np.where(value > 0, value + 1.0, 2.0 * most + 1.0) / (most + 1.0)


def _exposure(problem: _Problem, at: int, falls: bool) -> JointExposure:  # noqa: FBT001
    target = csr_array(problem.sums.matrix[[at]])
    low, high = System.of(problem.earlier).ends(target)
    releases = given_away_by(problem.names, problem.earlier, target, problem.rule, falls=falls)
    return JointExposure(problem.sums.labels[at], low, high, releases)

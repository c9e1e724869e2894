"""Withhold small counts, and as few others as keep them from being worked out."""

import heapq

import numpy as np
from numpy.typing import ArrayLike

from samhandling.disclosure.table import Mask, PublishedTable, Whole, with_margins
from samhandling.space.method import Method

WITHHELD = -1
Cell = tuple[int, int]


def suppress(counts: ArrayLike, k: int = 5) -> PublishedTable:
    """Return a one- or two-way table with margins that gives no small count away.

    Parameters
    ----------
    counts : array_like of int, shape (n,) or (rows, columns)
        Without margins.
    k : int, default 5
        Counts of one to `k` - 1 are withheld. Zeros are shown.

    Returns
    -------
    PublishedTable
        With margins. A margin that is small itself is withheld too.

    Raises
    ------
    ValueError
        If an entry is not a count or `k` is below 2.

    Notes
    -----
    An attacker who knows the margins, and that no count is negative, must find it possible that a
    withheld small count is zero and that it is `k` or more. Each is protected by the cheapest
    closed loops of cells through it, in which what one gains the next loses: moving counts round
    the loop makes another table that agrees with everything shown. The loops are cheapest one by
    one, not together. A zero is withheld only where nothing else helps, since a reader may know
    that it must be zero. One table is protected by itself: tables of overlapping areas or periods
    need `differenced` as well.

    References
    ----------
    L. H. Cox (1980), "Suppression methodology and statistical disclosure control", Journal of the
    American Statistical Association 75, 377-385.
    """
    if k < 2:
        msg = f"k is {k}; counts from 1 to k - 1 are withheld, so it must be at least 2."
        raise ValueError(msg)
    full = with_margins(counts)
    small = (full > 0) & (full < k)
    hidden = _protect_line(full, small, k) if full.ndim == 1 else _protect_table(full, small, k)
    method = Method.of("cell_suppression", "Cox 1980", k=k)
    shown = np.where(hidden, WITHHELD, full)
    return PublishedTable(shown, small, hidden & ~small, method)


def _protect_line(full: Whole, small: Mask, k: int) -> Mask:
    """Withhold the least other entries so that each small one may be zero or `k` or more.

    With the total shown the withheld entries have a known sum, and one of them may be zero and may
    be as large as that sum as soon as there are two.
    """
    hidden = small.copy()
    entries, last = full[:-1], len(full) - 1
    if not hidden.any() or hidden[last]:
        return hidden
    order = [int(i) for i in np.argsort(entries, kind="stable") if entries[i] > 0 and not small[i]]
    while hidden.sum() < 2 or full[hidden].sum() < k:
        hidden[order.pop(0)] = True
    return hidden


def _protect_table(full: Whole, small: Mask, k: int) -> Mask:
    """Close a loop through each small cell, twice: one in which it falls, one in which it rises."""
    hidden = small.copy()
    for r, c in np.argwhere(small):
        cell = (int(r), int(c))
        _free(full, hidden, cell, int(full[cell]), rises=False)
        _free(full, hidden, cell, k - int(full[cell]), rises=True)
    return hidden


def _free(full: Whole, hidden: Mask, cell: Cell, amount: int, *, rises: bool) -> None:
    """Withhold what lets `cell` move by `amount`: at once along one loop, or one by one.

    Moved one by one, the counts may take a different loop each time; `moved` is the table that an
    attacker must think possible in the end.
    """
    at_once = _cheapest_loop(full, hidden, cell, amount, rises=rises)
    if at_once is not None:
        hidden[tuple(zip(*at_once, strict=True))] = True
        return
    moved = full.copy()
    for _ in range(amount):
        loop = _cheapest_loop(moved, hidden, cell, 1, rises=rises)
        # The loop over the cell's own margins and the grand total is always there.
        assert loop is not None
        for at, step in enumerate([cell, *loop]):
            sign = _sign(step, full.shape) * _sign(cell, full.shape) * (-1) ** at
            moved[step] += sign if rises else -sign
            hidden[step] = True


def _cheapest_loop(
    full: Whole, hidden: Mask, cell: Cell, amount: int, *, rises: bool
) -> list[Cell] | None:
    """Find a closed loop through `cell` along which `amount` can be moved, cheapest first.

    Rows and columns, the margins among them, are the nodes and cells the edges. Going round the
    loop cells rise and fall in turn, but where the loop crosses a margin the margin moves with its
    cells and not against them: a margin is the sum with the opposite sign. A cell that falls must
    hold the amount. The cost of a cell already withheld is next to nothing, that of another its
    count and a little, so that large margins stay.
    """
    rows, columns = full.shape
    start, goal = ("row", cell[0]), ("column", cell[1])
    queue: list[tuple[float, tuple[str, int], tuple[Cell, ...]]] = [(0.0, start, ())]
    done: set[tuple[str, int]] = set()
    while queue:
        cost, node, path = heapq.heappop(queue)
        if node == goal:
            return list(path)
        if node in done:
            continue
        done.add(node)
        kind, at = node
        for other in range(columns if kind == "row" else rows):
            step = (at, other) if kind == "row" else (other, at)
            following = ("column" if kind == "row" else "row", other)
            if step == cell or following in done:
                continue
            falls = _falls(step, cell, full.shape, from_row=kind == "row", rises=rises)
            if falls and full[step] < amount:
                continue
            price = _price(int(full[step]), int(full[-1, -1]), hidden=bool(hidden[step]))
            heapq.heappush(queue, (cost + price, following, (*path, step)))
    return None


def _price(count: int, everything: int, *, hidden: bool) -> float:
    """Return what withholding a cell costs: nothing again, its count, and most for a zero."""
    if hidden:
        return 1e-6
    return float(count) + 1.0 if count else 2.0 * everything


def _falls(step: Cell, cell: Cell, shape: tuple[int, ...], *, from_row: bool, rises: bool) -> bool:
    """Return whether a step of the loop falls when `cell` rises, or the other way round.

    With margins counted as minus, each line sums to zero: cells met going from a row to a column
    move against `cell`, those met the other way move with it.
    """
    sign = _sign(step, shape) * _sign(cell, shape) * (-1 if from_row else 1)
    return (sign < 0) == rises


def _sign(position: Cell, shape: tuple[int, ...]) -> int:
    """Return -1 for a row total or a column total, 1 for a cell and for the grand total."""
    margins = (position[0] == shape[0] - 1) + (position[1] == shape[1] - 1)
    return -1 if margins == 1 else 1

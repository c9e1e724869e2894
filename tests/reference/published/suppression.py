"""Withheld counts that follow all the same: the example of the United States' federal committee."""

from functools import cache

import numpy as np

from samhandling.disclosure import (
    FinestCells,
    JointRanges,
    Layout,
    Ledger,
    Release,
    figures,
    joint_ranges,
    with_total,
)
from samhandling.space.method import Method
from tests.reference.published.number import Published

METHOD = "samhandling.disclosure.joint_ranges"
COMMITTEE = "Federal Committee on Statistical Methodology (1994), working paper 22"
COUNTIES = ("Alpha", "Beta", "Gamma", "Delta")
EDUCATION = ("low", "medium", "high", "very high")
CHILDREN = [[15, 1, 3, 1], [20, 10, 10, 15], [3, 10, 10, 2], [12, 14, 7, 2]]
WITHHELD = [(0, 1), (0, 2), (0, 3), (1, 1), (1, 2), (2, 0), (2, 3), (3, 0), (3, 3)]


@cache
def children() -> JointRanges:
    """Delinquent children by county and education, two or more withheld in every line."""
    cells = FinestCells(COUNTIES, EDUCATION, ("all",), np.array(CHILDREN)[..., None])
    layout = Layout.of("children", with_total(COUNTIES), with_total(EDUCATION), ["all"])
    value = figures(layout, cells)
    hidden = np.zeros(value.shape, dtype=bool)
    for row, column in WITHHELD:
        hidden[row, column, 0] = True
    method = Method.of("by_hand")
    table = Release(layout, np.where(hidden, -1, value), hidden, ~hidden & False, method)
    return joint_ranges(Ledger((table,)), layout)


NUMBERS = (
    Published(
        METHOD, "delinquent children, Alpha, very high: least", COMMITTEE, 1, 0.5,
        lambda: float(children().low[0, 3, 0]),
    ),
    Published(
        METHOD, "delinquent children, Alpha, very high: most", COMMITTEE, 1, 0.5,
        lambda: float(children().high[0, 3, 0]),
    ),
)  # fmt: skip

"""Every published table at once, held against all the counts that agree with them."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samhandling.disclosure import (
    FinestCells,
    Layout,
    Ledger,
    Protection,
    Release,
    joint_exposures,
    joint_ranges,
    round_over_time,
    whole_table,
    with_total,
)
from samhandling.disclosure.tests.enumeration import enumerated
from samhandling.space.method import Method

CELLS = FinestCells(("A", "B"), ("theft",), ("jan", "feb"), [[[20, 3]], [[9, 30]]])
SO_FAR = Layout.of("so far", ["A", "B"], ["theft"], {"jan-feb": ["jan", "feb"]})
JANUARY = Layout.of("january", ["A", "B"], ["theft"], ["jan"])
FEBRUARY = Layout.of("february", ["A", "B"], ["theft"], ["feb"])


def released(layout, cells, hidden):
    """Return the table with these figures withheld, for whatever reason."""
    whole = whole_table(layout, cells)
    mask = np.asarray(hidden, dtype=bool).reshape(layout.shape)
    value = np.where(mask, -1, whole.value)
    return Release(layout, value, mask, np.zeros_like(mask), Method.of("by_hand"))


def test_cumulative_tables_give_a_month_away():
    ledger = Ledger((whole_table(SO_FAR, CELLS), whole_table(JANUARY, CELLS)))
    found = joint_exposures(ledger, CELLS)
    assert [exposure.summary() for exposure in found] == [
        "finest cells: A, theft, feb must be 3, by 'so far' and 'january'."
    ]
    ranges = joint_ranges(ledger, FEBRUARY)
    assert ranges.low[0, 0, 0] == ranges.high[0, 0, 0] == 3
    assert "2 follow exactly" in ranges.summary()


def test_a_table_that_is_withheld_whole_tells_nothing():
    ledger = Ledger((released(SO_FAR, CELLS, [1, 1]), whole_table(JANUARY, CELLS)))
    ranges = joint_ranges(ledger, FEBRUARY)
    assert ranges.low[0, 0, 0] == 0
    assert ranges.high[0, 0, 0] == np.inf
    assert ranges.programs == 0


def test_only_what_is_asked_for_is_worked_out():
    ledger = Ledger((whole_table(SO_FAR, CELLS),))
    ranges = joint_ranges(ledger, FEBRUARY, only=[[[True]], [[False]]])
    assert (ranges.low[0, 0, 0], ranges.high[0, 0, 0]) == (0, 23)
    assert np.isnan(ranges.low[1, 0, 0])
    assert ranges.programs <= 2


def test_delinquent_children_of_four_counties():
    """Statistical Policy Working Paper 22 (1994): at least two are withheld in every row and
    column, and yet Alpha's last one follows, from two rows less two columns."""
    counts = [[15, 1, 3, 1], [20, 10, 10, 15], [3, 10, 10, 2], [12, 14, 7, 2]]
    areas, kinds = ("Alpha", "Beta", "Gamma", "Delta"), ("low", "medium", "high", "very high")
    cells = FinestCells(areas, kinds, ("1994",), np.array(counts)[..., None])
    layout = Layout.of("children", with_total(areas), with_total(kinds), ["1994"])
    hidden = np.zeros((5, 5), dtype=bool)
    hidden[[0, 0, 0, 1, 1, 2, 2, 3, 3], [1, 2, 3, 1, 2, 0, 3, 0, 3]] = True
    ranges = joint_ranges(Ledger((released(layout, cells, hidden),)), layout)
    assert (ranges.low[0, 3, 0], ranges.high[0, 3, 0]) == (1, 1)
    assert ranges.high[0, 1, 0] > ranges.low[0, 1, 0]


def test_whole_numbers_bound_more_than_numbers_do():
    """Three pairs that each sum to 1 in a ring would be one half each: no whole counts agree."""
    cells = FinestCells(("A", "B", "C"), ("c",), ("p",), [[[1]], [[0]], [[1]]])
    pairs = {"AB": ["A", "B"], "BC": ["B", "C"], "CA": ["C", "A"]}
    ranges = joint_ranges(
        Ledger((whole_table(Layout.of("pairs", pairs, ["c"], ["p"]), cells),)),
        Layout.of("B", ["B"], ["c"], ["p"]),
    )
    assert ranges.low[0, 0, 0] == ranges.high[0, 0, 0] == 0


@settings(max_examples=25, deadline=None)
@given(st.lists(st.integers(0, 3), min_size=4, max_size=4), st.integers(0, 2**10 - 1))
def test_ranges_are_those_of_every_table_that_agrees(counts, bits):
    """Four cells, two margins, a cumulative table and months, with some figures withheld."""
    cells = FinestCells(("A", "B"), ("theft",), ("jan", "feb"), np.reshape(counts, (2, 1, 2)))
    so_far = Layout.of("so far", with_total(["A", "B"]), ["theft"], {"y": ["jan", "feb"]})
    months = Layout.of("months", with_total(["A", "B"]), ["theft"], ["jan", "feb"])
    mask = [bool(bits >> at & 1) for at in range(9)]
    mask[2] = False  # the total of all is shown, so that the enumeration ends
    ledger = Ledger((released(so_far, cells, mask[:3]), released(months, cells, mask[3:])))
    finest = Layout.of("finest", *cells.axes)
    ranges = joint_ranges(ledger, finest)
    low, high = enumerated(ledger, finest, cells.axes, sum(counts))
    assert ranges.low.tolist() == low.tolist()
    assert ranges.high.tolist() == high.tolist()


@settings(max_examples=10, deadline=None)
@given(st.lists(st.integers(0, 6), min_size=2, max_size=2), st.binary(min_size=16, max_size=16))
def test_rounded_tables_are_attacked_in_the_same_way(counts, secret):
    cells = FinestCells(("A",), ("theft",), ("jan", "feb"), np.reshape(counts, (1, 1, 2)))
    layout = Layout.of("rounded", ["A"], ["theft"], with_total(["jan", "feb"]))
    ledger = Ledger((round_over_time(layout, cells, secret, base=3),))
    ranges = joint_ranges(ledger, layout)
    low, high = enumerated(ledger, layout, cells.axes, 20)
    assert ranges.low.tolist() == low.tolist()
    assert ranges.high.tolist() == high.tolist()


def test_bad_input_is_named():
    ledger = Ledger((whole_table(SO_FAR, CELLS),))
    with pytest.raises(ValueError, match=r"only has shape \(1,\)"):
        joint_ranges(ledger, FEBRUARY, only=[True])
    nothing = np.zeros((1, 1, 1), dtype=int)
    mars = Layout.of("m", ["mars"], ["theft"], ["jan"])
    unknown = Release(mars, nothing, nothing > 0, nothing > 0, Method.of("by_hand"))
    with pytest.raises(ValueError, match="'mars' among its areas"):
        joint_exposures(Ledger((unknown,)), CELLS)
    other = FinestCells(("A", "B"), ("theft",), ("jan", "feb"), [[[20, 4]], [[9, 30]]])
    with pytest.raises(ValueError, match="'so far' says that A, theft, jan-feb is 23"):
        joint_exposures(ledger, other)
    wrong = Ledger((whole_table(SO_FAR, CELLS), whole_table(JANUARY, CELLS),
                    whole_table(FEBRUARY, other)))  # fmt: skip
    with pytest.raises(ValueError, match="contradict each other"):
        joint_ranges(wrong, FEBRUARY)


@pytest.mark.parametrize(("k", "width", "said"), [(1, 0, "k is 1"), (5, 4, "width is 4")])
def test_protection_that_protects_nothing_is_refused(k, width, said):
    with pytest.raises(ValueError, match=said):
        Protection(k, width)

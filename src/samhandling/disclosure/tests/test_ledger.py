import numpy as np
import pytest

from samhandling.disclosure import FinestCells, Layout, Ledger, figures, whole_table, with_total

CELLS = FinestCells(("A", "B"), ("theft", "fire"), ("jan", "feb"), np.arange(8).reshape(2, 2, 2))


def test_figures_are_sums_of_their_cells():
    layout = Layout.of(
        "t", with_total(["A", "B"]), {"both": ["theft", "fire"]}, with_total(["feb"])
    )
    assert layout.shape == (3, 1, 2)
    assert figures(layout, CELLS)[..., 0].ravel().tolist() == [4, 12, 16]
    assert layout.label((2, 0, 1)) == "all, both, all"


def test_a_split_keeps_what_figures_say():
    """District A gives a strip to B: the old table covers the rest and the strip."""
    old = Ledger((whole_table(Layout.of("before", ["A", "B"], ["theft"], ["jan"]), CELLS),))
    finer = old.split("areas", {"A": ["rest", "strip"]})
    assert finer.releases[0].layout.areas == (("A", ("rest", "strip")), ("B", ("B",)))
    assert finer.releases[0].bounds()[0].tolist() == old.releases[0].bounds()[0].tolist()
    assert finer.names == ("before",)


def test_a_release_says_what_is_withheld():
    table = whole_table(Layout.of("t", ["A"], ["theft"], ["jan"]), CELLS)
    assert table.summary().startswith("t: 0 of 1 figures are withheld")
    assert not table.withheld.any()


@pytest.mark.parametrize(
    ("axes", "count", "said"),
    [
        (((), ("c",), ("p",)), np.zeros((0, 1, 1)), "areas has no codes"),
        ((("A", "A"), ("c",), ("p",)), np.zeros((2, 1, 1)), r"areas\[1\] is 'A'"),
        ((("A",), ("c",), ("p",)), np.zeros((1, 1)), r"shape \(1, 1\)"),
        ((("A",), ("c",), ("p", "q")), [[[1, -2]]], r"count\[1\] is -2"),
        ((("A",), ("c",), ("p", "q")), [[[np.nan, 2]]], r"count\[0\] is nan"),
        ((("A",), ("c",), ("p",)), [[[0.5]]], r"count\[0\] is 0.5"),
    ],
)
def test_cells_that_are_none_are_named(axes, count, said):
    with pytest.raises(ValueError, match=said):
        FinestCells(*axes, count)


@pytest.mark.parametrize(
    ("areas", "said"),
    [
        ([], "areas of 't' has no codes"),
        ({"A": []}, "areas 'A' of 't' has no codes"),
        ({"A": "rest"}, "'A' is the text 'rest'"),
        ("rest", "the text 'rest'"),
        ({"A": ["x", "x"]}, r"areas 'A' of 't'\[1\] is 'x' for the second time"),
        (["A", "A"], r"areas of 't'\[1\] is 'A'"),
    ],
)
def test_layouts_that_are_none_are_named(areas, said):
    with pytest.raises(ValueError, match=said):
        Layout.of("t", areas, ["c"], ["p"])


def test_codes_and_names_that_do_not_fit_are_named():
    layout = Layout.of("t", ["C"], ["theft"], ["jan"])
    with pytest.raises(ValueError, match="'C' among its areas"):
        figures(layout, CELLS)
    table = whole_table(Layout.of("t", ["A"], ["theft"], ["jan"]), CELLS)
    ledger = Ledger().with_release(table)
    with pytest.raises(ValueError, match="'t' is in the ledger"):
        ledger.with_release(table)
    with pytest.raises(ValueError, match="dimension is 'kinds'"):
        ledger.split("kinds", {})
    with pytest.raises(ValueError, match="parts of 'A' has no codes"):
        ledger.split("areas", {"A": []})
    with pytest.raises(ValueError, match="codes has no codes"):
        with_total([])
    with pytest.raises(ValueError, match=r"codes\[1\] is 'all'"):
        with_total(["all"])

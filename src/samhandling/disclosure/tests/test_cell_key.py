import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samhandling.disclosure import (
    FinestCells,
    Layout,
    Ledger,
    figures,
    joint_ranges,
    round_over_time,
    with_total,
)

SECRET = b"kept by the municipality"
AREAS, KINDS, MONTHS = ("A", "B"), ("theft", "fire"), ("jan", "feb", "mar")
seeds = st.integers(0, 2**32 - 1)


def cells_of(seed, mean=6):
    count = np.random.default_rng(seed).poisson(mean, (2, 2, 3))
    return FinestCells(AREAS, KINDS, MONTHS, count)


def everything(name="all"):
    months = {**with_total(MONTHS), "jan-feb": ("jan", "feb")}
    return Layout.of(name, with_total(AREAS), with_total(KINDS), months)


@settings(max_examples=30, deadline=None)
@given(seeds, st.integers(2, 10))
def test_each_figure_is_a_multiple_beside_the_true_one(seed, base):
    cells = cells_of(seed)
    table = round_over_time(everything(), cells, SECRET, base=base)
    true = figures(everything(), cells)
    assert (table.value % base == 0).all()
    assert (np.abs(table.value - true) < base).all()
    assert (table.value[true % base == 0] == true[true % base == 0]).all()


@settings(max_examples=30, deadline=None)
@given(seeds, st.permutations(AREAS), st.permutations(MONTHS))
def test_the_same_cell_is_the_same_in_every_table(seed, areas, months):
    """Whatever else the table holds, and in which order the cells come."""
    cells = cells_of(seed)
    order = [[AREAS.index(a) for a in areas], [MONTHS.index(m) for m in months]]
    shuffled = FinestCells(
        tuple(areas), KINDS, tuple(months), cells.count[order[0]][:, :, order[1]]
    )
    one = Layout.of("one", ["A"], {"all": KINDS}, {"jan-feb": ("jan", "feb")})
    first = round_over_time(everything(), cells, SECRET).value[0, 2, 4]
    assert round_over_time(one, shuffled, SECRET).value.item() == first


def test_an_area_that_is_all_of_the_total_is_rounded_like_it():
    count = cells_of(1).count.copy()
    count[1] = 0
    value = round_over_time(everything(), FinestCells(AREAS, KINDS, MONTHS, count), SECRET).value
    assert (value[0] == value[2]).all()


def test_a_revision_that_added_no_rows_changes_nothing():
    before = FinestCells(("A",), ("c",), ("jan",), [[[7]]])
    after = FinestCells(("A",), ("c",), ("jan", "jan, added"), [[[7, 0]]])
    whole = Layout.of("v2", ["A"], ["c"], {"jan": ["jan", "jan, added"]})
    old = round_over_time(Layout.of("v1", ["A"], ["c"], ["jan"]), before, SECRET)
    assert round_over_time(whole, after, SECRET).value.tolist() == old.value.tolist()


@settings(max_examples=20, deadline=None)
@given(seeds)
def test_additive_tables_add_up_between_tables_too(seed):
    table = round_over_time(everything(), cells_of(seed), SECRET, additive=True)
    value = table.value
    assert (value[2] == value[0] + value[1]).all()
    assert (value[:, 2] == value[:, 0] + value[:, 1]).all()
    assert (value[:, :, 3] == value[:, :, 4] + value[:, :, 2]).all()
    low, high = table.bounds()
    true = figures(everything(), cells_of(seed))
    assert ((low <= true) & (true <= high)).all()


def test_the_expected_value_is_the_count():
    """2 of 5 goes up two times of five: over 4,000 secrets, within four standard errors."""
    cells = FinestCells(("A",), ("c",), ("jan",), [[[12]]])
    one = Layout.of("one", ["A"], ["c"], ["jan"])
    drawn = [round_over_time(one, cells, b"%016d" % n).value.item() for n in range(4_000)]
    error = 5 * np.sqrt(0.4 * 0.6 / 4_000)
    assert np.mean(drawn) == pytest.approx(12, abs=4 * error)
    assert set(drawn) == {10, 15}


def test_what_the_reader_is_told():
    table = round_over_time(everything("January"), cells_of(1), SECRET)
    assert table.summary() == (
        "January: figures are rounded to multiples of 5. They do not add up: each is rounded "
        "by itself."
    )
    assert (table.standard_error == 2.5).all()
    assert (
        "do not" not in round_over_time(everything(), cells_of(1), SECRET, additive=True).summary()
    )
    assert b"kept".decode() not in str(table.method)


@settings(max_examples=10, deadline=None)
@given(seeds)
def test_all_rounded_tables_together_hold_the_truth(seed):
    cells = cells_of(seed, mean=3)
    ledger = Ledger((round_over_time(everything(), cells, SECRET),))
    ranges = joint_ranges(ledger, Layout.of("finest", *cells.axes))
    assert ((ranges.low <= cells.count) & (cells.count <= ranges.high)).all()


@pytest.mark.parametrize(
    ("options", "said"),
    [({"base": 1}, "base is 1"), ({"secret": b"short"}, "secret has 5 bytes")],
)
def test_bad_input_is_named(options, said):
    with pytest.raises(ValueError, match=said):
        round_over_time(everything(), cells_of(1), **{"secret": SECRET, **options})

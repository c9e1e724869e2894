from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samhandling.disclosure import exposures, suppress, table_ranges


def test_a_published_small_table_by_hand():
    """Row 1 holds a 3; the loop 3-20-22-19 is the cheapest that hides it."""
    table = suppress([[3, 20, 60], [19, 22, 70], [80, 90, 95]])
    assert table.withheld[:2, :2].all()
    assert table.withheld.sum() == 4
    assert table.small.sum() == 1
    assert table.texts()[0] == ["..", "..", "60", "83"]
    assert table.summary() == (
        "1 of 16 figures are withheld because they are small and 3 more to protect them."
    )


def test_the_attack_finds_what_primary_suppression_alone_gives_away():
    safe = suppress([[3, 20], [19, 22]])
    bare = replace(
        safe,
        value=np.array([[-1, 20, 23], [19, 22, 41], [22, 42, 64]]),
        complementary=np.zeros((3, 3), dtype=bool),
    )
    assert [e.summary() for e in exposures(bare)] == ["The figure at (0, 0) must be 3."]
    assert exposures(safe) == []


def test_a_line_needs_two_withheld_that_sum_to_k():
    assert suppress([3, 40, 12, 9]).withheld.tolist() == [True, False, False, True, False]
    assert suppress([1, 2, 40, 7]).withheld.tolist() == [True, True, False, True, False]
    assert suppress([10, 40]).withheld.sum() == 0


def test_a_small_total_is_withheld_with_what_it_is_made_of():
    table = suppress([0, 3, 0])
    assert table.withheld.tolist() == [False, True, False, True]
    assert exposures(table) == []


tables = st.integers(2, 6).flatmap(
    lambda columns: st.lists(
        st.lists(
            st.one_of(st.integers(0, 8), st.integers(0, 300)), min_size=columns, max_size=columns
        ),
        min_size=2,
        max_size=6,
    )
)


@settings(max_examples=30, deadline=None)
@given(tables)
def test_no_small_count_can_be_worked_out(counts):
    table = suppress(counts)
    shown = table.value[table.value >= 0]
    assert not ((shown > 0) & (shown < 5)).any()
    for position, (low, high) in table_ranges(table).items():
        if table.small[position]:
            assert low == 0
            assert high >= 5


@settings(max_examples=30, deadline=None)
@given(st.lists(st.integers(0, 40), min_size=2, max_size=9))
def test_no_small_count_of_a_line_can_be_worked_out(counts):
    table = suppress(counts)
    assert exposures(table) == []
    assert (table.value[table.withheld] == -1).all()


def test_a_small_margin_of_several_small_counts_is_protected():
    """The row total 4 is 1 + 3: it can only be zero if both are, along two loops."""
    table = suppress([[0, 5], [1, 3]])
    assert exposures(table) == []
    assert table.small.sum() == 4


def test_most_of_an_ordinary_table_stays():
    rng = np.random.default_rng(4)
    tables = [suppress(rng.poisson(rng.gamma(0.7, 20, (8, 6)))) for _ in range(10)]
    assert np.mean([table.withheld.mean() for table in tables]) < 0.5
    assert np.mean([table.complementary.mean() for table in tables]) < 0.15


def test_bad_input_is_named():
    with pytest.raises(ValueError, match="k is 1"):
        suppress([1, 2], k=1)
    with pytest.raises(ValueError, match=r"counts\[1\] is -2"):
        suppress([[1, -2], [3, 4]])
    with pytest.raises(ValueError, match=r"shape \(1, 1, 1\)"):
        suppress([[[1]]])

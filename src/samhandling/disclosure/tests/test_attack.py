import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samhandling.disclosure import differenced, possible_range


def test_two_divisions_of_the_same_town_give_a_strip_away():
    """District A was 120, of which the strip went to B: A without it is 117, so the strip is 3."""
    pieces = [[1, 1, 0], [0, 0, 1], [1, 0, 0], [0, 1, 1]]  # A, B before; A, B after
    found = differenced(pieces, [120, 60, 117, 63], [[0, 1, 0]])
    assert (found[0].low, found[0].high) == (3, 3)


def test_what_is_withheld_in_one_table_is_safe_until_another_shows_it():
    pieces = [[1, 1, 0], [0, 0, 1], [1, 1, 1]]
    assert differenced(pieces, [np.nan, 60, np.nan], [[1, 0, 0]]) == []
    assert differenced([*pieces, [0, 1, 1]], [np.nan, 60, 104, 102], [[1, 0, 0]])[0].high == 2


def test_bounds_of_a_two_way_table_by_hand():
    """Rows 10 and 20, first column 12: the first cell is at most 10, and at least 0."""
    equations = np.array([[1, 1, 0, 0], [0, 0, 1, 1], [1, 0, 1, 0], [0, 1, 0, 1]], dtype=float)
    totals = np.array([10, 20, 12, 18], dtype=float)
    assert possible_range(equations, totals, np.array([1.0, 0, 0, 0])) == pytest.approx((0, 10))
    assert possible_range(equations, totals, np.array([0, 0, 1.0, 0])) == pytest.approx((2, 12))


@settings(max_examples=30, deadline=None)
@given(st.lists(st.integers(0, 50), min_size=4, max_size=4), st.integers(0, 2**32 - 1))
def test_the_truth_always_lies_in_the_range(truth, seed):
    cover = np.random.default_rng(seed).integers(0, 2, (3, 4)).astype(float)
    for at in range(4):
        low, high = possible_range(cover, cover @ truth, np.eye(4)[at])
        assert low - 1e-6 <= truth[at] <= high + 1e-6


def test_contradictions_and_wrong_shapes_are_named():
    with pytest.raises(ValueError, match="contradict each other"):
        differenced([[1, 1], [1, 0]], [3, 5], [[0, 1]])
    with pytest.raises(ValueError, match="one column per piece"):
        differenced([[1, 1]], [3, 5], [[0, 1]])

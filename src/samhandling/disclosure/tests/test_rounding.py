import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samhandling.disclosure import round_table, with_margins

tables = st.integers(1, 6).flatmap(
    lambda columns: st.lists(
        st.lists(st.integers(0, 60), min_size=columns, max_size=columns), min_size=1, max_size=6
    )
)


@settings(max_examples=60, deadline=None)
@given(tables, st.integers(2, 10))
def test_the_rounded_table_adds_up_and_stays_near(counts, base):
    rounded, true = round_table(counts, base), with_margins(counts)
    assert (rounded % base == 0).all()
    assert (np.abs(rounded - true) < base).all()
    assert (rounded == with_margins(rounded[:-1, :-1])).all()
    assert (rounded[true % base == 0] == true[true % base == 0]).all()


def test_a_line_by_hand():
    """2 4 9 sum to 15, which stays: 2 goes down to 0, 4 up to 5 and 9 up to 10."""
    assert round_table([2, 4, 9]).tolist() == [0, 5, 10, 15]


def test_conventional_rounding_would_not_add_up():
    assert sum(round(n / 5) * 5 for n in (2, 2, 2, 2)) == 0
    assert round_table([2, 2, 2, 2])[-1] in (5, 10)


def test_bad_input_is_named():
    with pytest.raises(ValueError, match="base is 1"):
        round_table([1, 2], base=1)
    with pytest.raises(ValueError, match=r"counts\[0\] is 0.5"):
        round_table([0.5])

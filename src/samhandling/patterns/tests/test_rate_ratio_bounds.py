"""Many ratios at once equal `rate_ratio`, one at a time."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samhandling.patterns.rate_ratio import rate_ratio
from samhandling.patterns.rate_ratio_bounds import rate_ratio_bounds

counts = st.integers(0, 5_000)


def test_matches_the_published_mid_p_interval():
    """Rothman, Greenland & Lash (2008): 41 of 28,010 against 15 of 19,017 person-years."""
    found = rate_ratio_bounds([41], [15], (28_010, 19_017))
    assert found.ratio[0] == pytest.approx(1.86, abs=0.005)
    assert found.low[0] == pytest.approx(1.04, abs=0.01)
    assert found.high[0] == pytest.approx(3.46, abs=0.02)


@settings(max_examples=25, deadline=None)
@given(st.lists(st.tuples(counts, counts), min_size=1, max_size=6), st.floats(0.2, 5))
def test_equals_one_at_a_time(pairs, length):
    first, second = zip(*pairs, strict=True)
    found = rate_ratio_bounds(first, second, (length, 1.0))
    for at, pair in enumerate(pairs):
        one = rate_ratio(pair, (length, 1.0))
        ours = (found.ratio[at], found.low[at], found.high[at])
        np.testing.assert_allclose(ours, (one.value, one.low, one.high), rtol=1e-6, atol=1e-9)


def test_a_period_without_length_is_refused():
    with pytest.raises(ValueError, match="exposures"):
        rate_ratio_bounds([1], [1], (0, 1))

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import beta

from samhandling.patterns import Direction, Tail, rate_ratio, rate_ratios


def test_the_published_breast_cancer_study():
    """Rothman's fluoroscopy data, 41 in 28,010 against 15 in 19,017 person-years.

    Published: ratio 1.855759, exact 95 % interval 1.005684 to 3.6093, two-sided mid-p 0.0355.
    """
    exact = rate_ratio((41, 15), (28_010, 19_017), tail=Tail.EXACT)
    assert exact.value == pytest.approx(1.855759, abs=5e-7)
    assert exact.low == pytest.approx(1.005684, abs=5e-7)
    assert exact.high == pytest.approx(3.6093, abs=5e-5)
    assert rate_ratio((41, 15), (28_010, 19_017)).p_value == pytest.approx(0.0355, abs=5e-5)


def test_exact_interval_is_the_clopper_pearson_one():
    estimate = rate_ratio((7, 4), (1, 2), tail=Tail.EXACT)
    share = beta.ppf(0.025, 7, 5)
    assert estimate.low == pytest.approx(2 * share / (1 - share))


def test_nothing_in_either_says_nothing():
    estimate = rate_ratio((0, 0), (10, 10))
    assert np.isnan(estimate.value)
    assert (estimate.low, estimate.high, estimate.p_value) == (0, np.inf, 1)
    assert estimate.direction is Direction.NO_CLEAR_DIFFERENCE


@given(st.integers(0, 60), st.integers(0, 60), st.floats(0.1, 10), st.sampled_from(list(Tail)))
def test_swapping_the_two_turns_the_interval_over(first, second, exposure, tail):
    one = rate_ratio((first, second), (exposure, 1), tail=tail)
    other = rate_ratio((second, first), (1, exposure), tail=tail)
    assert one.low == pytest.approx(1 / other.high if other.high else np.inf, rel=1e-6)
    assert one.p_value == pytest.approx(other.p_value, abs=1e-9)
    if first + second:
        assert one.low <= one.value <= one.high


@given(st.integers(1, 60), st.integers(1, 60))
def test_mid_p_is_narrower_than_exact(first, second):
    exact = rate_ratio((first, second), (1, 1), tail=Tail.EXACT)
    mid = rate_ratio((first, second), (1, 1))
    assert exact.low < mid.low < mid.high < exact.high


def test_bad_input_is_named():
    with pytest.raises(ValueError, match=r"exposures\[1\] is 0"):
        rate_ratio((1, 2), (1, 0))
    with pytest.raises(ValueError, match=r"Row 1: counts\[0\] is -1"):
        rate_ratios(np.array([[1, 2], [-1, 2]]), np.ones((2, 2)))
    with pytest.raises(ValueError, match="give two per row"):
        rate_ratios(np.array([1, 2]), np.ones(2))

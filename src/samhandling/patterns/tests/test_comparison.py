import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import poisson

from samhandling.patterns import Direction, compare_with_like


def test_usual_is_poisson_where_like_areas_differ_by_chance_alone():
    result = compare_with_like([12, 20, 20, 20, 20, 20, 20], [500] + [1_000] * 6, 0)
    assert (result.usual_low, result.usual_high) == (poisson(10).ppf(0.025), poisson(10).ppf(0.975))
    assert result.ratio.value == pytest.approx(1.2)
    assert result.direction is Direction.NO_CLEAR_DIFFERENCE


def test_an_area_beyond_its_group_is_called_so():
    k = [90, 20, 25, 15, 22, 18, 30, 12]
    result = compare_with_like(k, [1_000] * 8, 0)
    assert result.direction is Direction.HIGHER
    assert result.others == 7
    assert "times the rate of 7 areas" in result.summary()
    assert compare_with_like([0, *k[1:]], [1_000] * 8, 0).direction is Direction.LOWER


def test_a_clear_ratio_need_not_be_unusual():
    k = [300, 100, 420, 150, 380, 90, 260, 310]
    result = compare_with_like(k, [1_000] * 8, 0)
    assert result.ratio.direction is Direction.HIGHER
    assert result.direction is Direction.NO_CLEAR_DIFFERENCE


@settings(max_examples=30, deadline=None)
@given(st.lists(st.integers(0, 80), min_size=6, max_size=12).filter(lambda k: any(k[1:])))
def test_the_usual_range_does_not_depend_on_the_area_itself(k):
    people = [1_000] * len(k)
    one, other = compare_with_like(k, people, 0), compare_with_like([999, *k[1:]], people, 0)
    assert (one.usual_low, one.usual_high) == (other.usual_low, other.usual_high)
    assert one.usual_low <= one.usual_high


def test_bad_input_is_named():
    with pytest.raises(ValueError, match="area is 9"):
        compare_with_like([1] * 6, [1] * 6, 9)
    with pytest.raises(ValueError, match="4 other areas are too few"):
        compare_with_like([1] * 5, [1] * 5, 0)
    with pytest.raises(ValueError, match="5 other areas have no incidents"):
        compare_with_like(np.eye(6)[0], [1] * 6, 0)

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from samhandling.survey import answers_needed, margin, power_of_change, smallest_change_seen

ANSWERS = 17_857  # Stockholm's safety survey of 2020


@pytest.mark.parametrize(
    ("units", "points", "small_fall", "halving"),
    [(1, 0.5, None, None), (14, 1.9, 0.31, 0.99), (130, 5.7, 0.08, 0.28)],
)
def test_what_the_city_survey_can_see(units, points, small_fall, halving):
    """The printed table: margin at 10 %, power to see 11 to 9 % and 10 to 5 %."""
    n = ANSWERS / units
    assert round(100 * margin(0.10, n), 1) == points
    if small_fall is None:
        assert power_of_change(0.11, 0.09, n) > 0.99
        assert power_of_change(0.10, 0.05, n) > 0.99
    else:
        assert round(power_of_change(0.11, 0.09, n), 2) == small_fall
        assert round(power_of_change(0.10, 0.05, n), 2) == halving


def test_power_is_what_simulation_shows():
    rng = np.random.default_rng(1)
    n = 400
    a, b = rng.binomial(n, 0.2, 40_000) / n, rng.binomial(n, 0.28, 40_000) / n
    mean = (a + b) / 2
    seen = np.abs(a - b) > 1.959964 * np.sqrt(2 * mean * (1 - mean) / n)
    assert power_of_change(0.2, 0.28, n, design_effect=1) == pytest.approx(seen.mean(), abs=0.015)


@given(st.floats(0.02, 0.9), st.floats(0.02, 0.9), st.integers(30, 20_000))
def test_power_lies_between_the_level_and_one_and_is_symmetric(before, after, n):
    power = power_of_change(before, after, n)
    assert 0 <= power <= 1 + 1e-12
    assert power == pytest.approx(power_of_change(after, before, n))
    assert power_of_change(before, before, n) == pytest.approx(0.05)
    assert power_of_change(before, after, 4 * n) >= power - 0.01


def test_answers_needed_give_the_power_and_one_less_does_not():
    n = answers_needed(0.11, 0.09)
    assert power_of_change(0.11, 0.09, n) >= 0.8 > power_of_change(0.11, 0.09, n - 2)


def test_the_smallest_change_seen_has_the_power():
    after = smallest_change_seen(0.10, 1_280)
    assert power_of_change(0.10, after, 1_280) == pytest.approx(0.8, abs=1e-6)
    assert smallest_change_seen(0.02, 60) is None


def test_bad_input_is_named():
    with pytest.raises(ValueError, match="Share 1 is 9"):
        power_of_change(0.1, 9, 100)
    with pytest.raises(ValueError, match="answers is 0"):
        margin(0.1, 0)
    with pytest.raises(ValueError, match=r"both 0\.1"):
        answers_needed(0.1, 0.1)
    with pytest.raises(ValueError, match="power is 80"):
        smallest_change_seen(0.1, 100, power=80)
    with pytest.raises(ValueError, match="power is 80"):
        answers_needed(0.1, 0.2, power=80)

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import poisson

from samhandling.patterns import Standing, funnel, funnel_curve
from samhandling.patterns.funnel import interpolated_quantile, overdispersion


def test_limits_interpolate_as_spiegelhalter_says():
    """Mean 1, p 0.975: P(R<=2) = 0.9197, P(R<=3) = 0.9810, so r = 3 and
    3 - (0.9810 - 0.975) / 0.0613 = 2.9020 (by hand from the Poisson table)."""
    assert interpolated_quantile(0.975, np.array([1.0]))[0] == pytest.approx(2.9020, abs=5e-4)


def test_limits_hold_what_they_say():
    expected = np.array([0.5, 4.0, 30.0])
    high = interpolated_quantile(0.975, expected)
    assert (poisson.cdf(np.ceil(high), expected) >= 0.975).all()
    assert (poisson.cdf(np.floor(high) - 1, expected) < 0.975).all()


def test_chance_alone_leaves_few_outside():
    rng = np.random.default_rng(1)
    people = rng.uniform(500, 5_000, 1_000)
    result = funnel(rng.poisson(0.02 * people), people)
    outside = np.mean([s is not Standing.WITHIN for s in result.standing])
    assert result.dispersion == 1
    assert 0.02 < outside < 0.06


def test_areas_that_vary_for_other_reasons_widen_the_limits():
    rng = np.random.default_rng(2)
    people = np.full(300, 4_000.0)
    k = rng.poisson(0.02 * people * rng.gamma(20, 1 / 20, 300))
    wide, narrow = funnel(k, people), funnel(k, people, allow_overdispersion=False)
    assert wide.dispersion > 2
    assert (wide.outer_high > narrow.outer_high).all()
    k[7] = 400
    assert funnel(k, people).standing[7] is Standing.FAR_ABOVE


def test_dispersion_is_the_winsorised_mean_square_by_hand():
    k = np.array([4, 9, 16, 25, 36, 49, 64, 81, 100, 400])
    expected = np.full(10, 36.0)
    z = np.clip(2 * (np.sqrt(k) - 6), *np.quantile(2 * (np.sqrt(k) - 6), [0.1, 0.9]))
    assert overdispersion(k, expected) == pytest.approx((z**2).mean())


@given(st.lists(st.tuples(st.integers(0, 300), st.floats(10, 1e5)), min_size=3, max_size=30))
def test_limits_are_nested_around_the_target(areas):
    k, people = zip(*areas, strict=True)
    if sum(k) == 0:
        return
    result = funnel(k, people)
    assert (result.outer_low <= result.inner_low + 1e-9).all()
    assert (result.inner_high <= result.outer_high + 1e-9).all()
    assert (result.inner_low <= result.target * (1 + 1e-9)).all()


def test_the_curve_is_the_limits():
    k, people = [3, 8, 30, 4], [500.0, 800.0, 2_000.0, 600.0]
    result = funnel(k, people, allow_overdispersion=False)
    curve = funnel_curve(people, target=result.target)
    np.testing.assert_allclose(curve[0], result.outer_low)
    np.testing.assert_allclose(curve[2], result.inner_high)
    assert "of 4 areas lie outside" in result.summary()


def test_bad_input_is_named():
    with pytest.raises(ValueError, match="All 2 counts are zero"):
        funnel([0, 0], [1, 1])
    with pytest.raises(ValueError, match=r"target\[0\] is -0.001"):
        funnel([1, 2], [1, 1], target=-1)
    with pytest.raises(ValueError, match=r"residents\[0\] is 0"):
        funnel([1, 2], [0, 1])
    with pytest.raises(ValueError, match=r"residents\[0\] is 0"):
        funnel_curve([0], target=1)

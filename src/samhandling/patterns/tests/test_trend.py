import numpy as np
import pytest
import statsmodels.api as sm
from hypothesis import given
from hypothesis import strategies as st

from samhandling.patterns import Direction, trend

YEARS = np.arange(2014, 2024)
COUNTS = np.array([412, 430, 398, 465, 440, 502, 470, 455, 520, 531])


def test_agrees_with_statsmodels_quasi_poisson():
    """The peer's Pearson-scaled fit has our slope, standard error and dispersion."""
    exposure = np.linspace(900, 980, 10)
    ours = trend(COUNTS, YEARS, exposure=exposure)
    design = sm.add_constant(YEARS - YEARS.mean())
    peer = sm.GLM(COUNTS, design, family=sm.families.Poisson(), exposure=exposure).fit(scale="X2")
    assert ours.dispersion == pytest.approx(peer.scale)
    assert ours.change.value == pytest.approx(100 * np.expm1(peer.params[1]))
    assert ours.change.standard_error == pytest.approx(
        100 * np.exp(peer.params[1]) * peer.bse[1], rel=1e-6
    )


def test_a_clear_rise_is_called_one_and_chance_is_not():
    assert trend(COUNTS, YEARS).direction is Direction.HIGHER
    level = trend([20, 25, 18, 22, 21], range(2019, 2024))
    assert level.direction is Direction.NO_CLEAR_DIFFERENCE
    assert level.summary().startswith("No clear change")


def test_season_keeps_an_autumn_end_from_looking_like_a_fall():
    months = np.arange(40)
    counts = np.round(100 * (1 + 0.5 * np.cos(2 * np.pi * months / 12))).astype(int)
    plain = trend(counts, 2020 + months / 12)
    seasonal = trend(counts, 2020 + months / 12, season=months % 12)
    assert abs(seasonal.change.value) < 0.5 < abs(plain.change.value)


def test_a_known_change_is_recovered_as_often_as_the_interval_says():
    rng = np.random.default_rng(1)
    covered = []
    for _ in range(300):
        mean = 80 * 1.05 ** (YEARS - 2014)
        counts = rng.negative_binomial(mean / 2, 1 / 3)  # three times Poisson variance
        estimate = trend(counts, YEARS).change
        covered.append(estimate.low <= 5 <= estimate.high)
    assert 0.90 <= np.mean(covered) <= 0.99


@given(st.lists(st.integers(1, 500), min_size=5, max_size=12), st.floats(0.1, 100))
def test_the_unit_of_exposure_does_not_matter(counts, unit):
    years = np.arange(len(counts))
    one = trend(counts, years)
    other = trend(counts, years, exposure=np.full(len(counts), unit))
    assert one.change.value == pytest.approx(other.change.value, abs=1e-5)
    assert one.change.low <= one.change.value <= one.change.high


@pytest.mark.parametrize(
    ("counts", "years", "options", "said"),
    [
        ([1, 2, 3], [1, 2, 3], {}, "3 periods cannot show a trend"),
        ([0, 0, 0, 0], [1, 2, 3, 4], {}, "All 4 counts are zero"),
        ([1, 2, 3, 4], [1, 1, 1, 1], {}, "cannot be told apart"),
        ([1, 2, 3, 4], [1, 2, 3, 4], {"exposure": [1, 1, 0, 1]}, r"exposure\[2\] is 0"),
        ([1, 2, 3, 4], [1, 2, 3, 4], {"season": [1, 2]}, "season has 2 entries"),
        ([1, 2, 3, 4], [1, 2, 3, 4], {"season": [1, 2, 3, 4]}, "4 counts cannot carry 5 terms"),
        ([1, 2, 3, -4], [1, 2, 3, 4], {}, r"counts\[3\] is -4"),
        ([1, 2, 3, 4], [1, 2, np.nan, 4], {}, r"years\[2\] is nan"),
    ],
)
def test_bad_input_is_named(counts, years, options, said):
    with pytest.raises(ValueError, match=said):
        trend(counts, years, **options)

from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from samhandling.patterns import Direction, daily_counts, month_index, weekday_index

DAYS = np.arange("2020-01-01", "2024-01-01", dtype="M8[D]")
MONTH = DAYS.astype("M8[M]").astype(int) % 12
WEEKDAY = (DAYS.astype(int) + 3) % 7


def test_a_summer_and_a_saturday_are_recovered():
    """July is planted at twice and Saturday at three times the others."""
    mean = 4.0 * np.where(MONTH == 6, 2, 1) * np.where(WEEKDAY == 5, 3, 1)
    counts = np.random.default_rng(2).poisson(mean)
    months, weekdays = month_index(DAYS, counts), weekday_index(DAYS, counts)
    expected = np.full(12, 2 ** (-1 / 12))
    expected[6] = 2 ** (11 / 12)
    np.testing.assert_allclose(months.index, expected, rtol=0.08)
    assert months.directions()[6] is Direction.HIGHER
    assert weekdays.index[5] / weekdays.index[0] == pytest.approx(3, rel=0.08)
    assert months.summary().startswith("Highest in 7: ")


def test_index_without_noise_is_the_ratio_of_daily_means():
    """Without trend and noise the index is each mean over the geometric mean, by hand."""
    level = np.array([4, 4, 4, 4, 4, 8, 16])
    weeks = np.arange("2021-01-04", "2021-07-05", dtype="M8[D]")  # 26 whole weeks from a Monday
    result = weekday_index(weeks, np.tile(level, 26))
    by_hand = level / np.exp(np.log(level).mean())
    np.testing.assert_allclose(result.index, by_hand, rtol=1e-6)


def test_an_even_year_has_no_season():
    counts = np.random.default_rng(9).poisson(3.0, len(DAYS))
    result = month_index(DAYS, counts)
    assert result.p_value > 0.05
    assert result.summary().startswith("No clear difference")


@given(st.integers(0, 2**32 - 1))
def test_the_index_has_geometric_mean_one(seed):
    counts = np.random.default_rng(seed).poisson(2.0, 400)
    result = weekday_index(DAYS[:400], counts)
    assert np.log(result.index).sum() == pytest.approx(0, abs=1e-9)
    assert ((result.low <= result.index) & (result.index <= result.high)).all()


def test_daily_counts_hold_the_days_without_events():
    days, counts = daily_counts(
        ["2024-01-01", "2024-01-03", "2024-01-03", "2023-12-31"], date(2024, 1, 1), date(2024, 1, 4)
    )
    assert counts.tolist() == [1, 0, 2, 0]
    assert days[0] == np.datetime64("2024-01-01")
    with pytest.raises(ValueError, match="comes before the first"):
        daily_counts([], date(2024, 1, 2), date(2024, 1, 1))


def test_bad_input_is_named():
    with pytest.raises(ValueError, match="shorter than two years"):
        month_index(DAYS[:500], np.ones(500))
    with pytest.raises(ValueError, match="shorter than eight weeks"):
        weekday_index(DAYS[:20], np.ones(20))
    with pytest.raises(ValueError, match="2020-01-01 comes twice"):
        month_index(np.append(DAYS, DAYS[0]), np.ones(len(DAYS) + 1))
    with pytest.raises(ValueError, match=r"dates\[0\] is missing"):
        month_index(["NaT", "2020-01-01"], [1, 1])
    with pytest.raises(ValueError, match="Season 3 of 12 holds no incidents"):
        month_index(DAYS, np.where(MONTH == 2, 0, 1))

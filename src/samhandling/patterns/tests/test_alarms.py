"""Weekly alarms: against regressions one by one, and against the rules written out."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
import statsmodels.api as sm
from hypothesis import given, settings
from hypothesis import strategies as st

from samhandling.patterns import EarsRule, FarringtonOptions, count_cusum, ears, farrington
from samhandling.patterns.farrington import _seasons
from samhandling.patterns.weekly_fits import quasi_poisson


def weeks(seed: int, n: int = 330, mean: float = 8.0) -> Any:
    drawn = np.random.default_rng(seed)
    season = 1 + 0.4 * np.sin(2 * np.pi * np.arange(n) / 52)
    return drawn.negative_binomial(10, 10 / (10 + mean * season))


def test_all_series_at_once_are_fitted_as_one_by_one() -> None:
    counts = np.stack([weeks(seed)[:200] for seed in range(6)]).astype(float)
    columns = np.column_stack([np.ones(200), np.arange(200.0) / 100])
    weights = np.random.default_rng(1).uniform(0.5, 1.5, counts.shape)
    found = quasi_poisson(counts, columns, weights)
    for at in range(6):
        family = sm.families.Poisson()
        one = sm.GLM(counts[at], columns, family=family, var_weights=weights[at]).fit(scale="X2")
        assert found.coefficients[at] == pytest.approx(one.params, abs=1e-7)
        assert found.dispersion[at] == pytest.approx(max(one.scale, 1.0))
        assert found.standard_error(1)[at] == pytest.approx(
            one.bse[1] * np.sqrt(found.dispersion[at] / one.scale)
        )


def test_the_year_is_parted_around_the_week_that_is_judged() -> None:
    columns, now = _seasons(FarringtonOptions())
    part = columns.argmax(axis=1)
    assert (columns.sum(axis=1) == 1).all()
    assert now.argmax() == 9
    for year in range(1, 6):
        here = len(part) - 1 - 52 * year
        assert (part[max(here - 3, 0) : here + 4] == 9).all()
        assert (np.bincount(part[here + 4 : here + 49], minlength=9)[:9] == 5).all()


def test_alarms_come_about_as_often_as_they_should_when_nothing_changes() -> None:
    counts = np.stack([weeks(seed) for seed in range(60)])
    found = farrington(counts, weeks=40)
    assert 0.03 <= found.alarm.mean() <= 0.08


def test_a_rise_is_found_and_an_old_outbreak_does_not_hide_it() -> None:
    counts = weeks(3)
    counts[-1] = 40
    clean = farrington(counts)
    counts[-1 - 52 * 2 : 1 - 52 * 2] = 70
    assert farrington(counts).alarm.all()
    kept = farrington(counts, options=FarringtonOptions(is_reweighted=False))
    reweighted = farrington(counts)
    assert clean.upper[0, 0] < reweighted.upper[0, 0] < kept.upper[0, 0]


def test_weeks_with_hardly_any_events_are_not_judged() -> None:
    found = farrington(np.append(np.zeros(320, dtype=int), [1, 0, 1]), weeks=1)
    assert np.isnan(found.upper).all()
    assert not found.alarm.any()


@settings(max_examples=30, deadline=None)
@given(st.lists(st.integers(0, 30), min_size=14, max_size=60))
def test_ears_is_the_rule_written_out(counts: list[int]) -> None:
    series = np.array(counts, dtype=float)

    def standardised(week: int) -> tuple[float, float, float]:
        past = series[week - 9 : week - 2]
        mean, spread = past.mean(), max(past.std(ddof=1), 0.5)
        return (series[week] - mean) / spread, mean, spread

    found = ears(counts, EarsRule.C3, least_spread=0.5)
    for at, week in enumerate(range(found.first_week, len(series))):
        _, mean, spread = standardised(week)
        earlier = sum(max(0.0, standardised(week - lag)[0] - 1) for lag in (1, 2))
        upper = max(0.0, mean + spread * (1.959964 - earlier))
        assert found.upper[at] == pytest.approx(upper, abs=1e-5)
    second = ears(counts, EarsRule.C2, least_spread=0.5)
    _, mean, spread = standardised(second.first_week)
    assert second.upper[0] == pytest.approx(mean + 3.090232 * spread, abs=1e-5)


def test_cusum_adds_the_evidence_and_begins_anew() -> None:
    found = count_cusum([6, 6, 6, 6, 6, 6, 4], [4.0] * 7, ratio=1.5, threshold=1.2)
    gain = 6 * np.log(1.5) - 2
    assert found.statistic[:3] == pytest.approx([gain, 2 * gain, 3 * gain])
    assert found.alarm.tolist() == [False, False, True, False, False, True, False]
    spread = count_cusum([6, 6], [4.0, 4.0], dispersion=0.5)
    assert 0 < spread.statistic[0] < gain


LONG = [5] * 264


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda: farrington([]), "shape"),
        (lambda: farrington([5] * 100), "judging 1 needs 264"),
        (lambda: farrington([*LONG, np.nan]), r"counts\[0, 264\] is nan"),
        (lambda: farrington([*LONG, -1]), "at least zero"),
        (lambda: farrington([*LONG, 0.5]), "whole numbers"),
        (lambda: farrington(LONG, weeks=0), "judging 0"),
        (lambda: FarringtonOptions(years=0), "at least 1 year"),
        (lambda: FarringtonOptions(significance=0.7), "between 0 and 0.5"),
        (lambda: ears([]), "0 weeks are known"),
        (lambda: ears([1] * 9), "needs 10"),
        (lambda: ears([1] * 9, baseline=2), "at least 3 weeks"),
        (lambda: ears([1, np.nan, *[1] * 20]), r"counts\[1\] is nan"),
        (lambda: count_cusum([], []), "0 counts"),
        (lambda: count_cusum([1], [1.0, 2.0]), "one of each"),
        (lambda: count_cusum([1], [0.0]), r"expected\[0\] is 0"),
        (lambda: count_cusum([1], [1.0], ratio=1), "above 1"),
        (lambda: count_cusum([-1], [1.0]), r"counts\[0\] is -1"),
    ],
)
def test_bad_input_is_named_with_a_way_out(call: Callable[[], Any], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        call()

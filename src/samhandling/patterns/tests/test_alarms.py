"""Weekly alarms: against regressions one by one, and against the rules written out."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
import statsmodels.api as sm
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import norm
from scipy.stats import t as student

from samhandling.patterns import EarsRule, FarringtonOptions, count_cusum, ears, farrington
from samhandling.patterns.farrington import _parts_of_the_year


def weeks(seed: int, n: int = 330, mean: float = 8.0) -> Any:
    drawn = np.random.default_rng(seed)
    season = 1 + 0.4 * np.sin(2 * np.pi * np.arange(n) / 52)
    return drawn.negative_binomial(10, 10 / (10 + mean * season))


def columns_of(options: FarringtonOptions, *, trend: bool) -> tuple[Any, Any]:
    """Return the columns of the past weeks, and the row of the week judged."""
    part = _parts_of_the_year(options)
    columns = (part[:, None] == np.arange(10)).astype(float)
    if trend:
        columns = np.column_stack([columns, np.arange(len(part)) - len(part) + 1.0])
    return columns[: -1 - options.left_out], columns[-1]


def regression(past: Any, columns: Any, outlier: float) -> tuple[Any, float]:
    """Fit in statsmodels, twice where outliers weigh less; return the fit and its dispersion."""
    family = sm.families.Poisson()
    found = sm.GLM(past, columns, family=family).fit(scale="X2", tol=1e-13, maxiter=200)
    if np.isinf(outlier):
        return found, max(found.scale, 1.0)
    mean, dispersion = found.mu, max(found.scale, 1.0)
    residual = 1.5 * (past ** (2 / 3) - mean ** (2 / 3)) / mean ** (1 / 6)
    leverage = found.get_influence(observed=False).hat_matrix_diag
    scaled = residual / np.sqrt(dispersion * (1 - leverage))
    weights = np.where(scaled > outlier, 1 / np.maximum(scaled, 0.1) ** 2, 1.0)
    weights *= len(weights) / weights.sum()
    again = sm.GLM(past, columns, family=family, var_weights=weights)
    found = again.fit(scale="X2", tol=1e-13, maxiter=200)
    return found, max(found.scale, 1.0)


def one_by_one(series: Any, options: FarringtonOptions) -> tuple[float, float, bool]:
    """Judge the last week with regressions in statsmodels; return mean, bound and trend."""
    past = series[-1 - options.weeks_needed : -1 - options.left_out].astype(float)
    outlier = options.outlier if options.is_reweighted else np.inf
    columns, now = columns_of(options, trend=True)
    found, dispersion = regression(past, columns, outlier)
    ratio = found.params[-1] / (found.bse[-1] * np.sqrt(dispersion / found.scale))
    trend = 2 * student.sf(abs(ratio), len(past) - 11) < 0.05
    trend = trend and found.predict(now)[0] <= past.max()
    if not trend:
        columns, now = columns_of(options, trend=False)
        found, dispersion = regression(past, columns, outlier)
    mean = float(found.predict(now)[0])
    variance = now @ found.cov_params() @ now * dispersion / found.scale
    spread = np.sqrt(4 / 9 * np.cbrt(mean) * (dispersion + mean * variance))
    return mean, float((mean ** (2 / 3) + norm.isf(options.significance) * spread) ** 1.5), trend


@pytest.mark.parametrize(
    "options", [FarringtonOptions(), FarringtonOptions(is_reweighted=False, years=4, half_window=2)]
)
def test_all_series_at_once_are_fitted_as_one_by_one(options: FarringtonOptions) -> None:
    counts = np.stack([weeks(seed) for seed in range(8)])
    counts[4:] = np.random.default_rng(2).poisson(np.exp(1 + np.arange(330) / 250), (4, 330))
    counts[:, 180:183] *= 6
    found = farrington(counts, options=options)
    told = np.array([one_by_one(series, options) for series in counts])
    assert found.expected[:, 0] == pytest.approx(told[:, 0], rel=1e-8)
    assert found.upper[:, 0] == pytest.approx(told[:, 1], rel=1e-8)
    assert found.has_trend[:, 0].tolist() == told[:, 2].astype(bool).tolist()
    assert found.has_trend.any()
    assert not found.has_trend.all()


def test_the_year_is_parted_around_the_week_that_is_judged() -> None:
    part = _parts_of_the_year(FarringtonOptions())
    assert part[-1] == 9
    for year in range(1, 6):
        here = len(part) - 1 - 52 * year
        assert (part[max(here - 3, 0) : here + 4] == 9).all()
        assert (np.bincount(part[here + 4 : here + 49], minlength=9)[:9] == 5).all()


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 10**6), st.floats(0.02, 3.0))
def test_a_series_is_judged_the_same_alone_and_among_others(seed: int, mean: float) -> None:
    counts = np.random.default_rng(seed).poisson(mean, (3, 280))
    together = farrington(counts, weeks=2)
    for at in range(3):
        alone = farrington(counts[at].tolist(), weeks=2)
        assert np.array_equal(alone.expected[0], together.expected[at])
        assert np.array_equal(alone.upper[0], together.upper[at], equal_nan=True)
    judged = np.isfinite(together.upper)
    assert (together.expected >= 0).all()
    assert (together.upper[judged] >= together.expected[judged]).all()


@pytest.mark.parametrize("use_negative_binomial", [False, True])
def test_a_part_of_the_year_without_events_expects_none(use_negative_binomial: bool) -> None:
    options = FarringtonOptions(use_negative_binomial=use_negative_binomial)
    counts = np.where(_parts_of_the_year(options) == 9, 0, weeks(1, 264))
    counts[-4:] = 3
    found = farrington(counts, options=options)
    assert (found.expected[0, 0], found.upper[0, 0]) == (0, 0)
    assert found.alarm.all()
    nothing = farrington(np.append(np.zeros(300, dtype=int), [3, 3, 3, 3]), options=options)
    assert (nothing.expected[0, 0], nothing.upper[0, 0]) == (0, 0)


def test_events_at_the_very_end_of_their_parts_give_no_trend() -> None:
    counts = np.zeros(264, dtype=int)
    counts[-1 - 26 - 1] = 40
    counts[-4:] = 3
    assert not farrington(counts).has_trend.any()


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
        (lambda: farrington([*LONG, np.inf]), r"counts\[0, 264\] is inf"),
        (lambda: FarringtonOptions(outlier=0), "above 0"),
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

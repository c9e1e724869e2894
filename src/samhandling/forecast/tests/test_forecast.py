"""Forecasts are held against what came, and refused when a naive one is as good."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from samhandling.forecast import (
    NAIVE,
    CountHistory,
    CountRegression,
    EmpiricalBayes,
    KernelSmoothed,
    LongTermMean,
    NotBetterThanNaive,
    SameAsLastYear,
    TwelveMonthCount,
    choose_areas,
    compare_with_naive,
    forecast_if_better,
    score,
)

SIDE = 12


def town(periods: int = 48, seed: int = 1, mean: float = 0.15) -> CountHistory:
    """A grid in which a few corners have most of it, and nothing changes but by chance."""
    drawn = np.random.default_rng(seed)
    column, row = np.meshgrid(np.arange(SIDE), np.arange(SIDE))
    places = np.column_stack([column.ravel(), row.ravel()]) * 500.0
    risk = mean * (0.3 + 6 * np.exp(-((places[:, 0] - 1500) ** 2 + places[:, 1] ** 2) / 2e6))
    counts = drawn.poisson(risk[:, None], (SIDE * SIDE, periods))
    return CountHistory.of(counts, np.full(SIDE * SIDE, 0.25), places)


EVERY = [*NAIVE, EmpiricalBayes(), KernelSmoothed(700.0), CountRegression(700.0)]
by_name = pytest.mark.parametrize("forecaster", EVERY, ids=lambda one: one.name)


@by_name
def test_the_whole_is_about_what_came_before(forecaster: Any) -> None:
    history = town()
    expected = forecaster.expected(history, 3)
    yearly = history.counts.sum() / history.periods * 3
    assert expected.shape == (SIDE * SIDE,)
    assert expected.sum() == pytest.approx(yearly, rel=0.25)


@by_name
def test_a_forecast_does_not_see_the_future(forecaster: Any) -> None:
    history = town()
    changed = history.counts.copy()
    changed[:, 40:] = 9
    other = CountHistory.of(changed, history.area_km2, np.column_stack([history.x_m, history.y_m]))
    here, there = (score(forecaster, one, [40], area_share=0.1) for one in (history, other))
    assert here.expected[0] == there.expected[0]


def test_kernel_neither_makes_nor_loses_events() -> None:
    history = town()
    expected = KernelSmoothed(900.0, half_life_periods=1e9).expected(history, 1)
    assert expected.sum() == pytest.approx(history.counts.mean(axis=1).sum())


def test_an_earned_forecast_is_given_with_its_verdict() -> None:
    history = town(72)
    expected, verdict = forecast_if_better(
        KernelSmoothed(500.0, half_life_periods=36), history, range(60, 72), area_share=0.1
    )
    assert verdict.is_better
    assert verdict.gain > 0
    assert expected.sum() > 0


def test_noise_is_not_a_forecast() -> None:
    class Noise:
        name = "noise"

        def expected(self, history: CountHistory, periods: int) -> Any:
            return (
                np.random.default_rng(history.periods).uniform(0, 1, len(history.counts)) * periods
            )

    with pytest.raises(NotBetterThanNaive, match=r"noise does not beat .* Use "):
        forecast_if_better(Noise(), town(), range(30, 40), area_share=0.1)


def test_chance_alone_seldom_beats_the_naive_forecast() -> None:
    """The naive mean with a little noise must not pass more often than one time in twenty."""

    class Wobble:
        name = "wobble"

        def __init__(self, seed: int) -> None:
            self.seed = seed

        def expected(self, history: CountHistory, periods: int) -> Any:
            drawn = np.random.default_rng([self.seed, history.periods])
            mean = LongTermMean().expected(history, periods)
            return mean * drawn.uniform(0.9, 1.1, len(mean))

    history = town()
    passed = sum(
        compare_with_naive(Wobble(seed), history, range(36, 44), area_share=0.1).is_better
        for seed in range(40)
    )
    assert passed <= 4


def test_hits_index_and_efficiency_are_counted_as_the_field_does() -> None:
    counts = np.zeros((10, 13), dtype=int)
    counts[0, :12], counts[0, 12], counts[1, 12], counts[2, 12] = 1, 3, 4, 1
    history = CountHistory.of(counts, np.ones(10), np.zeros((10, 2)))
    found = score(TwelveMonthCount(), history, [12], area_share=0.1)
    assert (found.hits[0], found.events[0], found.best_hits[0]) == (3, 8, 4)
    assert found.pai == pytest.approx((3 / 8) / 0.1)
    assert found.pei == pytest.approx(3 / 4)
    low, high = found.hit_rate_interval()
    assert low < 3 / 8 < high
    assert "3 of 8 events" in found.summary()


def test_calibration_says_how_many_came_for_each_expected() -> None:
    found = score(LongTermMean(), town(), range(24, 36), area_share=0.1)
    ratio, low, high = found.calibration()
    assert low < 1 < high
    assert ratio == pytest.approx(found.events.sum() / found.expected.sum())


@given(st.integers(2, 12), st.integers(0, 5))
def test_last_year_is_the_same_months(ahead: int, extra: int) -> None:
    counts = np.arange(24 + extra)[None, :] * np.array([[1], [0]])
    history = CountHistory.of(counts, [1, 1], [[0, 0], [1, 1]])
    expected = SameAsLastYear().expected(history, ahead)
    assert expected[0] == counts[0, 12 + extra : 12 + extra + ahead].sum()


@given(st.integers(1, 30), st.floats(0, 1), st.integers(0, 99))
def test_patrols_visit_each_area_once_and_explore_their_share(
    count: int, share: float, seed: int
) -> None:
    rng = np.random.default_rng(seed)
    choice = choose_areas(rng.random(30), rng.integers(0, 9, 30), count, explored_share=share,
                          rng=rng)  # fmt: skip
    areas = np.concatenate([choice.expected_most, choice.explored])
    assert len(set(areas.tolist())) == count
    assert len(choice.explored) == np.ceil(count * share)
    assert choice.chance[choice.expected_most].sum() == 0


FINE = [[1, 2, 3], [0, 1, 0]]
PLACES = [[0, 0], [500, 0]]


def history() -> CountHistory:
    return CountHistory.of(FINE, [1, 1], PLACES)


RNG = np.random.default_rng(0)


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda: CountHistory.of([], [], []), "shape"),
        (lambda: CountHistory.of([[1, 2]], [1], [[0, 0]]), "at least two areas"),
        (lambda: CountHistory.of([[1], [-1]], [1, 1], PLACES), "whole number"),
        (lambda: CountHistory.of([[1], [np.nan]], [1, 1], PLACES), "nan"),
        (lambda: CountHistory.of(FINE, [1, 0], PLACES), r"area_km2\[1\] is 0"),
        (lambda: CountHistory.of(FINE, [1, 1], [[0, 0]]), "for every area"),
        (lambda: CountHistory.of(FINE, [1, 1], [[0, 0], [0, np.inf]]), r"places_m\[1\]"),
        (lambda: CountHistory.of(FINE, [1, 1], PLACES, periods_per_year=0), "12 for months"),
        (lambda: SameAsLastYear().expected(history(), 1), "needs 12"),
        (lambda: CountRegression(500).expected(history(), 1), "needs 14"),
        (lambda: KernelSmoothed(0).expected(history(), 1), "bandwidth_m is 0"),
        (lambda: score(LongTermMean(), history(), []), "No origins"),
        (lambda: score(LongTermMean(), history(), [3]), "no future"),
        (lambda: score(LongTermMean(), history(), [0]), "no history"),
        (lambda: score(LongTermMean(), history(), [1], horizon=0), "one period ahead"),
        (lambda: score(LongTermMean(), history(), [1], area_share=1), "between 0 and 1"),
        (lambda: score(LongTermMean(), history(), [1], area_share=0.1), "smaller areas"),
        (lambda: score(LongTermMean(), CountHistory.of([[0, 0]] * 2, [1, 1], PLACES), [1],
                       area_share=0.5), "Nothing happened"),
        (lambda: compare_with_naive(LongTermMean(), history(), [1]), "at least 5"),
        (lambda: choose_areas([1, 2], [0], 1, rng=RNG), "2 areas have"),
        (lambda: choose_areas([1, 2], [0, 0], 3, rng=RNG), "give 1 to 2"),
        (lambda: choose_areas([1, 2], [0, 0], 1, explored_share=2, rng=RNG), "from 0 to 1"),
        (lambda: choose_areas([1, np.nan], [0, 0], 1, rng=RNG), r"expected\[1\] is nan"),
    ],
)  # fmt: skip
def test_bad_input_is_named_with_a_way_out(call: Callable[[], Any], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        call()

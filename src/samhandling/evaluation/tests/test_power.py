"""What an evaluation can see, before it is begun."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samhandling.evaluation.detectable_change import (
    detectable_change_in_counts,
    detectable_from_error,
)
from samhandling.evaluation.difference_in_differences import difference_in_differences
from samhandling.evaluation.panel import NEVER, Panel
from samhandling.evaluation.power import _drawn, _plan, minimum_detectable_effect
from samhandling.execution import Processes, Replicates
from samhandling.execution.chunks import chunks_of


def history(seed: int = 0, areas: int = 30, periods: int = 20) -> Panel:
    rng = np.random.default_rng(seed)
    level = rng.gamma(2, 3, (areas, 1))
    return Panel(level + rng.normal(0, 2, (areas, periods)), np.full(areas, NEVER))


PLAN = np.where(np.arange(30) < 10, 5, NEVER)


@pytest.mark.parametrize("fires", [42, 48, 55])
def test_fires_of_a_year_show_only_a_drop_of_about_half(fires: int) -> None:
    """42 to 55 vehicle fires a year in all listed areas: only about 50 % is seen (80 % power)."""
    change = detectable_change_in_counts(fires, fires, comparison=(250, 250))
    assert -57 <= change.decrease_percent <= -47


def test_conventional_multiple_of_the_standard_error() -> None:
    """Bloom (1995): 2.80 standard errors at 80 % power, 5 % two-sided, many degrees of freedom."""
    assert detectable_from_error(1.0) == pytest.approx(2.80, abs=0.005)


def test_poisson_draws_confirm_the_detectable_change() -> None:
    change = detectable_change_in_counts(150, 150, comparison=(400, 400))
    rng = np.random.default_rng(1)
    ratio = 1 + change.decrease_percent / 100
    b, a, cb, ca = rng.poisson([[150], [150 * ratio], [400], [400]], (4, 40_000))
    z = np.log(a / b * cb / ca) / np.sqrt(1 / a + 1 / b + 1 / cb + 1 / ca)
    assert np.mean(z < -1.96) == pytest.approx(0.8, abs=0.03)


def test_too_few_events_show_nothing() -> None:
    change = detectable_change_in_counts(2, 2, dispersion=3)
    assert np.isnan(change.decrease_percent)
    assert change.summary() == "No decrease, however large, would be seen in so few events."


@given(st.floats(20, 1e4), st.floats(1, 4))
def test_more_events_show_smaller_changes(events: float, dispersion: float) -> None:
    few = detectable_change_in_counts(events, events, dispersion=dispersion)
    more = detectable_change_in_counts(2 * events, 2 * events, dispersion=dispersion)
    if np.isfinite(few.decrease_percent):
        assert few.decrease_percent < more.decrease_percent < 0
        assert few.increase_percent > more.increase_percent > 0


def test_each_replicate_is_a_difference_in_differences() -> None:
    past = history()
    starts = np.array([3, 3, 5, NEVER, NEVER, NEVER, 5])
    plan = _plan(past, starts, 8, None)
    (chunk,) = chunks_of(4, seed=11, size=4)
    estimate, error = _drawn(plan, chunk)
    rng = chunk.generator()
    begin = rng.integers(0, 13, 4)
    untreated, treated = rng.integers(0, 30, (4, 3)), rng.integers(0, 30, (4, 4))
    for at in range(4):
        slots = np.empty(7, dtype=int)
        slots[starts == NEVER], slots[starts != NEVER] = untreated[at], treated[at]
        drawn = Panel(past.y[slots, begin[at] : begin[at] + 8], starts)
        fit = difference_in_differences(drawn)
        assert estimate[at] == pytest.approx(fit.value)
        assert error[at] == pytest.approx(fit.standard_error)


def test_simulated_agrees_with_the_formula_on_independent_noise() -> None:
    found = minimum_detectable_effect(
        history(areas=200), np.where(np.arange(60) < 30, 10, NEVER), 20
    )
    error = 2 * np.sqrt((1 / 30 + 1 / 30) * (1 / 10 + 1 / 10))
    expected = detectable_from_error(error, degrees_of_freedom=59)
    assert found.value == pytest.approx(expected, rel=0.08)
    assert found.false_positives == pytest.approx(0.05, abs=0.025)
    assert found.power_of(found.value) == pytest.approx(0.8, abs=0.01)
    assert found.low <= found.value <= found.high


def test_wilder_areas_need_a_larger_effect() -> None:
    past = history(areas=40)
    wild = Panel(past.y * np.where(np.arange(40) < 8, 5, 1)[:, None], past.starts)
    calm = minimum_detectable_effect(wild, PLAN, 10, treated_like=range(8, 40))
    rough = minimum_detectable_effect(wild, PLAN, 10, treated_like=range(8))
    assert rough.value > calm.value


def test_whoever_draws_the_answer_is_the_same() -> None:
    here = minimum_detectable_effect(history(), PLAN, 10, replicates=Replicates(600, 3))
    there = minimum_detectable_effect(
        history(), PLAN, 10, replicates=Replicates(600, 3, Processes(2))
    )
    assert here.seen_from.tolist() == there.seen_from.tolist()
    assert here.summary() == there.summary()


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 99), st.floats(0.1, 100))
def test_effect_scales_with_the_outcome(seed: int, scale: float) -> None:
    past, few = history(seed), Replicates(50, seed)
    plain = minimum_detectable_effect(past, PLAN, 8, replicates=few)
    scaled = minimum_detectable_effect(past.with_outcome(scale * past.y), PLAN, 8, replicates=few)
    assert scaled.value == pytest.approx(scale * plain.value)
    assert scaled.power_of(scale * 1.0001) == pytest.approx(plain.power_of(1.0001), abs=0.011)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ({"n_periods": 1}, "n_periods is 1"),
        ({"n_periods": 21}, "21; the history of 20"),
        ({"planned": [NEVER, NEVER]}, "starts after the first"),
        ({"planned": [0, 0]}, "starts after the first"),
        ({"planned": [3, 3]}, "All areas start at once"),
        ({"planned": [3, np.nan]}, r"treated_from\[1\]"),
        ({"planned": [3]}, "two areas"),
        ({"power": 1.0}, "power is 1"),
        ({"significance": 0.0}, "significance is 0"),
        ({"treated_like": []}, "treated_like names 0"),
        ({"treated_like": range(30)}, "treated_like names 30"),
        ({"history": Panel(np.ones((3, 4)), [2, NEVER, NEVER])}, r"history\.before"),
    ],
)
def test_impossible_plans_are_refused(arguments: dict[str, object], said: str) -> None:
    usual = {"history": history(), "planned": PLAN, "n_periods": 10}
    with pytest.raises(ValueError, match=said):
        minimum_detectable_effect(**{**usual, **arguments})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ({"before": 0}, "before is 0"),
        ({"after": np.nan}, "after is nan"),
        ({"comparison": (0.0, 5.0)}, r"comparison\[0\]"),
        ({"dispersion": -1}, "dispersion is -1"),
        ({"power": 0}, "power is 0"),
    ],
)
def test_impossible_counts_are_refused(arguments: dict[str, object], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        detectable_change_in_counts(**{"before": 40, "after": 40, **arguments})  # type: ignore[arg-type]


@pytest.mark.parametrize("arguments", [{"standard_error": 0.0}, {"degrees_of_freedom": 0}])
def test_impossible_errors_are_refused(arguments: dict[str, float]) -> None:
    with pytest.raises(ValueError, match="is 0"):
        detectable_from_error(**{"standard_error": 1.0, **arguments})

"""Tests by the draw, beside brute force over every draw."""

from itertools import permutations, product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samhandling.evaluation.difference_in_differences import difference_in_differences
from samhandling.evaluation.panel import NEVER, Panel
from samhandling.evaluation.randomisation import cross_over_test, stepped_wedge_test
from samhandling.execution import Processes, Replicates


def wedge(seed: int = 0, effect: float = -2.0, areas: int = 6) -> Panel:
    rng = np.random.default_rng(seed)
    starts = np.tile([1, 2, 3, NEVER], areas)[:areas]
    treated = Panel(np.zeros((areas, 4)), starts).treated
    return Panel(
        rng.normal(0, 2, (areas, 1)) + rng.normal(0, 1, (areas, 4)) + effect * treated, starts
    )


def every_order(given: Panel) -> list[float]:
    return [
        difference_in_differences(Panel(given.y, order)).value
        for order in set(permutations(given.starts.tolist()))
    ]


def test_stepped_wedge_equals_refitting_every_order() -> None:
    given = wedge()
    ours = stepped_wedge_test(given)
    values = np.array(every_order(given))
    assert ours.value == pytest.approx(difference_in_differences(given).value)
    assert ours.p_value == pytest.approx(np.mean(np.abs(values) >= abs(ours.value) - 1e-9))
    assert dict(ours.method.parameters)["draws"] == len(values)


def test_interval_ends_where_the_test_begins_to_reject() -> None:
    given = wedge(3)
    ours = stepped_wedge_test(given, confidence=0.8)

    def p_of(effect: float) -> float:
        return stepped_wedge_test(given.with_outcome(given.y - effect * given.treated)).p_value

    assert p_of(ours.low - 1e-3) <= 0.2 < p_of(ours.low + 1e-3)
    assert p_of(ours.high + 1e-3) <= 0.2 < p_of(ours.high - 1e-3)


def test_drawn_orders_approach_the_enumerated(monkeypatch: pytest.MonkeyPatch) -> None:
    given = wedge(1, effect=-0.5)
    exact = stepped_wedge_test(given).p_value
    monkeypatch.setattr("samhandling.evaluation.randomisation.MOST_ENUMERATED", 1)
    drawn = stepped_wedge_test(given, replicates=Replicates(20_000, 4))
    assert drawn.p_value == pytest.approx(exact, abs=0.015)


@pytest.mark.slow
def test_whoever_draws_the_answer_is_the_same() -> None:
    given = wedge(1, areas=40)
    here = stepped_wedge_test(given, replicates=Replicates(5_000, 7))
    there = stepped_wedge_test(given, replicates=Replicates(5_000, 7, Processes(2)))
    assert (here.p_value, here.low, here.high) == (there.p_value, there.low, there.high)


def evenings(seed: int = 0, effect: float = -1.5) -> tuple[np.ndarray, np.ndarray, list[int]]:
    rng = np.random.default_rng(seed)
    week = [0, 0, 0, 1, 1]
    schedule = np.array([[1, 0, 0, 0, 1], [0, 1, 1, 1, 0], [0, 0, 1, 0, 0]])
    return rng.normal(0, 1, (3, 5)) + effect * schedule, schedule, week


def test_cross_over_equals_every_schedule() -> None:
    outcome, schedule, week = evenings()
    cells = [(0, [0, 1, 2]), (0, [3, 4]), (1, [0, 1, 2]), (1, [3, 4]), (2, [0, 1, 2])]
    drawn, scale = [], 0.0
    for choice in product(*(set(permutations(schedule[a, t])) for a, t in cells)):
        total, scale = 0.0, 0.0
        for (area, times), given_to in zip(cells, choice, strict=True):
            own = np.array(given_to) - np.mean(given_to)
            total += own @ outcome[area, times]
            scale += own @ own
        drawn.append(total / scale)
    ours = cross_over_test(outcome, schedule, blocks=week)
    assert dict(ours.method.parameters)["draws"] == len(drawn)
    assert min(abs(np.array(drawn) - ours.value)) < 1e-12
    assert ours.p_value == pytest.approx(np.mean(np.abs(drawn) >= abs(ours.value) - 1e-9))
    assert ours.n_treated == 3


def test_level_is_exact_over_all_draws() -> None:
    """Had each order been the one drawn, a twentieth at most would reject at five per cent."""
    outcome = np.random.default_rng(2).normal(size=(6, 4))
    p = [
        stepped_wedge_test(Panel(outcome, order)).p_value
        for order in set(permutations([1, 1, 2, 2, 3, NEVER]))
    ]
    assert np.mean(np.array(p) <= 0.05) <= 0.05


def test_planted_effect_is_found() -> None:
    found = stepped_wedge_test(wedge(2, effect=-5, areas=24), replicates=Replicates(1_999, 1))
    assert found.p_value <= 0.001
    assert found.low < -5 < found.high < 0
    assert np.isnan(found.standard_error)


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 200), st.floats(-5, 5))
def test_estimate_moves_with_the_effect(seed: int, added: float) -> None:
    outcome, schedule, week = evenings(seed)
    before = cross_over_test(outcome, schedule, blocks=week)
    after = cross_over_test(outcome + added * schedule, schedule, blocks=week)
    assert after.value == pytest.approx(before.value + added, abs=1e-9)
    assert 0 < after.p_value <= 1


@pytest.mark.parametrize("starts", [[NEVER] * 3, [1, 1, 1], [0, 0, 0]])
def test_draws_without_a_choice_are_refused(starts: list[int]) -> None:
    with pytest.raises(ValueError, match=r"treated|nothing to draw"):
        stepped_wedge_test(Panel(np.ones((3, 3)), starts))


@pytest.mark.parametrize(
    ("outcome", "schedule", "blocks", "said"),
    [
        ([], [], None, "shape"),
        ([[1.0, 2.0]], [[1, 0, 1]], None, "shape"),
        ([[1.0, np.nan]], [[1, 0]], None, r"outcome\[0, 1\]"),
        ([[1.0, 2.0]], [[1, 0.5]], None, r"schedule\[0, 1\]"),
        ([[1.0, 2.0]], [[1, 1]], None, "No area has periods with and without"),
        ([[1.0, 2.0]], [[1, 0]], [0, 1], "No area has periods with and without"),
        ([[1.0, 2.0]], [[1, 0]], [0], "blocks has shape"),
        (np.ones((1, 40)), [[0, 1] * 20], None, "shorter blocks"),
    ],
)
def test_schedules_without_a_comparison_are_refused(outcome, schedule, blocks, said) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(ValueError, match=said):
        cross_over_test(outcome, schedule, blocks=blocks)

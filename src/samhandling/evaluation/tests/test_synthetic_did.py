from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import minimize

from samhandling.evaluation import (
    NEVER,
    Panel,
    SpreadBy,
    simplex_weights,
    synthetic_difference_in_differences,
)
from samhandling.evaluation.calibration_reading import Uncalibrated
from samhandling.evaluation.tests.test_synthetic_control import town
from samhandling.execution import Processes, Replicates


def several(treated=3, seed=0):
    panel = town(seed, donors=11)
    starts = np.full(12, NEVER)
    starts[:treated] = 14
    y = panel.y.copy()
    y[1:treated, 14:] -= 5
    return Panel(y, starts)


def by_the_book(y, units, before, zeta):
    """Effect and weights by a general optimiser, from the definition."""
    others = np.setdiff1d(np.arange(len(y)), units)
    donors, goal = y[others], y[units].mean(axis=0)

    def best(matrix, aim, penalty):
        n = len(matrix)
        matrix = matrix - matrix.mean(axis=1, keepdims=True)
        aim = aim - aim.mean()
        return minimize(
            lambda w: ((aim - w @ matrix) ** 2).sum() + penalty * (w**2).sum(),
            np.full(n, 1 / n), bounds=[(0, 1)] * n, method="SLSQP",
            constraints={"type": "eq", "fun": lambda w: w.sum() - 1},
            options={"ftol": 1e-13, "maxiter": 1000},
        ).x  # fmt: skip

    omega = best(donors[:, :before], goal[:before], zeta**2 * before)
    lam = best(donors[:, :before].T, donors[:, before:].mean(axis=1), 0.0)
    gap = goal - omega @ donors
    return gap[before:].mean() - lam @ gap[:before], omega, lam


def test_agrees_with_the_definition():
    panel = several()
    found = synthetic_difference_in_differences(panel)
    zeta = dict(found.method.parameters)["zeta"]
    noise = np.diff(panel.y[3:, :14], axis=1).std(ddof=1)
    assert zeta == pytest.approx((3 * 6) ** 0.25 * noise)
    value, omega, lam = by_the_book(panel.y, np.arange(3), 14, zeta)
    assert found.value == pytest.approx(value, abs=1e-3)
    assert found.weights == pytest.approx(omega, abs=1e-3)
    assert found.time_weights == pytest.approx(lam, abs=5e-3)


def test_every_placebo_is_done_and_agrees_with_the_definition():
    panel = several(2)
    found = synthetic_difference_in_differences(panel)
    assert found.enumerated
    pairs = list(combinations(range(10), 2))
    assert len(found.replicates) == len(pairs) == 45
    zeta = dict(found.method.parameters)["zeta"]
    for at in (0, 17, 44):
        value, _, _ = by_the_book(panel.y[2:], np.array(pairs[at]), 14, zeta)
        assert found.replicates[at] == pytest.approx(value, abs=2e-3)
    assert found.standard_error == pytest.approx(found.replicates.std())


@pytest.mark.parametrize("spread", list(SpreadBy))
def test_recovers_a_known_effect(spread):
    found = synthetic_difference_in_differences(
        several(),
        spread_by=spread,
        replicates=Replicates(100, 1),
        uncalibrated=Uncalibrated.WARN,
    )
    assert found.effect.low < -5 < found.effect.high
    assert found.value == pytest.approx(-5, abs=1.0)
    assert 0 < found.standard_error < 5


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 1_000))
def test_levels_of_areas_and_of_periods_fall_out(seed):
    panel, rng = town(seed), np.random.default_rng(seed)
    moved = panel.with_outcome(panel.y + rng.normal(0, 9, (13, 1)))
    shifted = panel.with_outcome(panel.y + rng.normal(0, 9, 20))
    first = synthetic_difference_in_differences(panel)
    assert synthetic_difference_in_differences(moved).value == pytest.approx(first.value, abs=1e-5)
    assert first.weights.sum() == pytest.approx(1)
    assert first.time_weights.sum() == pytest.approx(1)
    # A shock to all areas in a period leaves the effect, given the weights of the periods.
    other = synthetic_difference_in_differences(shifted)
    assert np.isfinite(other.value)
    gap = shifted.y[0] - first.weights @ shifted.y[1:]
    assert gap[14:].mean() - first.time_weights @ gap[:14] == pytest.approx(first.value, abs=1e-6)


def test_time_weights_are_those_of_the_transposed_problem():
    panel = town(2)
    found = synthetic_difference_in_differences(panel)
    donors = panel.y[1:]
    noise = np.diff(donors[:, :14], axis=1).std(ddof=1)
    alone = simplex_weights(
        donors[:, :14].T,
        donors[:, 14:].mean(axis=1),
        intercept=True,
        ridge=12 * (1e-6 * noise) ** 2,
    )
    assert found.time_weights == pytest.approx(alone.weights, abs=1e-6)


@pytest.mark.parametrize(
    "spread", [SpreadBy.PLACEBO, pytest.param(SpreadBy.BOOTSTRAP, marks=pytest.mark.slow)]
)
def test_the_same_answer_whoever_does_the_work(spread):
    panel = several()
    here, there = (
        synthetic_difference_in_differences(
            panel, spread_by=spread, replicates=Replicates(60, 5, executor)
        )
        for executor in (Replicates().executor, Processes(2))
    )
    assert np.array_equal(here.replicates, there.replicates)
    assert here.standard_error == there.standard_error


def test_placebos_are_drawn_when_there_are_too_many_to_do(monkeypatch):
    monkeypatch.setattr("samhandling.evaluation.synthetic_did.ENUMERATED_AT_MOST", 10)
    found = synthetic_difference_in_differences(several(), replicates=Replicates(30, 2))
    assert not found.enumerated
    assert len(found.replicates) == 30


@pytest.mark.parametrize("spread", [SpreadBy.JACKKNIFE, SpreadBy.BOOTSTRAP])
def test_one_treated_area_gives_placebos_only(spread):
    with pytest.raises(ValueError, match="at least 2 treated areas, not 1"):
        synthetic_difference_in_differences(town(), spread_by=spread)


@pytest.mark.parametrize(
    ("starts", "words"),
    [
        ([NEVER] * 8, "No area is treated"),
        ([3, 4] + [NEVER] * 6, "different periods"),
        ([3] * 5 + [NEVER] * 3, "more than 5 donors"),
        ([1] + [NEVER] * 7, "at least two"),
    ],
)
def test_unfit_panels_are_refused(starts, words):
    with pytest.raises(ValueError, match=words):
        synthetic_difference_in_differences(Panel(np.arange(48.0).reshape(8, 6) % 11, starts))


def test_a_panel_where_nothing_varies_has_no_effect():
    found = synthetic_difference_in_differences(Panel(np.ones((5, 6)), [3] + [NEVER] * 4))
    assert found.value == pytest.approx(0, abs=1e-12)
    assert found.standard_error == pytest.approx(0, abs=1e-12)

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samhandling.evaluation import (
    NEVER,
    Panel,
    augmented_synthetic_control,
    placebos_in_space,
    synthetic_control,
)
from samhandling.evaluation.calibration_reading import Uncalibrated
from samhandling.evaluation.ridge_augmentation import augmented_weights

METHODS = (synthetic_control, augmented_synthetic_control, placebos_in_space)


def town(seed=0, donors=12, periods=20, before=14, effect=-5.0, noise=0.2):
    """Areas driven by two common factors; the treated one is a mixture of donors."""
    rng = np.random.default_rng(seed)
    factors = rng.normal(size=(2, periods)).cumsum(axis=1)
    loadings = rng.uniform(0, 1, (donors, 2))
    own = loadings[:3].mean(axis=0)
    y = 30 + np.vstack([own, loadings]) @ factors * 3 + rng.normal(0, noise, (donors + 1, periods))
    y[0, before:] += effect
    return Panel(y, [before] + [NEVER] * donors)


def test_recovers_a_known_effect():
    for method in METHODS[:2]:
        found = method(town(), uncalibrated=Uncalibrated.WARN)
        assert found.value == pytest.approx(-5, abs=0.6)
        assert found.effect.low < -5 < found.effect.high
    assert placebos_in_space(town()).rank == 1


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 1_000), st.floats(-50, 50))
def test_adding_a_level_to_all_areas_changes_nothing(seed, level):
    panel = town(seed)
    moved = panel.with_outcome(panel.y + level)
    for method in METHODS[:2]:
        first, second = method(panel, **RIDGE[method]), method(moved, **RIDGE[method])
        assert second.value == pytest.approx(first.value, abs=1e-6)
        assert second.weights.sum() == pytest.approx(1)


RIDGE = {synthetic_control: {}, augmented_synthetic_control: {"ridge": 2.0}}


def pysyncon_fit(panel, scales, y):
    synth = pytest.importorskip("pysyncon")
    frame = pd.DataFrame(y.T)
    model = synth.Synth()
    spread = frame.std(axis=1).to_numpy() if scales == "outcome" else np.ones(len(frame))
    model.fit(X0=frame.iloc[:, 1:], X1=frame.iloc[:, 0], Z0=frame.iloc[:, 1:], Z1=frame.iloc[:, 0],
              custom_V=spread**2)  # fmt: skip
    return np.asarray(model.W)


def test_agrees_with_pysyncon_on_outcomes():
    panel = town(4, donors=6)
    theirs = pysyncon_fit(panel, "outcome", panel.y[:, :14])
    assert synthetic_control(panel).weights == pytest.approx(theirs, abs=2e-3)


def test_agrees_with_pysyncon_on_predictors_of_equal_weight():
    panel = town(4, donors=6)
    predictors = panel.y[:, [0, 4, 8, 12]]
    theirs = pysyncon_fit(panel, "equal", predictors)
    ours = synthetic_control(panel, predictors=predictors, predictor_weights=np.ones(4))
    assert ours.weights == pytest.approx(theirs, abs=2e-3)


def test_agrees_with_pysyncon_on_the_ridge_correction():
    synth = pytest.importorskip("pysyncon")
    panel = town(4, donors=6)
    earlier, goal = panel.y[1:, :14], panel.y[0, :14]
    simple = synthetic_control(panel).weights
    centre = earlier.mean(axis=0)
    theirs = synth.AugSynth.solve_ridge(goal - centre, (earlier - centre).T, simple, 3.0)
    ours = augmented_weights(earlier, goal, simple, 3.0)
    assert ours - simple == pytest.approx(np.asarray(theirs), abs=1e-8)


def test_importance_chosen_matches_better_than_equal_importance():
    panel = town(2)
    predictors = np.column_stack([panel.y[:, :14].mean(axis=1), panel.y[:, 3], panel.y[:, 11]])
    equal = synthetic_control(panel, predictors=predictors, predictor_weights=np.ones(3))
    chosen = synthetic_control(panel, predictors=predictors)
    assert chosen.error_before <= equal.error_before
    assert chosen.predictor_weights.sum() == pytest.approx(1)


def test_the_correction_matches_better_before():
    panel = town(3, noise=2.0)
    simple, ridge = synthetic_control(panel), augmented_synthetic_control(panel, ridge=1.0)
    assert ridge.error_before < simple.error_before
    large = augmented_synthetic_control(panel, ridge=1e12)
    assert large.weights == pytest.approx(simple.weights, abs=1e-8)


def test_each_placebo_is_its_own_synthetic_control():
    panel = town(5)
    found = placebos_in_space(panel)
    starts = np.full(12, NEVER)
    starts[4] = 14
    alone = synthetic_control(Panel(panel.y[1:], starts))
    assert found.gaps[4] == pytest.approx(alone.gap, abs=1e-6)
    assert found.weights[4, 4] == 0


def test_the_interval_is_open_when_donors_are_too_few():
    found = placebos_in_space(town(donors=12))
    assert found.confidence_interval(0.95) == (-np.inf, np.inf)
    low, high = found.confidence_interval(0.8)
    assert low < found.own_gap[14:].mean() < high
    assert found.p_value == found.rank / 13


def test_warns_when_no_mixture_is_like_the_treated():
    panel = town()
    far = panel.y.copy()
    far[0] += 100
    warned = synthetic_control(panel.with_outcome(far)).effect.warnings
    assert any("no mixture" in words for words in warned)
    assert "place 1 of 13" in synthetic_control(panel).summary()


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize(
    ("starts", "words"),
    [
        ([NEVER] * 4, "No area is treated"),
        ([3, 4, NEVER, NEVER], "different periods"),
        ([3, 3, NEVER, NEVER], "at least 3"),
        ([1, NEVER, NEVER, NEVER], "at least two"),
    ],
)
def test_unfit_panels_are_refused(method, starts, words):
    panel = Panel(np.arange(24.0).reshape(4, 6) % 7, starts)
    with pytest.raises(ValueError, match=words):
        method(panel)


def test_weighted_panels_are_refused():
    panel = town()
    with pytest.raises(ValueError, match="weights areas"):
        synthetic_control(Panel(panel.y, panel.starts, weights=np.arange(1.0, 14)))


def test_bad_predictors_are_named():
    panel = town()
    with pytest.raises(ValueError, match="2 rows"):
        synthetic_control(panel, predictors=[[1], [2]])
    with pytest.raises(ValueError, match="Predictor 0 is the same"):
        synthetic_control(panel, predictors=np.ones((13, 1)))
    with pytest.raises(ValueError, match="must hold 1"):
        synthetic_control(panel, predictors=panel.y[:, :1], predictor_weights=[-1])
    with pytest.raises(ValueError, match="without predictors"):
        synthetic_control(panel, predictor_weights=[1])
    with pytest.raises(ValueError, match="ridge is 0"):
        augmented_synthetic_control(panel, ridge=0)

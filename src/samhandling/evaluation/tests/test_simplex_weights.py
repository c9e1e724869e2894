import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import minimize

from samhandling.evaluation import simplex_weights
from samhandling.evaluation.simplex_weights import NotConverged, check_converged


def problem(seed: int, donors: int, values: int):
    rng = np.random.default_rng(seed)
    return rng.normal(size=(donors, values)), rng.normal(size=values) * 0.5


@pytest.mark.parametrize("ridge", [0.0, 0.7])
def test_agrees_with_a_general_optimiser(ridge):
    donors, target = problem(3, 8, 12)
    found = minimize(
        lambda w: ((target - w @ donors) ** 2).sum() + ridge * (w**2).sum(),
        np.full(8, 1 / 8), bounds=[(0, 1)] * 8, method="SLSQP",
        constraints={"type": "eq", "fun": lambda w: w.sum() - 1}, options={"ftol": 1e-14},
    )  # fmt: skip
    ours = simplex_weights(donors, target, ridge=ridge)
    assert ours.objective == pytest.approx(found.fun, rel=1e-8)
    assert ours.weights == pytest.approx(found.x, abs=1e-5)


@settings(max_examples=60, deadline=None)
@given(
    st.integers(0, 10_000), st.integers(1, 30), st.integers(1, 30), st.sampled_from([0.0, 0.1, 5.0])
)
def test_no_donor_lies_further_ahead_than_the_mixture(seed, n, values, ridge):
    donors, target = problem(seed, n, values)
    found = simplex_weights(donors, target, ridge=ridge)
    assert (found.weights >= 0).all()
    assert found.weights.sum() == pytest.approx(1)
    slope = donors @ (found.weights @ donors - target) + ridge * found.weights
    assert slope.min() >= found.weights @ slope - 1e-8


def test_repeated_donors_and_exact_matches_are_no_trouble():
    donors = [[1.0, 2.0], [1.0, 2.0], [3.0, 1.0], [3.0, 1.0]]
    found = simplex_weights(donors, [2.0, 1.5])
    assert found.objective == pytest.approx(0, abs=1e-12)
    assert found.weights[:2].sum() == pytest.approx(0.5)


def test_all_donors_equal_to_the_target_share_what_the_start_says():
    found = simplex_weights([[1, 1], [1, 1]], [1, 1], start=[1, 3])
    assert found.weights.tolist() == [0.25, 0.75]


def test_a_start_at_the_optimum_ends_at_once():
    donors, target = problem(5, 40, 60)
    cold = simplex_weights(donors, target)
    warm = simplex_weights(donors, target, start=cold.weights)
    assert warm.steps == 1 < cold.steps
    assert warm.objective == pytest.approx(cold.objective, rel=1e-10)


def test_an_intercept_matches_shape_and_not_level():
    found = simplex_weights([[11, 12, 13], [5, 5, 5]], [1, 2, 3], intercept=True)
    assert found.weights.tolist() == [1, 0]
    assert found.objective == pytest.approx(0, abs=1e-12)


def test_steps_grow_with_the_donors_in_use_and_not_with_all():
    rng = np.random.default_rng(1)
    steps = []
    for n in (50, 200, 800):
        donors = rng.normal(size=(n, 6))
        steps.append(simplex_weights(donors, donors[:3].mean(axis=0) + 0.01).steps)
    assert max(steps) < 60


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (([], [1]), "shape"),
        (([[1, np.nan]], [1, 2]), r"donors\[0, 1\]"),
        (([[1, 2]], [1]), "2 values"),
        (([[1, 2]], [1, np.nan]), r"target\[1\]"),
    ],
)
def test_bad_input_is_named(arguments, words):
    with pytest.raises(ValueError, match=words):
        simplex_weights(*arguments)


def test_bad_options_are_named():
    with pytest.raises(ValueError, match="ridge is -1"):
        simplex_weights([[1, 2]], [1, 2], ridge=-1)
    with pytest.raises(ValueError, match="start must hold 1"):
        simplex_weights([[1, 2]], [1, 2], start=[0])
    with pytest.raises(NotConverged, match="optimum"):
        check_converged(1.0, 1.0)


def test_summary_says_how_many_donors_are_used():
    assert "2 of 3 donors" in simplex_weights([[0, 0], [2, 2], [9, 0]], [1, 1]).summary()

"""Two-by-two effects with covariates, beside a known truth."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samhandling.evaluation import ConditionalOn, conditional_difference

ESTIMATORS = list(ConditionalOn)
ROBUST = ConditionalOn.DOUBLY_ROBUST


def towns(
    seed: int = 0, areas: int = 200, curve: float = 0.0, kink: float = 0.0
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return changes, who is treated (effect 1) and a covariate that moves both.

    With a curve the change, with a kink the log odds are no longer linear in the covariate.
    """
    rng = np.random.default_rng(seed)
    x = rng.normal(size=areas)
    odds = np.exp(-0.5 + 0.8 * x + kink * (x**2 - 1))
    treated = rng.uniform(size=areas) < odds / (1 + odds)
    change = 2 + 1.5 * x + curve * x**2 + treated + rng.normal(size=areas)
    return change, treated, x


def mean_of(estimator: ConditionalOn, **towns_like: float) -> float:
    return float(np.mean([
        conditional_difference(*towns(seed, 500, **towns_like), estimator=estimator).value
        for seed in range(60)
    ]))  # fmt: skip


@pytest.mark.parametrize("estimator", ESTIMATORS)
def test_finds_the_effect_where_a_plain_comparison_is_far_off(estimator: ConditionalOn) -> None:
    change, treated, _ = towns(areas=20_000)
    assert change[treated].mean() - change[~treated].mean() > 1.8
    assert mean_of(estimator) == pytest.approx(1.0, abs=0.06)


def test_either_model_may_be_wrong_but_not_both() -> None:
    assert mean_of(ConditionalOn.OUTCOME_REGRESSION, curve=1.0) > 1.2
    assert mean_of(ROBUST, curve=1.0) == pytest.approx(1.0, abs=0.1)
    assert abs(mean_of(ConditionalOn.PROPENSITY_WEIGHTING, kink=0.4) - 1.0) > 0.12
    assert mean_of(ROBUST, kink=0.4) == pytest.approx(1.0, abs=0.06)
    assert abs(mean_of(ROBUST, curve=1.0, kink=0.4) - 1.0) > 0.3


@pytest.mark.parametrize("estimator", ESTIMATORS)
def test_interval_covers_the_truth(estimator: ConditionalOn) -> None:
    found = [
        conditional_difference(*towns(seed, 300), estimator=estimator).effect for seed in range(300)
    ]
    assert 0.91 <= np.mean([one.low <= 1 <= one.high for one in found]) <= 0.98
    spread = np.std([one.value for one in found])
    assert np.mean([one.standard_error for one in found]) == pytest.approx(spread, rel=0.12)


@pytest.mark.parametrize("estimator", ESTIMATORS)
def test_a_covariate_that_tells_nothing_leaves_the_difference_of_means(estimator) -> None:
    """Every value of the covariate comes once on each side, so nothing is there to correct."""
    change = np.random.default_rng(1).normal(size=20)
    treated, x = np.repeat([True, False], 10), np.tile(np.arange(10.0), 2)
    found = conditional_difference(change, treated, x, estimator=estimator)
    assert found.value == pytest.approx(change[:10].mean() - change[10:].mean())


@settings(max_examples=25, deadline=None)
@given(
    st.sampled_from(ESTIMATORS),
    st.integers(0, 50),
    st.floats(-5, 5),
    st.floats(0.1, 100),
    st.floats(-1_000, 1_000),
)
def test_units_and_origins_make_no_difference(estimator, seed, added, scale, origin) -> None:
    change, treated, x = towns(seed, 120)
    table = np.column_stack([x, np.random.default_rng(1_000 + seed).normal(size=120)])
    plain = conditional_difference(change, treated, table, estimator=estimator)
    mixed = np.column_stack([scale * table[:, 0] + origin, table[:, 1] - 2 * table[:, 0]])
    moved = conditional_difference(
        change + added * treated + origin, treated, mixed, estimator=estimator
    )
    assert moved.value == pytest.approx(plain.value + added, abs=1e-6)
    assert moved.standard_error == pytest.approx(plain.standard_error, rel=1e-6)
    assert plain.influence.mean() == pytest.approx(0, abs=1e-8)


@pytest.mark.parametrize("estimator", ESTIMATORS)
def test_an_area_of_weight_two_counts_as_two_areas(estimator: ConditionalOn) -> None:
    change, treated, x = towns(3, 100)
    weights = 1.0 + (np.arange(100) % 3 == 0)
    twice = np.repeat(np.arange(100), weights.astype(int))
    ours = conditional_difference(change, treated, x, weights=weights, estimator=estimator)
    doubled = conditional_difference(change[twice], treated[twice], x[twice], estimator=estimator)
    assert ours.value == pytest.approx(doubled.value)


def test_summary_says_how_alike_the_areas_are() -> None:
    assert "Propensities run from" in conditional_difference(*towns()).summary()
    found = conditional_difference(*towns(), estimator=ConditionalOn.OUTCOME_REGRESSION)
    assert "Propensities" not in found.summary()
    assert "clearly higher" in found.summary()


X = np.arange(8.0) % 5
D = np.tile([0, 1], 4)


@pytest.mark.parametrize(
    ("change", "treated", "covariates", "options", "said"),
    [
        ([], [], [], {}, "change"),
        (np.r_[np.nan, np.ones(7)], D, X, {}, r"change\[0\]"),
        (np.ones(7), D, X, {}, "7"),
        (np.ones(8), D, np.r_[X[:7], np.inf], {}, r"covariates\[7, 0\] is inf"),
        (np.ones(8), D, X[:7], {}, r"shape \(7, 1\); give one row for each of the 8"),
        (np.ones(8), D, np.zeros((8, 0)), {}, "at least one column"),
        (np.ones(8), np.zeros(8), X, {}, "No area is treated"),
        (np.ones(8), np.ones(8), X, {}, "No area is left to compare with"),
        (np.ones(8), D, np.ones(8), {}, "cannot be told apart"),
        (np.ones(8), D, np.column_stack([X, 2 * X]), {}, "2 covariates cannot be told apart"),
        (np.ones(8), D, D + 0.1 * X, {}, "no overlap"),
        (np.ones(8), D, X, {"weights": np.r_[np.ones(7), -1]}, r"weights\[7\] is -1"),
        (np.ones(8), D, X, {"weights": np.ones(3)}, "3"),
        (np.ones(8), D, X, {"estimator": "matching"}, "'matching'; give one of"),
        (np.ones(8), D, X, {"confidence": 1.0}, "confidence is 1"),
    ],
)
def test_bad_input_is_named(change, treated, covariates, options, said) -> None:
    with pytest.raises(ValueError, match=said):
        conditional_difference(change, treated, covariates, **options)

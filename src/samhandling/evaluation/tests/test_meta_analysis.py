from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from samhandling.evaluation import (
    Tau2,
    log_odds_ratios,
    log_risk_ratios,
    meta_regression,
    pooled_effect,
    sign_flip_test,
    tau2_interval,
    three_level_effect,
)

NOTHING: list[float] = []

numbers = st.floats(-3, 3)
spreads = st.floats(0.01, 2)
studies = st.lists(st.tuples(numbers, spreads), min_size=3, max_size=9)


@given(studies, st.floats(-5, 5), st.sampled_from(Tau2))
def test_moving_every_effect_moves_the_mean_and_nothing_else(
    drawn: list[tuple[float, float]], by: float, tau2: Tau2
) -> None:
    effects, variances = (np.array(column) for column in zip(*drawn, strict=True))
    here = pooled_effect(effects, variances, tau2=tau2)
    there = pooled_effect(effects + by, variances, tau2=tau2)
    assert there.value == pytest.approx(here.value + by, abs=1e-6)
    assert there.tau2 == pytest.approx(here.tau2, rel=1e-4, abs=1e-5)


@given(studies, st.sampled_from(Tau2))
def test_the_mean_lies_among_the_effects_and_inside_its_intervals(
    drawn: list[tuple[float, float]], tau2: Tau2
) -> None:
    effects, variances = zip(*drawn, strict=True)
    pooled = pooled_effect(effects, variances, tau2=tau2)
    assert min(effects) - 1e-9 <= pooled.value <= max(effects) + 1e-9
    assert pooled.prediction_low <= pooled.low <= pooled.value <= pooled.high
    assert pooled.tau2_low <= pooled.tau2_high


@given(studies, st.sampled_from(Tau2), st.booleans())
def test_pooling_is_the_regression_on_nothing(
    drawn: list[tuple[float, float]], tau2: Tau2, knapp_hartung: bool
) -> None:
    """The two are computed apart: sums for one mean, matrices for any columns."""
    effects, variances = zip(*drawn, strict=True)
    pooled = pooled_effect(effects, variances, tau2=tau2, knapp_hartung=knapp_hartung)
    fitted = meta_regression(effects, variances, [], tau2=tau2, knapp_hartung=knapp_hartung)
    assert fitted.tau2 == pytest.approx(pooled.tau2, rel=1e-8, abs=1e-11)
    ends = [float(one[0]) for one in (fitted.values, fitted.low, fitted.high, fitted.p_value)]
    expected = [pooled.value, pooled.low, pooled.high, pooled.p_value]
    assert ends == pytest.approx(expected, rel=1e-7, abs=1e-9)


@given(studies)
def test_reml_stands_where_its_likelihood_is_highest(drawn: list[tuple[float, float]]) -> None:
    effects, variances = (np.array(column) for column in zip(*drawn, strict=True))
    found = pooled_effect(effects, variances).tau2

    def likelihood(tau2: float) -> float:
        weights = 1 / (variances + tau2)
        mean = (weights * effects).sum() / weights.sum()
        squares = (weights * (effects - mean) ** 2).sum()
        return float(np.log(weights).sum() - np.log(weights.sum()) - squares)

    assert likelihood(found) >= likelihood(found * 1.05 + 1e-3) - 1e-9
    assert likelihood(found) >= likelihood(max(found * 0.95 - 1e-3, 0)) - 1e-9


def test_sign_flips_agree_with_flipping_one_by_one() -> None:
    effects, variances = np.array([0.4, -0.1, 0.9, 0.5]), np.array([0.1, 0.2, 0.1, 0.3])
    z = []
    for flip in range(16):
        signs = np.array([1 - 2 * (flip >> study & 1) for study in range(4)])
        pooled = pooled_effect(signs * effects, variances)
        z.append(abs(pooled.value / pooled.standard_error))
    found = sign_flip_test(effects, variances)
    assert found.p_value == sum(one >= z[0] * (1 - 1e-9) for one in z) / 16
    assert found.flips == 16


def test_one_moderator_in_meta_regression_with_no_spread_is_weighted_least_squares() -> None:
    found = meta_regression([1.0, 2.0, 4.0], [1, 1, 2], [("dose", [0, 1, 2])], tau2=Tau2.NONE)
    expected = np.polyfit([0, 1, 2], [1.0, 2.0, 4.0], 1, w=np.sqrt([1, 1, 0.5]))[::-1]
    assert found.values == pytest.approx(expected)
    assert found.names == ("intercept", "dose")


def test_effects_of_one_study_count_as_fewer_than_independent_ones() -> None:
    effects, variances = [0.1, 0.12, 0.11, 0.5, 0.52, 0.51], [0.001] * 6
    studies = ["a", "a", "a", "b", "b", "b"]
    found = three_level_effect(effects, variances, studies)
    assert found.standard_error > 1.5 * pooled_effect(effects, variances).standard_error
    assert found.between_studies > found.within_studies
    assert found.degrees_of_freedom == pytest.approx(1, abs=1e-6)


@pytest.mark.parametrize("tau2", list(Tau2))
def test_studies_that_agree_to_the_last_digit_have_no_spread_between_them(tau2: Tau2) -> None:
    pooled = pooled_effect([0.4, 0.4, 0.4], [0.1, 0.2, 0.3], tau2=tau2)
    assert (pooled.value, pooled.tau2) == (pytest.approx(0.4), pytest.approx(0, abs=1e-9))


def test_an_empty_cell_gets_half_a_person_and_is_named() -> None:
    effects = log_odds_ratios([0, 3], [10, 7], [4, 5], [6, 5])
    assert effects.corrected.tolist() == [True, False]
    assert effects.estimates[0] == pytest.approx(np.log(0.5 * 6.5 / (10.5 * 4.5)))


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda: pooled_effect(NOTHING, NOTHING), "at least 2"),
        (lambda: pooled_effect([0.1], [0.1]), "1 studies"),
        (lambda: pooled_effect([0.1, np.nan], [0.1, 0.1]), r"estimates\[1\] is nan"),
        (lambda: pooled_effect([0.1, 0.2], [0.1, 0.0]), r"variances\[1\] is 0"),
        (lambda: pooled_effect([0.1, 0.2], [0.1]), "2 estimates and 1 variances"),
        (lambda: tau2_interval([0.1], [0.1]), "at least 2"),
        (lambda: sign_flip_test([0.1] * 21, [0.1] * 21), "2097152 sign flips"),
        (lambda: sign_flip_test(NOTHING, NOTHING), "at least 2"),
        (lambda: meta_regression([0.1, 0.2], [1, 1], [("x", [0, 1])]), "at least 3"),
        (lambda: meta_regression([0.1] * 3, [1] * 3, [("x", [2, 2, 2])]), "leave one out"),
        (lambda: meta_regression([0.1] * 3, [1] * 3, [("x", [2, 2])]), "x has 2 values"),
        (lambda: three_level_effect([0.1] * 3, [1] * 3, ["a"] * 3), "two studies"),
        (lambda: three_level_effect([0.1] * 3, [1] * 3, ["a", "b", "c"]), "one with several"),
        (lambda: three_level_effect([0.1] * 3, [1] * 3, ["a"]), "1 names of studies"),
        (lambda: log_risk_ratios([0], [0], [1], [1]), "Study 0 has nobody in its treated"),
        (lambda: log_odds_ratios([-1], [0], [1], [1]), r"treated_events\[0\] is -1"),
        (lambda: log_odds_ratios([1, 2], [1], [1], [1]), "as many studies"),
    ],
)  # fmt: skip
def test_bad_input_is_named_with_a_way_out(call: Callable[[], Any], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        call()

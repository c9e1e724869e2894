"""Two-way fixed effects for means and for counts."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from samhandling.evaluation.calibration_reading import Uncalibrated
from samhandling.evaluation.design import Design
from samhandling.evaluation.difference_in_differences import difference_in_differences
from samhandling.evaluation.panel import NEVER, Panel
from samhandling.evaluation.poisson import poisson_difference_in_differences
from samhandling.evaluation.tests.panels import counts, growing, panel
from samhandling.evaluation.within_regression import FixedEffects


def rows(given: Panel) -> pd.DataFrame:
    areas, periods = given.y.shape
    return pd.DataFrame(
        {
            "y": given.y.ravel(),
            "d": given.treated.ravel().astype(int),
            "a": np.repeat(np.arange(areas), periods),
            "t": np.tile(np.arange(periods), areas),
            "w": given.cell_weights.ravel(),
            "e": np.log(given.cell_exposure.ravel()),
        }
    )


def test_by_hand_with_one_treated_area() -> None:
    """Mean change where treated, (2 + 4) / 2 - 9, less the mean change elsewhere, 0 - 1 / 2."""
    given = Panel([[9, 9, 2, 4], [5, 5, 5, 5], [6, 6, 5, 5]], [2, NEVER, NEVER])
    effect = difference_in_differences(given, unit="fires")
    assert effect.value == pytest.approx(-5.5)
    assert effect.design is Design.DIFFERENCE_IN_DIFFERENCES
    assert "Only 1 treated" in effect.warnings[0]


@pytest.mark.parametrize("seed", range(3))
def test_agrees_with_statsmodels_on_dummies(seed: int) -> None:
    smf = pytest.importorskip("statsmodels.formula.api")
    given = panel(seed, areas=14)
    weights = np.random.default_rng(seed).uniform(1, 5, given.y.shape)
    given = Panel(given.y, given.starts, weights=weights)
    table = rows(given)
    theirs = smf.wls("y ~ d + C(a) + C(t)", table, weights=table.w).fit(
        cov_type="cluster", cov_kwds={"groups": table.a}
    )
    ours = difference_in_differences(given)
    assert ours.value == pytest.approx(theirs.params["d"], rel=1e-9)
    assert ours.standard_error == pytest.approx(theirs.bse["d"], rel=1e-9)


def test_agrees_with_pyfixest() -> None:
    pyfixest = pytest.importorskip("pyfixest")
    given = counts()
    table = rows(given)
    plain = pyfixest.feols(
        "y ~ d | a + t", table, vcov={"CRV1": "a"}, ssc=pyfixest.ssc(k_fixef="full")
    )
    ours = difference_in_differences(given)
    assert ours.value == pytest.approx(plain.coef()["d"], rel=1e-8)
    assert ours.standard_error == pytest.approx(plain.se()["d"], rel=1e-8)
    theirs = pyfixest.fepois(
        "y ~ d | a + t", table, offset="e", vcov={"CRV1": "a"}, ssc=pyfixest.ssc(k_adj=False)
    )
    ours = poisson_difference_in_differences(given)
    assert ours.value == pytest.approx(theirs.coef()["d"], rel=1e-6)
    assert ours.standard_error == pytest.approx(theirs.se()["d"], rel=1e-6)


def test_poisson_agrees_with_statsmodels_on_dummies() -> None:
    smf = pytest.importorskip("statsmodels.formula.api")
    given = counts(areas=15)
    given = Panel(given.y + 1, given.starts, exposure=given.cell_exposure)
    table = rows(given)
    theirs = smf.poisson("y ~ d + C(a) + C(t)", table, offset=table.e).fit(disp=False, maxiter=200)
    ours = poisson_difference_in_differences(given)
    assert ours.value == pytest.approx(theirs.params["d"], rel=1e-6)


def test_covariates_are_held_constant() -> None:
    given = panel(5, effect=1.0)
    confounder = given.treated + np.random.default_rng(1).normal(0, 0.5, given.y.shape)
    disturbed = given.with_outcome(given.y + 4 * confounder)
    assert difference_in_differences(disturbed).value > 4
    held = difference_in_differences(disturbed, covariates=confounder)
    assert held.value == pytest.approx(1.0, abs=4 * held.standard_error)


def test_interval_covers_and_the_test_keeps_its_level() -> None:
    found = [
        difference_in_differences(panel(seed), uncalibrated=Uncalibrated.WARN)
        for seed in range(300)
    ]
    covered = np.mean([effect.low <= 2 <= effect.high for effect in found])
    assert 0.91 <= covered <= 0.985


def test_poisson_interval_covers_the_planted_ratio() -> None:
    found = [
        poisson_difference_in_differences(counts(seed), uncalibrated=Uncalibrated.WARN)
        for seed in range(200)
    ]
    assert 0.89 <= np.mean([e.low <= np.log(0.6) <= e.high for e in found]) <= 0.99
    assert np.mean([e.value for e in found]) == pytest.approx(np.log(0.6), abs=0.02)


def test_different_starts_warn() -> None:
    assert any(
        "different periods" in said for said in difference_in_differences(growing()[0]).warnings
    )


def test_areas_without_events_are_left_out_and_told() -> None:
    given = counts()
    padded = Panel(
        np.vstack([given.y, np.zeros((2, 12))]), [*given.starts, 6, NEVER],
        exposure=np.vstack([given.cell_exposure, np.ones((2, 12))]),
    )  # fmt: skip
    effect = poisson_difference_in_differences(padded)
    assert effect.value == pytest.approx(poisson_difference_in_differences(given).value, rel=1e-6)
    assert "no events at all" in effect.warnings[-1]


@given(st.integers(0, 50), st.floats(-5, 5), st.floats(0.1, 10))
def test_estimate_follows_the_scale_and_the_effect(seed: int, added: float, scale: float) -> None:
    given = panel(seed, areas=8, periods=4)
    before = difference_in_differences(given)
    after = difference_in_differences(given.with_outcome(scale * (given.y + added * given.treated)))
    assert after.value == pytest.approx(scale * (before.value + added), abs=1e-7)
    assert after.standard_error == pytest.approx(scale * before.standard_error, abs=1e-7)


TABLE = [[1.0, 2, 3], [2, 4, 3], [5, 5, 6]]


@pytest.mark.parametrize("method", [difference_in_differences, poisson_difference_in_differences])
@pytest.mark.parametrize(
    ("starts", "covariates", "said"),
    [
        ([NEVER] * 3, None, "No area is treated"),
        ([0, 0, 0], None, "Every area is treated"),
        ([1, 1, 1], None, "does not vary"),
        ([1, NEVER, NEVER], np.ones((3, 3)), "Covariate 0 does not vary"),
        ([1, NEVER, NEVER], np.ones((2, 3)), "covariates has shape"),
        ([1, NEVER, NEVER], np.full((3, 3), np.nan), r"covariates\[0, 0, 0\]"),
    ],
)
def test_panels_without_a_comparison_are_refused(method, starts, covariates, said) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(ValueError, match=said):
        method(Panel(TABLE, starts), covariates=covariates)


@pytest.mark.parametrize(
    ("outcome", "said"),
    [
        ([[1, 2, 3], [2, -4, 3], [5, 5, 6]], r"outcome\[1, 1\]"),
        ([[1, 0, 0], [2, 4, 3], [5, 5, 6]], "in the treated cells"),
        ([[0, 1, 2], [0, 0, 0], [0, 0, 0]], "in the untreated cells"),
        ([[0, 0, 0], [0, 0, 0], [0, 0, 0]], "Nothing was counted"),
    ],
)
def test_counts_that_form_no_ratio_are_refused(outcome, said) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(ValueError, match=said):
        poisson_difference_in_differences(Panel(outcome, [1, NEVER, NEVER]))


def test_fewer_fixed_effects_give_the_raw_comparison() -> None:
    given = panel()
    raw = difference_in_differences(given, effects=FixedEffects.NONE)
    means = given.y[given.treated].mean() - given.y[~given.treated].mean()
    assert raw.value == pytest.approx(means)

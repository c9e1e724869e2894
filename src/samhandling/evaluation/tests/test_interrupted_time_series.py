import numpy as np
import pytest
import statsmodels.api as sm
from hypothesis import given, settings
from hypothesis import strategies as st

from samhandling.evaluation import (
    Errors,
    Scale,
    SegmentedModel,
    Uncalibrated,
    controlled_interrupted_time_series,
    interrupted_time_series,
)
from samhandling.evaluation.segmented_regression import long_run

START = 40
TIME = np.arange(72)
NEWEY_WEST = {
    slope: SegmentedModel(slope=slope, lags=4, errors=Errors.NEWEY_WEST) for slope in (False, True)
}


def series(seed=0, change=-0.3, level=4.0, rho=0.4):
    rng = np.random.default_rng(seed)
    error = np.zeros(72)
    for t in range(1, 72):
        error[t] = rho * error[t - 1] + rng.normal(0, 0.08)
    season = 0.2 * np.sin(2 * np.pi * TIME / 12)
    return np.exp(level + 0.004 * TIME + season + change * (TIME >= START) + error)


def design(slope):
    after = TIME >= START
    columns = [after, np.ones(72), TIME - START]
    if slope:
        columns.insert(1, after * (TIME - START))
    return np.column_stack(columns).astype(float)


@pytest.mark.parametrize("slope", [False, True])
def test_agrees_with_statsmodels_on_newey_west(slope):
    y = series()
    theirs = sm.OLS(np.log(y), design(slope)).fit(
        cov_type="HAC", cov_kwds={"maxlags": 4, "use_correction": True}
    )
    ours = interrupted_time_series(y, START, model=NEWEY_WEST[slope])
    assert ours.coefficients == pytest.approx(theirs.params, rel=1e-8)
    assert np.sqrt(np.diag(ours.covariance)) == pytest.approx(theirs.bse, rel=1e-8)


def test_agrees_with_statsmodels_on_poisson():
    y = np.round(series())
    theirs = sm.GLM(y, design(slope=True), family=sm.families.Poisson()).fit(
        cov_type="HAC", cov_kwds={"maxlags": 3, "use_correction": True}, tol=1e-12
    )
    model = SegmentedModel(scale=Scale.POISSON, slope=True, lags=3)
    ours = interrupted_time_series(y, START, model=model)
    assert ours.coefficients == pytest.approx(theirs.params, rel=1e-7)
    assert np.sqrt(np.diag(ours.covariance)) == pytest.approx(theirs.bse, rel=1e-6)


def test_agrees_with_generalised_least_squares_at_its_own_autocorrelation():
    y = series()
    model = SegmentedModel(errors=Errors.AR1, slope=True)
    ours = interrupted_time_series(y, START, model=model)
    sigma = ours.autocorrelation ** np.abs(TIME[:, None] - TIME)
    theirs = sm.GLS(np.log(y), design(slope=True), sigma=sigma).fit()
    assert ours.coefficients == pytest.approx(theirs.params, rel=1e-8)
    # The scale of the innovations differs from the scale of the series by 1 - rho^2.
    assert np.sqrt(np.diag(ours.covariance)) == pytest.approx(theirs.bse, rel=1e-8)


@pytest.mark.parametrize(
    "model",
    [
        SegmentedModel(season=12),
        SegmentedModel(season=12, errors=Errors.NEWEY_WEST),
        SegmentedModel(season=12, scale=Scale.POISSON),
        SegmentedModel(season=12, slope=True),
    ],
)
def test_recovers_a_known_effect(model):
    y = np.round(series(3, level=7))
    found = interrupted_time_series(y, START, model=model, uncalibrated=Uncalibrated.WARN)
    assert found.effect.low < -0.3 < found.effect.high
    assert found.value == pytest.approx(-0.3, abs=0.12)
    assert "clearly lower" in found.summary()


def test_a_control_takes_away_what_befell_both():
    shock = np.where(START <= TIME, 0.5, 0.0)
    treated, control = series(1) * np.exp(shock), series(2, change=0) * np.exp(shock)
    alone = interrupted_time_series(treated, START)
    beside = controlled_interrupted_time_series(treated, control, START)
    assert alone.value > 0
    assert beside.effect.low < -0.3 < beside.effect.high
    ratio = interrupted_time_series(treated / control, START)
    assert beside.value == pytest.approx(ratio.value)
    assert "beside the control series" in beside.summary()


def test_intervals_cover_as_often_as_they_say():
    """Three hundred towns, autocorrelation 0.4."""
    model = SegmentedModel(season=12)
    covered = 0
    for seed in range(300):
        found = interrupted_time_series(
            series(seed), START, model=model, uncalibrated=Uncalibrated.WARN
        )
        covered += found.effect.low < -0.3 < found.effect.high
    assert 0.93 <= covered / 300 <= 0.975


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 1_000), st.floats(0.01, 100), st.sampled_from(list(Errors)))
def test_the_unit_of_the_outcome_does_not_matter_on_the_log_scale(seed, factor, errors):
    y, model = series(seed), SegmentedModel(errors=errors)
    first = interrupted_time_series(y, START, model=model)
    second = interrupted_time_series(factor * y, START, model=model)
    assert second.value == pytest.approx(first.value, abs=1e-7)
    assert second.standard_error == pytest.approx(first.standard_error, rel=1e-5)


def test_the_change_later_is_level_and_slope_together():
    found = interrupted_time_series(series(), START, model=SegmentedModel(slope=True))
    later = found.change_after(10)
    assert found.slope_effect is not None
    assert later.value == pytest.approx(found.value + 10 * found.slope_effect.value)
    assert found.change_after(0).standard_error == pytest.approx(found.standard_error)
    with pytest.raises(ValueError, match="periods is -1"):
        found.change_after(-1)


def test_warns_of_much_dependence():
    y = 100 + np.random.default_rng(1).normal(size=72).cumsum()
    model = SegmentedModel(errors=Errors.NEWEY_WEST)
    found = interrupted_time_series(y, START, model=model)
    assert found.effect.warnings
    assert "AR1" in found.summary()


@pytest.mark.parametrize(
    ("y", "start", "words"),
    [
        ([], 3, "start is 3 of 0"),
        ([5], 0, "start is 0 of 1"),
        ([1, 2, 3, np.nan, 5, 6, 7], 4, r"outcome\[3\]"),
        ([1, 2, 3, 0, 5, 6, 7], 4, "POISSON"),
        (np.arange(1, 9), 2, "start is 2 of 8"),
        (np.arange(1, 9), 7, "start is 7 of 8"),
    ],
)
def test_bad_series_are_named(y, start, words):
    with pytest.raises(ValueError, match=words):
        interrupted_time_series(y, start)
    with pytest.raises(ValueError, match=words if len(y) else "empty"):
        controlled_interrupted_time_series(y, np.ones(len(y)), start)


def test_bad_models_and_covariates_are_named():
    for options, words in (
        ({"season": 1}, "season is 1"), ({"lags": -1}, "lags is -1"),
        ({"scale": Scale.POISSON, "errors": Errors.AR1}, "no AR1"),
    ):  # fmt: skip
        with pytest.raises(ValueError, match=words):
            SegmentedModel(**options)
    with pytest.raises(ValueError, match="72 periods"):
        interrupted_time_series(series(), START, covariates=np.ones(5))
    with pytest.raises(ValueError, match="cannot tell"):
        interrupted_time_series(series(), START, covariates=np.ones(72))
    with pytest.raises(ValueError, match="no count"):
        controlled_interrupted_time_series(
            series(), series(), START, model=SegmentedModel(scale=Scale.POISSON)
        )
    with pytest.raises(ValueError, match="do not match"):
        controlled_interrupted_time_series(series(), series()[1:], START)


def test_counts_that_stop_have_no_finite_change():
    y = np.where(START <= TIME, 0, 5)
    with pytest.raises(ValueError, match="no finite optimum"):
        interrupted_time_series(y, START, model=SegmentedModel(scale=Scale.POISSON))


@pytest.mark.parametrize("lags", [0, 1, 5, 39])
def test_long_run_covariance_is_the_weighted_sum_over_lags(lags: int) -> None:
    scores = np.random.default_rng(0).normal(size=(40, 3))
    expected = scores.T @ scores
    for lag in range(1, lags + 1):
        shared = scores[lag:].T @ scores[:-lag]
        expected = expected + (1 - lag / (lags + 1)) * (shared + shared.T)
    assert long_run(scores, lags) == pytest.approx(expected, abs=1e-10)

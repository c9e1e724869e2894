"""Effects say themselves whether their intervals hold, and keep back those that do not."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from samhandling.evaluation import (
    NEVER,
    Calibrated,
    CalibrationReading,
    CalibrationRow,
    Case,
    Design,
    NotCalibrated,
    Panel,
    SegmentedModel,
    Uncalibrated,
    augmented_synthetic_control,
    check_calibrated,
    controlled_interrupted_time_series,
    difference_in_differences,
    drawn_panel,
    interrupted_time_series,
    panel_from_rows,
    poisson_difference_in_differences,
    run_checks,
    synthetic_control,
    synthetic_difference_in_differences,
)
from samhandling.evaluation.measured_shape import measured_panel, measured_series, of_simulated
from samhandling.evaluation.panel_shapes import SHAPES
from tests.shared_data import shared_file

OF = {shape.name: shape for shape in SHAPES}


def panel_like(name: str, seed: int = 2) -> Panel:
    return drawn_panel(OF[name], 0.0, np.random.default_rng(seed))[0]


def series(panel: Panel, **options: object) -> object:
    total = panel.y[panel.ever_treated].sum(axis=0)
    return interrupted_time_series(total, panel.n_before, **options)  # type: ignore[arg-type]


FIVE = {
    Design.DIFFERENCE_IN_DIFFERENCES: difference_in_differences,
    Design.POISSON: poisson_difference_in_differences,
    Design.SYNTHETIC_CONTROL: synthetic_control,
    Design.SYNTHETIC_DIFFERENCE_IN_DIFFERENCES: synthetic_difference_in_differences,
    Design.INTERRUPTED_TIME_SERIES: series,
}


def row(coverage: float, design: Design = Design.POISSON, **other: float) -> CalibrationRow:
    usual = CalibrationRow(
        design.value, "ten_of_forty_short", 1_000, coverage, coverage - 0.01, coverage + 0.01,
        0.05, 0.04, 0.06, 0.5, 0,
    )  # fmt: skip
    return replace(usual, **other)


@pytest.mark.parametrize(
    ("one", "verdict"),
    [
        (row(0.95), Calibrated.HOLDS),
        (row(0.925), Calibrated.WARNS),
        (row(0.975), Calibrated.WARNS),
        (row(0.95, false_positive=0.08, false_positive_low=0.07), Calibrated.WARNS),
        (row(0.90), Calibrated.WARNS),
        (row(0.99), Calibrated.WARNS),
        (row(0.85), Calibrated.WARNS),
        (row(0.80), Calibrated.NOT_SHOWN),
        (row(0.95, failed=0.6), Calibrated.NOT_SHOWN),
    ],
)
def test_a_row_is_judged_by_its_coverage_and_what_that_is_sure_of(one, verdict) -> None:
    assert one.verdict is verdict


@given(st.floats(0, 1), st.booleans(), st.sampled_from([(), ("mean count",)]))
def test_no_other_panel_or_setting_ever_makes_a_verdict_better(coverage, usual, unlike) -> None:
    one = row(coverage)
    order = [Calibrated.HOLDS, Calibrated.WARNS, Calibrated.NOT_SHOWN]
    reading = CalibrationReading("poisson", SHAPES[-1], one, unlike, usual)
    assert order.index(reading.verdict) >= order.index(one.verdict)
    assert reading.refused == (reading.verdict is Calibrated.NOT_SHOWN)
    assert not replace(reading, uncalibrated=Uncalibrated.WARN).refused


@pytest.mark.parametrize(
    ("design", "name"),
    [
        (Design.DIFFERENCE_IN_DIFFERENCES, "one_district_quarterly"),
        (Design.POISSON, "one_district_quarterly"),
        (Design.INTERRUPTED_TIME_SERIES, "thirty_of_seventy_monthly"),
    ],
)
def test_each_method_keeps_back_an_interval_that_does_not_hold(design: Design, name: str) -> None:
    panel = panel_like(name)
    kept = FIVE[design](panel)
    told = FIVE[design](panel, uncalibrated=Uncalibrated.WARN)
    assert kept.calibration.verdict is Calibrated.NOT_SHOWN
    assert kept.calibration.shape.name == name
    assert kept.value == told.value
    assert kept.standard_error == told.standard_error
    with pytest.raises(NotCalibrated, match=r"give uncalibrated=Uncalibrated\.WARN"):
        kept.confidence_interval()
    effect = getattr(kept, "effect", kept)
    assert (effect.low, effect.high) == (-np.inf, np.inf)
    assert np.isnan(effect.p_value)
    assert "interval is not shown" in kept.summary()
    low, high = told.confidence_interval()
    assert low < told.value < high
    assert "interval does not hold" in told.summary()
    assert f"{told.calibration.coverage:.0%}" in told.summary()


@pytest.mark.parametrize(
    ("design", "name"),
    [
        (Design.DIFFERENCE_IN_DIFFERENCES, "thirty_of_seventy_monthly"),
        (Design.POISSON, "thirty_of_seventy_monthly"),
        (Design.SYNTHETIC_CONTROL, "two_of_thirteen_quarterly"),
    ],
)
def test_an_interval_that_holds_is_given_with_its_reading(design: Design, name: str) -> None:
    found = FIVE[design](panel_like(name))
    assert found.calibration.verdict is Calibrated.HOLDS
    assert found.confidence_interval()[0] < found.value
    assert "of 95 % intervals" in found.summary()
    assert "with care" not in found.summary()


def test_what_was_not_simulated_warns() -> None:
    panel = panel_like("one_part_of_town_monthly")
    ridge = augmented_synthetic_control(panel, ridge=1.0)
    treated, control = panel.y[-1] + 1, panel.y[0] + 1
    beside = controlled_interrupted_time_series(treated, control, panel.n_before)
    for found in (ridge, beside):
        assert found.calibration.verdict is Calibrated.WARNS
        assert np.isnan(found.calibration.coverage)
        assert "has not been calibrated" in found.summary()
        assert np.isfinite(found.confidence_interval()).all()


def test_other_settings_several_starts_and_weights_warn() -> None:
    panel = panel_like("thirty_of_seventy_monthly")
    around = np.random.default_rng(0).normal(size=panel.y.shape)
    starts = panel.starts.copy()
    starts[-1] += 2
    weights = np.linspace(1, 2, panel.n_areas)
    for found in (
        difference_in_differences(panel, covariates=around),
        difference_in_differences(Panel(panel.y, starts)),
        difference_in_differences(Panel(panel.y, panel.starts, weights=weights)),
    ):
        assert found.calibration.verdict is Calibrated.WARNS
        assert "usual settings" in found.warnings[-1]


@pytest.mark.parametrize(
    ("design", "name", "words"),
    [
        (Design.SYNTHETIC_CONTROL, "six_listed_quarterly", "so that real effects are missed"),
        (Design.SYNTHETIC_DIFFERENCE_IN_DIFFERENCES, "one_district_quarterly", "with care"),
    ],
)
def test_an_interval_that_is_a_little_off_is_given_with_a_warning(
    design: Design, name: str, words: str
) -> None:
    found = FIVE[design](panel_like(name))
    assert found.calibration.verdict is Calibrated.WARNS
    low, high = found.confidence_interval()
    assert low < found.value < high
    assert words in found.summary()


def test_change_of_slope_and_later_change_are_kept_back_too() -> None:
    panel = panel_like("thirty_of_seventy_monthly")
    found = series(panel, model=SegmentedModel(slope=True))
    for effect in (found.slope_effect, found.change_after(3)):
        with pytest.raises(NotCalibrated):
            effect.confidence_interval()


@pytest.mark.parametrize("design", list(FIVE))
def test_a_wish_that_does_not_exist_is_named(design: Design) -> None:
    with pytest.raises(ValueError, match="uncalibrated is 'hide'; give 'refuse' or 'warn'"):
        FIVE[design](panel_like("two_of_thirteen_quarterly"), uncalibrated="hide")


def test_a_published_interval_is_given_with_its_reading() -> None:
    """Arkhangelsky et al. (2021): California's programme, -15.604, normal interval."""
    rows = pd.read_csv(shared_file("utv_kalifornien_prop99/california_prop99.csv"), sep=";")
    panel = panel_from_rows(rows.State, rows.Year, rows.PacksPerCapita, rows.treated)
    found = synthetic_difference_in_differences(panel)
    assert found.calibration.verdict is Calibrated.WARNS
    assert found.confidence_interval() == pytest.approx(
        (-15.604 - 1.96 * found.standard_error, -15.604 + 1.96 * found.standard_error), abs=2e-3
    )


def test_a_check_does_not_take_a_withheld_interval_for_none() -> None:
    panel = panel_like("one_district_quarterly")
    case = Case(
        panel, difference_in_differences, Design.DIFFERENCE_IN_DIFFERENCES, unmoved=panel.y + 1
    )
    found = {one.check: one for one in run_checks(case)}
    for check in ("placebo_time", "outcome_falsification"):
        assert found[check].verdict == "cannot_tell"
        assert "does not hold" in found[check].words


def test_a_design_can_be_asked_about_before_there_is_an_effect() -> None:
    panel = panel_like("thirty_of_seventy_monthly")
    assert check_calibrated(Design.DIFFERENCE_IN_DIFFERENCES, panel) == ()
    assert "not been calibrated" in check_calibrated(Design.CROSS_OVER, panel)[0]
    with pytest.raises(NotCalibrated, match="hold here for: poisson"):
        check_calibrated(Design.INTERRUPTED_TIME_SERIES, panel)
    with pytest.raises(NotCalibrated, match="cannot be used on most"):
        check_calibrated(Design.INTERRUPTED_TIME_SERIES, panel_like("ten_of_forty_short"))


@pytest.mark.parametrize(
    ("made", "trait"),
    [
        (lambda shape: replace(shape, areas=shape.areas * 4), "number of areas"),
        (lambda shape: replace(shape, treated=4), "number of treated areas"),
        (lambda shape: replace(shape, before=150), "periods before"),
        (lambda shape: replace(shape, after=80), "periods after"),
        (lambda shape: replace(shape, mean=5_000), "mean count"),
        (lambda shape: replace(shape, dispersion=0.4), "over-dispersion"),
        (lambda shape: replace(shape, autocorrelation=0.95, wobble=0.4), "autocorrelation"),
    ],
)
def test_what_makes_a_panel_unlike_a_shape_is_named(made, trait) -> None:
    shape = OF["one_part_of_town_monthly"]
    other = drawn_panel(made(shape), 0.0, np.random.default_rng(5))[0]
    assert trait in measured_panel(other).unlike(of_simulated(shape))
    assert measured_panel(panel_like(shape.name)).unlike(of_simulated(shape)) == ()


def test_dispersion_and_autocorrelation_are_measured_as_they_were_drawn() -> None:
    shape = replace(OF["six_listed_quarterly"], before=60, autocorrelation=0.8, wobble=0.3)
    rng = np.random.default_rng(3)
    found = [measured_panel(drawn_panel(shape, 0.0, rng)[0]) for _ in range(20)]
    expected = of_simulated(shape)
    assert np.mean([one.dispersion for one in found]) == pytest.approx(
        expected.dispersion, rel=0.15
    )
    assert np.mean([one.autocorrelation for one in found]) == pytest.approx(
        expected.autocorrelation, abs=0.06
    )


def test_an_outcome_that_is_no_count_is_compared_by_size_and_autocorrelation_alone() -> None:
    rng = np.random.default_rng(1)
    own = measured_panel(Panel(rng.normal(0, 1, (30, 12)), np.tile([6, NEVER, NEVER], 10)))
    assert np.isnan([own.mean, own.dispersion]).all()
    assert set(own.differences(of_simulated(SHAPES[0]))) == {
        "number of areas", "number of treated areas", "periods before", "periods after",
        "autocorrelation",
    }  # fmt: skip
    flat = measured_series(np.full(20, 2.5), 10)
    assert np.isnan(flat.autocorrelation)
    assert "autocorrelation" not in flat.differences(of_simulated(SHAPES[0], summed=True))


def test_a_panel_with_one_period_before_is_measured_where_nothing_was_done() -> None:
    rng = np.random.default_rng(1)
    panel = Panel(rng.poisson(9, (30, 8)), np.where(np.arange(30) < 10, 1, NEVER))
    assert measured_panel(panel).cells == 20 * 8

"""Simulated panels have the effect they say, and the tables say what was simulated."""

import json
from dataclasses import replace

import numpy as np
import pytest

from samhandling.evaluation import Design, Panel
from samhandling.evaluation.calibration import (
    METHODS,
    CalibrationRow,
    NotCalibrated,
    calibrate,
    calibration_text,
    check_calibrated,
    nearest_shape,
    stored_calibration,
)
from samhandling.evaluation.panel import NEVER
from samhandling.evaluation.panel_shapes import SHAPES, drawn_panel
from samhandling.execution import Processes, Replicates


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape.name)
def test_panels_have_the_shape_and_the_effect(shape) -> None:
    rng = np.random.default_rng(1)
    gaps, truths = [], []
    for _ in range(60):
        panel, truth = drawn_panel(shape, np.log(0.5), rng)
        assert panel.y.shape == (shape.areas, shape.before + shape.after)
        assert (panel.starts != NEVER).sum() == shape.treated
        treated = panel.y[shape.areas - shape.treated :]
        others = panel.y[: shape.areas - shape.treated]
        expected = (
            treated[:, : shape.before].mean()
            * others[:, shape.before :].mean()
            / others[:, : shape.before].mean()
        )
        gaps.append(treated[:, shape.before :].mean() - expected)
        truths.append(truth)
    error = np.std(gaps) / np.sqrt(len(gaps))
    assert np.mean(gaps) == pytest.approx(np.mean(truths), abs=4 * error)


def test_who_simulates_changes_nothing() -> None:
    design, shape = Design.DIFFERENCE_IN_DIFFERENCES, SHAPES[-1]
    here = calibrate(design, shape, Replicates(60, seed=4))
    there = calibrate(design, shape, Replicates(60, seed=4, executor=Processes(2)))
    assert here == there


def test_a_design_that_is_right_for_a_panel_holds_there() -> None:
    row = calibrate(Design.DIFFERENCE_IN_DIFFERENCES, SHAPES[8], Replicates(200))
    assert row.coverage_high >= 0.93
    assert row.false_positive < 0.12
    assert row.found > 0.5


def test_a_design_without_a_method_is_named() -> None:
    with pytest.raises(ValueError, match="stepped_wedge is not calibrated"):
        calibrate(Design.STEPPED_WEDGE, SHAPES[0], Replicates(2))


def test_the_stored_tables_hold_every_design_on_every_shape_a_thousand_times() -> None:
    rows = stored_calibration()
    assert {(row.design, row.shape) for row in rows} == {
        (design.value, shape.name) for design in METHODS for shape in SHAPES
    }
    assert min(row.simulations for row in rows) >= 1_000
    assert json.loads(calibration_text(rows))[0]["design"] == rows[0].design


def panel_like(shape_name: str) -> Panel:
    shape = next(one for one in SHAPES if one.name == shape_name)
    return drawn_panel(shape, 0.0, np.random.default_rng(2))[0]


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape.name)
def test_a_panel_finds_its_shape_or_one_of_the_same_size(shape) -> None:
    found = nearest_shape(panel_like(shape.name))
    assert (found.areas, found.treated) == (shape.areas, shape.treated)


def row(design: Design, coverage: float) -> CalibrationRow:
    low, high = coverage - 0.01, coverage + 0.01
    return CalibrationRow(
        design.value, "ten_of_forty_short", 1_000, coverage, low, high, 1 - coverage, 0, 1, 0.5, 0
    )


def test_intervals_that_hold_pass_in_silence_others_warn_or_are_refused(monkeypatch) -> None:
    unusable = replace(row(Design.POISSON, 0.95), failed=1.0)
    stored = (
        unusable,
        row(Design.DIFFERENCE_IN_DIFFERENCES, 0.95),
        row(Design.SYNTHETIC_CONTROL, 0.90),
        row(Design.INTERRUPTED_TIME_SERIES, 0.6),
    )
    monkeypatch.setattr("samhandling.evaluation.calibration.stored_calibration", lambda: stored)
    panel = panel_like("ten_of_forty_short")
    assert check_calibrated(Design.DIFFERENCE_IN_DIFFERENCES, panel) == ()
    assert "90%" in check_calibrated(Design.SYNTHETIC_CONTROL, panel)[0]
    assert "not been calibrated" in check_calibrated(Design.CROSS_OVER, panel)[0]
    with pytest.raises(NotCalibrated, match="cannot be used on most"):
        check_calibrated(Design.POISSON, panel)
    with pytest.raises(NotCalibrated, match="better here: difference_in_differences"):
        check_calibrated(Design.INTERRUPTED_TIME_SERIES, panel)

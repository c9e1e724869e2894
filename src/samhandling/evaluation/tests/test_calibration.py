"""Simulated panels have the effect they say, and the tables say what was simulated."""

import json

import numpy as np
import pytest

from samhandling.evaluation import Design
from samhandling.evaluation.calibration import (
    METHODS,
    calibrate,
)
from samhandling.evaluation.calibration_reading import (
    calibration_text,
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


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape.name)
def test_a_panel_finds_its_shape(shape) -> None:
    panel = drawn_panel(shape, 0.0, np.random.default_rng(2))[0]
    assert nearest_shape(panel) == shape

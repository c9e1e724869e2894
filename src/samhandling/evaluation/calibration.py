"""How often intervals hold the truth, and how often nothing looks like something."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from samhandling.evaluation.calibration_reading import (
    Calibrated,
    CalibrationRow,
    NotCalibrated,
    Uncalibrated,
    panel_reading,
    series_reading,
)
from samhandling.evaluation.design import Design
from samhandling.evaluation.difference_in_differences import difference_in_differences
from samhandling.evaluation.interrupted_time_series import interrupted_time_series
from samhandling.evaluation.panel import NEVER, Panel
from samhandling.evaluation.panel_shapes import SHAPES, PanelShape, drawn_panel
from samhandling.evaluation.poisson import poisson_difference_in_differences
from samhandling.evaluation.segmented_model import SegmentedModel
from samhandling.evaluation.synthetic_control import synthetic_control
from samhandling.evaluation.synthetic_did import synthetic_difference_in_differences
from samhandling.execution import Chunk, Replicates
from samhandling.survey.proportion import wilson_interval

Floats = NDArray[np.float64]

LOG_EFFECT = float(np.log(0.75))
TOGETHER = 25
PLACEBOS = 100
ALWAYS = Uncalibrated.WARN

Interval = tuple[float, float]
Fitted = Callable[[Panel], Interval]


def _did(panel: Panel) -> Interval:
    return difference_in_differences(panel, uncalibrated=ALWAYS).confidence_interval()


def _poisson(panel: Panel) -> Interval:
    return poisson_difference_in_differences(panel, uncalibrated=ALWAYS).confidence_interval()


def _control(panel: Panel) -> Interval:
    return synthetic_control(panel, uncalibrated=ALWAYS).confidence_interval()


def _synthetic_did(panel: Panel) -> Interval:
    return synthetic_difference_in_differences(
        panel, replicates=Replicates(PLACEBOS), uncalibrated=ALWAYS
    ).confidence_interval()


def _series(panel: Panel) -> Interval:
    treated = panel.starts != NEVER
    start = int(panel.starts[treated][0])
    found = interrupted_time_series(
        panel.y[treated].sum(axis=0), start, model=SegmentedModel(), uncalibrated=ALWAYS
    )
    return found.effect.confidence_interval()


METHODS: dict[Design, tuple[Fitted, bool]] = {
    Design.DIFFERENCE_IN_DIFFERENCES: (_did, False),
    Design.POISSON: (_poisson, True),
    Design.SYNTHETIC_CONTROL: (_control, False),
    Design.SYNTHETIC_DIFFERENCE_IN_DIFFERENCES: (_synthetic_did, False),
    Design.INTERRUPTED_TIME_SERIES: (_series, True),
}
"""How each design's interval is made with its usual settings; whether it is on the log scale."""


def calibrate(design: Design, shape: PanelShape, replicates: Replicates) -> CalibrationRow:
    """Simulate panels of a shape and count how often a design's interval holds the truth.

    Parameters
    ----------
    design : Design
        One of `METHODS`.
    shape : PanelShape
    replicates : Replicates
        Panels with an effect, and as many without.

    Returns
    -------
    CalibrationRow

    Raises
    ------
    ValueError
        If the design has no method here.

    Notes
    -----
    Simulated panels are kinder than real ones: treated areas are drawn by lot and nothing else
    happens at the same time. A method that fails here fails in earnest too; one that holds here may
    not.

    Examples
    --------
    >>> from samhandling.evaluation.panel_shapes import SHAPES
    >>> calibrate(Design.DIFFERENCE_IN_DIFFERENCES, SHAPES[-1], Replicates(20)).simulations
    20
    """
    if design not in METHODS:
        known = ", ".join(METHODS)
        message = f"{design.value} is not calibrated by simulation here; the designs are {known}."
        raise ValueError(message)
    parts = replicates.run(_simulated, (design, shape), size=TOGETHER)
    return _row(design, shape, np.concatenate(parts))


def _row(design: Design, shape: PanelShape, simulated: Floats) -> CalibrationRow:
    held, crossed, found, failed = simulated.T
    used = failed == 0
    n = int(used.sum())
    coverage, false = (float(v[used].mean()) if n else 0.0 for v in (held, crossed))
    ends = [wilson_interval(v, n) if n else (0.0, 1.0) for v in (coverage, false)]
    return CalibrationRow(
        design.value, shape.name, len(simulated), coverage, *ends[0], false, *ends[1],
        float(found[used].mean()) if n else 0.0, float(failed.mean()),
    )  # fmt: skip


def _simulated(shared: tuple[Design, PanelShape], chunk: Chunk) -> Floats:
    """Return, for each panel: held the effect, crossed without one, found it, failed."""
    design, shape = shared
    fitted, on_log = METHODS[design]
    rng = chunk.generator()
    rows = np.zeros((chunk.count, 4))
    for row in rows:
        with_effect, mean_effect = drawn_panel(shape, LOG_EFFECT, rng)
        without, _ = drawn_panel(shape, 0.0, rng)
        truth = LOG_EFFECT if on_log else mean_effect
        try:
            low, high = fitted(with_effect)
            low_null, high_null = fitted(without)
        except ValueError:
            row[3] = 1
            continue
        row[:3] = low <= truth <= high, not low_null <= 0 <= high_null, not low <= 0 <= high
    return rows


def check_calibrated(design: Design, panel: Panel) -> tuple[str, ...]:
    """Return what to say of a design on a panel like this; nothing where its intervals hold.

    The effect functions ask this themselves; call it to choose a design before there is an effect.

    Parameters
    ----------
    design : Design
    panel : Panel

    Returns
    -------
    tuple of str
        A warning where coverage is or may be outside 93 to 97 %, or where nothing like the panel
        was simulated.

    Raises
    ------
    NotCalibrated
        If coverage is certainly below 85 %; the error names designs that do better.
    """
    if design is Design.INTERRUPTED_TIME_SERIES and panel.n_treated:
        total = panel.y[panel.ever_treated].sum(axis=0)
        reading = series_reading(design, total, panel.n_before)
    else:
        reading = panel_reading(design, panel)
    if reading.verdict is Calibrated.NOT_SHOWN:
        raise NotCalibrated(reading.summary())
    return () if reading.verdict is Calibrated.HOLDS else (reading.summary(),)


def calibrate_all(replicates: Replicates) -> tuple[CalibrationRow, ...]:
    """Calibrate every design on every shape, as one piece of work; each row as `calibrate` has it.

    Raises
    ------
    ValueError
        If the number of simulations does not divide into whole chunks.
    """
    if replicates.count % TOGETHER:
        message = f"{replicates.count} simulations; give a multiple of {TOGETHER}."
        raise ValueError(message)
    cases = [(design, shape) for shape in SHAPES for design in METHODS]
    every = replace(replicates, count=replicates.count * len(cases))
    parts = every.run(_one_of_many, (cases, replicates.count), size=TOGETHER)
    tables = np.concatenate(parts).reshape(len(cases), replicates.count, -1)
    return tuple(
        _row(design, shape, table) for (design, shape), table in zip(cases, tables, strict=True)
    )


def _one_of_many(shared: tuple[list[tuple[Design, PanelShape]], int], chunk: Chunk) -> Floats:
    """Do a chunk as the chunk of its own row, so that the row does not depend on the others."""
    cases, count = shared
    case, start = divmod(chunk.start, count)
    return _simulated(cases[case], Chunk(start // TOGETHER, start, chunk.count, chunk.seed))

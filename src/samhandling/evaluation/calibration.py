"""How often intervals hold the truth, and how often nothing looks like something."""

import json
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass, replace
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from samhandling.evaluation.design import Design
from samhandling.evaluation.difference_in_differences import difference_in_differences
from samhandling.evaluation.interrupted_time_series import (
    SegmentedModel,
    interrupted_time_series,
)
from samhandling.evaluation.panel import NEVER, Panel
from samhandling.evaluation.panel_shapes import SHAPES, PanelShape, drawn_panel
from samhandling.evaluation.poisson import poisson_difference_in_differences
from samhandling.evaluation.synthetic_control import synthetic_control
from samhandling.evaluation.synthetic_did import synthetic_difference_in_differences
from samhandling.execution import Chunk, Replicates
from samhandling.survey.proportion import wilson_interval

Floats = NDArray[np.float64]

LOG_EFFECT = float(np.log(0.75))
TOGETHER = 25
PLACEBOS = 100
MOSTLY_UNUSABLE = 0.5
WELL_FROM, WELL_TO = 0.93, 0.97
REFUSED_BELOW = 0.85
STORED = "calibration.json"


class NotCalibrated(ValueError):
    """The method's intervals do not hold on panels like this one; use another."""


@dataclass(frozen=True, slots=True)
class CalibrationRow:
    """One method on one shape of panel.

    Attributes
    ----------
    design : str
        A `Design`.
    shape : str
        Name of a `PanelShape`.
    simulations : int
        With an effect and as many without.
    coverage, coverage_low, coverage_high : float
        Share of 95 % intervals that held the true effect (a quarter fewer events), with its own
        interval.
    false_positive, false_positive_low, false_positive_high : float
        Share of panels without an effect in which the interval left zero out.
    found : float
        Share of panels with the effect in which the interval left zero out: the power.
    failed : float
        Share of panels on which the method could not be used; with all, the other shares are zero.
    """

    design: str
    shape: str
    simulations: int
    coverage: float
    coverage_low: float
    coverage_high: float
    false_positive: float
    false_positive_low: float
    false_positive_high: float
    found: float
    failed: float

    @property
    def is_well(self) -> bool:
        """Tell whether coverage may lie between 93 and 97 %, its own error counted."""
        if self.failed > MOSTLY_UNUSABLE:
            return False
        return self.coverage_high >= WELL_FROM and self.coverage_low <= WELL_TO


Interval = tuple[float, float]
Fitted = Callable[[Panel], Interval]


def _did(panel: Panel) -> Interval:
    return difference_in_differences(panel).confidence_interval()


def _poisson(panel: Panel) -> Interval:
    return poisson_difference_in_differences(panel).confidence_interval()


def _control(panel: Panel) -> Interval:
    return synthetic_control(panel).confidence_interval()


def _synthetic_did(panel: Panel) -> Interval:
    return synthetic_difference_in_differences(
        panel, replicates=Replicates(PLACEBOS)
    ).confidence_interval()


def _series(panel: Panel) -> Interval:
    treated = panel.starts != NEVER
    start = int(panel.starts[treated][0])
    found = interrupted_time_series(panel.y[treated].sum(axis=0), start, model=SegmentedModel())
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


def stored_calibration() -> tuple[CalibrationRow, ...]:
    """Return the tables that came with the library; `make calibrate` makes them anew."""
    text = files("samhandling.evaluation").joinpath(STORED).read_text(encoding="utf-8")
    return tuple(CalibrationRow(**row) for row in json.loads(text))


def calibration_text(rows: Iterable[CalibrationRow]) -> str:
    """Return rows as the text that is stored."""
    return json.dumps([asdict(row) for row in rows], indent=1) + "\n"


def nearest_shape(panel: Panel) -> PanelShape:
    """Return the shape in the tables that a panel is most like, by size and by counts.

    Examples
    --------
    >>> import numpy as np
    >>> starts = np.array([NEVER] * 10 + [8])
    >>> nearest_shape(Panel(np.full((11, 10), 280.0), starts)).name
    'one_district_yearly'
    """
    starts = panel.starts[panel.starts != NEVER]
    before = int(starts.min()) if len(starts) else panel.y.shape[1]
    own = np.array([
        panel.y.shape[0], max(len(starts), 1), before, max(panel.y.shape[1] - before, 1),
        max(float(np.median(panel.y)), 0.25),
    ])  # fmt: skip

    def distance(shape: PanelShape) -> float:
        like = (shape.areas, shape.treated, shape.before, shape.after, shape.mean)
        return float(np.abs(np.log(own) - np.log(like)).sum())

    return min(SHAPES, key=distance)


def check_calibrated(design: Design, panel: Panel) -> tuple[str, ...]:
    """Return what to say of a design on a panel like this; nothing where its intervals hold.

    Parameters
    ----------
    design : Design
    panel : Panel

    Returns
    -------
    tuple of str
        A warning where coverage is outside 93 to 97 %, or where there is no table.

    Raises
    ------
    NotCalibrated
        If fewer than 85 % of the intervals held the truth; the error names designs that do better.
    """
    shape = nearest_shape(panel)
    rows = {row.design: row for row in stored_calibration() if row.shape == shape.name}
    row = rows.get(design.value)
    if row is None:
        return (f"{design.value} has not been calibrated by simulation.",)
    said = (
        f"On simulated panels like this ({shape.in_words()}) {row.coverage:.0%} of its 95 % "
        f"intervals held the truth and {row.false_positive:.0%} of panels without an effect "
        "looked as if they had one."
    )
    if row.failed > MOSTLY_UNUSABLE:
        message = (
            f"{design.value} cannot be used on most panels like this ({shape.in_words()}): too few "
            "periods or too few areas to compare with."
        )
        raise NotCalibrated(message)
    if row.coverage_high < REFUSED_BELOW:
        better = ", ".join(_better(rows.values())) or "none of the others; wait for more periods"
        message = f"{said} It is not to be used; better here: {better}."
        raise NotCalibrated(message)
    return () if row.is_well else (said,)


def _better(rows: Iterable[CalibrationRow]) -> list[str]:
    well = [row for row in rows if row.is_well]
    return [row.design for row in sorted(well, key=lambda row: -row.found)]


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

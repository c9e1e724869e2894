"""What the calibration tables say of one method on a panel like the user's."""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from samhandling.evaluation.measured_shape import (
    MeasuredShape,
    measured_panel,
    measured_series,
    of_simulated,
)
from samhandling.evaluation.panel import Panel
from samhandling.evaluation.panel_shapes import SHAPES, PanelShape

STORED = "calibration.json"

MOSTLY_UNUSABLE = 0.5
WELL_FROM, WELL_TO = 0.93, 0.97
LEAST_SHOWN = 0.85
"""An interval that holds the truth less often than this misleads whoever reads it."""
MOST_FALSE = 0.05


class NotCalibrated(ValueError):
    """The method's intervals do not hold on panels like this one; use another."""


class Calibrated(StrEnum):
    """Whether intervals hold. Values are stored: never rename or reuse one."""

    HOLDS = "holds"
    """Coverage is 93 to 97 % on simulated panels like this."""
    WARNS = "warns"
    """It may be, or nothing like this panel or these settings was simulated."""
    NOT_SHOWN = "not_shown"
    """It holds the truth so seldom that it is shown only to who asks for it anyway."""


class Uncalibrated(StrEnum):
    """What to do with an interval that does not hold on panels like this."""

    REFUSE = "refuse"
    """Give the estimate and its standard error, but no interval and no p-value."""
    WARN = "warn"
    """Give them all the same, with a warning."""


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
    def verdict(self) -> Calibrated:
        """Holds when coverage is 93 to 97 %; not shown when it is certainly below 85 %.

        An interval that is wider than it need be misses effects but does not invent them: it warns.
        """
        if self.failed > MOSTLY_UNUSABLE or self.coverage_high < LEAST_SHOWN:
            return Calibrated.NOT_SHOWN
        if WELL_FROM <= self.coverage <= WELL_TO and self.false_positive_low <= MOST_FALSE:
            return Calibrated.HOLDS
        return Calibrated.WARNS


@dataclass(frozen=True, slots=True)
class CalibrationReading:
    """What simulations on the nearest shape say of one method's intervals.

    Attributes
    ----------
    design : str
        A `Design`.
    shape : PanelShape
        The simulated shape nearest to the panel.
    row : CalibrationRow or None
        The method on that shape; None where it was not simulated.
    unlike : tuple of str
        Traits in which even the nearest shape is far from the panel.
    usual : bool
        Whether the method was used with the settings that were simulated.
    better : tuple of str
        Designs whose intervals hold on that shape, the most powerful first.
    uncalibrated : Uncalibrated
        What was asked for where intervals do not hold.
    """

    design: str
    shape: PanelShape
    row: CalibrationRow | None
    unlike: tuple[str, ...] = ()
    usual: bool = True
    better: tuple[str, ...] = ()
    uncalibrated: Uncalibrated = Uncalibrated.REFUSE

    @property
    def coverage(self) -> float:
        """Share of 95 % intervals that held the truth; NaN where nothing was simulated."""
        return np.nan if self.row is None else self.row.coverage

    @property
    def false_positive(self) -> float:
        """Share of panels without an effect that showed one; NaN where nothing was simulated."""
        return np.nan if self.row is None else self.row.false_positive

    @property
    def verdict(self) -> Calibrated:
        """The row's, but never that intervals hold where the panel or the settings are others."""
        if self.row is None:
            return Calibrated.WARNS
        if self.row.verdict is Calibrated.HOLDS and (self.unlike or not self.usual):
            return Calibrated.WARNS
        return self.row.verdict

    @property
    def refused(self) -> bool:
        """Whether the interval is withheld."""
        return self.verdict is Calibrated.NOT_SHOWN and self.uncalibrated is Uncalibrated.REFUSE

    def summary(self) -> str:
        """Return a few sentences a person can read."""
        if self.row is None:
            return f"{self.design} has not been calibrated by simulation in this form."
        said = " ".join((self._found(self.row), *self._doubts()))
        if self.verdict is Calibrated.HOLDS:
            return said
        if self.verdict is Calibrated.WARNS:
            return f"Take the interval with care. {said}"
        better = ", ".join(self.better) or "none of the others; wait for more periods"
        begin = "The interval is not shown" if self.refused else "The interval does not hold"
        return f"{begin}: {said} Intervals hold here for: {better}."

    def _found(self, row: CalibrationRow) -> str:
        shape = self.shape.in_words()
        if row.failed > MOSTLY_UNUSABLE:
            return (
                f"{self.design} cannot be used on most panels like this ({shape}): too few periods "
                "or too few areas to compare with."
            )
        wide = ", so that real effects are missed" if row.coverage_low > WELL_TO else ""
        return (
            f"On simulated panels like this ({shape}) {row.coverage:.0%} of 95 % intervals of "
            f"{self.design} held the truth{wide}, and {row.false_positive:.0%} of panels without "
            "an effect looked as if they had one."
        )

    def _doubts(self) -> Iterable[str]:
        if self.unlike:
            yield f"This panel is unlike the nearest simulated one in {', '.join(self.unlike)}."
        if not self.usual:
            yield "The simulations used the method's usual settings, not these."


def panel_reading(
    design: str,
    panel: Panel,
    *,
    uncalibrated: Uncalibrated | str = Uncalibrated.REFUSE,
    usual: bool = True,
) -> CalibrationReading:
    """Read the tables for a panel.

    Parameters
    ----------
    design : str
        A `Design`, or the name of a method without tables.
    panel : Panel
    uncalibrated : Uncalibrated
        What to do where intervals do not hold.
    usual : bool
        Whether the method's settings are those that were simulated. Several starts and weighted
        areas were not.

    Returns
    -------
    CalibrationReading

    Raises
    ------
    ValueError
        If `uncalibrated` is neither "refuse" nor "warn".
    """
    wish = _checked_wish(uncalibrated)
    one_start = len(set(panel.starts[panel.ever_treated].tolist())) <= 1
    even = bool((panel.cell_weights == panel.cell_weights[0, 0]).all())
    return _reading(
        design, measured_panel(panel), wish, usual=usual and one_start and even, summed=False
    )


def series_reading(
    design: str,
    outcome: NDArray[np.float64],
    start: int,
    *,
    uncalibrated: Uncalibrated | str = Uncalibrated.REFUSE,
    usual: bool = True,
) -> CalibrationReading:
    """Read the tables for one series, as the total of the treated areas; see `panel_reading`."""
    wish = _checked_wish(uncalibrated)
    return _reading(design, measured_series(outcome, start), wish, usual=usual, summed=True)


def nearest_shape(panel: Panel) -> PanelShape:
    """Return the shape in the tables that a panel is most like.

    Compared are the numbers of areas, of treated areas and of periods on either side, the mean
    count, over-dispersion and autocorrelation.

    Examples
    --------
    >>> from samhandling.evaluation.panel import NEVER
    >>> starts = np.array([NEVER] * 10 + [8])
    >>> nearest_shape(Panel(np.full((11, 10), 280.0), starts)).name
    'one_district_yearly'
    """
    return _nearest(measured_panel(panel), summed=False)


@cache
def stored_calibration() -> tuple[CalibrationRow, ...]:
    """Return the tables that came with the library; `make calibrate` makes them anew."""
    text = files("samhandling.evaluation").joinpath(STORED).read_text(encoding="utf-8")
    return tuple(CalibrationRow(**row) for row in json.loads(text))


def calibration_text(rows: Iterable[CalibrationRow]) -> str:
    """Return rows as the text that is stored."""
    return json.dumps([asdict(row) for row in rows], indent=1) + "\n"


def _checked_wish(uncalibrated: Uncalibrated | str) -> Uncalibrated:
    """Return what was asked for, or raise ValueError naming what can be."""
    try:
        return Uncalibrated(uncalibrated)
    except ValueError:
        known = " or ".join(repr(one.value) for one in Uncalibrated)
        message = f"uncalibrated is {uncalibrated!r}; give {known}."
        raise ValueError(message) from None


def _reading(
    design: str, own: MeasuredShape, wish: Uncalibrated, *, usual: bool, summed: bool
) -> CalibrationReading:
    shape = _nearest(own, summed=summed)
    rows = [row for row in stored_calibration() if row.shape == shape.name]
    well = [row for row in rows if row.verdict is Calibrated.HOLDS and row.design != design]
    return CalibrationReading(
        str(design),
        shape,
        next((row for row in rows if row.design == design), None),
        own.unlike(of_simulated(shape, summed=summed)),
        usual,
        tuple(row.design for row in sorted(well, key=lambda row: -row.found)),
        wish,
    )


def _nearest(own: MeasuredShape, *, summed: bool) -> PanelShape:
    return min(SHAPES, key=lambda shape: own.distance(of_simulated(shape, summed=summed)))

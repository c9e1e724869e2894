"""What an evaluation found: the effect, how sure it is, and on what comparison it rests."""

from dataclasses import dataclass, replace
from enum import StrEnum

import numpy as np
from scipy.special import ndtr, ndtri, stdtr, stdtrit

from samhandling.evaluation.calibration_reading import (
    Calibrated,
    CalibrationReading,
    NotCalibrated,
)
from samhandling.patterns.estimate import Direction, direction
from samhandling.space import checked
from samhandling.space.method import Method

LOG_POINTS = "log points"
"""The unit of an effect on the log scale: `percent_change` turns it into per cent."""


class Design(StrEnum):
    """The comparison that an effect rests on. Values are stored: never rename or reuse one."""

    DIFFERENCE_IN_DIFFERENCES = "difference_in_differences"
    STAGGERED = "staggered_difference_in_differences"
    POISSON = "poisson_difference_in_differences"
    EVENT_STUDY = "event_study"
    STEPPED_WEDGE = "stepped_wedge"
    CROSS_OVER = "cross_over"
    SYNTHETIC_CONTROL = "synthetic_control"
    SYNTHETIC_DIFFERENCE_IN_DIFFERENCES = "synthetic_difference_in_differences"
    INTERRUPTED_TIME_SERIES = "interrupted_time_series"
    DISPLACEMENT = "displacement"


@dataclass(frozen=True, slots=True)
class About:
    """What an effect is an effect of: everything that is known before it is computed.

    Attributes
    ----------
    design : Design
        The comparison.
    estimand : str
        In words, what the number would be with endless data.
    unit : str
        Of the number, such as "fires per area and year" or `LOG_POINTS`.
    n_treated : int
        Areas that got the measure.
    method : Method
        How it is computed.
    """

    design: Design
    estimand: str
    unit: str
    n_treated: int
    method: Method


@dataclass(frozen=True, slots=True)
class Effect:
    """One effect with its error, and the comparison it rests on.

    Attributes
    ----------
    value : float
        The estimate.
    standard_error : float
        On the scale of `value`; NaN where the method gives an interval but no error.
    low, high : float
        Interval; unbounded ends are infinite, and so are both where the interval is refused.
    confidence : float
        Two-sided coverage of the interval.
    p_value : float
        Two-sided, against no effect; NaN where the method has none or the interval is refused.
    about : About
        Design, estimand, unit, number of treated areas and method.
    warnings : tuple of str
        What a reader must know before the number is used.
    calibration : CalibrationReading or None
        Whether intervals hold on panels like this; None for methods without tables.
    """

    value: float
    standard_error: float
    low: float
    high: float
    confidence: float
    p_value: float
    about: About
    warnings: tuple[str, ...] = ()
    calibration: CalibrationReading | None = None

    @property
    def design(self) -> Design:
        """The comparison."""
        return self.about.design

    @property
    def estimand(self) -> str:
        """What the number would be with endless data."""
        return self.about.estimand

    @property
    def unit(self) -> str:
        """Of `value`, its error and its interval."""
        return self.about.unit

    @property
    def n_treated(self) -> int:
        """Areas that got the measure."""
        return self.about.n_treated

    @property
    def method(self) -> Method:
        """How it was computed."""
        return self.about.method

    @property
    def interval_refused(self) -> bool:
        """Whether the interval is withheld because such intervals do not hold."""
        return self.calibration is not None and self.calibration.refused

    @property
    def direction(self) -> Direction:
        """Higher or lower only when the whole interval lies on one side of zero."""
        return direction(self.low, self.high, 0.0)

    def confidence_interval(self) -> tuple[float, float]:
        """Return the interval's two ends.

        Raises
        ------
        NotCalibrated
            If intervals do not hold on panels like this and it was not asked for all the same.
        """
        self._check_shown()
        return self.low, self.high

    def calibrated_by(self, reading: CalibrationReading) -> "Effect":
        """Return the effect with what the tables say; without interval where they refuse it.

        Parameters
        ----------
        reading : CalibrationReading

        Returns
        -------
        Effect
        """
        if reading.verdict is Calibrated.HOLDS:
            return replace(self, calibration=reading)
        said = replace(self, calibration=reading, warnings=(*self.warnings, reading.summary()))
        if not reading.refused:
            return said
        return replace(said, low=-np.inf, high=np.inf, p_value=np.nan)

    def _check_shown(self) -> None:
        if self.interval_refused and self.calibration:
            message = (
                f"{self.calibration.summary()} To see it all the same, give "
                "uncalibrated=Uncalibrated.WARN."
            )
            raise NotCalibrated(message)

    def percent_change(self) -> tuple[float, float, float]:
        """Return value, low and high in per cent, for an effect on the log scale.

        Where the interval is refused it is unbounded: -100 to infinity.

        Raises
        ------
        ValueError
            If the effect is not in log points.
        """
        if self.unit != LOG_POINTS:
            message = f"The effect is in {self.unit}, not {LOG_POINTS}: it is no ratio."
            raise ValueError(message)
        value, low, high = (float(100 * np.expm1(log)) for log in (self.value, self.low, self.high))
        return value, low, high

    def summary(self) -> str:
        """Return a few sentences a person can read."""
        words = {
            Direction.HIGHER: "clearly higher",
            Direction.LOWER: "clearly lower",
            Direction.NO_CLEAR_DIFFERENCE: "no clear effect",
        }
        value, low, high, unit = self.value, self.low, self.high, self.unit
        if unit == LOG_POINTS:
            (value, low, high), unit = self.percent_change(), "%"
        areas = "area" if self.n_treated == 1 else "areas"
        shown = (
            f"({self.confidence:.0%} interval {low:.3g} to {high:.3g}), {words[self.direction]}"
            if not self.interval_refused
            else "(no interval)"
        )
        said = (
            f"{value:.3g} {unit} {shown}; {self.estimand}, {self.n_treated} treated {areas}.",
            *self.warnings,
        )
        holds = self.calibration and self.calibration.verdict is Calibrated.HOLDS
        return " ".join((*said, self.calibration.summary()) if self.calibration and holds else said)


@dataclass(frozen=True, slots=True, eq=False)
class RestsOnEffect:
    """A result whose main figure is one effect; the rest of it says what that rests on.

    Attributes
    ----------
    effect : Effect
    """

    effect: Effect

    @property
    def value(self) -> float:
        """The effect."""
        return self.effect.value

    @property
    def standard_error(self) -> float:
        """Of the effect."""
        return self.effect.standard_error

    @property
    def method(self) -> Method:
        """How it was done."""
        return self.effect.method

    @property
    def calibration(self) -> CalibrationReading | None:
        """Whether such intervals hold on panels like this."""
        return self.effect.calibration

    def confidence_interval(self) -> tuple[float, float]:
        """Return the effect's interval; raises `NotCalibrated` where it is refused."""
        return self.effect.confidence_interval()


def effect_from_error(
    about: About,
    value: float,
    standard_error: float,
    *,
    degrees_of_freedom: float = np.inf,
    confidence: float = 0.95,
    warnings: tuple[str, ...] = (),
) -> Effect:
    """Return an effect whose interval follows from its standard error.

    Parameters
    ----------
    about : About
        What it is an effect of.
    value : float
        The estimate.
    standard_error : float
        Not negative.
    degrees_of_freedom : float, default infinite
        Of Student's t; infinite for the normal distribution.
    confidence : float, default 0.95
        Two-sided coverage.
    warnings : tuple of str
        What a reader must know.

    Returns
    -------
    Effect

    Raises
    ------
    ValueError
        If the value is missing, the error is missing or negative, there are no degrees of freedom
        or the confidence is out of range.

    Notes
    -----
    The estimate is taken to be spread around the truth as Student's t. With few treated areas it
    is not, and no number of degrees of freedom mends that.

    Examples
    --------
    >>> about = About(Design.DIFFERENCE_IN_DIFFERENCES, "effect", "fires", 8, Method("did"))
    >>> effect = effect_from_error(about, -4.0, 1.0, degrees_of_freedom=7)
    >>> [round(end, 3) for end in effect.confidence_interval()]
    [-6.365, -1.635]
    """
    checked.finite([value], "value")
    if not standard_error >= 0 or np.isinf(standard_error):
        message = f"standard_error is {standard_error}; give a number of at least zero."
        raise ValueError(message)
    if not degrees_of_freedom > 0:
        message = f"degrees_of_freedom is {degrees_of_freedom}; at least two areas are needed."
        raise ValueError(message)
    share, normal = (1 + checked.probability(confidence)) / 2, np.isinf(degrees_of_freedom)
    reach = float(ndtri(share) if normal else stdtrit(degrees_of_freedom, share)) * standard_error
    if standard_error > 0:
        z = -abs(value) / standard_error
        p = 2 * float(ndtr(z) if normal else stdtr(degrees_of_freedom, z))
    else:
        p = 1.0 if value == 0 else 0.0
    return Effect(
        float(value), float(standard_error), float(value - reach), float(value + reach),
        confidence, p, about, warnings,
    )  # fmt: skip

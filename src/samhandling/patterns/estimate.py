"""An estimate with its interval, and the words for it."""

from dataclasses import dataclass
from enum import StrEnum

from samhandling.space.method import Method


class Direction(StrEnum):
    """What an interval allows one to say. Values are stored: never rename or reuse one."""

    HIGHER = "higher"
    LOWER = "lower"
    NO_CLEAR_DIFFERENCE = "no_clear_difference"


@dataclass(frozen=True, slots=True)
class Estimate:
    """One number with its interval and how it was made.

    Attributes
    ----------
    value : float
        The estimate; NaN where the data cannot give one.
    low, high : float
        Interval; unbounded ends are infinite.
    confidence : float
        Two-sided coverage of the interval.
    unit : str
        What the number counts, such as "percent per year" or "ratio".
    neutral : float
        The value that means no difference: 0 for changes, 1 for ratios.
    method : Method
        How it was made.
    standard_error : float or None
        On the scale of `value`; None where the method has none.
    p_value : float or None
        Two-sided, against `neutral`; None where the method has none.
    """

    value: float
    low: float
    high: float
    confidence: float
    unit: str
    neutral: float
    method: Method
    standard_error: float | None = None
    p_value: float | None = None

    @property
    def direction(self) -> Direction:
        """Higher or lower only when the whole interval lies on one side of `neutral`."""
        return direction(self.low, self.high, self.neutral)

    def confidence_interval(self) -> tuple[float, float]:
        """Return the interval's two ends."""
        return self.low, self.high

    def summary(self) -> str:
        """Return one sentence a person can read."""
        words = {
            Direction.HIGHER: "clearly higher",
            Direction.LOWER: "clearly lower",
            Direction.NO_CLEAR_DIFFERENCE: "no clear difference",
        }
        return (
            f"{self.value:.3g} {self.unit} ({self.confidence:.0%} interval {self.low:.3g} to "
            f"{self.high:.3g}): {words[self.direction]}."
        )


def direction(low: float, high: float, neutral: float) -> Direction:
    """Return what an interval from `low` to `high` allows one to say against `neutral`."""
    if low > neutral:
        return Direction.HIGHER
    if high < neutral:
        return Direction.LOWER
    return Direction.NO_CLEAR_DIFFERENCE

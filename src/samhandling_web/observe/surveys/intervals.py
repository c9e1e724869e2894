"""The interval of a survey result that was published without one. Plain Python."""

import math
from dataclasses import dataclass
from statistics import NormalDist

from samhandling_web.observe.surveys.rules import (
    ASSUMED_DESIGN_EFFECT,
    IntervalOrigin,
    NBasis,
)

TWO_SIDED_95 = NormalDist().inv_cdf(0.975)


@dataclass(frozen=True, slots=True)
class Result:
    """A share, how many answers stand behind it, and whether it is that of all who answered."""

    value_percent: float
    n: int | None
    n_basis: str
    is_everybody: bool


@dataclass(frozen=True, slots=True)
class Interval:
    """An interval in percent, where it comes from and the design effect it rests on."""

    low: float | None
    high: float | None
    origin: IntervalOrigin
    design_effect: float | None

    def as_stored(self) -> tuple[float | None, float | None, str, float | None]:
        return self.low, self.high, str(self.origin), self.design_effect


def interval_of(result: Result, *, low: float | None, high: float | None) -> Interval:
    """Return the published interval, or one computed from the number of answers.

    A number that counts all answers to the survey says nothing of a part of them: for one area
    or group nothing is computed from it, since the interval would be far too narrow.
    """
    if low is not None and high is not None:
        return Interval(low, high, IntervalOrigin.PUBLISHED, None)
    counted = result.n_basis == NBasis.ITEM or (
        result.n_basis == NBasis.WHOLE_SURVEY and result.is_everybody
    )
    if not result.n or not counted:
        return Interval(None, None, IntervalOrigin.NONE, None)
    bounds = share_interval(result.value_percent, result.n, ASSUMED_DESIGN_EFFECT)
    return Interval(*bounds, IntervalOrigin.COMPUTED, ASSUMED_DESIGN_EFFECT)


def share_interval(value_percent: float, n: int, design_effect: float) -> tuple[float, float]:
    """Return the 95 % interval of a share in percent, with fewer effective answers than answers.

    Wilson's score interval (E. B. Wilson 1927, Journal of the American Statistical Association
    22, 209-212) on n / design effect.
    """
    effective = n / design_effect
    share = value_percent / 100
    z_squared = TWO_SIDED_95**2
    middle = (share + z_squared / (2 * effective)) / (1 + z_squared / effective)
    spread = share * (1 - share) / effective + z_squared / (4 * effective**2)
    half = TWO_SIDED_95 * math.sqrt(spread) / (1 + z_squared / effective)
    return max(0.0, 100 * (middle - half)), min(100.0, 100 * (middle + half))

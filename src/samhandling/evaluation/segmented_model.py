"""How a series would have gone on without the measure, and how it may have changed."""

from dataclasses import dataclass
from enum import StrEnum


class Scale(StrEnum):
    """On which scale the change is measured."""

    IDENTITY = "identity"
    """In units of the outcome."""
    LOG = "log"
    """Logarithm of the outcome; every value positive."""
    POISSON = "poisson"
    """Log-linear model of counts; zeros allowed."""


class Errors(StrEnum):
    """How dependence between periods enters the standard error."""

    NEWEY_WEST = "newey_west"
    """Least squares, with a covariance that allows dependence up to some lag."""
    AR1 = "ar1"
    """Prais and Winsten's generalised least squares: each period follows the one before."""


@dataclass(frozen=True, slots=True)
class SegmentedModel:
    """What a series would have done without the measure, and how it may have changed.

    Attributes
    ----------
    scale : Scale
    errors : Errors
        AR1 if None, but Newey and West's for Poisson models.
    slope : bool
        Let the slope change at the start too, not the level alone.
    season : int
        Periods in a year, each with its own level, such as 12; 0 for none.
    lags : int or None
        Of Newey and West; 4 (n/100)^(2/9) of n periods if None.
    corrected : bool
        Enlarge Newey and West's covariance by n / (n - k) for the k terms fitted.

    Raises
    ------
    ValueError
        If the season is 1 or negative, lags are negative, or AR1 is asked of a Poisson model.
    """

    scale: Scale = Scale.LOG
    errors: Errors | None = None
    slope: bool = False
    season: int = 0
    lags: int | None = None
    corrected: bool = True

    def __post_init__(self) -> None:
        """Check what was given."""
        if self.season < 0 or self.season == 1:
            message = f"season is {self.season}; give periods in a year, such as 12, or 0 for none."
            raise ValueError(message)
        if self.lags is not None and self.lags < 0:
            message = f"lags is {self.lags}; give a number of at least zero."
            raise ValueError(message)
        if self.scale is Scale.POISSON and self.errors is Errors.AR1:
            message = "A Poisson model has no AR1 errors here; use NEWEY_WEST, or the LOG scale."
            raise ValueError(message)

    def lags_for(self, periods: int) -> int:
        """Return the lags used on a series of this length."""
        if self.lags is not None:
            return min(self.lags, periods - 1)
        return min(int(4 * (periods / 100) ** (2 / 9)), periods - 1)

    @property
    def chosen_errors(self) -> Errors:
        """The errors used: those given, or the best there are for the scale."""
        usual = Errors.NEWEY_WEST if self.scale is Scale.POISSON else Errors.AR1
        return self.errors or usual

"""Is it rising or falling: percent per year, with the over-dispersion of real series."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from samhandling.patterns.estimate import Direction, Estimate
from samhandling.patterns.poisson_regression import fit_poisson
from samhandling.space import checked
from samhandling.space.method import Method


@dataclass(frozen=True, slots=True, eq=False)
class Trend:
    """A steady change and how far the series strays from it.

    Attributes
    ----------
    change : Estimate
        Percent per year.
    dispersion : float
        Variance of the counts over what independent events would give; 1 is none.
    fitted : ndarray of float64, shape (n_periods,)
        Expected counts along the trend.
    """

    change: Estimate
    dispersion: float
    fitted: NDArray[np.float64]

    @property
    def direction(self) -> Direction:
        """Higher or lower only when the interval leaves out no change."""
        return self.change.direction

    def summary(self) -> str:
        """Return one sentence a person can read."""
        words = {
            Direction.HIGHER: "rising",
            Direction.LOWER: "falling",
            Direction.NO_CLEAR_DIFFERENCE: "no clear change",
        }
        return (
            f"{words[self.direction].capitalize()}: {self.change.value:+.1f} % per year "
            f"({self.change.confidence:.0%} interval {self.change.low:+.1f} to "
            f"{self.change.high:+.1f}; dispersion {self.dispersion:.1f})."
        )


def trend(
    counts: ArrayLike,
    years: ArrayLike,
    *,
    exposure: ArrayLike | None = None,
    season: ArrayLike | None = None,
    confidence: float = 0.95,
) -> Trend:
    """Estimate the steady yearly change in a series of counts.

    Parameters
    ----------
    counts : array_like of int, shape (n_periods,)
        Incidents per period.
    years : array_like of float, shape (n_periods,)
        When each period was, in years: 2020, 2021 … or 2020.0, 2020.083 … for months.
    exposure : array_like of float, shape (n_periods,), optional
        Residents, days or both multiplied; equal when left out.
    season : array_like of int, shape (n_periods,), optional
        Month or quarter of each period, so that an autumn end does not look like a fall.
    confidence : float, default 0.95
        Two-sided coverage of the interval.

    Returns
    -------
    Trend

    Raises
    ------
    ValueError
        If there are fewer than four periods, nothing was counted, or an exposure is not positive.

    Notes
    -----
    The change is taken to be the same proportion every year. A step, a changed way of counting or
    a break in the coding is not a trend and gives a misleading one: look at the series. Periods
    that resemble the one before them (autocorrelation) make the interval too narrow.

    References
    ----------
    P. McCullagh and J. A. Nelder (1989), "Generalized Linear Models", 2nd ed., ch. 6.

    Examples
    --------
    >>> trend([100, 110, 121, 133, 146], [2019, 2020, 2021, 2022, 2023]).summary()
    'Rising: +9.9 % per year (95% interval +0.3 to +20.5; dispersion 0.0).'
    """
    observed = checked.counts(counts)
    time = checked.finite(years, "years")
    size = checked.same_length(counts=observed, years=time)
    if size < 4:
        msg = f"{size} periods cannot show a trend; give at least four, or use rate_ratio for two."
        raise ValueError(msg)
    at_risk = (
        np.ones(size)
        if exposure is None
        else checked.positive(
            exposure, "exposure", "leave out periods in which nothing could be counted"
        )
    )
    checked.same_length(counts=observed, exposure=at_risk)
    checked.probability(confidence)
    design = np.column_stack([np.ones(size), time - time.mean(), *_season_columns(season, size)])
    fit = fit_poisson(observed, design, at_risk)
    weights = np.zeros(design.shape[1])
    weights[1] = 1
    slope, error, low, high, p = fit.contrast(weights, confidence)
    method = Method.of(
        "quasi_poisson_trend", "McCullagh & Nelder 1989", confidence=confidence,
        periods=size, seasonal=season is not None,
    )  # fmt: skip
    change = Estimate(
        _percent(slope), _percent(low), _percent(high), confidence, "percent per year", 0.0,
        method, error * 100 * float(np.exp(slope)), p,
    )  # fmt: skip
    return Trend(change, fit.dispersion, fit.fitted)


def _percent(log_change: float) -> float:
    return float(100 * np.expm1(log_change))


def _season_columns(season: ArrayLike | None, size: int) -> list[NDArray[np.float64]]:
    if season is None:
        return []
    label = checked.counts(season, "season")
    if len(label) != size:
        msg = f"season has {len(label)} entries and counts {size}; give one of each per period."
        raise ValueError(msg)
    return [(label == value).astype(np.float64) for value in np.unique(label)[1:]]

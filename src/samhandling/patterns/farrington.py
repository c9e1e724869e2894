"""Weeks with more than expected: Farrington's method as Noufaily and others improved it."""

from dataclasses import dataclass

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import ArrayLike, NDArray
from scipy.special import ndtri
from scipy.stats import nbinom, poisson
from scipy.stats import t as student

from samhandling.patterns.weekly_fits import QuasiPoisson, quasi_poisson
from samhandling.space.method import Method

Floats = NDArray[np.float64]
Mask = NDArray[np.bool_]

WEEKS_IN_YEAR = 52
SEASONS = 10
FEWEST_CASES, OVER_WEEKS = 5, 4
SERIES_TOGETHER = 20_000
TREND_SIGNIFICANCE = 0.05
FEWEST_YEARS_FOR_TREND = 3


@dataclass(frozen=True, slots=True)
class FarringtonOptions:
    """How the expected count of a week is reached.

    Attributes
    ----------
    years : int
        Years back.
    half_window : int
        Weeks on either side of the same week in each year.
    left_out : int
        Last weeks not used, so that a slow rise does not hide itself.
    significance : float
        One-sided chance of an alarm when nothing has changed.
    outlier : float
        Past weeks whose Anscombe residual is larger weigh less.
    is_reweighted : bool
    use_negative_binomial : bool
        Bound from the negative binomial with the mean plugged in; else from the two-thirds power
        with the mean's own error (delta method).
    """

    years: int = 5
    half_window: int = 3
    left_out: int = 26
    significance: float = 0.05
    outlier: float = 2.58
    is_reweighted: bool = True
    use_negative_binomial: bool = False

    def __post_init__(self) -> None:
        if not (self.years >= 1 and 0 <= self.half_window <= 10 and self.left_out >= 1):
            message = (
                f"years {self.years}, half_window {self.half_window}, left_out {self.left_out}: "
                "give at least 1 year, a window of 0 to 10 weeks and at least 1 week left out."
            )
            raise ValueError(message)
        if not 0 < self.significance < 0.5:
            message = f"significance is {self.significance:g}; give a chance between 0 and 0.5."
            raise ValueError(message)

    @property
    def weeks_needed(self) -> int:
        """Return how many weeks must have passed before the first that can be judged."""
        return self.years * WEEKS_IN_YEAR + self.half_window


USUAL_FARRINGTON = FarringtonOptions()


@dataclass(frozen=True, slots=True, eq=False)
class WeeklyAlarms:
    """Weeks judged against what was expected of them.

    Attributes
    ----------
    first_week : int
        Position in the input of the first week judged.
    observed, expected, upper : ndarray of float64, shape (n_series, n_weeks)
        `upper` is the largest count that is not an alarm; NaN where too few events fell lately.
    alarm : ndarray of bool, same shape
    has_trend : ndarray of bool, same shape
    method : Method
    """

    first_week: int
    observed: Floats
    expected: Floats
    upper: Floats
    alarm: Mask
    has_trend: Mask
    method: Method

    def summary(self) -> str:
        """Return how many alarms there were, and how many chance alone gives."""
        judged = int(np.isfinite(self.upper).sum())
        significance = dict(self.method.parameters)["significance"]
        return (
            f"{int(self.alarm.sum())} alarms in {judged} weeks judged; chance alone gives about "
            f"{judged * float(str(significance)):.0f}."
        )


def farrington(
    counts: ArrayLike, *, weeks: int = 1, options: FarringtonOptions = USUAL_FARRINGTON
) -> WeeklyAlarms:
    """Judge the last weeks of each series.

    Parameters
    ----------
    counts : array_like of int, shape (n_weeks,) or (n_series, n_weeks)
        Counts of every week, oldest first.
    weeks : int, default 1
        How many of the last weeks to judge.
    options : FarringtonOptions

    Returns
    -------
    WeeklyAlarms

    Raises
    ------
    ValueError
        If a count is missing, negative or not whole, or the series are too short.

    Notes
    -----
    A quasi-Poisson regression on a trend and ten parts of the year; the trend is kept where it is
    significant, rests on at least three years and does not lead above all that was seen. A week is
    judged only if at least five events fell in the last four. All weeks and series are fitted at
    once: time and memory grow with weeks times series. With many series, alarms by chance are
    many: `summary` says how many to expect. Holidays that move are not known to the method.

    References
    ----------
    C. P. Farrington, N. J. Andrews, A. D. Beale and M. A. Catchpole (1996), "A statistical
    algorithm for the early detection of outbreaks of infectious disease", Journal of the Royal
    Statistical Society A 159, 547-563. A. Noufaily, D. G. Enki, C. P. Farrington, P. Garthwaite,
    N. Andrews and A. Charlett (2013), "An improved algorithm for outbreak detection in multiple
    surveillance systems", Statistics in Medicine 32, 1206-1222.

    Examples
    --------
    >>> counts = [4 + week % 3 for week in range(300)] + [15]
    >>> farrington(counts).alarm.tolist()
    [[True]]
    """
    series = _checked(counts, weeks, options)
    judged = sliding_window_view(series, options.weeks_needed + 1, axis=1)[:, -weeks:]
    flat = judged.reshape(-1, judged.shape[-1])
    parts = [
        _judged(flat[start : start + SERIES_TOGETHER], options)
        for start in range(0, len(flat), SERIES_TOGETHER)
    ]
    expected, upper, has_trend = (
        np.concatenate(columns).reshape(len(series), weeks) for columns in zip(*parts, strict=True)
    )
    observed = series[:, -weeks:]
    return WeeklyAlarms(
        series.shape[1] - weeks, observed, expected, upper,
        np.asarray(observed > upper) & (observed > 0), has_trend,
        Method.of("farrington_flexible", "Noufaily et al. (2013)", years=options.years,
                  half_window=options.half_window, left_out=options.left_out,
                  significance=options.significance, is_reweighted=options.is_reweighted,
                  use_negative_binomial=options.use_negative_binomial),
    )  # fmt: skip


def _checked(counts: ArrayLike, weeks: int, options: FarringtonOptions) -> Floats:
    series = np.atleast_2d(np.asarray(counts, dtype=np.float64))
    if series.ndim != 2 or not series.size:
        message = f"counts has the shape {series.shape}; give one row of weekly counts a series."
        raise ValueError(message)
    bad = ~np.isfinite(series) | (series < 0) | (series != np.floor(series))
    if bad.any():
        row, week = (int(at[0]) for at in np.nonzero(bad))
        message = (
            f"counts[{row}, {week}] is {series[row, week]:g}; give whole numbers of at least zero, "
            "also for weeks in which nothing happened."
        )
        raise ValueError(message)
    needed = options.weeks_needed + weeks
    if weeks < 1 or series.shape[1] < needed:
        message = (
            f"{series.shape[1]} weeks are known; judging {weeks} needs {needed}. Use fewer years, "
            "or ears, which needs two months."
        )
        raise ValueError(message)
    return series


def _judged(windows: Floats, options: FarringtonOptions) -> tuple[Floats, Floats, Mask]:
    """Return expectation, upper bound and whether a trend was used, for each window's last week."""
    past = windows[:, : windows.shape[1] - 1 - options.left_out]
    seasons, now = _seasons(options)
    time = np.arange(past.shape[1], dtype=np.float64) - (windows.shape[1] - 1)
    with_trend = np.column_stack([seasons[: past.shape[1]], time])
    fitted = _fitted(past, with_trend, options)
    here = np.append(now, 0.0)
    mean, error = fitted.at(here)
    slope, slope_error = fitted.coefficients[:, -1], fitted.standard_error(-1)
    significant = 2 * student.sf(np.abs(slope / slope_error), fitted.degrees) < TREND_SIGNIFICANCE
    kept = significant & (mean <= past.max(axis=1)) & (options.years >= FEWEST_YEARS_FOR_TREND)
    dispersion = fitted.dispersion.copy()
    if not kept.all():
        without = _fitted(past[~kept], seasons[: past.shape[1]], options)
        mean[~kept], error[~kept] = without.at(now)
        dispersion[~kept] = without.dispersion
    upper = _upper(mean, error, dispersion, options)
    few = windows[:, -OVER_WEEKS:].sum(axis=1) < FEWEST_CASES
    upper[few] = np.nan
    return mean, upper, kept


def _seasons(options: FarringtonOptions) -> tuple[Floats, Floats]:
    """Return a column for each part of the year, and the row of the week judged."""
    weeks = options.weeks_needed + 1
    back = (weeks - 1 - np.arange(weeks)) % WEEKS_IN_YEAR
    width = options.half_window
    ahead = (WEEKS_IN_YEAR - back) % WEEKS_IN_YEAR
    around = (back <= width) | (ahead <= width)
    # Weeks after the window around the reference week, in nine blocks; the first ones are longer.
    sizes = np.full(SEASONS - 1, (WEEKS_IN_YEAR - 2 * width - 1) // (SEASONS - 1))
    sizes[: (WEEKS_IN_YEAR - 2 * width - 1) % (SEASONS - 1)] += 1
    block = np.searchsorted(np.cumsum(sizes), ahead - width - 1, side="right")
    part = np.where(around, SEASONS - 1, np.minimum(block, SEASONS - 2))
    columns = np.zeros((weeks, SEASONS))
    columns[np.arange(weeks), part] = 1.0
    return columns, columns[-1]


def _fitted(past: Floats, columns: Floats, options: FarringtonOptions) -> QuasiPoisson:
    first = quasi_poisson(past, columns, np.ones_like(past))
    if not options.is_reweighted:
        return first
    return quasi_poisson(past, columns, first.weights_against_outliers(options.outlier))


def _upper(mean: Floats, error: Floats, dispersion: Floats, options: FarringtonOptions) -> Floats:
    if options.use_negative_binomial:
        # A negative binomial with variance dispersion times mean; Poisson where it is one.
        share = 1 / dispersion
        size = mean / np.maximum(dispersion - 1, 1e-9)
        level = 1 - options.significance
        bounds = np.where(dispersion > 1, nbinom.ppf(level, size, share), poisson.ppf(level, mean))
        return np.asarray(bounds, dtype=np.float64)
    spread = np.sqrt(4 / 9 * np.cbrt(mean) * (dispersion + error**2 / mean))
    upper: Floats = (mean ** (2 / 3) + ndtri(1 - options.significance) * spread) ** 1.5
    return upper

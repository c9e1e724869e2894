"""Weeks with more than expected: Farrington's method as Noufaily and others improved it."""

from dataclasses import dataclass

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import ArrayLike, NDArray
from scipy.special import ndtri
from scipy.stats import nbinom, poisson
from scipy.stats import t as student

from samhandling.patterns.weekly_fits import (
    DISPERSION,
    ERROR,
    HAS_TREND,
    MEAN,
    Rules,
    Year,
    judge_weeks,
)
from samhandling.space.method import Method

Floats = NDArray[np.float64]
Mask = NDArray[np.bool_]
Numbers = NDArray[np.number]
Whole = NDArray[np.int64]

WEEKS_IN_YEAR = 52
SEASONS = 10
FEWEST_CASES, OVER_WEEKS = 5, 4
SERIES_TOGETHER = 4_096
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
        if not self.outlier > 0:
            message = f"outlier is {self.outlier:g}; give a residual above 0, such as 2.58."
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
    judged only if at least five events fell in the last four. Where no past event fell in the part
    of the year that is judged, expectation and bound are zero. With many series, alarms by chance
    are many: `summary` says how many to expect. Holidays that move are not known to the method.

    Time grows with series times weeks judged: 0.35, 1.5 and 5.6 s of one processor for 28,000,
    113,000 and 452,000 series of 264 weeks and one week judged. Memory beyond the input and the
    answer is that of 4,096 series (9 MB).

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
    parts = [
        _judged(series[start : start + SERIES_TOGETHER], weeks, options)
        for start in range(0, len(series), SERIES_TOGETHER)
    ]
    expected, upper, has_trend = (np.concatenate(rows) for rows in zip(*parts, strict=True))
    observed = series[:, -weeks:].astype(np.float64)
    return WeeklyAlarms(
        series.shape[1] - weeks, observed, expected, upper,
        np.asarray(observed > upper) & (observed > 0), has_trend,
        Method.of("farrington_flexible", "Noufaily et al. (2013)", years=options.years,
                  half_window=options.half_window, left_out=options.left_out,
                  significance=options.significance, is_reweighted=options.is_reweighted,
                  use_negative_binomial=options.use_negative_binomial),
    )  # fmt: skip


def _checked(counts: ArrayLike, weeks: int, options: FarringtonOptions) -> Numbers:
    series = np.atleast_2d(np.asarray(counts))
    if series.dtype.kind not in "biuf":
        series = series.astype(np.float64)
    if series.ndim != 2 or not series.size:
        message = f"counts has the shape {series.shape}; give one row of weekly counts a series."
        raise ValueError(message)
    for start in range(0, len(series), SERIES_TOGETHER):
        _check_whole(series[start : start + SERIES_TOGETHER], start)
    needed = options.weeks_needed + weeks
    if weeks < 1 or series.shape[1] < needed:
        message = (
            f"{series.shape[1]} weeks are known; judging {weeks} needs {needed}. Use fewer years, "
            "or ears, which needs two months."
        )
        raise ValueError(message)
    return series


def _check_whole(series: Numbers, first: int) -> None:
    if series.dtype.kind in "bu" or (series.dtype.kind == "i" and series.min() >= 0):
        return
    bad = ~np.isfinite(series) | (series < 0) | (series != np.floor(series))
    if bad.any():
        row, week = (int(at[0]) for at in np.nonzero(bad))
        message = (
            f"counts[{first + row}, {week}] is {series[row, week]:g}; give whole numbers of at "
            "least zero, also for weeks in which nothing happened."
        )
        raise ValueError(message)


def _judged(series: Numbers, weeks: int, options: FarringtonOptions) -> tuple[Floats, Floats, Mask]:
    """Return expectation, upper bound and whether a trend was used, for the last weeks."""
    counts = np.ascontiguousarray(series, dtype=np.float64)
    year = _year(options)
    degrees = int(year.end[-1]) - SEASONS - 1
    ratio = np.inf
    if options.years >= FEWEST_YEARS_FOR_TREND:
        ratio = float(student.ppf(1 - TREND_SIGNIFICANCE / 2, degrees))
    rules = Rules(ratio, options.outlier if options.is_reweighted else np.inf)
    found = np.empty((len(counts), weeks, 4))
    judge_weeks(counts, year, rules, found)
    lately = sliding_window_view(counts[:, 1 - weeks - OVER_WEEKS :], OVER_WEEKS, axis=1)
    enough = lately.sum(axis=2) >= FEWEST_CASES
    upper = np.full(enough.shape, np.nan)
    upper[enough] = _upper(found[enough], options)
    return found[..., MEAN].copy(), upper, found[..., HAS_TREND] > 0


def _year(options: FarringtonOptions) -> Year:
    """Return the stretches of weeks that lie in the same part of the year."""
    weeks = options.weeks_needed + 1
    part = _parts_of_the_year(options)
    past = part[: weeks - 1 - options.left_out]
    start = np.flatnonzero(np.diff(past, prepend=-1))
    end = np.append(start[1:], len(past))
    return Year(start, end, past[start], SEASONS, (len(past) - 1) / 2, weeks - 1, int(part[-1]))


def _parts_of_the_year(options: FarringtonOptions) -> Whole:
    """Return the part of the year of each week up to and with the one judged, which is the last."""
    weeks = options.weeks_needed + 1
    back = (weeks - 1 - np.arange(weeks)) % WEEKS_IN_YEAR
    width = options.half_window
    ahead = (WEEKS_IN_YEAR - back) % WEEKS_IN_YEAR
    around = (back <= width) | (ahead <= width)
    # Weeks after the window around the reference week, in nine blocks; the first ones are longer.
    sizes = np.full(SEASONS - 1, (WEEKS_IN_YEAR - 2 * width - 1) // (SEASONS - 1))
    sizes[: (WEEKS_IN_YEAR - 2 * width - 1) % (SEASONS - 1)] += 1
    block = np.searchsorted(np.cumsum(sizes), ahead - width - 1, side="right")
    return np.where(around, SEASONS - 1, np.minimum(block, SEASONS - 2))


def _upper(found: Floats, options: FarringtonOptions) -> Floats:
    """Return the largest count that is no alarm; zero where nothing is expected."""
    mean, error, dispersion = found[:, MEAN], found[:, ERROR], found[:, DISPERSION]
    upper, some = np.zeros(len(found)), mean > 0
    mean, error, dispersion = mean[some], error[some], dispersion[some]
    level = 1 - options.significance
    if options.use_negative_binomial:
        # A negative binomial with variance dispersion times mean; Poisson where it is one.
        size = mean / np.maximum(dispersion - 1, 1e-9)
        bounds = nbinom.ppf(level, size, 1 / dispersion)
        upper[some] = np.where(dispersion > 1, bounds, poisson.ppf(level, mean))
    else:
        spread = np.sqrt(4 / 9 * np.cbrt(mean) * (dispersion + error**2 / mean))
        upper[some] = (mean ** (2 / 3) + ndtri(level) * spread) ** 1.5
    return upper

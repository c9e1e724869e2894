"""Which months and weekdays stand out, and by how much more than chance."""

from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.stats import f as fisher

from samhandling.patterns.estimate import Direction, direction
from samhandling.patterns.poisson_regression import PoissonFit, fit_poisson
from samhandling.space import checked
from samhandling.space.method import Method

Days = NDArray[np.datetime64]
YEAR_DAYS = 365.2425


@dataclass(frozen=True, slots=True, eq=False)
class SeasonIndex:
    """Each month or weekday against the ordinary one (1 is ordinary), in calendar order.

    Attributes
    ----------
    index, low, high : ndarray of float64, shape (n_seasons,)
        Times the geometric mean of them all, with interval.
    confidence : float
    dispersion : float
        Variance of the daily counts over what independent events would give.
    p_value : float
        That no month or weekday differs, by an F test.
    method : Method
    """

    index: NDArray[np.float64]
    low: NDArray[np.float64]
    high: NDArray[np.float64]
    confidence: float
    dispersion: float
    p_value: float
    method: Method

    def directions(self) -> tuple[Direction, ...]:
        """Return, for each season, what its interval allows one to say."""
        pairs = zip(self.low, self.high, strict=True)
        return tuple(direction(float(low), float(high), 1.0) for low, high in pairs)

    def summary(self) -> str:
        """Return one sentence a person can read; seasons are numbered from 1."""
        if self.p_value >= 1 - self.confidence:
            return f"No clear difference between the {len(self.index)} seasons."
        top, bottom = int(self.index.argmax()), int(self.index.argmin())
        return (
            f"Highest in {top + 1}: {self.index[top]:.2f} times the ordinary "
            f"({self.low[top]:.2f} to {self.high[top]:.2f}); lowest in {bottom + 1}: "
            f"{self.index[bottom]:.2f} ({self.low[bottom]:.2f} to {self.high[bottom]:.2f})."
        )


def month_index(dates: ArrayLike, counts: ArrayLike, *, confidence: float = 0.95) -> SeasonIndex:
    """Estimate how each month differs from the ordinary month, January first.

    Parameters
    ----------
    dates : array_like of datetime64[D], shape (n_days,)
        Every day of the period, days without incidents included.
    counts : array_like of int, shape (n_days,)
        Incidents per day.
    confidence : float, default 0.95
        Two-sided coverage of the intervals.

    Returns
    -------
    SeasonIndex
        Per day, so that February's shortness is no dip; weekday and steady trend are allowed for.

    Raises
    ------
    ValueError
        If the period is shorter than two years: season and trend cannot be told apart then. If a
        day comes twice, a month holds no incidents, or a count is not valid.

    Notes
    -----
    Days are taken as independent given month, weekday and trend. Holidays move between weekdays
    and are not allowed for. The index is the average over the years; a season that is changing
    does not show.

    References
    ----------
    P. McCullagh and J. A. Nelder (1989), "Generalized Linear Models", 2nd ed., ch. 6.
    """
    days, observed = _checked_days(dates, counts)
    if (days.max() - days.min()).astype(int) < 2 * 365:
        msg = f"{days.min()} to {days.max()} is shorter than two years; months need two or more."
        raise ValueError(msg)
    return _index(days, observed, _month(days), 12, "month_index", confidence)


def weekday_index(dates: ArrayLike, counts: ArrayLike, *, confidence: float = 0.95) -> SeasonIndex:
    """Estimate how each weekday differs from the ordinary day, Monday first.

    Parameters
    ----------
    dates, counts, confidence
        See `month_index`; eight weeks or more. Months are allowed for when there are two years.

    Returns
    -------
    SeasonIndex

    Raises
    ------
    ValueError
        If the period is shorter than eight weeks, a day comes twice, or a count is not valid.

    Notes
    -----
    See `month_index`. An event found in the morning belongs to the night before; spread such
    events with `aoristic_hours` and count the days from that.
    """
    days, observed = _checked_days(dates, counts)
    if (days.max() - days.min()).astype(int) < 55:
        msg = f"{days.min()} to {days.max()} is shorter than eight weeks; weekdays need eight."
        raise ValueError(msg)
    return _index(days, observed, _weekday(days), 7, "weekday_index", confidence)


def daily_counts(dates: ArrayLike, first: date, last: date) -> tuple[Days, NDArray[np.int64]]:
    """Return every day from `first` to `last` and the number of events on each.

    Parameters
    ----------
    dates : array_like of datetime64, shape (n_events,)
        Local dates of the events; those outside the period are not counted.
    first, last : date
        The period, both days included.

    Returns
    -------
    days, counts : ndarrays, shape (n_days,)

    Raises
    ------
    ValueError
        If `last` comes before `first`.
    """
    start, stop = np.datetime64(first, "D"), np.datetime64(last, "D")
    if stop < start:
        msg = f"The last day {stop} comes before the first {start}."
        raise ValueError(msg)
    days = np.arange(start, stop + 1)
    offset = (np.asarray(dates, dtype="M8[D]") - start).astype(np.int64)
    inside = offset[(offset >= 0) & (offset < len(days))]
    return days, np.bincount(inside, minlength=len(days)).astype(np.int64)


def _checked_days(dates: ArrayLike, counts: ArrayLike) -> tuple[Days, NDArray[np.int64]]:
    days = np.asarray(dates, dtype="M8[D]")
    observed = checked.counts(counts)
    checked.same_length(dates=days, counts=observed)
    if np.isnat(days).any():
        msg = f"dates[{int(np.flatnonzero(np.isnat(days))[0])}] is missing; leave the row out."
        raise ValueError(msg)
    order = np.argsort(days, kind="stable")
    twice = np.flatnonzero(np.diff(days[order]) == np.timedelta64(0, "D"))
    if twice.size:
        at = int(order[twice[0] + 1])
        msg = f"dates[{at}] {days[at]} comes twice; add the counts of a day together first."
        raise ValueError(msg)
    return days, observed


def _month(days: Days) -> NDArray[np.int64]:
    return days.astype("M8[M]").astype(np.int64) % 12


def _weekday(days: Days) -> NDArray[np.int64]:
    return (days.astype(np.int64) + 3) % 7


def _centred(label: NDArray[np.int64], levels: int) -> NDArray[np.float64]:
    """Return columns whose coefficients, with minus their sum last, add to zero."""
    columns: NDArray[np.float64] = np.eye(levels)[label, :-1]
    columns[label == levels - 1] = -1
    return columns


def _index(
    days: Days,
    counts: NDArray[np.int64],
    label: NDArray[np.int64],
    levels: int,
    name: str,
    confidence: float,
) -> SeasonIndex:
    checked.probability(confidence)
    _check_levels(counts, label, levels)
    years = days.astype(np.int64) / YEAR_DAYS
    long = years.max() - years.min() >= 1.99
    other = [_centred(_weekday(days), 7)] if levels == 12 else []
    if levels == 7 and long:
        other = [_centred(_month(days), 12)]
    constant = np.column_stack([np.ones(len(days)), years - years.mean()])
    design = np.hstack([_centred(label, levels), constant, *other])
    fit = fit_poisson(counts, design, np.ones(len(days)))
    values = np.array([_level(fit, at, levels, confidence) for at in range(levels)])
    method = Method.of(name, "McCullagh & Nelder 1989", confidence=confidence, days=len(days))
    index, low, high = np.exp(values).T
    p = _f_test(fit, levels - 1)
    return SeasonIndex(index, low, high, confidence, fit.dispersion, p, method)


def _level(fit: PoissonFit, at: int, levels: int, confidence: float) -> tuple[float, float, float]:
    weights = np.zeros(len(fit.coefficient))
    if at < levels - 1:
        weights[at] = 1
    else:
        weights[: levels - 1] = -1
    value, _, low, high, _ = fit.contrast(weights, confidence)
    return value, low, high


def _f_test(fit: PoissonFit, terms: int) -> float:
    part, covariance = fit.coefficient[:terms], fit.covariance[:terms, :terms]
    statistic = float(part @ np.linalg.solve(covariance, part)) / terms
    return float(fisher.sf(statistic, terms, fit.degrees_of_freedom))


def _check_levels(counts: NDArray[np.int64], label: NDArray[np.int64], levels: int) -> None:
    total = np.bincount(label, weights=counts, minlength=levels)
    empty = np.flatnonzero(total == 0)
    if empty.size:
        msg = (
            f"Season {empty[0] + 1} of {levels} holds no incidents; take a longer period or "
            "a wider category."
        )
        raise ValueError(msg)

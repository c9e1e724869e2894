"""Alarms from the last weeks alone: the three EARS rules, and cumulative sums."""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import ArrayLike, NDArray
from scipy.special import ndtri
from scipy.stats import nbinom, poisson

from samhandling.space import checked
from samhandling.space.method import Method

Floats = NDArray[np.float64]

LEAST_BASELINE = 3
GAP = 2


class EarsRule(StrEnum):
    """C1 uses the weeks just before, C2 leaves out the last two, C3 adds up three weeks of C2."""

    C1 = "c1"
    C2 = "c2"
    C3 = "c3"


SIGNIFICANCE = {EarsRule.C1: 0.001, EarsRule.C2: 0.001, EarsRule.C3: 0.025}


@dataclass(frozen=True, slots=True, eq=False)
class RunningAlarms:
    """Weeks judged one after the other.

    Attributes
    ----------
    first_week : int
        Position in the input of the first week judged.
    observed, upper : ndarray of float64, shape (n_weeks,)
        An alarm is a count above `upper`; for cumulative sums, a statistic above the threshold.
    statistic : ndarray of float64, shape (n_weeks,)
    alarm : ndarray of bool, shape (n_weeks,)
    method : Method
    """

    first_week: int
    observed: Floats
    upper: Floats
    statistic: Floats
    alarm: NDArray[np.bool_]
    method: Method

    def summary(self) -> str:
        """Return how many weeks gave an alarm."""
        return f"{int(self.alarm.sum())} alarms in {len(self.alarm)} weeks."


def ears(
    counts: ArrayLike, rule: EarsRule = EarsRule.C2, *, baseline: int = 7, least_spread: float = 0.0
) -> RunningAlarms:
    """Judge each week against the mean and spread of a few weeks before it.

    Parameters
    ----------
    counts : array_like of int, shape (n_weeks,)
    rule : EarsRule, default C2
    baseline : int, default 7
        Weeks of comparison; at least three.
    least_spread : float, default 0
        Standard deviation used where the weeks of comparison were all alike or nearly so.

    Raises
    ------
    ValueError
        If a count is missing, negative or not whole, the baseline is short, or the series is.

    Notes
    -----
    With so short a memory the season is not known: a rise that comes every spring gives an alarm
    every spring. Use `farrington` where five years are known.

    References
    ----------
    L. Hutwagner, W. Thompson, G. M. Seeman and T. Treadwell (2003), "The bioterrorism preparedness
    and response Early Aberration Reporting System (EARS)", Journal of Urban Health 80, i89-i96.

    Examples
    --------
    >>> ears([3, 4, 3, 5, 4, 3, 4, 4, 3, 14], EarsRule.C1).alarm.tolist()
    [False, False, True]
    """
    series = checked.counts(counts).astype(np.float64)
    if baseline < LEAST_BASELINE or not least_spread >= 0:
        message = (
            f"baseline is {baseline} and least_spread {least_spread:g}; give at least "
            f"{LEAST_BASELINE} weeks and a spread of zero or more."
        )
        raise ValueError(message)
    first = baseline + {EarsRule.C1: 0, EarsRule.C2: GAP, EarsRule.C3: 2 * GAP}[rule]
    if len(series) <= first:
        message = f"{len(series)} weeks are known; this rule needs {first + 1}."
        raise ValueError(message)
    z = float(ndtri(1 - SIGNIFICANCE[rule]))
    mean, spread = _before(series, baseline, 0 if rule is EarsRule.C1 else GAP, least_spread)
    if rule is not EarsRule.C3:
        now = series[first:]
        upper = mean + z * spread
    else:
        now = series[first:]
        excess = _standardised(series[first - GAP :], mean, spread)
        earlier = np.maximum(excess[:-2] - 1, 0) + np.maximum(excess[1:-1] - 1, 0)
        mean, spread = mean[GAP:], spread[GAP:]
        upper = np.maximum(mean + spread * (z - earlier), 0.0)
    return RunningAlarms(
        first, now, upper, _standardised(now, mean, spread), now > upper,
        Method.of("ears", "Hutwagner et al. (2003)", rule=rule.value, baseline=baseline,
                  least_spread=least_spread),
    )  # fmt: skip


def _before(series: Floats, baseline: int, gap: int, least: float) -> tuple[Floats, Floats]:
    """Return mean and spread of the weeks before each week that has enough of them."""
    windows = sliding_window_view(series, baseline)[: len(series) - baseline - gap]
    return windows.mean(axis=1), np.maximum(windows.std(axis=1, ddof=1), least)


def _standardised(now: Floats, mean: Floats, spread: Floats) -> Floats:
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.nan_to_num((now - mean) / spread, nan=0.0, posinf=np.inf, neginf=-np.inf)


def count_cusum(
    counts: ArrayLike,
    expected: ArrayLike,
    *,
    ratio: float = 1.5,
    threshold: float = 4.0,
    dispersion: float = 0.0,
) -> RunningAlarms:
    """Add up the evidence, week after week, that events come `ratio` times as often as expected.

    Parameters
    ----------
    counts : array_like of int, shape (n_weeks,)
    expected : array_like of float, shape (n_weeks,)
        In ordinary weeks, season included; positive.
    ratio : float, default 1.5
        The rise to find; above one.
    threshold : float, default 4
        Logarithm of the likelihood ratio that gives an alarm, after which the sum begins anew.
    dispersion : float, default 0
        Variance is mean + dispersion times mean squared; zero is Poisson.

    Raises
    ------
    ValueError
        If a number is missing or out of range, or the lengths differ.

    References
    ----------
    M. Höhle and M. Paul (2008), "Count data regression charts for the monitoring of surveillance
    time series", Computational Statistics and Data Analysis 52, 4357-4368.

    Examples
    --------
    >>> count_cusum([4, 5, 9, 9, 9], [4.0] * 5, threshold=3).alarm.tolist()
    [False, False, False, True, False]
    """
    series = checked.counts(counts)
    usual = checked.finite(expected, "expected")
    if len(series) != len(usual) or not len(series):
        message = f"{len(series)} counts and {len(usual)} expectations; give one of each a week."
        raise ValueError(message)
    low = np.flatnonzero(usual <= 0)
    if low.size:
        message = f"expected[{low[0]}] is {usual[low[0]]:g}; give what an ordinary week has."
        raise ValueError(message)
    if not (ratio > 1 and threshold > 0 and dispersion >= 0):
        message = (
            f"ratio is {ratio:g}, threshold {threshold:g}, dispersion {dispersion:g}; give a ratio "
            "above 1, a threshold above 0 and a dispersion of 0 or more."
        )
        raise ValueError(message)
    evidence = _log_likelihood(series, usual * ratio, dispersion) - _log_likelihood(
        series, usual, dispersion
    )
    sums, alarm, held = np.empty(len(series)), np.zeros(len(series), dtype=bool), 0.0
    for week, gained in enumerate(evidence):
        held = max(0.0, held + float(gained))
        sums[week], alarm[week] = held, held > threshold
        held = 0.0 if alarm[week] else held
    return RunningAlarms(
        0, series.astype(np.float64), np.full(len(series), threshold), sums, alarm,
        Method.of("count_cusum", "Höhle and Paul (2008)", ratio=ratio, threshold=threshold,
                  dispersion=dispersion),
    )  # fmt: skip


def _log_likelihood(counts: NDArray[np.int64], mean: Floats, dispersion: float) -> Floats:
    if dispersion == 0:
        return np.asarray(poisson.logpmf(counts, mean))
    return np.asarray(nbinom.logpmf(counts, 1 / dispersion, 1 / (1 + dispersion * mean)))

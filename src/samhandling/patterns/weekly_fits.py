"""Quasi-Poisson regressions on parts of the year and a trend, for very many weeks and series.

With the trend given, the level of each part of the year that fits best is a quotient of two sums: a
regression is then a search for one number, the trend. The normal equations have an arrow's shape
and are inverted by hand.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from samhandling.execution.compiled import compiled

Floats = NDArray[np.float64]
Whole = NDArray[np.int64]

MOST_STEPS = 40
MOST_SLOPE, LONGEST_STEP = 5.0, 0.25
CLOSE_ENOUGH = 1e-6
SMALLEST = 1e-12
SUM, WEIGHT, CENTRE, SPREAD = 0, 1, 2, 3
MEAN, ERROR, DISPERSION, HAS_TREND = 0, 1, 2, 3


class Year(NamedTuple):
    """How the past of a judged week falls into parts of the year.

    Weeks from `start[b]` up to, but not with, `end[b]` lie in part `part[b]` of `parts`. Time is
    counted from `middle`; the judged week is number `judged` and lies in part `now`.
    """

    start: Whole
    end: Whole
    part: Whole
    parts: int
    middle: float
    judged: int
    now: int


class Rules(NamedTuple):
    """When a trend counts (least ratio to its error; infinite for never) and a week weighs less.

    Weeks whose Anscombe residual exceeds `outlier` weigh less; infinite for never.
    """

    least_ratio: float
    outlier: float


@compiled
def judge_weeks(counts: Floats, year: Year, rules: Rules, found: Floats) -> None:
    """Fill in what to expect of the last weeks of each series.

    Parameters
    ----------
    counts : ndarray, shape (n_series, n_weeks)
    year : Year
    rules : Rules
    found : ndarray, shape (n_series, n_judged, 4)
        MEAN, its standard ERROR, the DISPERSION (at least one) and whether it HAS_TREND.
    """
    known = year.end[-1]
    weights, mean = np.ones(known), np.ones(known)
    parts = np.zeros((year.parts, 4))
    for series in range(len(found)):
        for week in range(found.shape[1]):
            begin = counts.shape[1] - found.shape[1] + week - year.judged
            past, here = counts[series, begin : begin + known], found[series, week]
            here[MEAN], here[ERROR], here[DISPERSION], here[HAS_TREND] = 0.0, 0.0, 1.0, 0.0
            most = past.max()
            if most == 0:
                continue
            if rules.least_ratio < np.inf:
                ratio = fit(past, year, 1, rules.outlier, (weights, mean, parts), here)
                if abs(ratio) > rules.least_ratio and here[MEAN] <= most:
                    here[HAS_TREND] = 1.0
                    continue
            fit(past, year, 0, rules.outlier, (weights, mean, parts), here)


@compiled
def fit(
    past: Floats,
    year: Year,
    slopes: int,
    outlier: float,
    room: tuple[Floats, Floats, Floats],
    here: Floats,
) -> float:
    """Fit with a trend or without (1 or 0 `slopes`), and again with outliers weighing less.

    `here` takes what to expect. What is returned is the trend through its standard error.
    The ratio is zero where no finite trend fits best: events at the very end of their parts.
    """
    weights, mean, parts = room
    weights[:] = 1.0
    slope, degrees = 0.0, len(past) - year.parts - slopes
    for again in range(2 if outlier < np.inf else 1):
        pull = add_up_counts(past, weights, year, parts)
        if slopes:
            slope = steepest(pull, weights, year, slope, parts)
            if np.isnan(slope):
                return 0.0
        add_up(weights, year, slope, parts)
        bend = np.inf
        if slopes:
            bend = (parts[:, SUM] * parts[:, SPREAD]).sum()
        here[DISPERSION] = spread_around(past, weights, mean, year, slope, parts) / degrees
        here[DISPERSION] = max(here[DISPERSION], 1.0)
        if outlier < np.inf and not again:
            weigh_down(past, mean, year, parts, (outlier, here[DISPERSION], bend), weights)
    total, size = parts[year.now, SUM], parts[year.now, WEIGHT]
    ahead = year.judged - year.middle
    here[MEAN] = here[ERROR] = 0.0
    if total > 0:
        here[MEAN] = total / size * np.exp(slope * ahead)
        variance = 1 / total + (ahead - parts[year.now, CENTRE]) ** 2 / bend
        here[ERROR] = here[MEAN] * np.sqrt(variance * here[DISPERSION])
    return float(slope * np.sqrt(bend / here[DISPERSION])) if slopes else 0.0


@compiled
def add_up_counts(past: Floats, weights: Floats, year: Year, parts: Floats) -> float:
    """Sum the weighted counts of each part of the year; return their sum times time."""
    parts[:, SUM], pull = 0.0, 0.0
    for block in range(len(year.start)):
        total = 0.0
        for week in range(year.start[block], year.end[block]):
            counted = weights[week] * past[week]
            total += counted
            pull += counted * (week - year.middle)
        parts[year.part[block], SUM] += total
    return pull


@compiled
def steepest(pull: float, weights: Floats, year: Year, slope: float, parts: Floats) -> float:
    """Return the trend that fits best, by Newton steps between bounds; NaN where none does."""
    low, high = -MOST_SLOPE, MOST_SLOPE
    for _ in range(MOST_STEPS):
        add_up(weights, year, slope, parts)
        left, bend = pull, 0.0
        for part in range(year.parts):
            left -= parts[part, SUM] * parts[part, CENTRE]
            bend += parts[part, SUM] * parts[part, SPREAD]
        if bend <= SMALLEST:
            return float(np.nan)
        step = min(max(left / bend, -LONGEST_STEP), LONGEST_STEP)
        if abs(step) * year.judged < CLOSE_ENOUGH:
            return slope + step
        if left > 0:
            low = slope
        else:
            high = slope
        slope += step
        if not low < slope < high:
            slope = 0.5 * (low + high)
    return float(np.nan)


@compiled
def add_up(weights: Floats, year: Year, slope: float, parts: Floats) -> None:
    """Fill in each part's weight along the trend, and the mean and variance of time under it."""
    parts[:, WEIGHT:] = 0.0
    growth, time = np.exp(slope), -year.middle
    height = np.exp(slope * time)
    for block in range(len(year.start)):
        zeroth = first = second = 0.0
        for week in range(year.start[block], year.end[block]):
            weighed = weights[week] * height
            timed = weighed * time
            zeroth += weighed
            first += timed
            second += timed * time
            height *= growth
            time += 1.0
        part = year.part[block]
        parts[part, WEIGHT] += zeroth
        parts[part, CENTRE] += first
        parts[part, SPREAD] += second
    for part in range(year.parts):
        parts[part, CENTRE] /= parts[part, WEIGHT]
        square = parts[part, SPREAD] / parts[part, WEIGHT]
        parts[part, SPREAD] = square - parts[part, CENTRE] ** 2


@compiled
def spread_around(
    past: Floats, weights: Floats, mean: Floats, year: Year, slope: float, parts: Floats
) -> float:
    """Fill in the mean of every week and return the sum of squared Pearson residuals.

    A part of the year without events has mean zero and nothing to add.
    """
    spread, growth = 0.0, np.exp(slope)
    risen = np.exp(-slope * year.middle)
    for block in range(len(year.start)):
        part = year.part[block]
        level = parts[part, SUM] / parts[part, WEIGHT]
        for week in range(year.start[block], year.end[block]):
            mean[week] = level * risen
            risen *= growth
        if level > 0:
            for week in range(year.start[block], year.end[block]):
                excess = past[week] - mean[week]
                spread += weights[week] * excess * excess / mean[week]
    return spread


@compiled
def weigh_down(
    past: Floats,
    mean: Floats,
    year: Year,
    parts: Floats,
    rules: tuple[float, float, float],
    weights: Floats,
) -> None:
    """Let weeks far above their mean weigh less, by the square of the Anscombe residual.

    `rules` are the residual above which that is done, the dispersion and the trend's information.
    """
    outlier, dispersion, bend = rules
    total = 0.0
    for block in range(len(year.start)):
        part = year.part[block]
        for week in range(year.start[block], year.end[block]):
            above, here = past[week] - mean[week], mean[week]
            if above > 0:
                time = week - year.middle - parts[part, CENTRE]
                leverage = here * (1 / parts[part, SUM] + time * time / bend)
                scale = dispersion * max(1 - leverage, 1e-9)
                # Anscombe's residual is at most Pearson's: most weeks are settled without powers.
                if above * above * (1 + 1e-9) > outlier * outlier * scale * here:
                    residual = past[week] ** (2 / 3) * here ** (-1 / 6) - np.sqrt(here)
                    scaled = 1.5 * residual / np.sqrt(scale)
                    weights[week] = 1 / scaled**2 if scaled > outlier else 1.0
            total += weights[week]
    share = len(past) / total
    for week in range(len(past)):
        weights[week] *= share

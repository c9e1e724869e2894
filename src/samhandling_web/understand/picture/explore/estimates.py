"""Areas' figures with intervals, and which of them chance alone could give."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from samhandling.patterns.rate_ratio import rate_ratio
from samhandling.patterns.rate_ratio_bounds import rate_ratio_bounds
from samhandling.patterns.rates import incident_rate, poisson_interval
from samhandling.patterns.smoothing import smoothed_rate_likelihood
from samhandling_web.observe.events.snapshot.overview import Overview
from samhandling_web.understand.picture.explore.question import Measure, Period, Question
from samhandling_web.understand.picture.figures.scope import DAYS_IN_YEAR, days

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Value:
    """A figure and its 95 % interval; None where there is nothing to base one on."""

    value: float | None
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Series:
    """One figure for every area, NaN where it cannot be given."""

    value: Floats
    low: Floats
    high: Floats

    def at(self, position: int) -> Value:
        found = (float(part[position]) for part in (self.value, self.low, self.high))
        value, low, high = (number if np.isfinite(number) else None for number in found)
        return Value(value, low, high)

    def holds(self, centre: Floats | float) -> NDArray[np.bool_]:
        """Tell where the interval holds `centre`: there, no difference from it is certain."""
        return np.asarray(~((self.low > centre) | (self.high < centre)))


@dataclass(frozen=True, slots=True)
class Whole:
    """Many areas as one: how many, per resident, and against the comparison period."""

    count: Value
    rate: Value
    before: int | None
    change: Value

    @classmethod
    def of(
        cls,
        total: float,
        residents: float,
        years: float,
        before: float | None,
        periods: tuple[Period, Period] | None,
    ) -> "Whole":
        count = round(total)
        low, high = poisson_interval([count])
        rate = Value(None)
        if residents > 0:
            found = incident_rate([count], [residents * years])
            rate = Value(float(found.rate[0]), float(found.low[0]), float(found.high[0]))
        change = Value(None)
        if before is not None and periods is not None and count + round(before):
            ratio = rate_ratio((count, round(before)), (days(periods[0]), days(periods[1])))
            change = _finite(ratio.value, ratio.low, ratio.high)
        earlier = None if before is None else round(before)
        return cls(Value(count, float(low[0]), float(high[0])), rate, earlier, change)


@dataclass(frozen=True, slots=True, eq=False)
class AreaEstimates:
    """Everything about the areas, in the division's order, with the whole and the chosen part."""

    residents: Floats
    count: Series
    rate: Series
    smoothed: Series
    before: NDArray[np.int64] | None
    change: Series
    expected: Floats
    chosen: Whole
    municipality: Whole

    def series(self, measure: Measure) -> Series:
        return {
            Measure.COUNT: self.count,
            Measure.RATE: self.rate,
            Measure.SMOOTHED: self.smoothed,
            Measure.CHANGE: self.change,
        }[measure]

    def uncertain(self, measure: Measure) -> NDArray[np.bool_]:
        """Tell which areas may be as the municipality is, or for change, may be unchanged."""
        series = self.series(measure)
        unknown = ~np.isfinite(series.low) | ~np.isfinite(series.value)
        return np.asarray(unknown | series.holds(self._centre(measure)))

    def _centre(self, measure: Measure) -> Floats | float:
        if measure is Measure.CHANGE:
            return 1.0
        if measure is Measure.COUNT:
            return self.expected
        rate = self.municipality.rate.value
        return np.nan if rate is None else rate


def estimates(
    question: Question,
    found: Overview,
    *,
    residents: Floats,
    here: float,
    municipality: Whole,
) -> AreaEstimates:
    """Return figures with intervals for every area that was counted."""
    counts = np.rint(found.now.by_area).astype(np.int64)
    before = np.rint(found.before.by_area).astype(np.int64) if found.before else None
    years = days(question.period) / DAYS_IN_YEAR
    low, high = poisson_interval(counts)
    periods = (question.period, question.before) if question.before else None
    total_before = found.before.total if found.before else None
    return AreaEstimates(
        residents=residents,
        count=Series(counts.astype(np.float64), low, high),
        rate=_rates(counts, residents * years),
        smoothed=_smoothed(counts, residents * years),
        before=before,
        change=_changes(counts, before, periods),
        expected=_expected(counts, residents, municipality, years),
        chosen=Whole.of(found.now.total, here, years, total_before, periods),
        municipality=municipality,
    )


def _nothing(size: int) -> Series:
    empty = np.full(size, np.nan)
    return Series(empty, empty, empty)


def _spread(found: tuple[Floats, Floats, Floats], where: NDArray[np.bool_]) -> Series:
    """Put figures of some areas in their places among all."""
    columns = []
    for part in found:
        column = np.full(len(where), np.nan)
        column[where] = part
        columns.append(column)
    return Series(*columns)


def _rates(counts: NDArray[np.int64], exposure: Floats) -> Series:
    lived_in = exposure > 0
    if not lived_in.any():
        return _nothing(len(counts))
    found = incident_rate(counts[lived_in], exposure[lived_in])
    return _spread((found.rate, found.low, found.high), lived_in)


def _smoothed(counts: NDArray[np.int64], exposure: Floats) -> Series:
    lived_in = exposure > 0
    if lived_in.sum() < 2 or not counts[lived_in].sum():
        return _nothing(len(counts))
    found = smoothed_rate_likelihood(counts[lived_in], exposure[lived_in])
    return _spread((found.rate, found.low, found.high), lived_in)


def _changes(
    counts: NDArray[np.int64],
    before: NDArray[np.int64] | None,
    periods: tuple[Period, Period] | None,
) -> Series:
    if before is None or periods is None:
        return _nothing(len(counts))
    found = rate_ratio_bounds(counts, before, (days(periods[0]), days(periods[1])))
    return Series(found.ratio, found.low, np.where(np.isfinite(found.high), found.high, np.nan))


def _expected(
    counts: NDArray[np.int64], residents: Floats, municipality: Whole, years: float
) -> Floats:
    """Return what each area would have at the municipality's rate, or as an equal share."""
    rate = municipality.rate.value
    if rate is None or not residents.any():
        return np.full(len(counts), counts.mean() if len(counts) else 0.0)
    return residents * years * rate / 1_000


def _finite(value: float, low: float, high: float) -> Value:
    if not np.isfinite(value):
        return Value(None)
    return Value(float(value), float(low), float(high) if np.isfinite(high) else None)

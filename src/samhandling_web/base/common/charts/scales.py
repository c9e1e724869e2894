"""From figures to places on the paper: linear scales, round ticks and days along an axis."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from samhandling_web.base.common.charts import swedish
from samhandling_web.base.common.charts.content import Estimate

ROUND_STEPS = (1.0, 2.0, 2.5, 5.0, 10.0)


@dataclass(frozen=True, slots=True)
class Scale:
    """A straight line from figures to pixels."""

    low: float
    high: float
    start: float
    end: float

    def __call__(self, value: float) -> float:
        """Where the figure lies."""
        share = (value - self.low) / (self.high - self.low)
        return self.start + share * (self.end - self.start)


@dataclass(frozen=True, slots=True)
class Ticks:
    """Round values along an axis and how many decimals they need."""

    values: tuple[float, ...]
    decimals: int

    @property
    def labels(self) -> tuple[str, ...]:
        """The values as they are written."""
        return tuple(swedish.number(value, self.decimals) for value in self.values)


# Values closer than this share of their own size are one value to a reader.
SMALLEST_SPAN = 1e-12


def round_ticks(low: float, high: float, count: int = 5) -> Ticks:
    """Choose round values that cover `low` to `high` in about `count` steps."""
    if high - low <= max(abs(low), abs(high), SMALLEST_SPAN) * SMALLEST_SPAN:
        high = low + max(abs(low), 1.0)
    raw = (high - low) / count
    power = 10.0 ** math.floor(math.log10(raw))
    step = next(part * power for part in ROUND_STEPS if part * power >= raw * 0.999999)
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    values = tuple(round(number * step, 12) for number in range(first, last + 1))
    return Ticks(values, decimals_of(step))


def decimals_of(step: float) -> int:
    """How many decimals tell multiples of `step` apart."""
    for decimals in range(10):
        if math.isclose(round(step, decimals), step, rel_tol=1e-9):
            return decimals
    return 10


def bounds(estimates: Iterable[Estimate], *, also: Sequence[float] = ()) -> tuple[float, float]:
    """The least and the greatest figure among values, intervals and `also`."""
    figures = list(also)
    for estimate in estimates:
        parts = (estimate.value, estimate.low, estimate.high)
        figures.extend(part for part in parts if part is not None)
    return (min(figures), max(figures)) if figures else (0.0, 1.0)


def day_ticks(first: date, last: date, width: float) -> tuple[tuple[date, str], ...]:
    """Choose years, quarters or months so that their names fit in `width` pixels."""
    room = max(2, int(width / 70))
    months = (last.year - first.year) * 12 + last.month - first.month + 1
    if months <= 2:
        return tuple(few_days(first, last, room))
    step = next(
        step for step in (1, 2, 3, 6, 12, 24, 60, 120, 240) if months / step <= room or step == 240
    )
    start = first.year * 12 + first.month - 1
    start += -start % step
    ticks: list[tuple[date, str]] = []
    for number in range(start, last.year * 12 + last.month, step):
        day = date(number // 12, number % 12 + 1, 1)
        if first <= day <= last:
            ticks.append((day, month_name(day, step, is_first=not ticks)))
    return tuple(ticks)


def few_days(first: date, last: date, room: int) -> Iterable[tuple[date, str]]:
    """Days at an even distance, for a span of weeks."""
    span = last.toordinal() - first.toordinal()
    step = max(1, math.ceil(span / room))
    if step > 1:
        step = math.ceil(step / 7) * 7
    for ordinal in range(first.toordinal(), last.toordinal() + 1, step):
        day = date.fromordinal(ordinal)
        yield day, f"{day.day} {swedish.SHORT_MONTHS[day.month - 1]}"


def month_name(day: date, step: int, *, is_first: bool) -> str:
    """A year alone where ticks are years; else the month, with its year in January."""
    if step >= 12:
        return str(day.year)
    month = str(swedish.SHORT_MONTHS[day.month - 1])
    return f"{month} {day.year}" if is_first or day.month == 1 else month

"""What changed from before a measure to after, with its interval, in words that hold."""

import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from django.utils.translation import gettext as _

from samhandling.patterns.estimate import Direction, direction
from samhandling.patterns.rate_ratio import rate_ratio
from samhandling_web.agree.measures.rules import (
    EFFECT_KNOWN_FROM,
    EFFECT_WORDS,
    EvaluationLevel,
)
from samhandling_web.base.common.charts import swedish
from samhandling_web.understand.places.queries import Reading

NORMAL_95 = 1.959964
RATIO, DIFFERENCE = "ratio", "difference"
METHOD_RATIO = "rate_ratio_mid_p"
METHOD_DIFFERENCE = "difference_of_estimates"
METHOD_TYPED = "typed_figures"


@dataclass(frozen=True, slots=True)
class Change:
    """A ratio of rates or a difference, with its interval; None where there is no telling."""

    kind: str
    value: float | None
    low: float | None
    high: float | None
    unit: str
    method: str

    @property
    def direction(self) -> Direction:
        if self.low is None and self.high is None:
            return Direction.NO_CLEAR_DIFFERENCE
        low = -math.inf if self.low is None else self.low
        high = math.inf if self.high is None else self.high
        return direction(low, high, 1.0 if self.kind == RATIO else 0.0)

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> "Change":
        return cls(**stored)


def change_between(before: Reading, after: Reading, *, is_counted: bool) -> Change | None:
    """Hold the value after against the value before; None when either is missing.

    Counts of events are compared as rates of independent events. Answers of a survey are compared
    as estimates from two samples. Typed figures have no interval.
    """
    if before.value is None or after.value is None:
        return None
    if is_counted and before.count is not None and after.count is not None:
        return _ratio((after.count, before.count), (_days(after), _days(before)))
    return _difference(before, after)


def _days(reading: Reading) -> float:
    return float((reading.last_day - reading.first_day).days + 1)


def _ratio(counts: tuple[int, int], days: tuple[float, float]) -> Change:
    estimate = rate_ratio(counts, days)
    value, low, high = (
        number if math.isfinite(number) else None
        for number in (estimate.value, estimate.low, estimate.high)
    )
    return Change(RATIO, value, low, high, "", METHOD_RATIO)


def _difference(before: Reading, after: Reading) -> Change:
    assert before.value is not None
    assert after.value is not None
    value = after.value - before.value
    errors = [_standard_error(reading) for reading in (before, after)]
    known = [error for error in errors if error is not None]
    if len(known) < 2:
        return Change(DIFFERENCE, value, None, None, after.unit, METHOD_TYPED)
    half = NORMAL_95 * math.hypot(*known)
    return Change(DIFFERENCE, value, value - half, value + half, after.unit, METHOD_DIFFERENCE)


def _standard_error(reading: Reading) -> float | None:
    if reading.low is None or reading.high is None:
        return None
    return (reading.high - reading.low) / (2 * NORMAL_95)


def in_words(change: Change | None) -> str:
    """Say how much it changed and how sure that is; never why."""
    if change is None:
        return _("Förändringen går inte att räkna: ett av värdena saknas.")
    if change.kind == RATIO:
        return _ratio_in_words(change)
    return _difference_in_words(change)


def _ratio_in_words(change: Change) -> str:
    if change.value is None:
        return _("Det var inget före, så förändringen går inte att räkna som en andel.")
    interval = _between(change, lambda share: swedish.percent((share - 1) * 100))
    amount = swedish.percent(abs(change.value - 1) * 100)
    said = {
        Direction.LOWER: _("En tydlig minskning med {amount} (95 % intervall {interval})."),
        Direction.HIGHER: _("En tydlig ökning med {amount} (95 % intervall {interval})."),
        Direction.NO_CLEAR_DIFFERENCE: _(
            "Ingen tydlig förändring: {signed} (95 % intervall {interval}). Det kan vara slumpen."
        ),
    }[change.direction]
    signed = swedish.percent((change.value - 1) * 100)
    return said.format(amount=amount, signed=signed, interval=interval)


def _difference_in_words(change: Change) -> str:
    assert change.value is not None
    amount = f"{swedish.number(change.value, 1)} {change.unit}".strip()
    if change.low is None:
        return _(
            "Värdet ändrades med {amount}. Osäkerheten är inte känd, så det går inte att säga om "
            "det är mer än slumpen."
        ).format(amount=amount)
    interval = _between(change, lambda value: swedish.number(value, 1))
    said = {
        Direction.LOWER: _("En tydlig minskning: {amount} (95 % intervall {interval})."),
        Direction.HIGHER: _("En tydlig ökning: {amount} (95 % intervall {interval})."),
        Direction.NO_CLEAR_DIFFERENCE: _(
            "Ingen tydlig förändring: {amount} (95 % intervall {interval}). Det kan vara slumpen."
        ),
    }[change.direction]
    return said.format(amount=amount, interval=interval)


def _between(change: Change, written: Any) -> str:
    low = _("okänt") if change.low is None else written(change.low)
    high = _("okänt") if change.high is None else written(change.high)
    return _("{low} till {high}").format(low=low, high=high)


def reservations(
    level: EvaluationLevel, before: Reading, after: Reading, *, is_dose_low: bool
) -> list[str]:
    """Return what a reader must know before the change is called an effect."""
    said = [str(EFFECT_WORDS[level])]
    shorter = after.value is not None and _days(after) < 0.9 * _days(before)
    if shorter and before.count is not None:
        said.append(
            _(
                "Tiden efter är kortare än tiden före ({after} dagar mot {before}): årstiden kan "
                "spela in."
            ).format(after=int(_days(after)), before=int(_days(before)))
        )
    if is_dose_low:
        said.append(
            _(
                "Mindre än planerat blev gjort: en utebliven förändring säger inte att åtgärden "
                "inte hade verkat."
            )
        )
    return said


def tells_effect(level: int) -> bool:
    """Whether an evaluation on this level can tell the measure's effect from other change."""
    return level >= EFFECT_KNOWN_FROM

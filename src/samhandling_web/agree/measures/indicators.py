"""A measure's indicator: a question that is asked anew, or a figure that somebody types.

Stored as JSON: a live question as `LiveQuery` writes it, a typed figure as
`{"kind": "manual", "what": …, "value": …, "unit": …, "source": …, "day": …}`.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext as _

from samhandling_web.base.common.free_text import check_no_person
from samhandling_web.understand.places.queries import (
    LiveQuery,
    QueryKind,
    Reading,
    Subjects,
    read,
    usual_period,
)

MANUAL = "manual"
TYPED_VERSION = "–"


@dataclass(frozen=True, slots=True)
class TypedFigure:
    """A figure that no source here holds: what it is, how much, from where and of which day."""

    what: str
    value: float
    unit: str
    source: str
    day: date

    def as_json(self) -> dict[str, Any]:
        return {
            "kind": MANUAL, "what": self.what, "value": self.value, "unit": self.unit,
            "source": self.source, "day": self.day.isoformat(),
        }  # fmt: skip

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> "TypedFigure":
        told = {name: stored[name] for name in ("what", "value", "unit", "source")}
        return cls(day=date.fromisoformat(stored["day"]), **told)

    def check_no_person(self) -> None:
        """Raise PersonInText if any of its words hold an identity number or a name."""
        for field, text in (
            (_("indikator"), self.what), (_("enhet"), self.unit), (_("källa"), self.source)
        ):  # fmt: skip
            check_no_person(text, field)

    def reading(self) -> Reading:
        return Reading(
            value=self.value, low=None, high=None, count=None, unit=self.unit,
            first_day=self.day, last_day=self.day, source=self.source,
            definition=_("{what}. Inskriven för hand; osäkerheten är inte känd.").format(
                what=self.what
            ),
            data_version=TYPED_VERSION,
        )  # fmt: skip


def is_typed(stored: Mapping[str, Any] | None) -> bool:
    """Whether the indicator is a figure that somebody types."""
    return bool(stored) and stored is not None and stored.get("kind") == MANUAL


def subjects_of(stored: Iterable[Mapping[str, Any] | None]) -> Subjects:
    """Return what many indicators are about, looked up once for them all."""
    return Subjects(LiveQuery.from_json(one) for one in stored if one and not is_typed(one))


def in_words(stored: Mapping[str, Any] | None, subjects: Subjects | None = None) -> str:
    """Say what the indicator counts."""
    if not stored:
        return ""
    if is_typed(stored):
        figure = TypedFigure.from_json(stored)
        return _("{what} ({unit}), enligt {source}.").format(
            what=figure.what, unit=figure.unit, source=figure.source
        )
    return LiveQuery.from_json(stored).in_words(subjects)


def baseline_period(kind: QueryKind, start_on: date, today: date) -> tuple[date, date]:
    """Return the time before a measure: a year before it starts, for surveys what is looked back.

    When the start lies ahead the year that is known is the last one until today.
    """
    last = min(start_on - timedelta(days=1), today)
    return usual_period(kind, last)[0] + timedelta(days=1), last


def baseline(stored: Mapping[str, Any], start_on: date, today: date) -> Reading:
    """Read the indicator before the measure. Where there is no value the reading says why."""
    if is_typed(stored):
        return TypedFigure.from_json(stored).reading()
    query = LiveQuery.from_json(stored)
    return read(query, *baseline_period(query.kind, start_on, today))


def after_period(before: Reading, started_on: date, until: date) -> tuple[date, date] | None:
    """Return as long a time as before, ending on `until` and never before the start.

    None when no day has passed since the measure started.
    """
    length = before.last_day - before.first_day
    first = max(until - length, started_on + timedelta(days=1))
    return (first, until) if first <= until else None


def outcome(stored: Mapping[str, Any], before: Reading, started_on: date, until: date) -> Reading:
    """Read the indicator after: over as long a time as before, as far as it has passed."""
    query = LiveQuery.from_json(stored)
    if query.kind is QueryKind.SURVEY:
        # The latest answers are the ones to hold against those before, if they are newer.
        if before.last_day >= until:
            return _nothing_yet(before, until)
        return read(query, before.last_day + timedelta(days=1), until)
    period = after_period(before, started_on, until)
    return read(query, *period) if period else _nothing_yet(before, until)


def _nothing_yet(before: Reading, until: date) -> Reading:
    problem = _("Ingen tid har gått sedan åtgärden började. Följ upp den senare.")
    return replace(
        before, value=None, low=None, high=None, count=None, first_day=until, last_day=until,
        problem=problem,
    )  # fmt: skip

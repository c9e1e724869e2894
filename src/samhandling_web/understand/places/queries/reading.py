"""What a question is answered with: a value with its interval, or why there is none."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, replace
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from samhandling.patterns.rates import poisson_interval
from samhandling_web.understand.picture.figures.wording import number
from samhandling_web.understand.places.rules import QueryInvalid, QueryKind

DAYS_IN_YEAR = 365.25
YEARS_LOOKED_BACK: dict[QueryKind, int] = {
    QueryKind.EVENTS: 1,
    QueryKind.OBSERVATIONS: 1,
    # Surveys of safety are made every second or third year.
    QueryKind.SURVEY: 4,
}


@dataclass(frozen=True, slots=True)
class Reading:
    """The answer to a question about some days; both `first_day` and `last_day` are counted.

    Counts are given per year, so that readings of unequal periods can be held against each other;
    `count` is the number itself. `problem` says why there is no value, and is empty otherwise.
    """

    value: float | None
    low: float | None
    high: float | None
    count: int | None
    unit: str
    first_day: date
    last_day: date
    source: str
    definition: str
    data_version: str
    problem: str = ""

    @property
    def is_known(self) -> bool:
        return self.value is not None

    @property
    def decimals(self) -> int:
        """How many decimals say something: as many as the interval's width allows, at most one."""
        return 0 if self.value is not None and abs(self.value) >= 100 else 1

    def in_words(self) -> str:
        """Return the value with its interval, or why there is none."""
        if self.value is None:
            return self.problem
        said = f"{number(self.value, self.decimals)} {self.unit}"
        if self.low is None or self.high is None:
            return said
        low, high = number(self.low, self.decimals), number(self.high, self.decimals)
        return _("{value} (95 % intervall {low}–{high})").format(value=said, low=low, high=high)

    def as_json(self) -> dict[str, Any]:
        """Return the reading as it is stored."""
        days = {name: getattr(self, name).isoformat() for name in ("first_day", "last_day")}
        return asdict(self) | days

    @classmethod
    def from_json(cls, stored: object) -> "Reading":
        """Return the stored reading.

        Raises
        ------
        QueryInvalid
            If it is no reading.
        """
        names = {field.name for field in fields(cls)}
        if not isinstance(stored, Mapping) or set(stored) != names:
            raise QueryInvalid(faults=_("det sparade värdet är inte ett värde"))
        try:
            days = {name: date.fromisoformat(stored[name]) for name in ("first_day", "last_day")}
        except (TypeError, ValueError) as exc:
            raise QueryInvalid(faults=_("det sparade värdet har inga dagar")) from exc
        return cls(**(dict(stored) | days))


class CannotBeCounted(Exception):
    """Carries the words that say why there is no value."""


def counted(count: float, unit: str, frame: Reading) -> Reading:
    """Return `frame` with a count of its days, per year, with Garwood's exact interval.

    Where events are shared out over hours the count is not whole; it is rounded, as an interval of
    a count must be.
    """
    whole = round(count)
    years = ((frame.last_day - frame.first_day).days + 1) / DAYS_IN_YEAR
    low, high = poisson_interval([whole])
    return replace(
        frame,
        value=whole / years,
        low=float(low[0]) / years,
        high=float(high[0]) / years,
        count=whole,
        unit=unit,
    )


def unanswered(first_day: date, last_day: date, problem: str, **known: str) -> Reading:
    """Return a reading without a value, that says why."""
    told = {"unit": "", "source": "", "definition": "", "data_version": ""} | known
    return Reading(
        value=None,
        low=None,
        high=None,
        count=None,
        first_day=first_day,
        last_day=last_day,
        problem=problem,
        **told,
    )


def usual_period(kind: QueryKind, today: date) -> tuple[date, date]:
    """Return the days that a reading is about when nobody has chosen any."""
    years = YEARS_LOOKED_BACK[kind]
    # The 29th of February begins a period of a day more, never an error.
    same_day = min(today.day, 28) if today.month == 2 else today.day
    return today.replace(year=today.year - years, day=same_day), today

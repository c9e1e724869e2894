"""What is asked: kept whole in the page's address, in Swedish. Plain Python."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from urllib.parse import urlencode

from samhandling_web.base.common.text import Text, _

Period = tuple[date, date]
Fields = Mapping[str, Sequence[str]]


class Measure(StrEnum):
    """What the map shows. Values stand in addresses that people keep."""

    COUNT = "antal"
    RATE = "takt"
    SMOOTHED = "utjamnad"
    CHANGE = "forandring"


MEASURES: dict[Measure, Text] = {
    Measure.RATE: _("Per 1 000 invånare och år"),
    Measure.SMOOTHED: _("Utjämnat per 1 000 invånare och år"),
    Measure.COUNT: _("Antal"),
    Measure.CHANGE: _("Förändring mot jämförelseperioden"),
}


class Against(StrEnum):
    """Which period the chosen one is compared with."""

    JUST_BEFORE = "fore"
    YEAR_BEFORE = "aret-fore"
    OWN = "egen"
    NOTHING = "ingen"


AGAINST: dict[Against, Text] = {
    Against.YEAR_BEFORE: _("Samma tid året före"),
    Against.JUST_BEFORE: _("Lika lång tid närmast före"),
    Against.OWN: _("Egen period"),
    Against.NOTHING: _("Jämför inte"),
}

WEEKDAYS: dict[str, Text] = {
    "mandag": _("Måndag"),
    "tisdag": _("Tisdag"),
    "onsdag": _("Onsdag"),
    "torsdag": _("Torsdag"),
    "fredag": _("Fredag"),
    "lordag": _("Lördag"),
    "sondag": _("Söndag"),
}

SORTABLE = ("namn", "invanare", "antal", "takt", "utjamnad", "fore", "forandring")


@dataclass(frozen=True, slots=True)
class Place:
    """An area by level and code, written `level:code` in the address."""

    level: str
    code: str

    def __str__(self) -> str:
        return f"{self.level}:{self.code}"


@dataclass(frozen=True, slots=True)
class Question:
    """Which events, shown how. `within` holds areas of one level; empty is the municipality."""

    source: str
    level: str
    start: date
    end: date
    within: tuple[Place, ...] = ()
    categories: tuple[str, ...] = ()
    hours: tuple[int, int] | None = None
    weekdays: tuple[str, ...] = ()
    against: Against = Against.YEAR_BEFORE
    own_before: Period | None = None
    measure: Measure = Measure.RATE
    sort: str = "-antal"

    @property
    def period(self) -> Period:
        return self.start, self.end

    @property
    def before(self) -> Period | None:
        """The period to compare with; None where there is none or it would overlap."""
        found = self._before()
        if found is None or (found[0] <= self.end and self.start <= found[1]):
            return None
        return found

    def _before(self) -> Period | None:
        if self.against is Against.OWN:
            return self.own_before
        if self.against is Against.YEAR_BEFORE:
            # A period of several years steps back as many as it takes to stand beside itself.
            first, last = year_before(self.start), year_before(self.end)
            while last >= self.start:
                first, last = year_before(first), year_before(last)
            return first, last
        if self.against is Against.JUST_BEFORE:
            end = self.start - timedelta(days=1)
            return end - (self.end - self.start), end
        return None

    @property
    def weekday_numbers(self) -> tuple[int, ...]:
        return tuple(number for number, slug in enumerate(WEEKDAYS) if slug in self.weekdays)

    def as_query(self) -> str:
        """Return the question as the part of an address after the question mark."""
        pairs: list[tuple[str, str]] = [
            ("kalla", self.source),
            ("matt", self.measure),
            ("niva", self.level),
            ("fran", self.start.isoformat()),
            ("till", self.end.isoformat()),
            *(("inom", str(place)) for place in self.within),
            *(("typ", category) for category in self.categories),
            *(("veckodag", weekday) for weekday in self.weekdays),
            ("jamfor", self.against),
        ]
        if self.hours:
            pairs += [("timme_fran", str(self.hours[0])), ("timme_till", str(self.hours[1]))]
        if self.own_before:
            first, last = self.own_before
            pairs += [("jamfor_fran", first.isoformat()), ("jamfor_till", last.isoformat())]
        return urlencode([*pairs, ("sortera", self.sort)])


def year_before(day: date) -> date:
    """Return the same day a year earlier; the 28th for a leap day."""
    if (day.month, day.day) == (2, 29):
        return date(day.year - 1, 2, 28)
    return day.replace(year=day.year - 1)

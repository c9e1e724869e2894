"""From an address to a question: what cannot be understood is said, never guessed silently."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from samhandling_web.base.common.text import Text, _
from samhandling_web.understand.picture.explore.choices import Choices
from samhandling_web.understand.picture.explore.question import (
    SORTABLE,
    WEEKDAYS,
    Against,
    Fields,
    Measure,
    Period,
    Place,
    Question,
)

FIRST_YEAR, LAST_YEAR = 1901, 2199

NOT_A_DAY = _("Ett datum gick inte att läsa. Skriv som 2025-03-31.")
BACKWARDS = _("Perioden slutar innan den börjar. Här visas de senaste tolv månaderna.")
BEFORE_BACKWARDS = _("Jämförelseperioden slutar innan den börjar eller saknar en dag.")
OVERLAP = _("Jämförelseperioden går in i perioden. Välj dagar utanför den.")
UNKNOWN = _("Något i adressen finns inte här och är borttaget ur urvalet.")
SEVERAL_LEVELS = _("Områden från olika nivåer kan inte läggas ihop. Bara den första nivån är med.")


@dataclass(frozen=True, slots=True)
class Read:
    """A question that can be answered, and what in the address was not understood."""

    question: Question
    problems: tuple[Text, ...]


def read(fields: Fields, choices: Choices) -> Read:
    """Return the question that the fields ask. Never fails: every field has a default."""
    reader = _Reader(fields, choices)
    question = reader.question()
    if question.own_before and question.against is Against.OWN and question.before is None:
        reader.problems.append(OVERLAP)
    return Read(question, tuple(dict.fromkeys(reader.problems)))


class _Reader:
    """Takes the fields one by one and notes what is wrong with them."""

    def __init__(self, fields: Fields, choices: Choices) -> None:
        self.fields = fields
        self.choices = choices
        self.problems: list[Text] = []

    def question(self) -> Question:
        source = self._one("kalla", list(self.choices.sources)) or next(iter(self.choices.sources))
        start, end = self._period(source)
        against = self._one("jamfor", list(Against)) or Against.YEAR_BEFORE
        own_before = self._own_before()
        measure = self._one("matt", list(Measure)) or Measure.RATE
        return Question(
            source=source,
            level=self._one("niva", list(self.choices.levels)) or self.choices.first_level,
            start=start,
            end=end,
            within=self._within(),
            categories=self._many("typ", self.choices.sources[source].categories),
            hours=self._hours(),
            weekdays=self._many("veckodag", list(WEEKDAYS)),
            against=Against(against),
            own_before=own_before,
            measure=Measure(measure),
            sort=self._sort(),
        )

    def _text(self, name: str) -> str:
        values = self.fields.get(name) or [""]
        return values[-1].strip()

    def _one(self, name: str, known: Sequence[str]) -> str:
        value = self._text(name)
        if value and value not in known:
            self.problems.append(UNKNOWN)
        return value if value in known else ""

    def _many(self, name: str, known: Sequence[str]) -> tuple[str, ...]:
        """Return the chosen ones in the order they are known; choosing all is choosing none."""
        given = {value for value in self.fields.get(name, []) if value}
        if given - set(known):
            self.problems.append(UNKNOWN)
        chosen = tuple(value for value in known if value in given)
        return () if len(chosen) == len(known) else chosen

    def _day(self, name: str) -> date | None:
        text = self._text(name)
        if not text:
            return None
        try:
            day = date.fromisoformat(text)
        except ValueError:
            self.problems.append(NOT_A_DAY)
            return None
        if not FIRST_YEAR <= day.year <= LAST_YEAR:
            self.problems.append(NOT_A_DAY)
            return None
        return day

    def _period(self, source: str) -> Period:
        first, last = self.choices.default_period(source)
        start, end = self._day("fran"), self._day("till")
        if start is None and end is None:
            return first, last
        period = start or min(first, end or first), end or max(last, start or last)
        if period[0] > period[1]:
            self.problems.append(BACKWARDS)
            return first, last
        return period

    def _own_before(self) -> Period | None:
        first, last = self._day("jamfor_fran"), self._day("jamfor_till")
        if first and last and first <= last:
            return first, last
        if (first or last) and self._text("jamfor") == Against.OWN:
            self.problems.append(BEFORE_BACKWARDS)
        return None

    def _hours(self) -> tuple[int, int] | None:
        first, last = self._hour("timme_fran"), self._hour("timme_till")
        if first is None and last is None:
            return None
        hours = ((first or 0) % 24, 24 if last is None else last or 24)
        return None if hours[0] % 24 == hours[1] % 24 else hours

    def _hour(self, name: str) -> int | None:
        text = self._text(name)
        if not text:
            return None
        if not text.isascii() or not text.isdigit() or int(text) > 24:
            self.problems.append(UNKNOWN)
            return None
        return int(text)

    def _within(self) -> tuple[Place, ...]:
        places = sorted(set(self._places()), key=str)
        levels = list(dict.fromkeys(place.level for place in places))
        if len(levels) > 1:
            self.problems.append(SEVERAL_LEVELS)
        return tuple(place for place in places if place.level == levels[0])

    def _places(self) -> Iterator[Place]:
        for value in self.fields.get("inom", []):
            level, mark, code = value.partition(":")
            if mark and code and level in self.choices.levels:
                yield Place(level, code)
            elif value:
                self.problems.append(UNKNOWN)

    def _sort(self) -> str:
        value = self._text("sortera")
        return value if value.removeprefix("-") in SORTABLE and value[:2] != "--" else "-antal"

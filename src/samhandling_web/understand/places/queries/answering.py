"""Asks a question of the source that can answer it, about the days that the source knows of."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from samhandling_web.understand.places.queries.events import events_reading
from samhandling_web.understand.places.queries.observations import observations_reading
from samhandling_web.understand.places.queries.question import LiveQuery
from samhandling_web.understand.places.queries.reading import Reading, usual_period
from samhandling_web.understand.places.queries.subjects import Subjects
from samhandling_web.understand.places.queries.survey import survey_reading
from samhandling_web.understand.places.rules import QueryKind

READERS: dict[QueryKind, Callable[[LiveQuery, date, date, Subjects], Reading]] = {
    QueryKind.EVENTS: events_reading,
    QueryKind.OBSERVATIONS: observations_reading,
    QueryKind.SURVEY: survey_reading,
}


def read(
    query: LiveQuery, first_day: date, last_day: date, subjects: Subjects | None = None
) -> Reading:
    """Return the answer for the days from `first_day` to `last_day`, both counted.

    The reading tells the days it is really about: a source that begins later or ends earlier gives
    no zeros for what it does not know. Where no value can be given it says why.

    Raises
    ------
    ValueError
        If the days run backwards.
    """
    if last_day < first_day:
        msg = f"The period ends {last_day} before it begins {first_day}."
        raise ValueError(msg)
    return READERS[query.kind](query, first_day, last_day, subjects or Subjects([query]))


def read_years(
    query: LiveQuery, first_year: int, last_day: date, subjects: Subjects | None = None
) -> list[Reading]:
    """Return a reading for each calendar year from `first_year`, the last one to `last_day`."""
    known = subjects or Subjects([query])
    return [
        read(query, date(year, 1, 1), min(date(year, 12, 31), last_day), known)
        for year in range(first_year, last_day.year + 1)
    ]


@dataclass(frozen=True, slots=True)
class Answered:
    """A question in words with its reading, for showing."""

    query: LiveQuery
    words: str
    reading: Reading


def answered(query: LiveQuery, today: date, subjects: Subjects | None = None) -> Answered:
    """Return the question with its reading of the usual period up to today."""
    known = subjects or Subjects([query])
    reading = read(query, *usual_period(query.kind, today), known)
    return Answered(query, query.in_words(known), reading)

"""Live questions: what a cause or an indicator rests on, asked anew each time it is shown.

    query = LiveQuery(kind=QueryKind.EVENTS, place_id=7, radius_m=150, hours=(22, 4))
    reading = read(query, first_day, last_day)

A question is stored as `query.as_json()`, a reading that must not change (a baseline) as
`reading.as_json()`.
"""

from samhandling_web.understand.places.queries.answering import (
    Answered,
    answered,
    read,
    read_years,
)
from samhandling_web.understand.places.queries.question import LiveQuery
from samhandling_web.understand.places.queries.reading import Reading, usual_period
from samhandling_web.understand.places.queries.subjects import Subjects
from samhandling_web.understand.places.queries.survey import survey_item
from samhandling_web.understand.places.rules import QueryKind

__all__ = [
    "Answered",
    "LiveQuery",
    "QueryKind",
    "Reading",
    "Subjects",
    "answered",
    "read",
    "read_years",
    "survey_item",
    "usual_period",
]

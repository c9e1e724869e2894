"""Questions in addresses: whole, stable, and never failing on what people or programs write."""

from datetime import date
from types import SimpleNamespace
from urllib.parse import parse_qs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samhandling_web.observe.events.snapshot.overview import Holding
from samhandling_web.understand.picture.explore.choices import Choices
from samhandling_web.understand.picture.explore.question import (
    SORTABLE,
    WEEKDAYS,
    Against,
    Measure,
    Place,
    Question,
)
from samhandling_web.understand.picture.explore.reading import (
    BACKWARDS,
    NOT_A_DAY,
    OVERLAP,
    UNKNOWN,
    read,
)

NAMES = ["kalla", "niva", "fran", "till", "inom", "typ", "timme_fran", "timme_till", "veckodag"]
NAMES += ["jamfor", "jamfor_fran", "jamfor_till", "matt", "sortera", "sida"]
KINDS = ("fire", "theft", "fraud")
LEVELS = {"district": SimpleNamespace(name_plural="D"), "deso": SimpleNamespace(name_plural="S")}
CHOICES = Choices(
    levels=LEVELS,
    sources={
        "reports": Holding(
            KINDS, date(2020, 1, 1), date(2024, 12, 30), 10, (date(2020, 1, 1), date(2024, 12, 31))
        )
    },
    source_names={"reports": "Reports"},
    labels={},
    first_level="district",
    reference_level="district",
)

days = st.dates(date(1950, 1, 1), date(2150, 1, 1))
periods = st.tuples(days, days).map(sorted).map(tuple)
some = lambda known: st.sets(st.sampled_from(known), max_size=len(known) - 1).map(  # noqa: E731
    lambda chosen: tuple(one for one in known if one in chosen)
)
hours = st.none() | st.tuples(st.integers(0, 23), st.integers(1, 24)).filter(
    lambda pair: pair[0] % 24 != pair[1] % 24
)
places = st.sets(st.sampled_from(["A", "B:1", "Ö 2"])).map(
    lambda codes: tuple(sorted((Place("deso", code) for code in codes), key=str))
)


@st.composite
def questions(draw):
    start, end = draw(periods)
    return Question(
        source="reports",
        level=draw(st.sampled_from(list(LEVELS))),
        start=start,
        end=end,
        within=draw(places),
        categories=draw(some(KINDS)),
        hours=draw(hours),
        weekdays=draw(some(tuple(WEEKDAYS))),
        against=draw(st.sampled_from(Against)),
        own_before=draw(st.none() | periods),
        measure=draw(st.sampled_from(Measure)),
        sort=draw(st.sampled_from(["", "-"])) + draw(st.sampled_from(SORTABLE)),
    )


@given(questions())
def test_an_address_holds_the_whole_question(question):
    assert read(parse_qs(question.as_query()), CHOICES).question == question


fields = st.dictionaries(
    st.sampled_from(
        [
            "kalla",
            "niva",
            "fran",
            "till",
            "inom",
            "typ",
            "timme_fran",
            "timme_till",
            "veckodag",
            "jamfor",
            "jamfor_fran",
            "jamfor_till",
            "matt",
            "sortera",
            "sida",
        ]
    ),
    st.lists(st.text(max_size=12) | st.sampled_from(["2024-01-31", "deso:1", "24", "-antal", "²"])),
)


@given(fields)
def test_anything_written_is_a_question_that_stays_the_same(given_fields):
    question = read(given_fields, CHOICES).question
    assert question.start <= question.end
    assert read(parse_qs(question.as_query()), CHOICES).question == question


def test_an_empty_address_asks_for_the_last_whole_year():
    question = read({}, CHOICES).question
    assert question.period == (date(2024, 1, 1), date(2024, 12, 31))
    assert question.before == (date(2023, 1, 1), date(2023, 12, 31))


@pytest.mark.parametrize(
    ("query", "problem"),
    [
        ("fran=2024-05-01&till=2024-01-01", BACKWARDS),
        ("fran=2024-13-01", NOT_A_DAY),
        ("till=9999-12-31", NOT_A_DAY),
        ("kalla=nowhere", UNKNOWN),
        ("inom=moon:1", UNKNOWN),
        ("jamfor=egen&jamfor_fran=2024-01-01&jamfor_till=2024-03-01", OVERLAP),
    ],
)
def test_what_is_not_understood_is_said(query, problem):
    assert problem in read(parse_qs(query), CHOICES).problems


def test_a_leap_day_is_compared_with_the_28th():
    question = read(parse_qs("fran=2024-02-29&till=2024-02-29"), CHOICES).question
    assert question.before == (date(2023, 2, 28), date(2023, 2, 28))


def test_several_years_are_compared_with_as_many_before():
    question = read(parse_qs("fran=2023-01-01&till=2024-12-31"), CHOICES).question
    assert question.before == (date(2021, 1, 1), date(2022, 12, 31))

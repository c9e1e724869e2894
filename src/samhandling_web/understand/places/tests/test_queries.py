"""Live questions: what is stored, what is said, what is counted and when there is no value."""

from datetime import date, timedelta

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from samhandling_web.base.accounts.rules import Role
from samhandling_web.observe.imports.models import Batch
from samhandling_web.observe.observations.rules import SEVERITIES
from samhandling_web.observe.surveys.models import SurveyResultRevision
from samhandling_web.understand.picture.tests.invented_town import event, made
from samhandling_web.understand.places.queries import (
    LiveQuery,
    QueryKind,
    Reading,
    read,
    read_years,
    survey_item,
    usual_period,
)
from samhandling_web.understand.places.rules import (
    LARGEST_RADIUS_M,
    SMALLEST_RADIUS_M,
    QueryInvalid,
)
from samhandling_web.understand.places.tests import town

YEAR = (date(2024, 1, 1), date(2024, 12, 31))
slugs = st.lists(st.text(min_size=1, max_size=8), max_size=3, unique=True).map(tuple)
hours = st.none() | st.tuples(st.integers(0, 23), st.integers(0, 23)).filter(lambda h: h[0] != h[1])
weekdays = st.lists(st.integers(0, 6), unique=True).map(tuple)
at_places = st.builds(
    LiveQuery,
    kind=st.sampled_from([QueryKind.EVENTS, QueryKind.OBSERVATIONS]),
    place_id=st.integers(1, 10**6),
    radius_m=st.none() | st.integers(SMALLEST_RADIUS_M, LARGEST_RADIUS_M),
    categories=slugs,
    hours=hours,
    weekdays=weekdays,
)
in_areas = st.builds(
    LiveQuery,
    kind=st.just(QueryKind.OBSERVATIONS),
    level=st.just("district"),
    code=st.sampled_from(["W", "E"]),
    severities=st.lists(st.sampled_from(list(SEVERITIES)), unique=True).map(
        lambda chosen: tuple(map(str, chosen))
    ),
    hours=hours,
)


@given(at_places | in_areas)
def test_a_question_survives_being_stored(query):
    assert LiveQuery.from_json(query.as_json()) == query


def test_everything_that_is_wrong_is_named_at_once():
    stored = {"kind": "events", "place_id": -1, "hours": [4, 4], "weekdays": [9], "colour": "red"}
    with pytest.raises(QueryInvalid) as refusal:
        LiveQuery.from_json(stored)
    said = str(refusal.value)
    assert all(word in said for word in ("platsen", "klockslagen", "veckodagarna", "colour"))


@pytest.mark.parametrize(
    ("stored", "word"),
    [
        (None, "inte sparad som en fråga"),
        ({}, "slaget"),
        ({"kind": "crimes"}, "crimes"),
        ({"kind": "events", "level": "district"}, "både nivå och kod"),
        ({"kind": "events", "place_id": 1, "level": "d", "code": "W"}, "antingen en plats"),
        ({"kind": "events", "radius_m": 100}, "en radie hör till en plats"),
        ({"kind": "events", "place_id": 1, "radius_m": 5_000}, "5000"),
        ({"kind": "events", "severities": ["red"]}, "inget allvar"),
        ({"kind": "observations", "source": "reports"}, "källa"),
        ({"kind": "survey"}, "vilken fråga"),
        ({"kind": "survey", "item": "x", "place_id": 1}, "för områden"),
        ({"kind": "survey", "item": "x", "hours": [1, 2]}, "varken typer"),
    ],
)
def test_what_does_not_go_together_is_refused(stored, word):
    with pytest.raises(QueryInvalid, match=word):
        LiveQuery.from_json(stored)


def test_a_reading_survives_being_stored():
    reading = Reading(4.0, 2.0, 7.0, 4, "per år", *YEAR, "källa", "så", "v1")
    assert Reading.from_json(reading.as_json()) == reading
    with pytest.raises(QueryInvalid):
        Reading.from_json({"value": 1})
    with pytest.raises(QueryInvalid):
        Reading.from_json(reading.as_json() | {"first_day": "i går"})


def events(dates, lon=town.LON, **other):
    return [event(day, lon, town.LAT, **other) for day in dates]


def every_month(year):
    return [date(year, month, 10) for month in range(1, 13)]


@pytest.fixture
def snapshot(data_folder, db):
    """Two years: each month one event at the square, one 5 km off, and one without a point."""
    days = [*every_month(2023), *every_month(2024)]
    far = town.LON + 0.01
    return made([*events(days), *events(days, far), *events(every_month(2024), precision="area")])


def test_events_near_a_place_are_counted_with_their_interval(snapshot):
    """Garwood (1936): 12 events have the exact 95 % interval 6.201 to 20.962."""
    square = town.place(district=town.district())
    reading = read(LiveQuery(QueryKind.EVENTS, place_id=square.pk, radius_m=150), *YEAR)
    assert reading.count == 12
    years = 366 / 365.25
    assert reading.low == pytest.approx(6.201 / years, abs=0.001)
    assert reading.high == pytest.approx(20.962 / years, abs=0.001)
    assert "12 av 36 händelser i W" in reading.definition
    assert "12,0 händelser per år (95 % intervall 6,2–20,9)" in reading.in_words()
    assert "inom 150 m från Torget" in LiveQuery(QueryKind.EVENTS, place_id=square.pk).in_words()


def test_a_wider_circle_holds_more(snapshot):
    square = town.place()
    asked = LiveQuery(QueryKind.EVENTS, place_id=square.pk, radius_m=700)
    assert read(asked, *YEAR).count == 24


def test_events_of_an_area_and_of_the_whole(snapshot):
    west = read(LiveQuery(QueryKind.EVENTS, level="district", code="W"), *YEAR)
    assert west.count == 36
    assert read(LiveQuery(QueryKind.EVENTS), *YEAR).count == 36
    east = read(LiveQuery(QueryKind.EVENTS, level="district", code="E"), *YEAR)
    assert (east.count, east.value, east.low) == (0, 0.0, 0.0)
    assert east.high > 3


def test_the_period_is_cut_to_what_the_source_covers(snapshot):
    reading = read(LiveQuery(QueryKind.EVENTS), date(2020, 1, 1), date(2025, 6, 30))
    assert (reading.first_day, reading.last_day) == (date(2023, 1, 1), date(2024, 12, 31))
    assert "2023-01-01" in reading.definition
    before = read(LiveQuery(QueryKind.EVENTS), date(2020, 1, 1), date(2020, 12, 31))
    assert before.value is None
    assert "2023-01-01" in before.problem


@pytest.mark.parametrize(
    ("query", "word"),
    [
        (LiveQuery(QueryKind.EVENTS, level="district", code="X"), "X"),
        (LiveQuery(QueryKind.EVENTS, level="ward", code="X"), "ward"),
        (LiveQuery(QueryKind.EVENTS, categories=("fire", "murder")), "samma källa"),
        (LiveQuery(QueryKind.EVENTS, source="elsewhere"), "elsewhere"),
        (LiveQuery(QueryKind.EVENTS, place_id=987), "finns inte"),
    ],
)
def test_without_a_true_number_there_is_none(snapshot, query, word):
    reading = read(query, *YEAR)
    assert reading.value is None
    assert word in reading.problem


def test_a_place_among_events_without_points_gets_no_number(data_folder, db):
    made(events(every_month(2024), precision="area"))
    square = town.place(district=town.district())
    asked = LiveQuery(QueryKind.EVENTS, place_id=square.pk)
    assert "inte så noga placerade" in read(asked, *YEAR).problem


def test_without_a_snapshot_nothing_is_said(data_folder, db):
    assert "Importera händelser" in read(LiveQuery(QueryKind.EVENTS), *YEAR).problem


def test_hours_weigh_the_interval(data_folder, db):
    """Two days from noon hold the night from 22 to 04 with six hours of twenty-four."""
    made(events(every_month(2024), days=2))
    asked = LiveQuery(QueryKind.EVENTS, hours=(22, 4))
    assert read(asked, *YEAR).count == 3
    assert "klockan 22–04" in asked.in_words()


def test_each_year_by_itself(snapshot):
    square = town.place()
    asked = LiveQuery(QueryKind.EVENTS, place_id=square.pk)
    readings = read_years(asked, 2022, date(2024, 12, 31))
    assert [one.count for one in readings] == [None, 12, 12]


def test_days_run_forwards(db):
    with pytest.raises(ValueError, match="before it begins"):
        read(LiveQuery(QueryKind.EVENTS), date(2024, 2, 1), date(2024, 1, 1))


@pytest.fixture
def reporter(db):
    return town.person(Role.REPORTER)


def test_observations_near_a_place(reporter):
    square, today = town.place(), timezone.localdate()
    days = [today - timedelta(days=30 * back) for back in range(5)]
    town.observations(reporter, days)
    town.observation(reporter, days[0], precision="around")
    town.observation(reporter, days[0], lon=town.LON + 0.01)
    honour = town.category("honour")
    town.observation(reporter, days[0], category=honour)
    town.observation(reporter, days[0], category=town.category("safe_place", "safe"))
    asked = LiveQuery(QueryKind.OBSERVATIONS, place_id=square.pk)
    reading = read(asked, today - timedelta(days=364), today)
    assert reading.count == 5
    assert reading.first_day == days[-1]
    assert "1 till ligger där" in reading.definition
    assert "under perioden: 1." in reading.definition
    wide = LiveQuery(QueryKind.OBSERVATIONS, place_id=square.pk, radius_m=600)
    assert read(wide, today - timedelta(days=364), today).count == 7


def test_observations_of_an_area_at_night(reporter):
    west, today = town.district(), timezone.localdate()
    night = {"district": west, "hour": 23, "severity": "red"}
    town.observation(reporter, today - timedelta(days=200))
    town.observations(reporter, [today - timedelta(days=d) for d in (20, 30)], **night)
    town.observation(reporter, today - timedelta(days=25), district=west)
    asked = LiveQuery(
        QueryKind.OBSERVATIONS, level="district", code="W", hours=(22, 4), severities=("red",)
    )
    assert read(asked, today - timedelta(days=364), today).count == 2
    assert "i Väster, klockan 22–04" in asked.in_words()
    # A level without a column of its own is counted by where its border runs.
    unit = LiveQuery(QueryKind.OBSERVATIONS, level="nowhere", code="U1")
    assert "finns inte längre" in read(unit, today - timedelta(days=364), today).problem


def test_nobody_has_reported(db):
    today = timezone.localdate()
    assert "Ingen har rapporterat" in read(LiveQuery(QueryKind.OBSERVATIONS), today, today).problem


def answer(wave, percent, **values):
    """Store a survey result of one wave as its import would."""
    now = timezone.now()
    source = Batch.objects.create(
        source="enkat",
        kind="survey",
        state="applied",
        size_bytes=1,
        received_at=now,
        applied_at=now,
    )
    told = {
        "batch": source,
        "source": "enkat",
        "key": wave,
        "row_number": 1,
        "survey": "Trygghetsmätningen",
        "wave": wave,
        "item": "unsafe",
        "wording": "Känner du dig otrygg?",
        "cut": "ja",
        "area_level": "district",
        "area_code": "W",
        "value_percent": percent,
        "low": percent - 3,
        "high": percent + 3,
        "n": 400,
        "n_basis": "item",
        "interval_origin": "published",
    }
    return SurveyResultRevision.objects.create(**(told | values))


def test_a_survey_is_read_word_for_word(db):
    town.district()
    answer("2020", 20.0)
    answer("2023", 26.0)
    item = survey_item("unsafe", "Trygghetsmätningen", "Känner du dig otrygg?", "ja")
    asked = LiveQuery(QueryKind.SURVEY, level="district", code="W", item=item)
    reading = read(asked, date(2019, 1, 1), date(2024, 12, 31))
    assert (reading.value, reading.low, reading.high, reading.count) == (26.0, 23.0, 29.0, 400)
    assert (reading.first_day, reading.last_day) == (date(2023, 1, 1), date(2023, 12, 31))
    assert "Känner du dig otrygg" in asked.in_words()
    assert read(asked, date(2020, 1, 1), date(2021, 12, 31)).value == 20.0
    assert "2023-12-31" in read(asked, date(2024, 1, 1), date(2024, 12, 31)).problem
    other = LiveQuery(QueryKind.SURVEY, level="district", code="E", item=item)
    assert "inga enkätsvar" in read(other, *YEAR).problem


def test_two_wordings_are_two_questions(db):
    town.district()
    answer("2023", 26.0)
    answer("2023", 40.0, key="other", wording="Hur otrygg känner du dig?")
    asked = LiveQuery(QueryKind.SURVEY, level="district", code="W", item="unsafe")
    period = (date(2022, 1, 1), date(2024, 12, 31))
    assert "flera lydelser" in read(asked, *period).problem
    item = survey_item("unsafe", "Trygghetsmätningen", "Hur otrygg känner du dig?", "ja")
    exact = LiveQuery(QueryKind.SURVEY, level="district", code="W", item=item)
    assert read(exact, *period).value == 40.0


@pytest.mark.parametrize(
    ("day", "first"),
    [(date(2024, 2, 29), date(2023, 2, 28)), (date(2025, 6, 30), date(2024, 6, 30))],
)
def test_the_usual_period_is_a_year_back(day, first):
    assert usual_period(QueryKind.EVENTS, day) == (first, day)

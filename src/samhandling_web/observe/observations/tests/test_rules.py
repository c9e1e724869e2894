"""Which steps there are, and what a refusal says."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samhandling_web.observe.observations import rules
from samhandling_web.observe.observations.rules import CategoryKind, Severity, Status
from samhandling_web.observe.observations.seen import point_of
from samhandling_web.observe.observations.usual_categories import USUAL_CATEGORIES

NOW = datetime(2026, 11, 18, 12, tzinfo=UTC)


def test_every_state_has_a_name_and_a_row():
    assert set(rules.STATUSES) == set(Status) == set(rules.TRANSITIONS)
    assert set(rules.SEVERITIES) == set(Severity)


@pytest.mark.parametrize("current", Status)
@pytest.mark.parametrize("target", Status)
def test_only_the_tables_steps_are_taken(current, target):
    if target in rules.TRANSITIONS[current]:
        rules.check_transition(current, target)
    else:
        with pytest.raises(rules.TransitionNotAllowed, match=str(rules.STATUSES[target])):
            rules.check_transition(current, target)


@given(st.lists(st.sampled_from(list(Status)), max_size=12))
def test_no_sequence_reaches_joined_but_from_received(steps):
    state = Status.RECEIVED
    for target in steps:
        if target not in rules.TRANSITIONS[state]:
            continue
        assert target is not Status.JOINED or state is Status.RECEIVED
        state = target


@pytest.mark.parametrize("target", sorted(rules.ANSWER_NEEDED))
@pytest.mark.parametrize("answer", ["", "  \n "])
def test_how_it_ended_is_told(target, answer):
    with pytest.raises(rules.AnswerMissing):
        rules.check_answer(target, answer)
    rules.check_answer(target, "Lampan är lagad.")
    rules.check_answer(Status.TAKEN_UP, answer)


def test_only_what_is_coming_lies_ahead():
    later = NOW + timedelta(hours=2)
    rules.check_not_ahead(CategoryKind.UPCOMING, later, NOW)
    rules.check_not_ahead(CategoryKind.EVENT, NOW + timedelta(minutes=10), NOW)
    with pytest.raises(rules.InTheFuture, match="2026-11-18 14:00"):
        rules.check_not_ahead(CategoryKind.EVENT, later, NOW)


def test_an_interval_runs_forwards():
    rules.check_interval(NOW, NOW)
    with pytest.raises(rules.EndsBeforeStart):
        rules.check_interval(NOW, NOW - timedelta(minutes=1))


def test_a_week_is_compiled_when_it_is_over():
    monday = date(2026, 11, 16)
    rules.check_week(monday, date(2026, 11, 23))
    with pytest.raises(rules.WeekNotOver):
        rules.check_week(monday, date(2026, 11, 22))
    with pytest.raises(rules.NotAMonday, match="2026-11-17"):
        rules.check_week(date(2026, 11, 17), date(2026, 12, 1))


def test_seven_days_to_answer():
    assert rules.due_day(date(2026, 11, 16)) == date(2026, 11, 23)


def test_the_usual_list_has_every_kind_and_the_restricted_one():
    """DOMAIN: EST's list, with honour-related control coded and restricted."""
    assert {usual.kind for usual in USUAL_CATEGORIES} == set(CategoryKind)
    slugs = [usual.slug for usual in USUAL_CATEGORIES]
    assert len(slugs) == len(set(slugs)) == 23
    assert set(slugs) >= rules.RESTRICTED_CATEGORIES


@pytest.mark.parametrize(
    ("geometry", "point"),
    [
        (None, None),
        ({"type": "Point", "coordinates": [18.0, 59.0]}, (18.0, 59.0)),
        ({"type": "LineString", "coordinates": [[18.0, 59.0], [18.2, 59.0]]}, (18.1, 59.0)),
        (
            {"type": "Polygon", "coordinates": [[[0, 0], [2, 0], [2, 2], [0, 2], [0, 0]]]},
            (1.0, 1.0),
        ),
    ],
)
def test_what_was_drawn_has_a_point(geometry, point):
    assert point_of(geometry) == (pytest.approx(point) if point else None)


@pytest.mark.parametrize(
    "geometry",
    [
        {"type": "Point", "coordinates": [180.5, 59.0]},
        {"type": "Point", "coordinates": []},
        {"type": "Point", "coordinates": ["a", "b"]},
        {"type": "MultiPoint", "coordinates": [[1, 2]]},
        {"type": "Polygon", "coordinates": [[[0, 0], [2, 2], [2, 0], [0, 2], [0, 0]]]},
        {"type": "LineString", "coordinates": [[n / 10, 1] for n in range(300)]},
        {"type": "Nothing"},
        {},
    ],
)
def test_what_cannot_be_drawn_is_refused(geometry):
    with pytest.raises(rules.NotAPlaceOnTheMap):
        point_of(geometry)

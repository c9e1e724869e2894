"""The picture's parts, states and two-year clock."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samhandling_web.understand.picture import rules
from samhandling_web.understand.picture.rules import Clock, Kind, Part, Status


@pytest.mark.parametrize(
    ("day", "clock"),
    [
        (0, Clock.GREEN),
        (547, Clock.GREEN),
        (548, Clock.AMBER),
        (730, Clock.AMBER),
        (731, Clock.RED),
    ],
)
@pytest.mark.parametrize("adopted_on", [date(2023, 7, 1), date(2024, 2, 29), date(2025, 3, 1)])
def test_the_clock_turns_on_the_right_day(adopted_on, day, clock):
    assert rules.clock_reading(adopted_on, adopted_on + timedelta(days=day)).clock == clock


def test_no_picture_is_not_called_overdue_but_missing():
    assert rules.clock_reading(None, date(2025, 1, 1)).clock == Clock.NONE


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.integers(0, 2_000))
def test_days_left_and_colour_agree(adopted_on, age):
    reading = rules.clock_reading(adopted_on, adopted_on + timedelta(days=age))
    assert reading.days_left == 730 - age
    assert (reading.clock == Clock.RED) == (reading.days_left < 0)


@pytest.mark.parametrize("empty", list(Part))
def test_a_statutory_picture_lacks_each_empty_part_by_name(empty):
    texts = dict.fromkeys(Part, "Text.") | {empty: "  \n"}
    with pytest.raises(rules.PartsMissing) as caught:
        rules.check_complete(Kind.STATUTORY, texts, has_figures=True)
    assert str(rules.PARTS[empty]) in str(caught.value)


def test_everything_missing_is_named_at_once():
    with pytest.raises(rules.PartsMissing) as caught:
        rules.check_complete(Kind.STATUTORY, dict.fromkeys(Part, ""), has_figures=False)
    assert all(str(label) in str(caught.value) for label in rules.PARTS.values())
    assert "siffror" in str(caught.value)


def test_a_weekly_picture_needs_only_its_mapping():
    texts = dict.fromkeys(Part, "") | {Part.MAPPING: "Lugn vecka."}
    rules.check_complete(Kind.WEEKLY, texts, has_figures=True)


@given(st.lists(st.sampled_from(Status), max_size=12))
def test_no_sequence_of_steps_leaves_adopted(steps):
    current, was_adopted = Status.DRAFT, False
    for target in steps:
        if target in rules.TRANSITIONS[current]:
            rules.check_transition(current, target)
            current = target
        else:
            with pytest.raises(rules.TransitionNotAllowed):
                rules.check_transition(current, target)
        assert not was_adopted or current == Status.ADOPTED
        was_adopted = current == Status.ADOPTED

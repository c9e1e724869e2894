"""Walks: tables of states, what an answer must say, and when it is due."""

from datetime import date

import pytest

from samhandling_web.observe.walks import rules
from samhandling_web.observe.walks.figures import Told, days_of, figures_of
from samhandling_web.observe.walks.rules import FindingStatus, Status


@pytest.mark.parametrize("current", Status)
@pytest.mark.parametrize("target", Status)
def test_a_walk_moves_as_the_table_says(current, target):
    if target in rules.TRANSITIONS[current]:
        rules.check_transition(current, target)
        return
    with pytest.raises(rules.TransitionNotAllowed):
        rules.check_transition(current, target)


def test_every_state_has_its_words_and_its_row():
    assert rules.TRANSITIONS.keys() == rules.STATUSES.keys() == set(Status)
    assert rules.FINDING_TRANSITIONS.keys() == rules.FINDING_STATUSES.keys() == set(FindingStatus)
    for current, targets in rules.LINK_ANSWERS.items():
        assert targets <= rules.FINDING_TRANSITIONS[current]


def test_nothing_that_was_answered_is_open_again():
    assert all(FindingStatus.OPEN not in targets for targets in rules.FINDING_TRANSITIONS.values())


def test_an_answer_that_lacks_everything_is_told_everything():
    with pytest.raises(rules.DecisionIncomplete) as refusal:
        rules.check_decision(FindingStatus.WILL_DO, why="", deadline=None, has_owner=False)
    assert "när det är klart" in str(refusal.value)
    assert "vem som gör det" in str(refusal.value)


@pytest.mark.parametrize(
    ("deadline", "done_on"),
    [(date(2026, 3, 1), None), (None, date(2026, 3, 3)), (None, date(2026, 2, 1))],
    ids=["promised for yesterday", "done tomorrow", "done before the walk"],
)
def test_days_follow_each_other(deadline, done_on):
    with pytest.raises(rules.DayNotPossible):
        rules.check_days(
            deadline=deadline,
            done_on=done_on,
            walked_on=date(2026, 2, 10),
            today=date(2026, 3, 2),
        )


def test_an_answer_is_due_at_the_meeting_or_after_fifteen_working_days():
    """Good Friday and Easter Monday 2026 are 3 and 6 April."""
    assert rules.answer_due(date(2026, 3, 26), date(2026, 4, 14)) == date(2026, 4, 14)
    assert rules.answer_due(date(2026, 3, 26), None) == date(2026, 4, 20)


def test_a_safe_place_is_answered_only_if_something_is_asked_for():
    assert rules.needs_answer(is_safe=False, suggestion="")
    assert not rules.needs_answer(is_safe=True, suggestion=" ")
    assert rules.needs_answer(is_safe=True, suggestion="Sätt upp en bänk till.")


def test_findings_are_taken_from_the_walks_day_until_the_meeting():
    day = date(2026, 3, 26)
    rules.check_taking_findings(Status.PLANNED, day, day)
    rules.check_taking_findings(Status.WALKED, day, date(2026, 4, 1))
    for status, today in ((Status.PLANNED, date(2026, 3, 25)), (Status.FED_BACK, day)):
        with pytest.raises(rules.NotTakingFindings):
            rules.check_taking_findings(status, day, today)


def told(status: str, answered: int | None = None, done: int | None = None) -> Told:
    return Told(
        status,
        date(2026, 1, 1),
        date(2026, 1, 1 + answered) if answered is not None else None,
        date(2026, 1, 1 + done) if done is not None else None,
    )


def test_shares_tell_part_and_whole():
    figures = figures_of([told("done", 2, 9), told("will_do", 4), told("open"), told("open")])
    assert (figures.answered.part, figures.answered.whole) == (2, 4)
    assert (figures.done.part, figures.done.whole) == (1, 4)
    assert figures.answered.percent == 50
    assert figures_of([]).answered.percent is None


def test_a_median_of_fewer_than_five_is_not_told():
    assert days_of([1, 2, 3, 4, None]).median is None
    five = days_of([1, 2, 3, 10, 30])
    assert (five.median, five.shortest, five.longest) == (3, 1, 30)

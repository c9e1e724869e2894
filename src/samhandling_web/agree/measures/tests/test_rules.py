"""The tables of measures and plans, and the published rules they come from."""

from datetime import date

import pytest

from samhandling_web.agree.measures import rules
from samhandling_web.agree.measures.refusals import DatesBackwards, TransitionNotAllowed
from samhandling_web.agree.measures.rules import EvaluationLevel, PlanStatus, Status


def test_every_state_has_its_row_and_its_words():
    assert set(rules.TRANSITIONS) == set(Status) == set(rules.STATUSES)
    assert set(rules.PLAN_TRANSITIONS) == set(PlanStatus) == set(rules.PLAN_STATUSES)


def test_nothing_that_began_ends_without_a_follow_up():
    """Brå (2023): measures are not followed up. Only before the start may one be taken back."""
    final = {state for state, following in rules.TRANSITIONS.items() if not following}
    assert final == {Status.FOLLOWED_UP, Status.WITHDRAWN}
    before_withdrawn = {s for s, after in rules.TRANSITIONS.items() if Status.WITHDRAWN in after}
    assert before_withdrawn == {Status.PROPOSED, Status.APPROVED}


def test_a_step_that_the_table_does_not_have_is_refused():
    with pytest.raises(TransitionNotAllowed) as refusal:
        rules.check_transition(Status.PROPOSED, Status.STARTED)
    assert "föreslagen" in str(refusal.value)
    rules.check_transition(Status.PROPOSED, Status.APPROVED)


def test_an_empty_measure_lacks_all_that_the_process_asks_for():
    """Domain rule: problem, cause, mechanism, indicator, evaluation level and follow-up date."""
    missing = [str(label) for label in rules.missing_for_approval({})]
    assert len(missing) == len(rules.NEEDED_FOR_APPROVAL) == 14
    assert rules.missing_for_approval(dict.fromkeys(rules.NEEDED_FOR_APPROVAL, True)) == []


def test_before_and_after_alone_tells_no_effect():
    assert EvaluationLevel.BEFORE_AFTER < rules.EFFECT_KNOWN_FROM == EvaluationLevel.COMPARISON
    for level in (EvaluationLevel.NONE, EvaluationLevel.BEFORE_AFTER):
        assert "kan bero på annat" in str(rules.EFFECT_WORDS[level])
    assert set(rules.EFFECT_WORDS) == set(EvaluationLevel)


@pytest.mark.parametrize(
    ("start", "end", "follow_up"),
    [
        (date(2026, 2, 1), date(2026, 1, 1), None),
        (None, date(2026, 2, 1), date(2026, 1, 1)),
    ],
)
def test_days_come_in_order(start, end, follow_up):
    with pytest.raises(DatesBackwards):
        rules.check_dates(start, end, follow_up)
    rules.check_dates(date(2026, 1, 1), date(2026, 1, 1), date(2026, 1, 1))

"""Agreements, promises and meetings: their tables, what they lack, and how long they hold."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samhandling_web.agree.partnership import rules
from samhandling_web.agree.partnership.rules import (
    RENEWAL_NOTICE,
    AgreementStatus,
    ItemStatus,
    MeetingStatus,
)
from samhandling_web.agree.partnership.validity import (
    Cover,
    Term,
    cover_on,
    last_day_covered,
    term_of,
)
from samhandling_web.base.common.errors import DomainError

DAY = date(2026, 3, 1)
TABLES = (
    (rules.AGREEMENT_TRANSITIONS, rules.check_agreement_transition),
    (rules.PROMISE_TRANSITIONS, rules.check_promise_transition),
    (rules.MEETING_TRANSITIONS, rules.check_meeting_transition),
    (rules.ITEM_TRANSITIONS, rules.check_item_transition),
)


@pytest.mark.parametrize(("table", "check"), TABLES)
def test_a_step_is_allowed_exactly_when_the_table_has_it(table, check):
    for current in table:
        for target in table:
            if target in table[current]:
                check(current, target)
            else:
                with pytest.raises(DomainError, match="Ladda om"):
                    check(current, target)


def test_an_agreement_names_all_that_it_lacks_at_once():
    """9 § lag (2023:196): purposes and fields of co-operation; and who, when, and the paper."""
    missing = rules.missing_in_agreement(
        purposes=" ", fields="", parties=1, valid_from=DAY, valid_to=None, has_document=False
    )
    assert len(missing) == 5
    assert [str(one) for one in missing if "9 §" in str(one)] == [
        "syften (9 § lag 2023:196)",
        "områden för samverkan (9 § lag 2023:196)",
    ]


def test_a_decision_names_all_that_it_lacks_at_once():
    missing = rules.missing_in_decision(decision="", has_owner=False, deadline=None)
    assert [str(one) for one in missing] == [
        "vad som ska göras",
        "vem som ansvarar",
        "när det ska vara klart",
    ]


def test_an_item_ends_as_done_or_dropped_and_only_when_decided():
    rules.check_item_ended(ItemStatus.DECIDED, ItemStatus.DONE)
    for current, target in (
        (ItemStatus.OPEN, ItemStatus.DONE),
        (ItemStatus.DECIDED, ItemStatus.NO_ACTION),
        (ItemStatus.DONE, ItemStatus.DROPPED),
    ):
        with pytest.raises(rules.ItemTransitionNotAllowed):
            rules.check_item_ended(current, target)


def test_a_refusal_says_when_in_a_meeting_the_step_can_be_taken():
    with pytest.raises(DomainError, match="planerat eller kallat"):
        rules.check_meeting_is(MeetingStatus.CLOSED, MeetingStatus.PLANNED, MeetingStatus.CALLED)


@pytest.mark.parametrize(
    ("signed", "ended", "first", "last"),
    [
        (date(2024, 12, 1), None, date(2025, 1, 1), date(2026, 12, 31)),
        (date(2025, 2, 1), None, date(2025, 2, 1), date(2026, 12, 31)),
        (date(2024, 12, 1), date(2025, 7, 1), date(2025, 1, 1), date(2025, 6, 30)),
    ],
)
def test_an_agreement_binds_from_signing_until_the_day_before_it_ends(signed, ended, first, last):
    assert term_of(signed, date(2025, 1, 1), date(2026, 12, 31), ended) == Term(first, last)


def test_one_that_is_not_signed_or_ended_before_it_began_never_holds():
    assert term_of(None, DAY, DAY, None) is None
    assert term_of(DAY, DAY, date(2027, 1, 1), DAY) is None


@pytest.mark.parametrize(
    ("left", "cover"),
    [(None, Cover.MISSING), (0, Cover.EXPIRING), (182, Cover.EXPIRING), (183, Cover.VALID)],
)
def test_half_a_year_before_the_end_it_is_running_out(left, cover):
    assert timedelta(days=183) == RENEWAL_NOTICE
    last = None if left is None else DAY + timedelta(days=left)
    assert cover_on(DAY, last) == cover


days = st.integers(0, 60).map(lambda n: DAY + timedelta(days=n))
terms = st.lists(st.tuples(days, days).map(lambda pair: Term(min(pair), max(pair))), max_size=6)


@given(terms, days)
def test_the_last_day_covered_is_found_day_by_day(found, day):
    expected = None
    step = day
    while any(term.holds(step) for term in found):
        expected = step
        step += timedelta(days=1)
    assert last_day_covered(found, day) == expected


def test_drafts_alone_are_edited():
    rules.check_is_draft(AgreementStatus.DRAFT)
    with pytest.raises(rules.AgreementIsFixed, match="undertecknad"):
        rules.check_is_draft(AgreementStatus.SIGNED)

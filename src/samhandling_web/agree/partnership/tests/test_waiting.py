"""What waits for whom: told from states, and gone when the state has moved."""

from datetime import timedelta

import pytest
from django.utils import timezone

from samhandling_web.agree.partnership.rules import ItemStatus, PromiseStatus
from samhandling_web.agree.partnership.services import (
    agreements,
    items,
    meetings,
    promises,
)
from samhandling_web.agree.partnership.tests import factories
from samhandling_web.agree.partnership.waiting import waiting_for
from samhandling_web.base.accounts.rules import Role

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("data_folder")]
TODAY = timezone.localdate()


@pytest.fixture
def coordinator():
    return factories.person(Role.DISTRICT_COORDINATOR)


def codes(user):
    return sorted(one.code.removeprefix("partnership.") for one in waiting_for(user, TODAY))


def test_an_overdue_item_waits_for_its_owner_until_it_is_reported(coordinator):
    owner = factories.organisation("housing", "company")
    caretaker = factories.person(Role.PROPERTY_OWNER, owner, "caretaker")
    meeting = factories.held(coordinator, day=TODAY - timedelta(days=40))
    item = factories.decided(coordinator, meeting.items.get(), owner, TODAY - timedelta(days=1))
    meetings.meeting_close(meeting_id=meeting.pk, actor=coordinator)
    assert codes(caretaker) == ["item.overdue"]
    assert codes(coordinator) == []
    assert codes(factories.person(Role.REPORTER, owner, "reporter")) == []
    items.item_report(
        item_id=item.pk, status=ItemStatus.DROPPED, result="Budgeten räckte inte.", actor=caretaker
    )
    assert codes(caretaker) == []


def test_undecided_items_wait_for_who_leads_the_council(coordinator):
    meeting = factories.held(coordinator, day=TODAY)
    strategist = factories.person(
        Role.CITY_STRATEGIST, factories.organisation("kommunen"), "strategist"
    )
    assert codes(coordinator) == ["item.undecided"]
    assert codes(strategist) == []
    items.item_take_no_action(
        item_id=meeting.items.get().pk, because="Redan gjort.", actor=coordinator
    )
    assert codes(coordinator) == []


def test_a_meeting_within_a_week_waits_for_those_who_sit_there(coordinator):
    council = factories.council(coordinator)
    soon = factories.meeting(coordinator, council, TODAY + timedelta(days=7))
    factories.meeting(coordinator, council, TODAY + timedelta(days=8))
    assert codes(coordinator) == ["meeting.soon"]
    meetings.meeting_cancel(meeting_id=soon.pk, actor=coordinator)
    assert codes(coordinator) == []
    factories.meeting(coordinator, council, TODAY - timedelta(days=2))
    assert codes(coordinator) == ["meeting.not-held"]
    board = factories.person(Role.BOARD_MEMBER, None, "board")
    assert codes(board) == []


def test_agreements_and_promises_wait_for_whom_they_are(coordinator):
    agreement = factories.signed(coordinator, valid_to=TODAY + timedelta(days=182))
    factories.signed(coordinator, title="Länge", valid_to=TODAY + timedelta(days=184))
    promise = factories.promise(coordinator, promised_to=TODAY - timedelta(days=1))
    promises.promise_give(promise_id=promise.pk, actor=coordinator)
    assert codes(coordinator) == ["promise.judge"]
    longer = agreement.__class__.objects.get(title="Länge")
    agreements.agreement_end(agreement_id=longer.pk, ended_on=TODAY, actor=coordinator)
    assert codes(coordinator) == ["agreement.renew", "promise.judge"]
    elsewhere = factories.person(
        Role.DISTRICT_COORDINATOR, factories.organisation("south"), "south"
    )
    assert codes(elsewhere) == []
    promises.promise_judge(
        promise_id=promise.pk, verdict=PromiseStatus.KEPT, evidence="Se.", actor=coordinator
    )
    assert codes(coordinator) == ["agreement.renew"]


@pytest.mark.parametrize("role", list(Role))
def test_it_asks_few_questions_of_the_database(role, django_assert_max_num_queries):
    user = factories.person(role)
    with django_assert_max_num_queries(12):
        list(waiting_for(user, TODAY))

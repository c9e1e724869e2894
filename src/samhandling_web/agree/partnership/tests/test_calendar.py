"""A person's calendar: only what she may see, right after changes, and closed by revoking."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar

from samhandling_web.agree.partnership import calendars
from samhandling_web.agree.partnership.models import CalendarKey
from samhandling_web.agree.partnership.rules import CalendarScope, CouncilKind
from samhandling_web.agree.partnership.services import calendars as services
from samhandling_web.agree.partnership.services import councils, meetings
from samhandling_web.agree.partnership.tests import factories
from samhandling_web.base.accounts.models import Membership
from samhandling_web.base.accounts.rules import Role
from samhandling_web.base.common.errors import NotAllowed

pytestmark = pytest.mark.django_db


@pytest.fixture
def coordinator():
    return factories.person(Role.DISTRICT_COORDINATOR)


def feed_of(client, key, status=200):
    address = reverse("partnership:calendar-feed", args=[calendars.signed(key)])
    answer = client.get(address)
    assert answer.status_code == status
    return answer


def events(client, key):
    answer = feed_of(client, key)
    assert answer["Content-Type"].startswith("text/calendar")
    return list(Calendar.from_ical(answer.content).walk("VEVENT"))


def test_sequence_and_status_follow_every_change(client, coordinator):
    meeting = factories.meeting(coordinator)
    key = services.calendar_key_make(scope=CalendarScope.ALL, actor=coordinator)
    (event,) = events(client, key)
    uid = str(event["UID"])
    assert (int(event["SEQUENCE"]), str(event["STATUS"])) == (0, "TENTATIVE")
    assert event.decoded("DTSTART") == meeting.starts_at
    assert str(event["LOCATION"]) == "Sal 3"
    meetings.meeting_call(meeting_id=meeting.pk, actor=coordinator)
    later = meeting.starts_at + timedelta(days=1)
    meetings.meeting_move(
        meeting_id=meeting.pk,
        changes={"starts_at": later, "ends_at": later + timedelta(hours=1)},
        actor=coordinator,
    )
    (event,) = events(client, key)
    assert (int(event["SEQUENCE"]), str(event["STATUS"])) == (2, "CONFIRMED")
    assert event.decoded("DTSTART") == later
    meetings.meeting_move(meeting_id=meeting.pk, changes={"where": "Sal 3"}, actor=coordinator)
    meetings.meeting_cancel(meeting_id=meeting.pk, actor=coordinator)
    (event,) = events(client, key)
    assert (int(event["SEQUENCE"]), str(event["STATUS"])) == (3, "CANCELLED")
    assert str(event["UID"]) == uid


def test_only_meetings_that_the_person_may_see(client, coordinator):
    factories.meeting(coordinator, factories.council(coordinator, CouncilKind.LOCAL))
    factories.meeting(coordinator, factories.council(coordinator, CouncilKind.OPERATIVE))
    elected = factories.person(Role.BOARD_MEMBER, factories.organisation("kommunen"), "elected")
    every = services.calendar_key_make(scope=CalendarScope.ALL, actor=coordinator)
    open_to_elected = services.calendar_key_make(scope=CalendarScope.ALL, actor=elected)
    assert len(events(client, every)) == 2
    (event,) = events(client, open_to_elected)
    assert "local" in str(event["SUMMARY"])
    Membership.objects.filter(user=elected).update(
        valid_to=timezone.localdate() - timedelta(days=1)
    )
    assert events(client, open_to_elected) == []


def test_ones_own_meetings_are_those_one_leads_or_sits_at(client, coordinator):
    group = factories.council(coordinator)
    factories.meeting(coordinator, group)
    officer = factories.person(Role.POLICE_LIAISON, factories.police(), "officer")
    key = services.calendar_key_make(scope=CalendarScope.OWN, actor=officer)
    assert events(client, key) == []
    for position in ("chef", "samordnare"):
        councils.seat_add(
            council_id=group.pk, organisation=factories.police(), position=position,
            is_chair=False, actor=coordinator,
        )  # fmt: skip
    assert len(events(client, key)) == 1


def test_forged_revoked_and_closed_keys_open_nothing(client, coordinator):
    key = services.calendar_key_make(scope=CalendarScope.ALL, actor=coordinator)
    good = calendars.signed(key)
    for forged in (key.mark.hex, f"{good}x", good.replace(good[0], "0" if good[0] != "0" else "1")):
        address = reverse("partnership:calendar-feed", args=[forged])
        assert client.get(address).status_code == 404
    newer = services.calendar_key_make(scope=CalendarScope.ALL, actor=coordinator)
    feed_of(client, key, status=404)
    feed_of(client, newer)
    services.calendar_key_revoke(actor=coordinator)
    feed_of(client, newer, status=404)
    last = services.calendar_key_make(scope=CalendarScope.ALL, actor=coordinator)
    coordinator.is_active = False
    coordinator.save()
    feed_of(client, last, status=404)
    assert client.post(reverse("partnership:calendar-feed", args=["x"])).status_code == 405


@pytest.mark.parametrize("role", [Role.REPORTER, Role.PROPERTY_OWNER, Role.GUARD])
def test_who_reads_no_meetings_gets_no_key(role):
    with pytest.raises(NotAllowed):
        services.calendar_key_make(scope=CalendarScope.ALL, actor=factories.person(role))
    assert not CalendarKey.objects.exists()


def test_a_person_makes_and_revokes_the_address_on_the_page(client, coordinator):
    client.force_login(coordinator)
    page = reverse("partnership:calendar")
    assert ".ics" not in client.get(page).content.decode()
    assert client.post(page, {"scope": "own"}).status_code == 302
    assert ".ics" in client.get(page).content.decode()
    client.post(reverse("partnership:calendar-revoke"))
    assert ".ics" not in client.get(page).content.decode()

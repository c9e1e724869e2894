"""Meetings lead to something: agenda from what is due, decisions, and a close that holds."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from samhandling_web.agree.partnership import agenda, refusals, rules
from samhandling_web.agree.partnership.agenda import AgendaProposal
from samhandling_web.agree.partnership.models import AgendaItem, Meeting
from samhandling_web.agree.partnership.rules import CouncilKind, ItemStatus, MeetingStatus
from samhandling_web.agree.partnership.selectors import items as selectors
from samhandling_web.agree.partnership.services import councils, items, meetings
from samhandling_web.agree.partnership.tests import factories
from samhandling_web.base.accounts.rules import Role
from samhandling_web.base.areas.models import Area, AreaLevel
from samhandling_web.base.audit.models import AuditRecord
from samhandling_web.base.common.errors import NotAllowed
from samhandling_web.base.common.free_text import PersonInText
from samhandling_web.observe.observations.models import WeeklyCompilation
from samhandling_web.understand.places.models import Problem

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("data_folder")]
TODAY = timezone.localdate()


@pytest.fixture
def coordinator():
    return factories.person(Role.DISTRICT_COORDINATOR)


@pytest.fixture
def north():
    level, _made = AreaLevel.objects.get_or_create(
        slug="district", defaults={"name": "Område", "name_plural": "Områden"}
    )
    return Area.objects.create(level=level, code="N")


def sources(meeting):
    return list(meeting.items.order_by("number").values_list("source", flat=True))


def test_a_meeting_is_not_closed_while_an_item_waits_and_says_which(coordinator):
    meeting = factories.held(coordinator, ("Torget", "Tunneln", "Parken"))
    first, second, _third = meeting.items.order_by("number")
    factories.decided(coordinator, first)
    records = AuditRecord.objects.count()
    with pytest.raises(rules.MeetingNotReady) as caught:
        meetings.meeting_close(meeting_id=meeting.pk, actor=coordinator)
    assert "2. Tunneln; 3. Parken" in str(caught.value)
    assert "Torget" not in str(caught.value)
    meeting.refresh_from_db()
    assert (meeting.status, meeting.minutes) == (MeetingStatus.HELD, None)
    assert AuditRecord.objects.count() == records
    for item in meeting.items.filter(status=ItemStatus.OPEN):
        items.item_take_no_action(item_id=item.pk, because="Redan gjort.", actor=coordinator)
    closed = meetings.meeting_close(meeting_id=meeting.pk, actor=coordinator)
    assert closed.status == MeetingStatus.CLOSED
    assert second.pk


def test_a_closed_meeting_is_fixed_for_the_database_too(coordinator):
    meeting = factories.held(coordinator, ())
    meetings.meeting_close(meeting_id=meeting.pk, actor=coordinator)
    for attempt in (
        lambda: Meeting.objects.filter(pk=meeting.pk).update(status="held"),
        lambda: Meeting.objects.filter(pk=meeting.pk).update(minutes={}),
        lambda: Meeting.objects.filter(pk=meeting.pk).delete(),
    ):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            attempt()
    with pytest.raises(refusals.MeetingIsNotOpen, match="avslutat"):
        items.item_add(meeting_id=meeting.pk, title="Sent", actor=coordinator)


def test_all_that_a_decision_lacks_is_said_at_once(coordinator):
    item = factories.held(coordinator).items.get()
    with pytest.raises(rules.DecisionIncomplete) as caught:
        items.item_decide(
            item_id=item.pk, decision="", owner=None, deadline=None, actor=coordinator
        )
    for word in ("vad som ska göras", "vem som ansvarar", "klart"):
        assert word in str(caught.value)
    with pytest.raises(refusals.DeadlinePassed):
        factories.decided(coordinator, item, deadline=TODAY)
    with pytest.raises(PersonInText):
        items.item_note(item_id=item.pk, notes="Anna Andersson sade nej.", actor=coordinator)
    item.refresh_from_db()
    assert (item.status, item.decision, item.notes) == (ItemStatus.OPEN, "", "")


def test_what_is_typed_so_far_is_kept_and_decides_nothing(coordinator):
    item = factories.held(coordinator).items.get()
    items.item_note(item_id=item.pk, decision="Byt lamporna.", notes="Mörkt.", actor=coordinator)
    item.refresh_from_db()
    assert (item.status, item.decision) == (ItemStatus.OPEN, "Byt lamporna.")
    with pytest.raises(rules.MeetingNotReady):
        meetings.meeting_close(meeting_id=item.meeting_id, actor=coordinator)


def test_items_are_decided_only_while_the_meeting_goes_on(coordinator):
    planned = factories.meeting(coordinator)
    item = items.item_add(meeting_id=planned.pk, title="Torget", actor=coordinator)
    with pytest.raises(refusals.MeetingIsNotOpen, match="hållet"):
        factories.decided(coordinator, item)


def test_items_trade_places_and_struck_ones_leave_no_gap(coordinator):
    planned = factories.meeting(coordinator)
    a, b, c = (
        items.item_add(meeting_id=planned.pk, title=title, actor=coordinator) for title in "abc"
    )
    items.item_move(item_id=c.pk, step=-1, actor=coordinator)
    items.item_move(item_id=a.pk, step=-1, actor=coordinator)
    titles = list(planned.items.order_by("number").values_list("title", flat=True))
    assert titles == ["a", "c", "b"]
    items.item_strike(item_id=a.pk, actor=coordinator)
    assert list(planned.items.order_by("number").values_list("number", "title")) == [
        (1, "c"), (2, "b"),
    ]  # fmt: skip
    meetings.meeting_hold(meeting_id=planned.pk, actor=coordinator)
    with pytest.raises(refusals.MeetingIsNotOpen):
        items.item_strike(item_id=b.pk, actor=coordinator)


def test_the_agenda_is_made_from_what_is_due(coordinator, north):
    council = factories.council(coordinator, district=north)
    lapsing = factories.signed(coordinator, district=north, valid_to=TODAY + timedelta(days=90))
    priority = factories.priority(coordinator, lapsing)
    grave = factories.problem(coordinator, "Skottlossning", district=north, severity="red")
    known = factories.problem(coordinator, "Mörk tunnel", district=north)
    factories.problem(coordinator, "Löst", district=north, status="resolved")
    factories.problem(coordinator, "Annat område")
    day = TODAY + timedelta(days=3)
    monday = day - timedelta(days=day.weekday() + 7)
    week = WeeklyCompilation.objects.create(week=monday, district=north, content={})
    meeting = factories.meeting(coordinator, council, day)
    assert sources(meeting) == [
        f"observations.compilation:{week.pk}",
        f"partnership.agreement:{lapsing.pk}",
        f"partnership.priority:{priority.pk}",
        f"places.problem:{grave.pk}",
        f"places.problem:{known.pk}",
    ]
    item = meeting.items.get(problem=grave)
    assert item.title == "Problem utan åtgärd: Skottlossning"
    assert meeting.items.get(priority=priority).title.startswith("Prioritering utan åtgärd")


def test_the_same_source_is_not_brought_up_twice_while_it_is_open(coordinator, north):
    council = factories.council(coordinator, district=north)
    problem = factories.problem(coordinator, district=north)
    first = factories.meeting(coordinator, council)
    assert sources(first) == [f"places.problem:{problem.pk}"]
    assert meetings.agenda_make(meeting_id=first.pk, actor=coordinator) == []
    second = factories.meeting(coordinator, council, TODAY + timedelta(days=10))
    assert sources(second) == []
    meetings.meeting_cancel(meeting_id=first.pk, actor=coordinator)
    meetings.agenda_make(meeting_id=second.pk, actor=coordinator)
    assert sources(second) == [f"places.problem:{problem.pk}"]
    meetings.meeting_hold(meeting_id=second.pk, actor=coordinator)
    factories.decided(coordinator, second.items.get())
    third = factories.meeting(coordinator, council, TODAY + timedelta(days=20))
    assert sources(third) == []


def test_what_was_decided_and_not_done_comes_back(coordinator, north):
    council = factories.council(coordinator, district=north)
    first = factories.held(coordinator, group=council, day=TODAY - timedelta(days=40))
    late = factories.decided(coordinator, first.items.get(), deadline=TODAY - timedelta(days=10))
    items.item_add(meeting_id=first.pk, title="Hann inte", actor=coordinator)
    undecided = first.items.get(title="Hann inte")
    second = factories.meeting(coordinator, council)
    titles = list(second.items.order_by("number").values_list("title", "source"))
    assert titles == [
        ("Uppföljning: Torget", f"partnership.item:{late.pk}"),
        ("Hann inte", f"partnership.item:{undecided.pk}"),
    ]
    items.item_report(
        item_id=late.pk, status=ItemStatus.DONE, result="Lamporna är bytta.", actor=coordinator
    )
    meetings.meeting_cancel(meeting_id=second.pk, actor=coordinator)
    third = factories.meeting(coordinator, council, TODAY + timedelta(days=20))
    assert sources(third) == [f"partnership.item:{undecided.pk}"]


def test_an_item_of_ones_own_is_not_lost_with_a_cancelled_meeting(coordinator):
    council = factories.council(coordinator)
    first = factories.meeting(coordinator, council)
    item = items.item_add(meeting_id=first.pk, title="Egen", actor=coordinator)
    meetings.meeting_cancel(meeting_id=first.pk, actor=coordinator)
    second = factories.meeting(coordinator, council, TODAY + timedelta(days=9))
    assert sources(second) == [f"partnership.item:{item.pk}"]


def test_a_problem_that_a_meeting_let_be_is_not_brought_up_again(coordinator, north):
    council = factories.council(coordinator, district=north)
    factories.problem(coordinator, district=north)
    first = factories.meeting(coordinator, council)
    meetings.meeting_hold(meeting_id=first.pk, actor=coordinator)
    items.item_take_no_action(
        item_id=first.items.get().pk, because="Ägaren bygger om.", actor=coordinator
    )
    assert sources(factories.meeting(coordinator, council, TODAY + timedelta(days=9))) == []


def test_other_rooms_bring_things_up_through_the_registry(coordinator, monkeypatch):
    monkeypatch.setattr(agenda, "_sources", {})
    agenda.register(
        "walks", lambda _council, _day: [AgendaProposal("walks.finding:7", "Trasig " * 60)]
    )
    agenda.register(
        "again", lambda _council, _day: [AgendaProposal("walks.finding:7", "Samma sak")]
    )
    meeting = factories.meeting(coordinator)
    item = meeting.items.get()
    assert item.source == "walks.finding:7"
    assert item.title.endswith("…")
    assert len(item.title) <= agenda.LONGEST_TITLE
    with pytest.raises(ValueError, match="colon"):
        AgendaProposal("finding", "Utan nyckel")


def test_the_most_that_is_brought_up_of_problems_is_few(coordinator, north):
    for number in range(15):
        factories.problem(coordinator, f"Problem {number}", district=north)
    meeting = factories.meeting(coordinator, factories.council(coordinator, district=north))
    assert Problem.objects.count() == 15
    assert meeting.items.count() == 10


def test_attendance_is_counts_and_positions(coordinator):
    meeting = factories.held(coordinator)
    came = [(factories.police(), "lokalpolisområdeschef", 2), (factories.organisation(), "", 0)]
    meetings.attendance_record(meeting_id=meeting.pk, came=came, actor=coordinator)
    meetings.attendance_record(meeting_id=meeting.pk, came=came, actor=coordinator)
    (row,) = meeting.attendance.all()
    assert (row.organisation, row.count) == (factories.police(), 2)
    with pytest.raises(PersonInText):
        meetings.attendance_record(
            meeting_id=meeting.pk,
            came=[(factories.police(), "Anna Andersson", 1)],
            actor=coordinator,
        )
    assert meeting.attendance.count() == 1


@pytest.mark.parametrize("role", list(Role))
def test_who_takes_a_meeting_through_its_steps(coordinator, role):
    meeting = factories.meeting(coordinator, factories.council(coordinator))
    reader = factories.person(role, factories.organisation("elsewhere"), "reader")
    steps = (
        lambda: meetings.meeting_move(meeting_id=meeting.pk, changes={"where": "B"}, actor=reader),
        lambda: meetings.agenda_make(meeting_id=meeting.pk, actor=reader),
        lambda: meetings.meeting_call(meeting_id=meeting.pk, actor=reader),
        lambda: meetings.meeting_hold(meeting_id=meeting.pk, actor=reader),
        lambda: meetings.attendance_record(meeting_id=meeting.pk, came=[], actor=reader),
        lambda: meetings.meeting_close(meeting_id=meeting.pk, actor=reader),
    )
    for step in steps:
        if role == Role.CITY_STRATEGIST:
            step()
            continue
        with pytest.raises(NotAllowed):
            step()
    may_add = role in {Role.CITY_STRATEGIST, Role.POLICE_LIAISON}
    other = factories.meeting(coordinator, factories.council(coordinator, CouncilKind.OPERATIVE))
    if may_add:
        items.item_add(meeting_id=other.pk, title="Från oss", actor=reader)
        return
    with pytest.raises(NotAllowed):
        items.item_add(meeting_id=other.pk, title="Från oss", actor=reader)


@pytest.mark.parametrize("role", list(Role))
def test_an_owner_organisations_people_report_its_own_items_alone(coordinator, role):
    owner = factories.organisation("housing", "company")
    meeting = factories.held(coordinator, ("Torget", "Tunneln"))
    own, others = meeting.items.order_by("number")
    factories.decided(coordinator, own, owner)
    factories.decided(coordinator, others)
    worker = factories.person(role, owner, "worker")

    def report(item):
        items.item_report(item_id=item.pk, status=ItemStatus.DONE, result="Klart.", actor=worker)

    listed = selectors.items_visible_to(worker).filter(pk=own.pk).exists()
    assert listed == (role != Role.REPORTER)
    if role == Role.REPORTER:
        with pytest.raises(NotAllowed):
            report(own)
    else:
        report(own)
    if role != Role.CITY_STRATEGIST:
        with pytest.raises(NotAllowed):
            report(others)


def test_seats_are_positions_and_the_log_keeps_those_removed(coordinator):
    council = factories.council(coordinator, CouncilKind.STRATEGIC)
    seat = councils.seat_add(
        council_id=council.pk, organisation=factories.police(), position="polischef",
        is_chair=False, actor=coordinator,
    )  # fmt: skip
    with pytest.raises(PersonInText):
        councils.seat_add(
            council_id=council.pk, organisation=factories.police(), position="Anna Andersson",
            is_chair=False, actor=coordinator,
        )  # fmt: skip
    councils.seat_remove(council_id=council.pk, seat_id=seat.pk, actor=coordinator)
    record = AuditRecord.objects.get(kind="partnership.council.seat_removed")
    assert record.before == {"organisation": "police", "position": "polischef"}
    stranger = factories.person(Role.SCHOOL, None, "stranger")
    with pytest.raises(NotAllowed):
        councils.council_edit(council_id=council.pk, changes={"name": "x"}, actor=stranger)


def test_overdue_items_are_counted_for_each_organisation(coordinator):
    meeting = factories.held(coordinator, ("a", "b", "c"), day=TODAY - timedelta(days=60))
    for item, owner, days in zip(
        meeting.items.order_by("number"),
        (factories.police(), factories.police(), factories.organisation()),
        (20, 30, -5),
        strict=True,
    ):
        factories.decided(coordinator, item, owner, TODAY - timedelta(days=days))
    (row,) = selectors.overdue_by_owner(coordinator, TODAY)
    assert (row.name, row.count, row.since) == ("Police", 2, TODAY - timedelta(days=30))
    assert AgendaItem.objects.filter(selectors.overdue_on(TODAY)).count() == 2

"""Minutes are the same whenever they are made, and tell what was decided."""

import io
from datetime import timedelta

import pytest
from django.utils import timezone
from docx import Document as WordFile

from samhandling_web.agree.partnership.documents import minutes_document
from samhandling_web.agree.partnership.models import Meeting
from samhandling_web.agree.partnership.rules import ItemStatus
from samhandling_web.agree.partnership.services import items, meetings
from samhandling_web.agree.partnership.tests import factories
from samhandling_web.base.accounts.models import Organisation
from samhandling_web.base.accounts.rules import Role
from samhandling_web.base.reports.formats import make_file

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("data_folder")]


@pytest.fixture
def coordinator():
    return factories.person(Role.DISTRICT_COORDINATOR)


@pytest.fixture
def meeting(coordinator):
    meeting = factories.held(coordinator, ("Torget", "Tunneln"))
    torget, tunneln = meeting.items.order_by("number")
    items.item_decide(
        item_id=torget.pk,
        decision="Byt *alla* lampor {{ nu }}.",
        owner=factories.police(),
        deadline=timezone.localdate() + timedelta(days=30),
        notes="Det är mörkt.\n\n- norra sidan\n- södra sidan",
        actor=coordinator,
    )
    items.item_take_no_action(item_id=tunneln.pk, because="Byggs om.", actor=coordinator)
    came = [(factories.police(), "lokalpolisområdeschef", 2)]
    meetings.attendance_record(meeting_id=meeting.pk, came=came, actor=coordinator)
    return meeting


def words_of(content):
    word = WordFile(io.BytesIO(content))
    cells = [cell.text for table in word.tables for row in table.rows for cell in row.cells]
    return "\n".join([paragraph.text for paragraph in word.paragraphs] + cells)


@pytest.mark.parametrize("file_format", ["pdf", "docx"])
def test_made_twice_they_are_the_same_to_the_byte(coordinator, meeting, file_format):
    closed = meetings.meeting_close(meeting_id=meeting.pk, actor=coordinator)
    first = make_file(minutes_document(closed), file_format)
    item = closed.items.get(title="Torget")
    items.item_report(
        item_id=item.pk, status=ItemStatus.DONE, result="Lamporna är bytta.", actor=coordinator
    )
    Organisation.objects.filter(slug="police").update(name="Ett annat namn")
    again = make_file(minutes_document(Meeting.objects.get(pk=closed.pk)), file_format)
    assert again.content == first.content
    assert again.name == first.name


def test_they_say_who_came_what_was_decided_and_why_not(coordinator, meeting):
    closed = meetings.meeting_close(meeting_id=meeting.pk, actor=coordinator)
    words = words_of(make_file(minutes_document(closed), "docx").content)
    for said in (
        "lokalpolisområdeschef",
        "Byt alla lampor {{ nu }}.",
        "norra sidan",
        "Byggs om.",
        "Avslutat möte",
    ):
        assert said in words


def test_before_the_meeting_is_closed_they_are_a_draft(coordinator, meeting):
    document = minutes_document(meeting)
    assert "Utkast, mötet är inte avslutat" in document.marks
    undecided = factories.held(coordinator, ("Öppen",))
    words = words_of(make_file(minutes_document(undecided), "docx").content)
    assert "Punkten är inte avgjord." in words
    assert "Ingen närvaro är antecknad." in words

"""Planning, calling, holding, closing and cancelling meetings, and making their agendas."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from samhandling_web.agree.partnership import agenda, minutes, permissions, refusals, rules
from samhandling_web.agree.partnership.models import AgendaItem, Attendance, Council, Meeting
from samhandling_web.agree.partnership.rules import MeetingStatus
from samhandling_web.agree.partnership.selectors.councils import day_of
from samhandling_web.agree.partnership.selectors.items import sources_in_hand, undecided_in
from samhandling_web.base.accounts.models import Organisation, User
from samhandling_web.base.audit import services as audit
from samhandling_web.base.common.free_text import check_no_person

COMING = (MeetingStatus.PLANNED, MeetingStatus.CALLED)
SEEN_IN_CALENDARS = ("starts_at", "ends_at", "where")
Came = tuple[Organisation, str, int]
"""An organisation, the position of whoever came, and how many."""


@transaction.atomic
def meeting_plan(
    *, council_id: int, starts_at: datetime, ends_at: datetime, where: str, actor: User
) -> Meeting:
    """Plan a meeting and put on its agenda what is due.

    Raises
    ------
    NotAllowed, RunsBackwards, PersonInText
        If the actor does not write for who leads the council, it ends before it begins, or the
        place names somebody.
    """
    council = Council.objects.select_related("organisation").get(pk=council_id)
    permissions.check_may_write(actor, council.organisation)
    _check_time(starts_at, ends_at)
    check_no_person(where, Meeting._meta.get_field("where").verbose_name)
    meeting = Meeting.objects.create(
        council=council, starts_at=starts_at, ends_at=ends_at, where=where, created_by=actor
    )
    audit.record(actor=actor, kind="partnership.meeting.planned", target=meeting)
    agenda_make(meeting_id=meeting.pk, actor=actor)
    return meeting


@transaction.atomic
def meeting_move(*, meeting_id: int, changes: Mapping[str, Any], actor: User) -> Meeting:
    """Change when or where a coming meeting is; calendars are told by a new revision."""
    meeting = meeting_locked(meeting_id)
    permissions.check_may_write(actor, meeting.council.organisation)
    rules.check_meeting_is(MeetingStatus(meeting.status), *COMING)
    before = {name: getattr(meeting, name) for name in SEEN_IN_CALENDARS if name in changes}
    changed = {name: changes[name] for name, value in before.items() if value != changes[name]}
    for name, value in changed.items():
        setattr(meeting, name, value)
    _check_time(meeting.starts_at, meeting.ends_at)
    check_no_person(meeting.where, Meeting._meta.get_field("where").verbose_name)
    if changed:
        meeting.revision += 1
        meeting.save(update_fields=[*changed, "revision"])
        audit.record(
            actor=actor,
            kind="partnership.meeting.moved",
            target=meeting,
            before={name: before[name] for name in changed},
            after=changed,
        )
    return meeting


@transaction.atomic
def agenda_make(*, meeting_id: int, actor: User) -> list[AgendaItem]:
    """Put on a coming meeting's agenda what is due and not on any open agenda; return what is new.

    Raises
    ------
    NotAllowed, MeetingIsNotOpen
        If the actor does not write for who leads the council, or the meeting has begun.
    """
    meeting = meeting_locked(meeting_id)
    permissions.check_may_write(actor, meeting.council.organisation)
    rules.check_meeting_is(MeetingStatus(meeting.status), *COMING)
    # Whatever this meeting has taken up already, it does not take up again.
    known = sources_in_hand() | set(meeting.items.values_list("source", flat=True))
    due = agenda.proposals(meeting.council, day_of(meeting))
    fresh = [proposal for proposal in due if proposal.source not in known]
    first = next_number(meeting)
    made = [
        AgendaItem(
            meeting=meeting,
            number=number,
            title=proposal.line,
            source=proposal.source,
            problem=proposal.problem,
            priority=proposal.priority,
        )
        for number, proposal in enumerate(fresh, start=first)
    ]
    AgendaItem.objects.bulk_create(made)
    if made:
        audit.record(
            actor=actor,
            kind="partnership.meeting.agenda_made",
            target=meeting,
            after={"sources": [item.source for item in made]},
        )
    return made


@transaction.atomic
def meeting_call(*, meeting_id: int, actor: User) -> Meeting:
    """Call those who have a seat: the time is settled."""
    return _moved(meeting_id, MeetingStatus.CALLED, actor, is_news=True)


@transaction.atomic
def meeting_hold(*, meeting_id: int, actor: User) -> Meeting:
    """Begin the meeting: from now on its items are decided."""
    return _moved(meeting_id, MeetingStatus.HELD, actor)


@transaction.atomic
def meeting_cancel(*, meeting_id: int, actor: User) -> Meeting:
    """Cancel a coming meeting; calendars strike it out."""
    return _moved(meeting_id, MeetingStatus.CANCELLED, actor, is_news=True)


@transaction.atomic
def attendance_record(*, meeting_id: int, came: Iterable[Came], actor: User) -> Meeting:
    """Say how many came from each organisation, and in which position: counts, no names.

    What was recorded before is replaced; an organisation from which nobody came is left out.
    """
    meeting = meeting_locked(meeting_id)
    permissions.check_may_write(actor, meeting.council.organisation)
    rules.check_meeting_is(MeetingStatus(meeting.status), MeetingStatus.HELD)
    rows = [(who, position.strip(), count) for who, position, count in came if count > 0]
    for _who, position, _count in rows:
        check_no_person(position, Attendance._meta.get_field("position").verbose_name)
    meeting.attendance.all().delete()
    for who, position, count in rows:
        meeting.attendance.create(organisation=who, position=position, count=count)
    audit.record(
        actor=actor,
        kind="partnership.meeting.attendance_recorded",
        target=meeting,
        after={who.slug: count for who, _position, count in rows},
    )
    return meeting


@transaction.atomic
def meeting_close(*, meeting_id: int, actor: User) -> Meeting:
    """Close a meeting and freeze its minutes.

    Raises
    ------
    NotAllowed, MeetingTransitionNotAllowed, MeetingNotReady
        If the actor does not write for who leads the council, the meeting is not held, or an item
        has neither owner and day nor a reason for no action; all of those are named.
    """
    meeting = meeting_locked(meeting_id)
    permissions.check_may_write(actor, meeting.council.organisation)
    rules.check_meeting_transition(MeetingStatus(meeting.status), MeetingStatus.CLOSED)
    if waiting := undecided_in(meeting):
        named = "; ".join(f"{item.number}. {item.title}" for item in waiting)
        raise rules.MeetingNotReady(items=named)
    meeting.status, meeting.closed_on = MeetingStatus.CLOSED, timezone.localdate()
    meeting.minutes = minutes.minutes_of(meeting, timezone.now())
    meeting.save(update_fields=["status", "closed_on", "minutes"])
    audit.record(
        actor=actor,
        kind="partnership.meeting.closed",
        target=meeting,
        after={"items": meeting.items.count(), "sha256": minutes.checksum(meeting.minutes)},
    )
    return meeting


def meeting_locked(meeting_id: int) -> Meeting:
    """Return the meeting, so that nobody else changes it or its items meanwhile."""
    found = Meeting.objects.select_related("council__organisation", "council__district")
    return found.select_for_update(of=("self",)).get(pk=meeting_id)


def next_number(meeting: Meeting) -> int:
    return (meeting.items.aggregate(last=Max("number"))["last"] or 0) + 1


def _moved(
    meeting_id: int, target: MeetingStatus, actor: User, *, is_news: bool = False
) -> Meeting:
    meeting = meeting_locked(meeting_id)
    permissions.check_may_write(actor, meeting.council.organisation)
    rules.check_meeting_transition(MeetingStatus(meeting.status), target)
    before, meeting.status = meeting.status, target
    # Calendars keep what they have until the sequence number grows (RFC 5545, 3.8.7.4).
    meeting.revision += is_news
    meeting.save(update_fields=["status", "revision"])
    audit.record(
        actor=actor,
        kind=f"partnership.meeting.{target}",
        target=meeting,
        before={"status": before},
        after={"status": target},
    )
    return meeting


def _check_time(starts_at: datetime, ends_at: datetime) -> None:
    if ends_at < starts_at:
        local = [f"{timezone.localtime(at):%Y-%m-%d %H:%M}" for at in (starts_at, ends_at)]
        raise refusals.RunsBackwards(start=local[0], end=local[1])

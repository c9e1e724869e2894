"""What meetings take up: added, ordered, decided, and what came of it."""

from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from samhandling_web.agree.partnership import permissions, refusals, rules
from samhandling_web.agree.partnership.models import AgendaItem, Meeting, Priority
from samhandling_web.agree.partnership.rules import ItemStatus, MeetingStatus
from samhandling_web.agree.partnership.selectors.councils import day_of
from samhandling_web.agree.partnership.services.meetings import (
    COMING,
    meeting_locked,
    next_number,
)
from samhandling_web.base.accounts.models import Organisation, User
from samhandling_web.base.audit import services as audit
from samhandling_web.base.common.free_text import check_no_person
from samhandling_web.understand.places.models import Problem

OPEN_MEETING = (*COMING, MeetingStatus.HELD)
# Far above any number in use, so that two items can trade places under the unique constraint.
BESIDE = 30_000


@transaction.atomic
def item_add(
    *,
    meeting_id: int,
    title: str,
    actor: User,
    problem: Problem | None = None,
    priority: Priority | None = None,
) -> AgendaItem:
    """Put an item of one's own last on the agenda of a meeting that is not closed.

    Raises
    ------
    NotAllowed, MeetingIsNotOpen, PersonInText
        If the actor brings nothing up there, the meeting is over, or the title names somebody.
    """
    meeting = meeting_locked(meeting_id)
    permissions.check_may_bring_up(actor, meeting.council.organisation)
    rules.check_meeting_is(MeetingStatus(meeting.status), *OPEN_MEETING)
    _check_texts(title=title)
    item = AgendaItem.objects.create(
        meeting=meeting,
        number=next_number(meeting),
        title=title,
        problem=problem,
        priority=priority,
    )
    audit.record(actor=actor, kind="partnership.item.added", target=item)
    return item


@transaction.atomic
def item_move(*, item_id: int, step: int, actor: User) -> AgendaItem:
    """Move an item one step up (-1) or down (1) on the agenda; at the end it stays."""
    item, meeting = _locked(item_id)
    permissions.check_may_bring_up(actor, meeting.council.organisation)
    rules.check_meeting_is(MeetingStatus(meeting.status), *OPEN_MEETING)
    beside = meeting.items.filter(number__lt=item.number).order_by("-number")
    if step > 0:
        beside = meeting.items.filter(number__gt=item.number).order_by("number")
    other = beside.first()
    if other is not None:
        own, theirs = item.number, other.number
        AgendaItem.objects.filter(pk=item.pk).update(number=BESIDE)
        AgendaItem.objects.filter(pk=other.pk).update(number=own)
        AgendaItem.objects.filter(pk=item.pk).update(number=theirs)
        item.number = theirs
        audit.record(
            actor=actor,
            kind="partnership.item.moved",
            target=item,
            before={"number": own},
            after={"number": theirs},
        )
    return item


@transaction.atomic
def item_strike(*, item_id: int, actor: User) -> Meeting:
    """Take an undecided item off the agenda of a coming meeting.

    Raises
    ------
    NotAllowed, MeetingIsNotOpen, ItemIsDecided
        If the actor does not write for who leads the council, the meeting has begun, or the item
        is decided.
    """
    item, meeting = _locked(item_id)
    permissions.check_may_write(actor, meeting.council.organisation)
    rules.check_meeting_is(MeetingStatus(meeting.status), *COMING)
    if item.status != ItemStatus.OPEN:
        raise refusals.ItemIsDecided(current=rules.ITEM_STATUSES[ItemStatus(item.status)])
    audit.record(
        actor=actor,
        kind="partnership.item.struck",
        target=item,
        before={"title": item.title, "source": item.source, "meeting": meeting.pk},
    )
    number = item.number
    item.delete()
    # One by one from the gap upwards, so that no two share a number on the way.
    for key in meeting.items.filter(number__gt=number).order_by("number").values_list("pk"):
        AgendaItem.objects.filter(pk=key[0]).update(number=F("number") - 1)
    return meeting


@transaction.atomic
def item_note(*, item_id: int, actor: User, **texts: Any) -> AgendaItem:
    """Keep what the secretary has typed so far of an undecided item; nothing is decided by it.

    `texts` are any of `notes`, `decision`, `owner`, `deadline`.
    """
    item, _meeting = _deciding(item_id, actor)
    if item.status != ItemStatus.OPEN:
        raise refusals.ItemIsDecided(current=rules.ITEM_STATUSES[ItemStatus(item.status)])
    _check_texts(notes=texts.get("notes", ""), decision=texts.get("decision", ""))
    for name in ("notes", "decision", "owner", "deadline"):
        if name in texts:
            setattr(item, name, texts[name])
    item.save(update_fields=["notes", "decision", "owner", "deadline"])
    audit.record(actor=actor, kind="partnership.item.noted", target=item, after=_told(item))
    return item


@transaction.atomic
def item_decide(
    *,
    item_id: int,
    decision: str,
    owner: Organisation | None,
    deadline: date | None,
    actor: User,
    notes: str | None = None,
) -> AgendaItem:
    """Decide at a meeting who does what by when.

    Raises
    ------
    NotAllowed, MeetingIsNotOpen, ItemTransitionNotAllowed, DecisionIncomplete, DeadlinePassed,
    PersonInText
        If the actor does not keep the minutes, the meeting is not going on, the item is ended,
        something is missing (all of which is named), or the day lies before the meeting.
    """
    item, meeting = _deciding(item_id, actor)
    if item.status != ItemStatus.DECIDED:
        rules.check_item_transition(ItemStatus(item.status), ItemStatus.DECIDED)
    missing = rules.missing_in_decision(
        decision=decision, has_owner=owner is not None, deadline=deadline
    )
    if deadline is None or missing:
        raise rules.DecisionIncomplete(missing="; ".join(str(label) for label in missing))
    if deadline < day_of(meeting):
        raise refusals.DeadlinePassed(deadline=deadline, day=day_of(meeting))
    _check_texts(decision=decision, notes=notes or "")
    item.decision, item.owner, item.deadline = decision.strip(), owner, deadline
    return _settled(item, ItemStatus.DECIDED, "", notes, actor)


@transaction.atomic
def item_take_no_action(
    *, item_id: int, because: str, actor: User, notes: str | None = None
) -> AgendaItem:
    """Decide at a meeting that nothing is done, and why."""
    item, _meeting = _deciding(item_id, actor)
    if item.status != ItemStatus.NO_ACTION:
        rules.check_item_transition(ItemStatus(item.status), ItemStatus.NO_ACTION)
    if not because.strip():
        raise rules.DecisionIncomplete(missing=rules.REASON_FOR_NO_ACTION)
    _check_texts(no_action_because=because, notes=notes or "")
    item.decision, item.owner, item.deadline = "", None, None
    return _settled(item, ItemStatus.NO_ACTION, because.strip(), notes, actor)


@transaction.atomic
def item_report(
    *, item_id: int, status: ItemStatus, result: str, actor: User, ended_on: date | None = None
) -> AgendaItem:
    """Say what came of a decided item: done, or not done, and how it went.

    Raises
    ------
    NotAllowed, ItemTransitionNotAllowed, ResultMissing, PersonInText
        If it is not the actor's organisation's and she does not write for the council, the item is
        not decided or ended already, or nothing says how it went.
    """
    item, meeting = _locked(item_id)
    if item.owner is None:
        permissions.check_may_write(actor, meeting.council.organisation)
    elif not permissions.may_write(actor, meeting.council.organisation):
        permissions.check_may_report(actor, item.owner)
    rules.check_item_ended(ItemStatus(item.status), status)
    if not result.strip():
        raise refusals.ResultMissing
    _check_texts(result=result)
    item.status, item.result = status, result.strip()
    item.ended_on = ended_on or timezone.localdate()
    item.save(update_fields=["status", "result", "ended_on"])
    audit.record(
        actor=actor,
        kind=f"partnership.item.{status}",
        target=item,
        after={"result": item.result, "ended_on": item.ended_on},
    )
    return item


def _locked(item_id: int) -> tuple[AgendaItem, Meeting]:
    """Return an item and its meeting. The meeting is locked first, as everywhere."""
    meeting_id = AgendaItem.objects.values_list("meeting_id", flat=True).get(pk=item_id)
    meeting = meeting_locked(meeting_id)
    items = AgendaItem.objects.select_related("owner").select_for_update(of=("self",))
    return items.get(pk=item_id), meeting


def _deciding(item_id: int, actor: User) -> tuple[AgendaItem, Meeting]:
    item, meeting = _locked(item_id)
    permissions.check_may_write(actor, meeting.council.organisation)
    rules.check_meeting_is(MeetingStatus(meeting.status), MeetingStatus.HELD)
    return item, meeting


def _settled(
    item: AgendaItem, status: ItemStatus, because: str, notes: str | None, actor: User
) -> AgendaItem:
    item.status, item.no_action_because = status, because
    if notes is not None:
        item.notes = notes
    item.save()
    audit.record(actor=actor, kind=f"partnership.item.{status}", target=item, after=_told(item))
    return item


def _told(item: AgendaItem) -> dict[str, Any]:
    return {
        "notes": item.notes,
        "decision": item.decision,
        "owner": item.owner.slug if item.owner else "",
        "deadline": item.deadline,
        "no_action_because": item.no_action_because,
    }


def _check_texts(**texts: str) -> None:
    for name, text in texts.items():
        check_no_person(text, AgendaItem._meta.get_field(name).verbose_name)  # type: ignore[union-attr]

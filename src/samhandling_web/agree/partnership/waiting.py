"""What waits for a person in this room, told from the states of its objects."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from django.urls import reverse

from samhandling_web.agree.partnership import permissions
from samhandling_web.agree.partnership.rules import ItemStatus, MeetingStatus
from samhandling_web.agree.partnership.selectors.agreements import agreements_to_renew
from samhandling_web.agree.partnership.selectors.councils import (
    COMING,
    councils_of_organisations,
    day_of,
    meetings_visible_to,
    start_of,
)
from samhandling_web.agree.partnership.selectors.items import (
    items,
    items_visible_to,
    overdue_on,
)
from samhandling_web.agree.partnership.selectors.promises import promises_without_verdict
from samhandling_web.base.accounts.permissions import organisations_today
from samhandling_web.base.common.inbox import InboxItem
from samhandling_web.base.common.text import Text, _

MEETING_SOON = timedelta(days=7)
MOST_TOLD = 100
"""So many of one sort and no more: the list of items has them all."""


def waiting_for(user: Any, today: date) -> Iterator[InboxItem]:
    """Tell what a person has to do about agreements, promises, meetings and their items."""
    if not permissions.may_see_own_items(user):
        return
    own = organisations_today(user)
    yield from _overdue(user, own, today)
    if not permissions.may_read(user):
        return
    yield from _meetings(user, own, today)
    led = _written_in(user)
    if led:
        yield from _undecided(led)
    if permissions.may_begin(user):
        yield from _to_renew(user, today)
        yield from _to_judge(user, today)


def _written_in(user: Any) -> list[int]:
    """Return the organisations where the person herself holds a role that writes.

    Strategists write everywhere, but other districts' meetings wait for their own coordinators.
    """
    roles = permissions.WRITE_ANYWHERE | permissions.WRITE_IN_OWN
    return organisations_today(user, roles)


def _overdue(user: Any, own: list[int], today: date) -> Iterator[InboxItem]:
    found = items_visible_to(user).filter(overdue_on(today), owner_id__in=own)
    for item in found.order_by("deadline", "pk")[:MOST_TOLD]:
        url = reverse("partnership:item-detail", args=[item.pk])
        yield InboxItem(
            "partnership.item.overdue", str(item.pk), _("Gör eller rapportera det mötet beslutade"),
            item.title, url, item.deadline, str(item.owner),
        )  # fmt: skip


def _undecided(led: list[int]) -> Iterator[InboxItem]:
    found = items().filter(
        status=ItemStatus.OPEN,
        meeting__status=MeetingStatus.HELD,
        meeting__council__organisation_id__in=led,
    )
    for item in found.order_by("meeting__starts_at", "number")[:MOST_TOLD]:
        address = reverse("partnership:meeting-detail", args=[item.meeting_id])
        yield InboxItem(
            "partnership.item.undecided", str(item.pk), _("Besluta eller skriv varför inget görs"),
            item.title, f"{address}#punkt-{item.pk}", day_of(item.meeting),
            str(item.meeting.council),
        )  # fmt: skip


def _meetings(user: Any, own: list[int], today: date) -> Iterator[InboxItem]:
    """Tell of meetings within a week, and of past ones that nobody has begun or cancelled."""
    until = start_of(today + MEETING_SOON + timedelta(days=1))
    sits = councils_of_organisations(own)
    found = meetings_visible_to(user).filter(sits, status__in=COMING, starts_at__lt=until)
    for meeting in found.distinct().order_by("starts_at")[:MOST_TOLD]:
        is_past = day_of(meeting) < today
        if is_past and not permissions.may_write(user, meeting.council.organisation):
            continue
        label = _("Håll eller ställ in mötet") if is_past else _("Möte inom en vecka")
        url = reverse("partnership:meeting-detail", args=[meeting.pk])
        code = "partnership.meeting.not-held" if is_past else "partnership.meeting.soon"
        yield InboxItem(
            code, str(meeting.pk), label, str(meeting.council), url, day_of(meeting),
            str(meeting.council.organisation),
        )  # fmt: skip


def _to_renew(user: Any, today: date) -> Iterator[InboxItem]:
    for one in _own(user, agreements_to_renew(today)):
        lapsed = one.valid_to is not None and one.valid_to < today
        label = _("Överenskommelsen har gått ut") if lapsed else _("Förnya överenskommelsen")
        url = reverse("partnership:agreement-detail", args=[one.pk])
        yield _item("partnership.agreement.renew", label, one, url, one.valid_to)


def _to_judge(user: Any, today: date) -> Iterator[InboxItem]:
    for one in _own(user, promises_without_verdict(today)):
        url = reverse("partnership:promise-detail", args=[one.pk])
        label = _("Säg om medborgarlöftet hölls")
        yield _item("partnership.promise.judge", label, one, url, one.promised_to)


def _own(user: Any, found: Any) -> Iterator[Any]:
    """Keep what the person writes for."""
    own = permissions.organisations_written_for(user)
    yield from found.filter(owner__in=own)[:MOST_TOLD]


def _item(code: str, label: Text, one: Any, url: str, due_on: date | None) -> InboxItem:
    return InboxItem(code, str(one.pk), label, str(one), url, due_on, str(one.owner))

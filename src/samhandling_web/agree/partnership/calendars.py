"""A person's meetings as a calendar that other programs fetch (iCalendar, RFC 5545)."""

from collections.abc import Callable, Iterable
from datetime import UTC, datetime

from django.core.signing import BadSignature, Signer
from django.utils import timezone
from icalendar import Calendar, Event

from samhandling_web.agree.partnership.models import CalendarKey, Meeting
from samhandling_web.agree.partnership.rules import MeetingStatus

SALT = "partnership.calendar"
PRODUCT = "-//Samhandling//Partnership//SV"
MIME = "text/calendar; charset=utf-8"
# How often a program may ask: a meeting that is moved today should be right today.
FETCH_EVERY = "PT4H"
STATUSES = {
    MeetingStatus.PLANNED: "TENTATIVE",
    MeetingStatus.CALLED: "CONFIRMED",
    MeetingStatus.HELD: "CONFIRMED",
    MeetingStatus.CLOSED: "CONFIRMED",
    MeetingStatus.CANCELLED: "CANCELLED",
}
AddressOf = Callable[[Meeting], str]


def signed(key: CalendarKey) -> str:
    """Return the key as it stands in the address: nobody can make one without the secret."""
    return _signer().sign(key.mark.hex)


def key_of(signed_key: str) -> CalendarKey | None:
    """Return the key that an address holds; None if it is forged, revoked or its owner is gone."""
    try:
        mark = _signer().unsign(signed_key)
    except BadSignature:
        return None
    found = CalendarKey.objects.select_related("user")
    return found.filter(mark=mark, revoked_at=None, user__is_active=True).first()


def calendar_of(
    meetings: Iterable[Meeting], *, name: str, address_of: AddressOf, now: datetime | None = None
) -> bytes:
    """Return the meetings as one calendar, cancelled ones too, so that they are struck out.

    It tells when, where and which council; what is on the agenda is read after signing in.
    """
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", name)
    calendar.add("x-published-ttl", FETCH_EVERY)
    for meeting in meetings:
        calendar.add_component(_event(meeting, address_of(meeting), now or timezone.now()))
    return bytes(calendar.to_ical())


def _event(meeting: Meeting, address: str, now: datetime) -> Event:
    event = Event()
    event.add("uid", f"{meeting.uid}@samhandling")
    event.add("sequence", meeting.revision)
    event.add("status", STATUSES[MeetingStatus(meeting.status)])
    event.add("dtstamp", _utc(now))
    event.add("dtstart", _utc(meeting.starts_at))
    event.add("dtend", _utc(meeting.ends_at))
    event.add("summary", meeting.council.name)
    if meeting.where:
        event.add("location", meeting.where)
    event.add("url", address)
    if meeting.status == MeetingStatus.CANCELLED:
        event.add("transp", "TRANSPARENT")
    return event


def _utc(moment: datetime) -> datetime:
    return moment.astimezone(UTC).replace(microsecond=0)


def _signer() -> Signer:
    return Signer(salt=SALT, sep=".")

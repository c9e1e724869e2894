"""Reading councils, their seats and their meetings."""

from datetime import date, datetime, time, timedelta

from django.db.models import Count, Max, Q, QuerySet
from django.utils import timezone

from samhandling_web.agree.partnership import permissions
from samhandling_web.agree.partnership.models import Attendance, Council, CouncilMember, Meeting
from samhandling_web.agree.partnership.rules import (
    COUNCIL_KINDS,
    CalendarScope,
    CouncilKind,
    MeetingStatus,
)
from samhandling_web.base.accounts.permissions import Actor, is_person, organisations_today

COMING = (MeetingStatus.PLANNED, MeetingStatus.CALLED)
UNFINISHED = (*COMING, MeetingStatus.HELD)


def councils_visible_to(actor: Actor) -> QuerySet[Council]:
    """Return the groups whose seats and meetings the person may read."""
    councils = Council.objects.select_related("organisation", "district__level")
    return councils.filter(kind__in=kinds_read_by(actor))


def kinds_read_by(actor: Actor) -> list[CouncilKind]:
    return [kind for kind in COUNCIL_KINDS if permissions.may_read_meetings_of(actor, kind)]


def councils_listed(actor: Actor) -> list[Council]:
    """Return the groups, the strategic council first, with `seats` and `last_held`.

    The latter is the day of the latest meeting that was held.
    """
    held = Q(meetings__status__in=[MeetingStatus.HELD, MeetingStatus.CLOSED])
    counted = councils_visible_to(actor).annotate(
        seats=Count("members", distinct=True), last_held=Max("meetings__starts_at", filter=held)
    )
    kinds = list(COUNCIL_KINDS)
    return sorted(
        counted.order_by("name", "pk"),
        key=lambda one: (not one.is_active, kinds.index(CouncilKind(one.kind))),
    )


def seats_of(council: Council) -> QuerySet[CouncilMember]:
    return council.members.select_related("organisation")


def meetings_visible_to(actor: Actor) -> QuerySet[Meeting]:
    """Return the meetings the person may read."""
    meetings = Meeting.objects.select_related("council__organisation", "council__district__level")
    return meetings.filter(council__kind__in=kinds_read_by(actor))


def meetings_listed(found: QuerySet[Meeting]) -> QuerySet[Meeting]:
    """Add `item_count` and `open_count` to the meetings."""
    return found.annotate(
        item_count=Count("items", distinct=True),
        open_count=Count("items", filter=Q(items__status="open"), distinct=True),
    ).order_by("-starts_at", "-pk")


def attendance_of(meeting: Meeting) -> QuerySet[Attendance]:
    return meeting.attendance.select_related("organisation")


def meetings_fetched_by(user: Actor, scope: CalendarScope, today: date) -> QuerySet[Meeting]:
    """Return the meetings that a person's calendar shows: a quarter back, and all to come."""
    first = start_of(today - timedelta(days=90))
    found = meetings_visible_to(user).filter(starts_at__gte=first).order_by("starts_at", "pk")
    if scope == CalendarScope.ALL or not is_person(user):
        return found
    return found.filter(councils_of_organisations(organisations_today(user))).distinct()


def councils_of_organisations(organisations: list[int]) -> Q:
    """Match meetings of the councils that the organisations lead or have a seat on."""
    return Q(council__organisation_id__in=organisations) | Q(
        council__members__organisation_id__in=organisations
    )


def start_of(day: date) -> datetime:
    """Return the first moment of a day, in local time."""
    return timezone.make_aware(datetime.combine(day, time.min))


def day_of(meeting: Meeting) -> date:
    """Return the local day on which the meeting begins."""
    return timezone.localtime(meeting.starts_at).date()

"""What the start page gathers from the rooms for one person."""

from dataclasses import dataclass
from datetime import date

from samhandling_web.base.accounts.models import User
from samhandling_web.base.common.inbox import URGENCIES, InboxItem, Urgency, inbox_of
from samhandling_web.base.common.text import Text
from samhandling_web.base.common.working_days import working_days_between
from samhandling_web.base.jobs import selectors as jobs
from samhandling_web.base.jobs.models import Job
from samhandling_web.base.jobs.rules import State as JobState
from samhandling_web.observe.imports import permissions as imports_permissions
from samhandling_web.observe.imports.models import Batch
from samhandling_web.observe.imports.rules import State as BatchState
from samhandling_web.understand.picture import selectors as pictures
from samhandling_web.understand.picture.models import Picture
from samhandling_web.understand.picture.rules import ClockReading, Kind, Status, clock_reading

MOST_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Dated:
    """Something to do, with how pressing it is today."""

    item: InboxItem
    urgency: Urgency
    working_days_left: int | None

    @property
    def urgency_label(self) -> Text:
        return URGENCIES[self.urgency]

    @property
    def days_late(self) -> int:
        return max(0, -(self.working_days_left or 0))


def inbox_dated(user: User, today: date) -> list[Dated]:
    """Return everything that waits for the person, the most pressing first."""
    return [
        Dated(item, item.urgency(today), _days_left(item, today)) for item in inbox_of(user, today)
    ]


def _days_left(item: InboxItem, today: date) -> int | None:
    """Working days until it is due; less than none when it is late."""
    if item.due_on is None:
        return None
    if item.due_on < today:
        return -working_days_between(item.due_on, today)
    return working_days_between(today, item.due_on)


@dataclass(frozen=True, slots=True)
class StartPage:
    """Everything on a signed-in person's start page, already limited to what she may see."""

    waiting: list[Dated]
    more_waiting: int
    failed: list[Job]
    running: list[Job]
    picture: Picture | None
    clock: ClockReading | None
    batch: Batch | None
    may_import: bool


def start_page_of(user: User, today: date) -> StartPage:
    shown = jobs.jobs_to_know_of(user, MOST_SHOWN)
    waiting = inbox_dated(user, today)
    readable = pictures.pictures_visible_to(user)
    adopted = readable.filter(status=Status.ADOPTED)
    picture = adopted.order_by("-adopted_on", "-pk").first()
    may_import = imports_permissions.may_import(user)
    applied = Batch.objects.filter(state=BatchState.APPLIED).order_by("-applied_at")
    return StartPage(
        waiting=waiting[:MOST_SHOWN],
        more_waiting=max(0, len(waiting) - MOST_SHOWN),
        failed=[job for job in shown if job.state == JobState.FAILED],
        running=[job for job in shown if job.state != JobState.FAILED],
        picture=picture,
        clock=_clock(picture, today),
        batch=applied.first() if may_import else None,
        may_import=may_import,
    )


def _clock(picture: Picture | None, today: date) -> ClockReading | None:
    """Only the statutory picture has a time within which it must be renewed."""
    if picture is None or picture.kind != Kind.STATUTORY:
        return None
    return clock_reading(picture.adopted_on, today)

"""What the start page gathers from the rooms for one person."""

from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from samhandling_web.base.accounts.models import User
from samhandling_web.base.common.text import Text, _
from samhandling_web.base.jobs import selectors as jobs
from samhandling_web.base.jobs.models import Job
from samhandling_web.base.jobs.rules import State as JobState
from samhandling_web.observe.imports import permissions as imports_permissions
from samhandling_web.observe.imports import selectors as imports
from samhandling_web.observe.imports.models import Batch
from samhandling_web.observe.imports.rules import State as BatchState
from samhandling_web.understand.picture import selectors as pictures
from samhandling_web.understand.picture.models import Picture
from samhandling_web.understand.picture.rules import ClockReading, Kind, Status, clock_reading

MOST_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Waiting:
    """Something that somebody has to do: what, how many, and the app whose pages do it."""

    label: Text
    count: int
    namespace: str


@dataclass(frozen=True, slots=True)
class StartPage:
    """Everything on a signed-in person's start page, already limited to what she may see."""

    waiting: list[Waiting]
    failed: QuerySet[Job]
    running: QuerySet[Job]
    picture: Picture | None
    clock: ClockReading | None
    batch: Batch | None
    may_import: bool


def start_page_of(user: User, today: date) -> StartPage:
    mine = jobs.jobs_visible_to(user)
    readable = pictures.pictures_visible_to(user)
    adopted = readable.filter(status=Status.ADOPTED)
    picture = adopted.order_by("-adopted_on", "-pk").first()
    may_import = imports_permissions.may_import(user)
    applied = Batch.objects.filter(state=BatchState.APPLIED).order_by("-applied_at")
    return StartPage(
        waiting=_waiting(readable, may_import=may_import),
        failed=mine.filter(state=JobState.FAILED)[:MOST_SHOWN],
        running=mine.filter(state__in=[JobState.QUEUED, JobState.RUNNING])[:MOST_SHOWN],
        picture=picture,
        clock=_clock(picture, today),
        batch=applied.first() if may_import else None,
        may_import=may_import,
    )


def _waiting(readable: QuerySet[Picture], *, may_import: bool) -> list[Waiting]:
    found = [
        Waiting(
            _("Lägesbilder på granskning"),
            readable.filter(status=Status.IN_REVIEW).count(),
            "picture",
        ),
        Waiting(
            _("Påbörjade lägesbilder"), readable.filter(status=Status.DRAFT).count(), "picture"
        ),
    ]
    if may_import:
        rows = imports.rows_waiting().count()
        found.insert(0, Waiting(_("Avvisade rader att rätta"), rows, "imports"))
    return [item for item in found if item.count]


def _clock(picture: Picture | None, today: date) -> ClockReading | None:
    """Only the statutory picture has a time within which it must be renewed."""
    if picture is None or picture.kind != Kind.STATUTORY:
        return None
    return clock_reading(picture.adopted_on, today)

"""Reading background jobs and what recurs."""

from dataclasses import dataclass
from datetime import datetime, tzinfo

from django.db.models import BooleanField, ExpressionWrapper, Max, Q, QuerySet, Window
from django.db.models.functions import RowNumber
from django.utils import timezone

from samhandling_web.base.accounts.permissions import Actor, holds_role, is_person
from samhandling_web.base.accounts.rules import Role
from samhandling_web.base.jobs import schedule
from samhandling_web.base.jobs.models import Job, ScheduledRun
from samhandling_web.base.jobs.rules import State
from samhandling_web.base.jobs.schedule import Scheduled


@dataclass(frozen=True, slots=True)
class Recurring:
    """Recurring work with its latest run, where there is one.

    `next_at` has passed when the work `is_waiting`: no worker has started it yet.
    """

    scheduled: Scheduled
    last: ScheduledRun | None
    next_at: datetime
    is_waiting: bool


def jobs_visible_to(actor: Actor) -> QuerySet[Job]:
    """Administrators see every job, others those they started."""
    jobs = Job.objects.select_related("created_by")
    if holds_role(actor, {Role.ADMINISTRATOR}):
        return jobs
    return jobs.filter(created_by=actor) if is_person(actor) else jobs.none()


def jobs_to_know_of(actor: Actor, most: int) -> list[Job]:
    """Return the latest jobs that failed and the latest not over, at most so many of either."""
    known = jobs_visible_to(actor).filter(state__in=[State.FAILED, State.QUEUED, State.RUNNING])
    has_failed = ExpressionWrapper(Q(state=State.FAILED), BooleanField())
    number = Window(RowNumber(), partition_by=has_failed, order_by="-pk")
    return list(known.annotate(number=number).filter(number__lte=most).order_by("-pk"))


def recurring_work(now: datetime | None = None) -> list[Recurring]:
    """Return all recurring work, what falls due first standing first."""
    zone, now = timezone.get_default_timezone(), now or timezone.now()
    latest = ScheduledRun.objects.values("slug").annotate(latest=Max("pk")).values("latest")
    runs = ScheduledRun.objects.filter(pk__in=latest).select_related("job")
    last = {run.slug: run for run in runs}
    found = [_recurring(one, last.get(one.slug), now, zone) for one in schedule.all_scheduled()]
    return sorted(found, key=lambda one: one.next_at)


def _recurring(
    scheduled: Scheduled, last: ScheduledRun | None, now: datetime, zone: tzinfo
) -> Recurring:
    latest = scheduled.rhythm.latest(now, zone)
    is_waiting = last is None or last.due_at < latest.moment
    following = latest if is_waiting else scheduled.rhythm.following(now, zone)
    return Recurring(scheduled, last, following.moment, is_waiting)

"""Starting work that recurs: each period once, however many workers ask and however often."""

import logging
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils import timezone

from samhandling_web.base.audit import services as audit
from samhandling_web.base.jobs import registry, schedule
from samhandling_web.base.jobs.models import ScheduledRun
from samhandling_web.base.jobs.rhythms import Occasion
from samhandling_web.base.jobs.schedule import Scheduled
from samhandling_web.base.jobs.services.jobs import job_enqueue

logger = logging.getLogger(__name__)


def scheduled_start_due(*, now: datetime | None = None) -> list[ScheduledRun]:
    """Start all work whose latest period has not had its run, and return the new runs.

    Periods that passed while no worker lived are caught up by the latest of them alone. Work that
    cannot be started keeps no other from starting, and is tried again next time.
    """
    now = now or timezone.now()
    started = []
    for scheduled in schedule.all_scheduled():
        occasion = scheduled.rhythm.latest(now, timezone.get_default_timezone())
        try:
            run = scheduled_start(slug=scheduled.slug, occasion=occasion)
        except Exception:
            logger.exception("%s could not be started for %s", scheduled.slug, occasion.period)
        else:
            started += [run] if run else []
    return started


def scheduled_start(*, slug: str, occasion: Occasion) -> ScheduledRun | None:
    """Start the work for the occasion's period, unless the period has had its run."""
    scheduled = schedule.get(slug)
    registry.get(scheduled.job_kind)
    runs = ScheduledRun.objects.filter(slug=slug, period=occasion.period)
    if runs.exists():
        return None
    try:
        with transaction.atomic():
            return _started(scheduled, occasion)
    except IntegrityError:
        # Another worker asked in the same moment and came first; the job went back with the row.
        if runs.exists():
            return None
        raise


def _started(scheduled: Scheduled, occasion: Occasion) -> ScheduledRun:
    parameters = scheduled.parameters(occasion)
    job = None
    if parameters is not None:
        label = f"{scheduled.label}, {occasion.period}"
        job = job_enqueue(kind=scheduled.job_kind, label=label, parameters=parameters, actor=None)
    run = ScheduledRun.objects.create(
        slug=scheduled.slug, period=occasion.period, due_at=occasion.moment, job=job
    )
    audit.record(
        actor=None,
        kind="jobs.scheduled_run.started",
        target=run,
        after={"period": run.period, "job": job.pk if job else None},
    )
    return run

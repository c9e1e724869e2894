"""Runs one job for a worker: claims it, keeps its lease, stores how it ended."""

import logging
import threading
import time
import traceback
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction
from django.utils import timezone
from django_tasks import task

from samhandling_web.base.common.errors import DomainError
from samhandling_web.base.jobs import registry, rules
from samhandling_web.base.jobs.models import Job
from samhandling_web.base.jobs.rules import JobCancelled, State

logger = logging.getLogger(__name__)
SECONDS_BETWEEN_REPORTS = 0.5


class StoredProgress:
    """Writes progress to the job's row, at most twice a second."""

    def __init__(self, job_id: int) -> None:
        self.job_id = job_id
        self._next_write = 0.0

    def report(self, done: int, total: int | None = None, message: str = "") -> None:
        if time.monotonic() < self._next_write:
            return
        self._next_write = time.monotonic() + SECONDS_BETWEEN_REPORTS
        values: dict[str, object] = {"done": done, "message": message[:300]}
        if total is not None:
            values["total"] = total
        Job.objects.filter(pk=self.job_id).update(**values)
        self.check()

    def check(self) -> None:
        if Job.objects.filter(pk=self.job_id, cancel_requested=True).exists():
            raise JobCancelled


@task()
def run_job(job_id: int) -> None:
    """Run the job unless it is already taken, over or cancelled."""
    job = _claim(job_id)
    if job is None:
        return
    with _kept_lease(job.pk):
        try:
            result = registry.get(job.kind).work(StoredProgress(job.pk), job.parameters)
        except JobCancelled:
            _end(job, State.CANCELLED)
        except DomainError as exc:
            _end(job, State.FAILED, error=str(exc))
        except Exception:
            logger.exception("Job %s (%s) failed", job.pk, job.kind)
            _end(job, State.FAILED, error=traceback.format_exc(limit=5))
        else:
            _end(job, State.DONE, result=result)


@transaction.atomic
def _claim(job_id: int) -> Job | None:
    job = Job.objects.select_for_update().filter(pk=job_id, state=State.QUEUED).first()
    if job is None:
        return None
    rules.check_transition(State(job.state), State.RUNNING)
    job.state = State.RUNNING
    job.attempts += 1
    job.lease_until = timezone.now() + rules.LEASE_LOST_AFTER
    job.save()
    return job


@contextmanager
def _kept_lease(job_id: int) -> Iterator[None]:
    """Renew the lease from a thread of its own while the work goes on."""
    over = threading.Event()

    def renew() -> None:
        while not over.wait(rules.LEASE.total_seconds()):
            until = timezone.now() + rules.LEASE_LOST_AFTER
            Job.objects.filter(pk=job_id, state=State.RUNNING).update(lease_until=until)
        connection.close()

    thread = threading.Thread(target=renew, daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()


@transaction.atomic
def _end(
    job: Job, state: State, *, result: dict[str, object] | None = None, error: str = ""
) -> None:
    job = Job.objects.select_for_update().get(pk=job.pk)
    rules.check_transition(State(job.state), state)
    job.state, job.result, job.error = state, result, error
    job.finished_at, job.lease_until = timezone.now(), None
    if state == State.DONE and job.total:
        job.done = job.total
    job.save()

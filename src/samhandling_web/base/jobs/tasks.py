"""Runs one job for a worker: claims it, keeps its lease, stores how it ended."""

import logging
import threading
import time
import traceback
import uuid
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import DatabaseError, connection, transaction
from django.utils import timezone
from django_tasks import task

from samhandling_web.base.common.errors import DomainError
from samhandling_web.base.jobs import registry, rules
from samhandling_web.base.jobs.models import Job
from samhandling_web.base.jobs.rules import JobCancelled, State

logger = logging.getLogger(__name__)
SECONDS_BETWEEN_REPORTS = 0.5


class StoredProgress:
    """Writes progress to the job's row, at most twice a second, for as long as the run holds it."""

    def __init__(self, job: Job) -> None:
        self.job_id = job.pk
        self._own_row = Job.objects.filter(pk=job.pk, worker=job.worker)
        self._next_write = 0.0

    def report(self, done: int, total: int | None = None, message: str = "") -> None:
        if time.monotonic() < self._next_write:
            return
        self._next_write = time.monotonic() + SECONDS_BETWEEN_REPORTS
        values: dict[str, object] = {"done": done, "message": message[:300]}
        if total is not None:
            values["total"] = total
        self._own_row.update(**values)
        self.check()

    def check(self) -> None:
        if not self._own_row.filter(cancel_requested=False).exists():
            raise JobCancelled


@task()
def run_job(job_id: int) -> None:
    """Run the job unless it is already taken, over or cancelled."""
    job = _claim(job_id)
    if job is None:
        return
    with _kept_lease(job):
        try:
            result = registry.get(job.kind).work(StoredProgress(job), job.parameters)
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
    """Take the job, under a name of this run's own: a run that lost it can tell by the name."""
    job = Job.objects.select_for_update().filter(pk=job_id, state=State.QUEUED).first()
    if job is None:
        return None
    rules.check_transition(State(job.state), State.RUNNING)
    job.state = State.RUNNING
    job.worker = uuid.uuid4().hex
    job.attempts += 1
    job.lease_until = timezone.now() + rules.LEASE_LOST_AFTER
    job.save()
    return job


@contextmanager
def _kept_lease(job: Job) -> Iterator[None]:
    """Renew the lease from a thread of its own while the work goes on."""
    over = threading.Event()

    def renew() -> None:
        while not over.wait(rules.LEASE.total_seconds()):
            _renew_lease(job)
        connection.close()

    thread = threading.Thread(target=renew, daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()


def _renew_lease(job: Job) -> None:
    until = timezone.now() + rules.LEASE_LOST_AFTER
    own_row = Job.objects.filter(pk=job.pk, worker=job.worker, state=State.RUNNING)
    try:
        own_row.update(lease_until=until)
    except DatabaseError:
        # A busy database may answer next time; a thread that died would not ask.
        logger.exception("The lease of job %s could not be renewed", job.pk)


@transaction.atomic
def _end(
    job: Job, state: State, *, result: dict[str, object] | None = None, error: str = ""
) -> None:
    """Store how the run ended, unless another run has taken the job over meanwhile."""
    own_row = Job.objects.filter(pk=job.pk, worker=job.worker, state=State.RUNNING)
    stored = own_row.select_for_update().first()
    if stored is None:
        logger.warning("Job %s (%s) ended after its lease was lost", job.pk, job.kind)
        return
    rules.check_transition(State(stored.state), state)
    stored.state, stored.result, stored.error = state, result, error
    stored.finished_at, stored.lease_until = timezone.now(), None
    if state == State.DONE and stored.total:
        stored.done = stored.total
    stored.save()

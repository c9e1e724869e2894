"""Putting work in the queue, stopping it, trying again, and taking up what a dead worker left."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from samhandling_web.base.accounts.models import User
from samhandling_web.base.audit import services as audit
from samhandling_web.base.jobs import permissions, rules
from samhandling_web.base.jobs.models import Job
from samhandling_web.base.jobs.rules import State


@transaction.atomic
def job_enqueue(*, kind: str, label: str, parameters: dict[str, Any], actor: User | None) -> Job:
    """Store the work and hand it to a worker when this transaction is committed."""
    job = Job.objects.create(kind=kind, label=label, parameters=parameters, created_by=actor)
    _hand_over(job)
    return job


@transaction.atomic
def job_cancel(*, job_id: int, actor: User) -> Job:
    """Ask the job to stop: at once while it waits, at its next step while it runs."""
    job = Job.objects.select_for_update().get(pk=job_id)
    permissions.check_may_steer(actor, job)
    if job.state == State.QUEUED:
        _move(job, State.CANCELLED)
        job.finished_at = timezone.now()
    elif job.state != State.RUNNING:
        rules.check_transition(State(job.state), State.CANCELLED)
    job.cancel_requested = True
    job.save()
    audit.record(actor=actor, kind="jobs.job.cancel_requested", target=job)
    return job


@transaction.atomic
def job_retry(*, job_id: int, actor: User) -> Job:
    """Put a failed or cancelled job back in the queue with the same parameters."""
    job = Job.objects.select_for_update().get(pk=job_id)
    permissions.check_may_steer(actor, job)
    _move(job, State.QUEUED)
    job.cancel_requested, job.attempts, job.error = False, 0, ""
    job.done, job.total, job.message = 0, None, ""
    job.finished_at = None
    job.save()
    audit.record(actor=actor, kind="jobs.job.retried", target=job)
    _hand_over(job)
    return job


@transaction.atomic
def jobs_take_up_again() -> list[Job]:
    """Put jobs whose worker died back in the queue; give up on those that keep dying."""
    lost = Job.objects.select_for_update().filter(
        state=State.RUNNING, lease_until__lt=timezone.now()
    )
    for job in (taken := list(lost)):
        if job.attempts >= rules.MOST_ATTEMPTS:
            _move(job, State.FAILED)
            job.error = rules.GIVEN_UP.format(attempts=job.attempts)
            job.finished_at = timezone.now()
        else:
            _move(job, State.QUEUED)
            _hand_over(job)
        job.save()
        audit.record(actor=None, kind="jobs.job.taken_up_again", target=job)
    return taken


def _move(job: Job, target: State) -> None:
    rules.check_transition(State(job.state), target)
    job.state = target


def _hand_over(job: Job) -> None:
    from samhandling_web.base.jobs.tasks import run_job

    transaction.on_commit(lambda: run_job.enqueue(job.pk))

"""Background jobs: how they end, who may steer them, and what happens when a worker dies."""

from datetime import timedelta

import pytest
from django.db import OperationalError
from django.db.models import QuerySet
from django.utils import timezone

from samhandling_web.base.accounts.models import Membership, Organisation, User
from samhandling_web.base.accounts.rules import Role
from samhandling_web.base.audit.models import AuditRecord
from samhandling_web.base.common.errors import DomainError, NotAllowed
from samhandling_web.base.jobs import registry, rules, services, tasks
from samhandling_web.base.jobs.models import Job
from samhandling_web.base.jobs.rules import State

pytestmark = pytest.mark.django_db


class NoRoom(DomainError):
    pass


def refuse(_progress, _parameters):
    raise NoRoom


def count(progress, parameters):
    for number in range(parameters["to"]):
        progress.check()
        progress.report(number, parameters["to"], "räknar")
    return {"counted": parameters["to"]}


def stumble(_progress, _parameters):
    return 1 / 0


registry.register("test.count", count)
registry.register("test.stumble", stumble)
registry.register("test.refuse", refuse)


@pytest.fixture
def starter():
    return User.objects.create_user("starter@example.org")


@pytest.fixture
def administrator():
    user = User.objects.create_user("admin@example.org")
    organisation = Organisation.objects.create(slug="k", name="Kommunen", kind="municipality")
    Membership.objects.create(
        user=user, organisation=organisation, role=Role.ADMINISTRATOR, valid_from="2020-01-01"
    )
    return user


def queued(kind, actor, **parameters):
    return services.job_enqueue(kind=kind, label="Ett jobb", parameters=parameters, actor=actor)


def run(job):
    tasks.run_job.call(job.pk)
    job.refresh_from_db()
    return job


def test_a_job_runs_and_keeps_its_result(starter):
    job = run(queued("test.count", starter, to=3))
    assert (job.state, job.result, job.percent) == (State.DONE, {"counted": 3}, 100)


def test_a_job_runs_once_however_often_it_is_handed_over(starter):
    job = run(queued("test.count", starter, to=1))
    first_end = job.finished_at
    assert run(job).finished_at == first_end
    assert job.attempts == 1


def test_an_unexpected_error_is_kept_with_its_place(starter):
    job = run(queued("test.stumble", starter))
    assert job.state == State.FAILED
    assert "ZeroDivisionError" in job.error


def test_a_rule_that_says_no_speaks_to_people(starter):
    job = run(queued("test.refuse", starter))
    assert (job.state, job.error) == (State.FAILED, str(NoRoom()))


def test_a_waiting_job_is_cancelled_at_once(starter):
    job = queued("test.count", starter, to=3)
    services.job_cancel(job_id=job.pk, actor=starter)
    assert run(job).state == State.CANCELLED
    assert AuditRecord.objects.filter(kind="jobs.job.cancel_requested").count() == 1


def test_a_running_job_stops_at_its_next_step(starter):
    def cancel_yourself(progress, _parameters):
        services.job_cancel(job_id=progress.job_id, actor=starter)
        progress.check()

    registry.register("test.cancel_yourself", cancel_yourself)
    assert run(queued("test.cancel_yourself", starter)).state == State.CANCELLED


def test_a_failed_job_is_tried_again(starter):
    job = run(queued("test.stumble", starter))
    services.job_retry(job_id=job.pk, actor=starter)
    job.refresh_from_db()
    assert (job.state, job.error, job.attempts) == (State.QUEUED, "", 0)


def test_a_job_tried_again_starts_from_nothing(starter):
    job = run(queued("test.stumble", starter))
    Job.objects.filter(pk=job.pk).update(done=7, total=9, message="rad 7")
    job = services.job_retry(job_id=job.pk, actor=starter)
    assert (job.done, job.total, job.message, job.percent) == (0, None, "", None)


def test_a_finished_job_is_not_tried_again(starter):
    job = run(queued("test.count", starter, to=1))
    with pytest.raises(rules.JobTransitionNotAllowed):
        services.job_retry(job_id=job.pk, actor=starter)


@pytest.mark.parametrize("step", [services.job_cancel, services.job_retry])
def test_strangers_do_not_steer_jobs(starter, step):
    job = queued("test.count", starter, to=1)
    with pytest.raises(NotAllowed):
        step(job_id=job.pk, actor=User.objects.create_user("stranger@example.org"))


def test_administrators_steer_any_job(starter, administrator):
    job = queued("test.count", starter, to=1)
    assert services.job_cancel(job_id=job.pk, actor=administrator).cancel_requested


def left_by_a_dead_worker(actor, attempts):
    job = queued("test.count", actor, to=2)
    Job.objects.filter(pk=job.pk).update(
        state=State.RUNNING, attempts=attempts, lease_until=timezone.now() - timedelta(seconds=1)
    )
    return job


def test_what_a_dead_worker_left_is_taken_up_again(starter):
    job = left_by_a_dead_worker(starter, attempts=1)
    assert services.jobs_take_up_again() == [job]
    assert run(job).state == State.DONE


def test_a_job_that_keeps_killing_workers_is_given_up(starter):
    job = left_by_a_dead_worker(starter, attempts=rules.MOST_ATTEMPTS)
    services.jobs_take_up_again()
    job.refresh_from_db()
    assert job.state == State.FAILED
    assert "avbrutits 5 gånger" in job.error


def test_a_job_whose_lease_holds_is_left_alone(starter):
    job = left_by_a_dead_worker(starter, attempts=1)
    Job.objects.filter(pk=job.pk).update(lease_until=timezone.now() + timedelta(minutes=1))
    assert services.jobs_take_up_again() == []


def taken_over(job_id):
    """What the next worker does when the lease of this one has run out."""
    Job.objects.filter(pk=job_id).update(lease_until=timezone.now() - timedelta(seconds=1))
    services.jobs_take_up_again()
    return tasks._claim(job_id)


def test_a_run_that_lost_its_job_leaves_the_next_ones_row_alone(starter):
    def sleep_too_long(progress, _parameters):
        taken_over(progress.job_id)
        return {"by": "the run that slept"}

    registry.register("test.sleep_too_long", sleep_too_long)
    job = run(queued("test.sleep_too_long", starter))
    assert (job.state, job.result, job.attempts) == (State.RUNNING, None, 2)


def test_a_run_that_lost_its_job_stops_at_its_next_step(starter):
    steps = []

    def two_steps(progress, _parameters):
        steps.append("first")
        taken_over(progress.job_id)
        progress.check()
        steps.append("second")

    registry.register("test.two_steps", two_steps)
    assert run(queued("test.two_steps", starter)).state == State.RUNNING
    assert steps == ["first"]


def test_a_busy_database_does_not_end_the_renewing_of_a_lease(starter, monkeypatch, caplog):
    job = left_by_a_dead_worker(starter, attempts=1)

    def refuse_update(_rows, **_values):
        raise OperationalError

    monkeypatch.setattr(QuerySet, "update", refuse_update)
    tasks._renew_lease(job)
    assert "could not be renewed" in caplog.text

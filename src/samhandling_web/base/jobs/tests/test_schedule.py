"""Recurring work: started once a period, caught up once, told to administrators."""

import json
import threading
from datetime import time, timedelta

import pytest
from click.testing import CliRunner
from django.db import connection
from django.urls import reverse
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from samhandling_web.base.accounts.models import Membership, Organisation, User
from samhandling_web.base.accounts.rules import Role
from samhandling_web.base.audit.models import AuditRecord
from samhandling_web.base.common.text import Text
from samhandling_web.base.jobs import permissions, registry, schedule, selectors, services, tasks
from samhandling_web.base.jobs.models import Job, ScheduledRun
from samhandling_web.base.jobs.rhythms import daily, weekly
from samhandling_web.config.command import main
from tests.page_rules import faults_of_page

NOON = timezone.make_aware(timezone.datetime(2026, 11, 25, 12))  # a Wednesday
DAY, WEEK = timedelta(days=1), timedelta(weeks=1)


@pytest.fixture(autouse=True)
def only_ours(monkeypatch):
    """Let nothing recur but what the test registers."""
    monkeypatch.setattr(schedule, "_scheduled", {})
    monkeypatch.setattr(registry, "_kinds", {})
    registry.register("test.week", lambda _progress, parameters: parameters)
    schedule.register(
        "test.week", "test.week", weekly(weekday=0, at=time(6)), label=Text("Veckans bild")
    )


def person(role: Role) -> User:
    user, _made = User.objects.get_or_create(email=f"{role}@example.org")
    organisation, _made = Organisation.objects.get_or_create(slug="k", kind="municipality")
    Membership.objects.create(
        user=user, organisation=organisation, role=role, valid_from="2020-01-01"
    )
    return user


def started(now) -> list[str]:
    return [run.period for run in services.scheduled_start_due(now=now)]


@pytest.mark.django_db
def test_work_is_started_once_a_period_with_its_period_and_day():
    assert started(NOON) == ["2026-W48"]
    assert started(NOON + timedelta(minutes=1)) == []
    job = Job.objects.get()
    assert job.parameters == {"period": "2026-W48", "day": "2026-11-23"}
    assert (job.label, job.created_by) == ("Veckans bild, 2026-W48", None)
    tasks.run_job.call(job.pk)
    job.refresh_from_db()
    assert job.state == "done"
    assert started(NOON + WEEK) == ["2026-W49"]


@pytest.mark.django_db
def test_the_log_tells_of_each_run():
    [run] = services.scheduled_start_due(now=NOON)
    entry = AuditRecord.objects.get(kind="jobs.scheduled_run.started")
    assert (entry.target_id, entry.actor) == (str(run.pk), None)
    assert entry.after == {"period": "2026-W48", "job": run.job_id}


@pytest.mark.django_db
def test_what_was_missed_is_caught_up_once():
    schedule.register("test.day", "test.week", daily(at=time(6)), label=Text("Dagens"))
    assert started(NOON) == ["2026-11-25", "2026-W48"]
    before_six_on_monday = NOON + timedelta(days=4, hours=17, minutes=30)
    assert started(before_six_on_monday) == ["2026-11-29"]
    assert started(before_six_on_monday + timedelta(hours=1)) == ["2026-11-30", "2026-W49"]


@pytest.mark.django_db
def test_a_period_with_nothing_to_do_is_passed_and_not_asked_again():
    asked = []
    schedule.register(
        "test.week",
        "test.week",
        weekly(weekday=0, at=time(6)),
        label=Text("Ingenting"),
        parameters=asked.append,
    )
    [run] = services.scheduled_start_due(now=NOON)
    assert run.job is None
    assert started(NOON + DAY) == []
    assert [occasion.period for occasion in asked] == ["2026-W48"]
    assert not Job.objects.exists()


@pytest.mark.django_db
def test_work_that_cannot_be_started_keeps_no_other_waiting_and_is_tried_again(caplog):
    def fall_over(occasion):
        if len(caplog.records) < 1:
            raise LookupError
        return {}

    schedule.register(
        "a.broken", "test.week", daily(at=time(6)), label=Text("Trasig"), parameters=fall_over
    )
    assert started(NOON) == ["2026-W48"]
    assert "a.broken could not be started for 2026-11-25" in caplog.text
    assert started(NOON) == ["2026-11-25"]


@pytest.mark.django_db
def test_a_kind_of_job_that_is_not_installed_leaves_no_run(caplog):
    schedule.register("test.gone", "gone.kind", daily(at=time(6)), label=Text("Borta"))
    assert started(NOON) == ["2026-W48"]
    assert "gone.kind" in caplog.text
    assert ScheduledRun.objects.count() == 1


@pytest.mark.django_db
def test_a_run_that_fails_half_way_leaves_no_job(monkeypatch):
    def refuse(**_values):
        raise LookupError

    monkeypatch.setattr("samhandling_web.base.audit.services.record", refuse)
    assert started(NOON) == []
    assert not Job.objects.exists()
    assert not ScheduledRun.objects.exists()


@pytest.mark.django_db
def test_a_worker_that_comes_second_finds_the_run_and_starts_nothing(monkeypatch):
    """The other's row appears between the question and the writing."""
    [theirs] = services.scheduled_start_due(now=NOON)
    answers = iter([False, True])
    monkeypatch.setattr("django.db.models.QuerySet.exists", lambda _rows: next(answers))
    assert started(NOON) == []
    assert list(Job.objects.all()) == [theirs.job]


@pytest.mark.django_db(transaction=True)
def test_of_many_workers_that_ask_at_once_one_starts_the_work():
    runs, together = [], threading.Barrier(4)

    def ask():
        together.wait()
        runs.extend(services.scheduled_start_due(now=NOON))
        connection.close()

    threads = [threading.Thread(target=ask) for _number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(runs) == Job.objects.count() == ScheduledRun.objects.count() == 1


minutes = st.lists(st.integers(-120, 23 * 60), max_size=25)


@pytest.mark.django_db
@settings(max_examples=25)
@given(minutes)
def test_whatever_the_clock_does_each_day_has_one_job(minutes):
    ScheduledRun.objects.all().delete()
    Job.objects.all().delete()
    schedule.register("test.day", "test.week", daily(at=time(6)), label=Text("Dagens"))
    now = last = NOON
    for step in [0, *minutes]:
        now += timedelta(minutes=step)
        last = max(last, now)
        services.scheduled_start_due(now=now)
    days = sorted(ScheduledRun.objects.filter(slug="test.day").values_list("period", flat=True))
    passed = (timezone.localtime(last - timedelta(hours=6)).date() - NOON.date()).days
    # Set back in the first hours, the clock may ask for the day before too.
    expected = [f"{timezone.localtime(NOON + n * DAY):%Y-%m-%d}" for n in range(passed + 1)]
    assert days[-len(expected) :] == expected
    assert len(days) == len(set(days)) <= len(expected) + 1
    assert Job.objects.count() == ScheduledRun.objects.count()


@pytest.mark.django_db
def test_what_recurs_is_listed_with_its_last_and_next():
    [waiting] = selectors.recurring_work(NOON)
    assert (waiting.last, waiting.is_waiting) == (None, True)
    assert timezone.localtime(waiting.next_at).isoformat() == "2026-11-23T06:00:00+01:00"
    [run] = services.scheduled_start_due(now=NOON)
    [recurring] = selectors.recurring_work(NOON)
    assert (recurring.last, recurring.is_waiting) == (run, False)
    assert timezone.localtime(recurring.next_at).isoformat() == "2026-11-30T06:00:00+01:00"


@pytest.mark.django_db
@pytest.mark.parametrize("role", Role)
def test_the_page_of_jobs_shows_it_to_administrators_alone(
    client, role, django_assert_max_num_queries
):
    user = person(role)
    client.force_login(user)
    services.scheduled_start_due()
    with django_assert_max_num_queries(12):
        html = client.get(reverse("jobs:job-list")).content.decode()
    assert ("Veckans bild</th>" in html) == permissions.may_see_schedule(user)
    assert permissions.may_see_schedule(user) == (role == Role.ADMINISTRATOR)
    assert faults_of_page(html) == []


@pytest.mark.django_db
def test_the_page_says_what_waits_for_a_worker(client):
    client.force_login(person(Role.ADMINISTRATOR))
    page = client.get(reverse("jobs:job-list")).content.decode()
    assert "Väntar på bakgrundsprocessen" in page
    services.scheduled_start_due()
    assert (
        "Väntar på bakgrundsprocessen" not in client.get(reverse("jobs:job-list")).content.decode()
    )


@pytest.mark.django_db
def test_the_command_lists_it_for_people_and_for_programs():
    people = CliRunner().invoke(main, ["scheduled"]).stdout
    assert "test.week: Veckans bild, varje måndag kl. 06:00" in people
    assert "last never; waiting for a worker since" in people
    services.scheduled_start_due()
    [row] = json.loads(CliRunner().invoke(main, ["scheduled", "--json"]).stdout)
    assert (row["slug"], row["last_state"], row["is_waiting"]) == ("test.week", "queued", False)
    assert "; next " in CliRunner().invoke(main, ["scheduled"]).stdout

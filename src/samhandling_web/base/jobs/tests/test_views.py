"""Pages about background work: who may stop it, and what is answered for work that is not there."""

import pytest
from django.urls import reverse

from samhandling_web.base.accounts.models import User
from samhandling_web.base.jobs.models import Job

pytestmark = pytest.mark.django_db


@pytest.fixture
def starter(client) -> User:
    user = User.objects.create_user("starter@example.org")
    client.force_login(user)
    return user


def test_who_started_a_job_stops_it_and_starts_it_again(client, starter):
    job = Job.objects.create(kind="x", label="Läser", created_by=starter)
    page = reverse("jobs:job-detail", args=[job.pk])
    for step, state in (("job-cancel", "cancelled"), ("job-retry", "queued")):
        answer = client.post(reverse(f"jobs:{step}", args=[job.pk]))
        assert (answer.status_code, answer["Location"]) == (302, page)
        job.refresh_from_db()
        assert job.state == state


@pytest.mark.parametrize("step", ["job-detail", "job-cancel", "job-retry"])
def test_another_persons_job_and_one_that_is_not_there_look_the_same(client, starter, step):
    other = Job.objects.create(kind="x", label="Läser")
    for number in (other.pk, other.pk + 1):
        address = reverse(f"jobs:{step}", args=[number])
        answer = client.get(address) if step == "job-detail" else client.post(address)
        assert answer.status_code == 404


@pytest.mark.parametrize("step", ["job-cancel", "job-retry"])
def test_steps_are_taken_by_post_alone(client, starter, step):
    assert client.get(reverse(f"jobs:{step}", args=[1])).status_code == 405


@pytest.mark.parametrize("address", ["/jobb/", "/jobb/1/"])
def test_who_is_not_signed_in_is_asked_to(client, address):
    assert client.get(address)["Location"].startswith("/konto/login/")

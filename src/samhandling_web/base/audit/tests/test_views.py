"""The log as a page: what is shown of each act, and how one kind of them is found."""

from datetime import date

import pytest
from django.contrib.auth.models import AnonymousUser

from samhandling_web.base.accounts.models import Membership, Organisation, User
from samhandling_web.base.audit import services

pytestmark = pytest.mark.django_db


@pytest.fixture
def city() -> Organisation:
    return Organisation.objects.create(slug="k", name="Björkhamn", kind="municipality")


@pytest.fixture
def administrator(client, city) -> User:
    user = User.objects.create_user("admin@example.org")
    Membership.objects.create(
        user=user, organisation=city, role="administrator", valid_from=date(2020, 1, 1)
    )
    client.force_login(user)
    return user


def test_who_did_it_is_told_in_words(client, administrator, city):
    for actor in (administrator, None, AnonymousUser()):
        services.record(actor=actor, kind="test.done", target=city)
    records = client.get("/logg/").context["page"].object_list
    assert [record.who for record in records] == [
        "någon som inte är inloggad",
        "systemet",
        "admin@example.org",
    ]


@pytest.mark.usefixtures("administrator")
def test_one_kind_of_act_is_found_by_how_its_name_begins(client, city):
    for kind in ("jobs.job.retried", "accounts.user.invited", "jobs.job.cancelled"):
        services.record(actor=None, kind=kind, target=city)
    shown = client.get("/logg/", {"kind": " jobs "}).context["page"].object_list
    assert [record.kind for record in shown] == ["jobs.job.cancelled", "jobs.job.retried"]
    nothing = client.get("/logg/", {"kind": "measures"}).content.decode()
    assert "Inga händelser av det slaget" in nothing


@pytest.mark.parametrize("role", ["analyst", "city_strategist", "guard"])
def test_the_log_is_for_administrators(client, administrator, role):
    administrator.memberships.update(role=role)
    assert client.get("/logg/").status_code == 403


@pytest.mark.usefixtures("administrator")
def test_the_log_is_only_read(client):
    assert client.post("/logg/").status_code == 405

"""The start page: what this is for everyone, what waits for those who work here."""

from datetime import date

import pytest
from django.utils import timezone

from samhandling_web.base.accounts.models import Membership, Organisation, User
from samhandling_web.base.jobs.models import Job
from samhandling_web.observe.imports.models import Batch
from samhandling_web.understand.picture.models import Picture
from tests.page_rules import faults_of_page

pytestmark = pytest.mark.django_db


def person(role: str) -> User:
    city, _made = Organisation.objects.get_or_create(
        slug="k", defaults={"name": "Björkhamn", "kind": "municipality"}
    )
    user = User.objects.create_user(f"{role}@example.se", first_name="Anna")
    Membership.objects.create(user=user, organisation=city, role=role, valid_from=date(2020, 1, 1))
    return user


def picture(writer: User, **changes) -> Picture:
    values = {
        "kind": "statutory",
        "title": "Lägesbild för hela kommunen",
        "area_name": "Hela kommunen",
        "organisation": writer.memberships.get().organisation,
        "period_start": date(2024, 1, 1),
        "period_end": date(2025, 12, 31),
        "created_by": writer,
    }
    return Picture.objects.create(**(values | changes))


def batch() -> Batch:
    return Batch.objects.create(
        reader="events", source="events", kind="events", file_name="händelser.csv",
        size_bytes=9, state="applied", rows_read=1_212, rows_accepted=1_200, rows_new=1_200,
        rows_rejected=12, received_at=timezone.now(), applied_at=timezone.now(),
    )  # fmt: skip


def test_everyone_is_told_what_this_is(client):
    page = client.get("/").content.decode()
    assert "Fem steg som hänger ihop" in page
    assert "Väntar på dig" not in page
    assert faults_of_page(page) == []


def test_an_analyst_sees_drafts_the_latest_import_and_what_failed(client):
    analyst = person("analyst")
    picture(analyst)
    batch()
    Job.objects.create(kind="x", label="Läser in brott.csv", state="failed", created_by=analyst)
    client.force_login(analyst)
    page = client.get("/").content.decode()
    assert faults_of_page(page) == []
    assert "Skriv klart lägesbilden" in page
    assert "Läser in brott.csv" in page
    assert "1 200 rader togs emot, 12 avvisades." in page.replace("\xa0", " ")


def test_who_may_not_import_or_read_drafts_sees_neither(client):
    picture(person("analyst"))
    batch()
    client.force_login(person("guard"))
    page = client.get("/").content.decode()
    assert "Senaste inläsningen" not in page
    assert "Skriv klart lägesbilden" not in page
    assert "Inget väntar på dig just nu." in page


def test_the_statutory_picture_shows_when_it_must_be_renewed(client):
    strategist = person("city_strategist")
    picture(
        strategist,
        status="adopted",
        adopted_on=date(2020, 3, 1),
        adopted_by=strategist.memberships.get().organisation,
        case_number="KS 2020/1",
        registered_by=strategist,
        content_hash="0" * 64,
        figures=[],
        figures_at=timezone.now(),
    )
    client.force_login(strategist)
    page = client.get("/").content.decode()
    assert "antagen 1 mars 2020" in page
    assert "försenad" in page


def test_the_number_of_queries_does_not_grow_with_the_work(client, django_assert_max_num_queries):
    analyst = person("analyst")
    for number in range(20):
        picture(analyst, title=f"Bild {number}")
        Job.objects.create(kind="x", label="Läser", state="failed", created_by=analyst)
    client.force_login(analyst)
    with django_assert_max_num_queries(25):
        client.get("/")


def test_the_start_page_is_only_read(client):
    assert client.post("/").status_code == 405

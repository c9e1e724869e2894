"""Events on pages: listed, chosen, exported, placed by hand."""

import json

import pytest
from django.urls import reverse

from samhandling_web.base.accounts.rules import Role
from samhandling_web.base.audit.models import AuditRecord
from samhandling_web.base.jobs.models import Job
from samhandling_web.observe.events import services
from samhandling_web.observe.events.models import Placement
from samhandling_web.observe.events.tests.test_placing import events, town  # noqa: F401
from samhandling_web.observe.imports import services as imports
from samhandling_web.observe.imports.tests.people import person
from samhandling_web.observe.imports.tests.police_files import police_file, police_row

pytestmark = [
    pytest.mark.django_db,
]


@pytest.fixture
def reader(client):
    user = person(Role.ANALYST)
    client.force_login(user)
    return user


def page(client, name, *arguments, status=200, **query):
    answer = client.get(reverse(name, args=arguments), query)
    assert answer.status_code == status
    return answer.content.decode()


def test_events_are_listed_and_chosen(client, reader, events):  # noqa: F811
    unasked = page(client, "events:event-list")
    assert all(event in unasked for event in events)
    text = page(client, "events:event-list", words="rånades")
    assert events[0] in text
    assert events[1] not in text
    assert events[0] not in page(client, "events:event-list", first_day="2025-01-01")


def test_pages_and_exports_of_the_unasked_list_are_of_its_month(client, reader, events, tmp_path):  # noqa: F811
    """5 000 hours later is in July: the first three are of another month than the latest."""
    path = police_file(tmp_path / "juli.csv", [police_row(5_000)])
    imports.batch_run(
        batch_id=imports.batch_receive(source="police_events", path=path, actor=None).pk
    )
    assert events[0] not in page(client, "events:event-list")
    assert events[0] not in page(client, "events:event-list", page=1)
    assert events[0] in page(client, "events:event-list", first_day="2024-01-01")
    client.get(reverse("events:event-list"), {"export": "csv"})
    record = AuditRecord.objects.get(kind="events.events.exported")
    assert record.after["row_count"] == 1


def test_sources_are_chosen_by_their_names(client, reader, events):  # noqa: F811
    assert ">Polisens händelser</option>" in page(client, "events:event-list")


@pytest.mark.parametrize("file_format", ["csv", "xlsx", "geojson"])
def test_an_export_is_recorded(client, reader, events, file_format):  # noqa: F811
    answer = client.get(reverse("events:event-list"), {"export": file_format})
    assert answer.status_code == 200
    assert file_format in answer["Content-Disposition"]
    record = AuditRecord.objects.get(kind="events.events.exported")
    assert (record.actor, record.after["row_count"]) == (reader, 3)
    if file_format == "geojson":
        features = json.loads(answer.content)["features"]
        assert [feature["geometry"] for feature in features] == [None, None, None]


def test_an_event_shows_its_history_and_is_placed_by_hand(client, reader, events):  # noqa: F811
    services.events_place(actor=None)
    assert "Alvdal" in page(client, "events:event-detail", "police_events", events[0])
    assert events[0] in page(client, "events:placement-list")
    address = reverse("events:event-place", args=["police_events", events[0]])
    client.post(address, {"area": "neighbourhood:2"})
    placement = Placement.objects.latest("pk")
    assert (placement.area_code, placement.actor) == ("2", reader)
    assert events[0] not in page(client, "events:placement-list")
    page(client, "events:event-detail", "police_events", "okänd", status=404)


def test_new_events_are_read_by_a_worker(client, reader, events):  # noqa: F811
    answer = client.post(reverse("events:placing-start"))
    job = Job.objects.get(kind=services.JOB_KIND)
    assert answer.url == reverse("jobs:job-detail", args=[job.pk])
    assert job.created_by == reader


@pytest.mark.parametrize("role", [Role.GUARD, Role.REPORTER, Role.PROPERTY_OWNER])
def test_guards_reporters_and_owners_read_no_events(client, role):
    client.force_login(person(role))
    page(client, "events:event-list", status=403)
    page(client, "statistics:indicator-list", status=403)
    page(client, "surveys:result-list", status=403)


def test_board_members_read_but_do_not_place(client, events):  # noqa: F811
    client.force_login(person(Role.BOARD_MEMBER))
    assert reverse("events:placement-list") not in page(client, "events:event-list")
    page(client, "events:placement-list", status=403)
    address = reverse("events:event-place", args=["police_events", events[0]])
    assert client.post(address, {"area": ""}).status_code == 403

"""The room's pages: happy path, wrong role, wrong method, number of queries."""

import json
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from samhandling_web.base.accounts.rules import Role
from samhandling_web.base.audit.models import AuditRecord
from samhandling_web.base.photos.tests.pictures import upload
from samhandling_web.understand.picture.tests.invented_town import event, made
from samhandling_web.understand.places import panels, services
from samhandling_web.understand.places.models import Candidate, Place, PlaceFact, Problem
from samhandling_web.understand.places.tests import town
from tests.page_rules import faults_of_page

pytestmark = pytest.mark.django_db
POINT = {"geometry_kind": "point", "geometry_latitude": "60,02", "geometry_longitude": "17,04"}
PLACE = {"name": "Torget", "kind": "square", "radius_m": 150, "visibility": "internal"} | POINT


@pytest.fixture
def strategist():
    return town.person(Role.CITY_STRATEGIST)


@pytest.fixture
def square(strategist):
    town.district(responsible=town.organisation())
    return services.place_create(details=town.details(), actor=strategist)


def page(client, name, /, *arguments, expect=200, **query):
    answer = client.get(reverse(f"places:{name}", args=arguments), query)
    assert answer.status_code == expect
    text = answer.content.decode()
    if expect == 200 and "text/html" in answer["Content-Type"]:
        assert not faults_of_page(text)
    return text


def post(client, name, /, *arguments, expect=302, **sent):
    answer = client.post(reverse(f"places:{name}", args=arguments), sent)
    assert answer.status_code == expect
    return answer


def test_a_place_is_laid_up_judged_and_known(client, strategist):
    town.district()
    client.force_login(strategist)
    assert "Lägg upp en plats" in page(client, "place-list")
    page(client, "place-new")
    post(client, "place-new", **PLACE)
    place = Place.objects.get()
    assert "Platsen är inte bedömd" in page(client, "place-detail", place.pk)
    post(client, "place-assess", place.pk, standing="unsafe", reason="Mörkt och tomt.")
    told = {"kind": "light", "text": "Tre lampor är släckta.", "known_on": "2026-01-10"}
    post(client, "place-fact", place.pk, **told, source="Besök")
    shown = page(client, "place-detail", place.pk)
    for words in ("Mörkt och tomt.", "Tre lampor är släckta.", "Besök", "Väster", "bedömdes"):
        assert words in shown
    assert "Torget" in page(client, "place-list", district=place.district_id, standing="unsafe")
    assert "Inga platser här" in page(client, "place-list", standing="safe")


def test_what_is_wrong_comes_back_on_the_page(client, strategist, square):
    client.force_login(strategist)
    answer = post(client, "place-assess", square.pk, standing="safe", reason="", expect=422)
    assert "Bedöm platsen" in answer.content.decode()
    wrong = PLACE | {"geometry_latitude": "17,04", "geometry_longitude": "torget"}
    answer = post(client, "place-new", expect=422, **wrong)
    assert "går inte att läsa" in answer.content.decode()
    answer = post(client, "place-fact", square.pk, kind="light", expect=422)
    assert not PlaceFact.objects.exists()
    named = PLACE | {"name": "Anna Andersson slog"}
    post(client, "place-new", expect=422, **named)
    assert Place.objects.count() == 1


def test_a_place_is_changed(client, strategist, square):
    client.force_login(strategist)
    assert 'value="60.020000"' in page(client, "place-edit", square.pk)
    post(client, "place-edit", square.pk, **(PLACE | {"name": "Stora torget", "radius_m": 200}))
    square.refresh_from_db()
    assert (square.name, square.radius_m) == ("Stora torget", 200)


def test_photos_are_shown_before_and_after(client, strategist, square, data_folder):
    client.force_login(strategist)
    sent = {"moment": "before", "caption": "Mörkt", "photos": upload()}
    post(client, "place-photos", square.pk, expect=422, **sent)
    sent["photos"] = upload()
    post(client, "place-photos", square.pk, nobody_recognisable="on", **sent)
    photo = square.photos.get()
    assert reverse("places:place-photo", args=[square.pk, photo.pk]) in page(
        client, "place-detail", square.pk
    )
    answer = client.get(reverse("places:place-photo", args=[square.pk, photo.pk]))
    assert answer["Content-Type"] == "image/jpeg"


def test_what_lies_near_is_proposed_linked_and_taken_away(client, strategist, square):
    reporter = town.person(Role.REPORTER)
    today = timezone.localdate()
    seen = town.observation(reporter, today, text="Bråk vid kiosken.")
    found = town.finding()
    client.force_login(strategist)
    assert "Det kan finnas mer som hör hit" in page(client, "place-detail", square.pk)
    assert "Bråk vid kiosken." in page(client, "place-link", square.pk)
    post(client, "place-link", square.pk, observations=[seen.pk], findings=[found.pk])
    shown = page(client, "place-detail", square.pk)
    assert "Bråk vid kiosken." in shown
    assert "Lampan lyser inte." in shown
    assert "Allt inom radien är redan kopplat" in page(client, "place-link", square.pk)
    post(client, "place-unlink", square.pk, observations=[seen.pk])
    assert square.observation_links.count() == 0
    assert square.finding_links.count() == 1
    empty = client.post(reverse("places:place-link", args=[square.pk]), {"x": "1"})
    assert empty.status_code == 422
    assert "Kryssa för minst en rad" in empty.content.decode()


@pytest.mark.parametrize("file_format", ["csv", "xlsx", "geojson", "gpkg"])
def test_an_export_holds_what_is_seen_and_is_recorded(client, strategist, square, file_format):
    client.force_login(strategist)
    answer = client.get(reverse("places:place-list"), {"export": file_format})
    assert answer.status_code == 200
    assert file_format in answer["Content-Disposition"]
    record = AuditRecord.objects.get(kind="understand.places.exported")
    assert (record.actor, record.after["row_count"]) == (strategist, 1)
    if file_format == "geojson":
        (feature,) = json.loads(answer.content)["features"]
        assert feature["geometry"]["coordinates"] == [17.04, 60.02]
    assert client.get(reverse("places:place-list"), {"export": "exe"}).status_code == 404


def test_a_protected_place_is_for_those_who_see_protected_areas(client, strategist):
    hidden = services.place_create(
        details=town.details(name="Skyddet", visibility="protected"), actor=strategist
    )
    for role, sees in ((Role.POLICE_LIAISON, True), (Role.ANALYST, False), (Role.GUARD, False)):
        client.force_login(town.person(role))
        assert ("Skyddet" in page(client, "place-list")) is sees
        assert ("Skyddet" in client.get("/platser/?export=csv").content.decode()) is sees
        assert ("Skyddet" in client.get("/platser/punkter.json").content.decode()) is sees
        for name in ("place-detail", "place-reach", "place-observations"):
            page(client, name, hidden.pk, expect=200 if sees else 404)


def test_guards_see_the_place_but_not_what_reporters_and_analysts_write(client, strategist, square):
    town.analysed_ready(strategist, square)
    reporter = town.person(Role.REPORTER)
    seen = town.observation(reporter, timezone.localdate(), text="Bråk vid kiosken.")
    services.observations_link(place_id=square.pk, observation_ids=[seen.pk], actor=strategist)
    client.force_login(town.person(Role.GUARD))
    shown = page(client, "place-detail", square.pk)
    assert "Trygg eller otrygg" in shown
    assert "Bråk vid kiosken." not in shown
    assert "Langning på torget" not in shown
    points = client.get(reverse("places:place-observations", args=[square.pk])).json()
    assert points["features"] == []
    page(client, "problem-list", expect=403)
    page(client, "candidate-list", expect=403)


@pytest.mark.parametrize("role", [Role.REPORTER, Role.PROPERTY_OWNER])
def test_others_see_nothing(client, square, role):
    client.force_login(town.person(role))
    for name in ("place-list", "place-points", "problem-list", "problem-new", "place-new"):
        page(client, name, expect=403)
    page(client, "place-detail", square.pk, expect=403)


def test_steps_are_not_taken_by_reading(client, strategist, square):
    client.force_login(strategist)
    for name in ("place-assess", "place-fact", "place-photos", "place-unlink", "problem-step"):
        assert client.get(reverse(f"places:{name}", args=[square.pk])).status_code == 405
    assert client.post(reverse("places:place-list")).status_code == 405


def test_an_upper_room_fills_a_panel(client, strategist, square, monkeypatch):
    monkeypatch.setattr(panels, "_for_places", {})
    shown = panels.Panel(
        "measures", "Åtgärder", "places/standing.html", lambda place, actor: {"standing": "safe"}
    )
    panels.register_for_places(shown)
    nothing = panels.Panel("secret", "Hemligt", "none.html", lambda place, actor: None)
    panels.register_for_places(nothing)
    client.force_login(strategist)
    text = page(client, "place-detail", square.pk)
    assert "Åtgärder" in text
    assert "Hemligt" not in text


def test_a_place_with_everything_takes_few_questions(
    client, strategist, data_folder, django_assert_max_num_queries
):
    today = timezone.localdate()
    days = [today - timedelta(days=30 * back) for back in range(20)]
    made([event(day, town.LON, town.LAT) for day in days])
    place = services.place_create(details=town.details(), actor=strategist)
    reporter = town.person(Role.REPORTER)
    seen = town.observations(reporter, days[:8])
    numbers = [one.pk for one in seen[:5]]
    services.observations_link(place_id=place.pk, observation_ids=numbers, actor=strategist)
    town.analysed_ready(strategist, place)
    client.force_login(strategist)
    with django_assert_max_num_queries(25):
        shown = page(client, "place-detail", place.pk)
    assert "Händelser av alla typer inom 150 m från Torget" in shown
    with django_assert_max_num_queries(25):
        page(client, "place-list")


def test_proposed_places_are_read_and_decided_about(client, strategist, data_folder):
    reporter = town.person(Role.REPORTER)
    today = timezone.localdate()
    town.observations(reporter, [today - timedelta(days=7 * back) for back in range(4)])
    services.candidates_find(actor=strategist, today=today)
    client.force_login(strategist)
    assert "60.02" in page(client, "candidate-list")
    candidate = Candidate.objects.get()
    shown = page(client, "candidate-detail", candidate.pk)
    assert "poäng av 100, del för del" in shown
    assert len(client.get("/platser/forslag/punkter.json").json()["features"]) == 1
    post(client, "candidate-dismiss", candidate.pk, expect=422, **{"avfarda-reason": ""})
    post(client, "candidate-dismiss", candidate.pk, **{"avfarda-reason": "Byggarbetsplats."})
    assert "Byggarbetsplats." in page(client, "candidate-list", lage="dismissed")
    answer = client.post(reverse("places:candidate-accept", args=[candidate.pk]), PLACE)
    assert answer.status_code == 422
    assert "Ladda om sidan" in answer.content.decode()
    job = post(client, "candidate-find")
    assert "/jobb/" in job.url


def test_the_problems_list_is_filtered_and_exported(client, strategist, square):
    town.analysed_ready(strategist, square)
    client.force_login(strategist)
    assert "Langning på torget" in page(client, "problem-list", severity="red", words="torget")
    assert "Inga problem här" in page(client, "problem-list", status="closed")
    answer = client.get(reverse("places:problem-list"), {"export": "csv"})
    assert "Langning på torget" in answer.content.decode()
    assert AuditRecord.objects.filter(kind="understand.problems.exported").count() == 1
    assert Problem.objects.count() == 1

"""Pages about areas: who sees what, the map and its caching, exports, settings."""

import csv
import io
from datetime import timedelta

import pytest
from django.urls import reverse

from samhandling_web.base.accounts.rules import Role
from samhandling_web.base.areas import selectors, services
from samhandling_web.base.areas.models import AreaLevel
from samhandling_web.base.areas.rules import Visibility
from samhandling_web.base.areas.tests.town import EARLY, LATE, block, division, person
from samhandling_web.base.audit.models import AuditRecord

pytestmark = [
    pytest.mark.django_db,
]
FIRST = [("W", "Väst", block(0, 3)), ("M", "Mitt", block(3, 4)), ("E", "Öst", block(4, 6))]
MAP = "/omraden/district/karta.json"
LEVEL = "/omraden/district/"


@pytest.fixture(autouse=True)
def _areas():
    services.level_set(
        slug="district", name="Stadsdelsområde", name_plural="Stadsdelsområden", actor=None
    )
    division("district", FIRST)
    division("district", [FIRST[0], ("ME", "Nya Öst", block(3, 6))], LATE, "second")


@pytest.fixture
def administrator(client):
    user = person(Role.ADMINISTRATOR, email="admin@exempel.se")
    client.force_login(user)
    return user


def protect(visibility=Visibility.PROTECTED):
    services.level_set(slug="district", visibility=visibility, actor=None)


def test_anyone_sees_the_levels_with_their_number_of_areas(client):
    page = client.get("/omraden/").content.decode()
    assert "Stadsdelsområden" in page
    assert '<td class="sam-number">2</td>' in page
    assert "Ny nivå" not in page


def test_a_level_is_shown_as_it_was_on_the_chosen_day(client):
    page = client.get(LEVEL, {"dag": "2019-12-31"}).content.decode()
    assert "Mitt" in page
    assert "?dag=2019-12-31" in page
    assert "Mitt och Öst blev Nya Öst 2020-07-01." in page
    table = client.get(LEVEL).context["table"]
    assert [row.record.name for row in table.rows] == ["Nya Öst", "Väst"]


def test_an_area_shows_its_versions_story_and_neighbours(client):
    page = client.get("/omraden/district/ME/").content.decode()
    assert "Mitt och Öst blev Nya Öst 2020-07-01." in page
    assert "tills vidare" in page
    assert ">Väst</a>" in page
    ended = client.get("/omraden/district/M/").content.decode()
    assert "Området finns inte efter 2020-07-01" in ended


@pytest.mark.parametrize(
    "address", ["/omraden/ward/", "/omraden/ward/karta.json", "/omraden/district/XX/"]
)
def test_what_does_not_exist_is_not_found(client, address):
    assert client.get(address).status_code == 404


def test_a_day_without_areas_says_so(client):
    answer = client.get(MAP, {"dag": "1999-01-01"}, headers={"accept": "application/json"})
    assert answer.status_code == 404
    assert "1999-01-01" in answer.json()["error"]
    assert client.get(LEVEL, {"dag": "1999-01-01"}).status_code == 200


def test_the_map_is_sent_once_and_again_only_when_it_changed(client):
    answer = client.get(MAP)
    assert answer["Content-Type"] == "application/geo+json"
    assert [f["properties"]["name"] for f in answer.json()["features"]] == ["Nya Öst", "Väst"]
    again = client.get(MAP, headers={"if-none-match": answer["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    services.area_versions_withdraw("second", actor=None)
    changed = client.get(MAP, headers={"if-none-match": answer["ETag"]})
    assert changed.status_code == 200
    assert len(changed.json()["features"]) == 3


def test_neighbours_still_meet_on_the_map(client):
    collection = selectors.feature_collection("district", EARLY)
    corners = [
        {tuple(corner) for corner in feature["geometry"]["coordinates"][0]}
        for feature in collection["features"]
    ]
    assert len(corners[0] & corners[1]) == 2
    assert all(round(value, 5) == value for ring in corners for pair in ring for value in pair)


def test_protected_areas_are_shown_only_to_those_who_need_them(client):
    protect()
    for user in (None, person(Role.ANALYST, email="utredare@exempel.se")):
        if user:
            client.force_login(user)
        assert client.get(MAP).status_code == 404
        assert client.get(LEVEL).status_code == 404
        assert client.get("/omraden/district/W/").status_code == 404
        assert "Stadsdelsområden" not in client.get("/omraden/").content.decode()
    client.force_login(person(Role.GUARD_COMMAND, email="ledning@exempel.se"))
    assert len(client.get(MAP).json()["features"]) == 2
    record = AuditRecord.objects.order_by("-sequence").first()
    assert (record.kind, record.actor_label) == ("areas.protected.read", "ledning@exempel.se")


def test_internal_areas_are_shown_to_everyone_who_is_signed_in(client):
    protect(Visibility.INTERNAL)
    assert client.get(MAP).status_code == 404
    client.force_login(person())
    assert len(client.get(MAP).json()["features"]) == 2
    assert not AuditRecord.objects.filter(kind="areas.protected.read").exists()


def test_one_area_may_be_better_protected_than_its_level(client):
    area = selectors.areas_on("district", LATE).get(area__code="ME").area
    services.area_set(
        area_id=area.pk, actor=None, responsible=None, visibility=Visibility.PROTECTED
    )
    answer = client.get(MAP)
    assert [f["id"] for f in answer.json()["features"]] == ["W"]
    assert "Nya Öst" not in client.get(LEVEL).content.decode()
    assert "Nya Öst" not in client.get("/omraden/district/M/").content.decode()


def test_a_level_is_exported_and_the_export_recorded(client):
    answer = client.get(LEVEL, {"export": "geojson"})
    assert answer["Content-Disposition"].endswith('.geojson"')
    assert len(answer.json()["features"]) == 2
    record = AuditRecord.objects.order_by("-sequence").first()
    assert record.kind == "areas.level.exported"
    assert record.after["row_count"] == 2
    text = client.get(LEVEL, {"export": "csv", "dag": "2015-01-01"}).content.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text), delimiter=";"))
    assert [(row["Namn"], row["Kod"]) for row in rows] == [
        ("Öst", "E"),
        ("Mitt", "M"),
        ("Väst", "W"),
    ]
    assert client.get(LEVEL, {"export": "xlsx"}).content[:2] == b"PK"


def test_a_frame_for_export_has_full_borders():
    frame = selectors.frame_on("district", EARLY)
    assert list(frame["code"]) == ["E", "M", "W"]
    assert frame.crs == "EPSG:4326"
    assert list(frame["valid_to"][:2]) == ["2020-07-01", "2020-07-01"]
    assert frame["valid_to"].isna()[2]


def test_the_number_of_queries_does_not_grow_with_the_areas(client, django_assert_max_num_queries):
    division(
        "district",
        [(f"N{n}", f"N{n}", block(n, n + 1)) for n in range(40)],
        LATE + timedelta(days=9),
        "third",
    )
    with django_assert_max_num_queries(14):
        client.get(LEVEL)
    with django_assert_max_num_queries(6):
        client.get(MAP)
    with django_assert_max_num_queries(10):
        client.get("/omraden/district/N3/")
    with django_assert_max_num_queries(4):
        client.get("/omraden/")


@pytest.mark.parametrize("address", ["/omraden/", LEVEL, MAP, "/omraden/district/W/"])
def test_reading_pages_refuse_to_be_written_to(client, address):
    assert client.post(address).status_code == 405


@pytest.mark.parametrize(
    "address",
    ["/omraden/nivaer/ny/", "/omraden/nivaer/district/", "/omraden/district/W/andra/"],
)
def test_settings_are_for_administrators(client, address):
    assert client.get(address).status_code == 302
    client.force_login(person(Role.ANALYST))
    assert client.get(address).status_code == 403
    assert client.post(address, {}).status_code == 403


@pytest.mark.usefixtures("administrator")
def test_an_administrator_defines_a_level(client):
    values = {"slug": "police", "name": "Lokalpolisområde", "name_plural": "Lokalpolisområden"}
    values |= {"rank": 5, "visibility": "public"}
    assert client.get("/omraden/nivaer/ny/").status_code == 200
    answer = client.post("/omraden/nivaer/ny/", values)
    assert answer.status_code == 302
    assert answer["Location"] == reverse("areas:level-list")
    record = AuditRecord.objects.order_by("-sequence").first()
    assert (record.kind, record.after["name"]) == ("areas.level.set", "Lokalpolisområde")
    wrong = client.post("/omraden/nivaer/ny/", {**values, "name": "", "slug": "x"})
    assert wrong.status_code == 422
    values |= {"is_base_unit": "on", "is_overlay": "on"}
    assert client.post("/omraden/nivaer/police/", values).status_code == 422
    del values["is_overlay"]
    assert client.post("/omraden/nivaer/police/", values).status_code == 302
    assert AreaLevel.objects.get(is_base_unit=True).slug == "police"


@pytest.mark.usefixtures("administrator")
def test_an_administrator_says_who_answers_for_an_area(client):
    address = "/omraden/district/W/andra/"
    assert client.get(address).status_code == 200
    assert client.post(address, {"visibility": "internal"}).status_code == 302
    area = selectors.areas_on("district", LATE).get(area__code="W").area
    assert area.visibility == Visibility.INTERNAL
    assert client.post(address, {"visibility": "secret"}).status_code == 422

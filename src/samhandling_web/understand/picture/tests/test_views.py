"""The picture's pages: happy path, wrong role, wrong method, and what is open to everyone."""

import pytest
from django.conf import settings as installation

from samhandling_web.base.accounts.rules import Role
from samhandling_web.base.areas.models import Area, AreaLevel, AreaVersion, Municipality
from samhandling_web.base.audit.models import AuditRecord
from samhandling_web.understand.picture import services
from samhandling_web.understand.picture.forms import TextsForm
from samhandling_web.understand.picture.models import Picture
from samhandling_web.understand.picture.tests import factories
from tests.page_rules import faults_of_page

pytestmark = pytest.mark.django_db


@pytest.fixture
def coordinator():
    return factories.person(Role.DISTRICT_COORDINATOR)


@pytest.fixture
def strategist():
    return factories.person(Role.CITY_STRATEGIST)


def posted(picture, **changes):
    initial = TextsForm.of(picture).initial
    return {str(name): value for name, value in initial.items()} | changes


def test_from_draft_to_adopted_and_file(client, coordinator, strategist):
    picture = factories.complete(coordinator)
    address = f"/lagesbilder/{picture.pk}/"
    client.force_login(coordinator)
    assert not faults_of_page(client.get(address).content.decode())
    sent = client.post(f"{address}text/", posted(picture, mapping="Nytt.", submit="1"))
    assert sent.status_code == 302
    client.force_login(strategist)
    page = client.get(address).content.decode()
    assert "Registrera beslutet" in page
    assert not faults_of_page(page)
    council = factories.organisation("council", "municipality")
    decision = {"adopted_by": council.pk, "adopted_on": "2025-03-01", "case_number": "KS 1"}
    assert client.post(f"{address}anta/", decision).status_code == 302
    files = [client.get(f"{address}lagesbild.pdf").content for _ in range(2)]
    assert files[0] == files[1]
    assert files[0].startswith(b"%PDF")
    assert AuditRecord.objects.filter(kind="understand.picture.exported").count() == 2


@pytest.mark.parametrize("address", ["/lagesbilder/", "/lagesbilder/ny/", "/lagen/"])
def test_pages_keep_to_the_rules_and_to_those_who_may(client, strategist, address):
    assert client.get(address).status_code == 302
    client.force_login(strategist)
    assert not faults_of_page(client.get(address).content.decode())
    owner = factories.person(Role.PROPERTY_OWNER, factories.organisation("owner"), "owner")
    client.force_login(owner)
    assert client.get(address).status_code == 403


def test_what_was_typed_comes_back_with_the_reason(client, coordinator):
    picture = factories.draft(coordinator)
    client.force_login(coordinator)
    typed = posted(picture, mapping="811228-9874 vid torget")
    answer = client.post(f"/lagesbilder/{picture.pk}/text/", typed)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "811228-9874 vid torget" in page
    assert "personnummer" in page


def test_both_writers_words_are_shown_before_anything_is_lost(client, coordinator):
    picture = factories.complete(coordinator)
    client.force_login(coordinator)
    first, second = posted(picture, mapping="Mitt torg."), posted(picture, mapping="Vår park.")
    client.post(f"/lagesbilder/{picture.pk}/text/", first)
    answer = client.post(f"/lagesbilder/{picture.pk}/text/", second)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Mitt torg." in page
    assert "Vår park." in page
    again = second | {"seen": answer.context["form"]["seen"].value()}
    assert client.post(f"/lagesbilder/{picture.pk}/text/", again).status_code == 302
    assert Picture.objects.get(pk=picture.pk).mapping == "Vår park."


@pytest.mark.parametrize("action", ["text", "period", "rakna", "siffror/valj", "anta", "nasta"])
def test_changes_are_posted(client, strategist, action):
    picture = factories.draft(strategist)
    client.force_login(strategist)
    assert client.get(f"/lagesbilder/{picture.pk}/{action}/").status_code == 405


def test_a_coordinator_elsewhere_finds_no_draft(client, coordinator):
    picture = factories.draft(coordinator)
    elsewhere = factories.person(
        Role.DISTRICT_COORDINATOR, factories.organisation("south"), "south"
    )
    client.force_login(elsewhere)
    assert client.get(f"/lagesbilder/{picture.pk}/").status_code == 404


def test_the_list_asks_as_many_questions_however_long(
    client, coordinator, strategist, django_assert_max_num_queries
):
    for _ in range(6):
        factories.draft(coordinator)
    client.force_login(strategist)
    with django_assert_max_num_queries(16):
        client.get("/lagesbilder/")


def test_an_area_with_a_large_number_is_begun_from_the_list(client, strategist):
    Municipality.objects.create(code="9999", name="Provstad")
    level = AreaLevel.objects.create(slug="district", name="Stadsdel", name_plural="Stadsdelar")
    AreaVersion.objects.create(
        area=Area.objects.create(pk=4321, level=level, code="N"),
        name="Norr",
        valid_from="2020-01-01",
        geometry={},
        geometry_map={},
        area_m2=1.0,
        west=17,
        south=60,
        east=18,
        north=61,
    )
    client.force_login(strategist)
    assert "?omrade=4321" in client.get("/lagesbilder/").content.decode()


def test_the_history_tells_in_words_that_the_open_version_was_fetched(
    client, coordinator, strategist
):
    picture = factories.adopted(coordinator, strategist)
    client.get(f"/offentligt/lagesbilder/{picture.pk}.pdf")
    client.force_login(strategist)
    page = client.get(f"/lagesbilder/{picture.pk}/").content.decode()
    assert "Hämtad från de öppna sidorna" in page
    assert "understand.picture." not in page


@pytest.mark.parametrize("address", ["/offentligt/", "/tillganglighet/"])
def test_open_pages_need_no_login(client, address):
    answer = client.get(address)
    assert answer.status_code == 200
    assert not faults_of_page(answer.content.decode())
    assert client.post(address).status_code == 405


def test_drafts_are_never_published_and_adopted_ones_may_be_kept_back(
    client, coordinator, strategist, settings
):
    draft = factories.complete(coordinator)
    address = f"/offentligt/lagesbilder/{draft.pk}.pdf"
    assert client.get(address).status_code == 404
    services.picture_submit(picture_id=draft.pk, actor=coordinator)
    services.picture_adopt(
        picture_id=draft.pk,
        adopted_by=factories.organisation("council", "municipality"),
        adopted_on=factories.PERIOD[1],
        case_number="1",
        actor=strategist,
    )
    assert client.get(address).content.startswith(b"%PDF")
    settings.PUBLISH_ADOPTED = False
    assert client.get(address).status_code == 404


def test_a_title_that_is_proposed_is_swedish_as_the_document_is(client, strategist):
    Municipality.objects.create(code="9999", name="Provstad")
    client.force_login(strategist)
    client.cookies.load({installation.LANGUAGE_COOKIE_NAME: "en"})
    days = {"period_start": "2023-01-01", "period_end": "2024-12-31"}
    where = {"area": "hela", "organisation": factories.organisation().pk}
    sent = client.post("/lagesbilder/ny/", {"kind": "statutory", **days, **where})
    assert sent.status_code == 302
    assert Picture.objects.get().title == "Lagstadgad lägesbild: Provstad"

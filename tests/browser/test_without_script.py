"""The coordinator's work by forms alone: a browser without scripts, and a table below each map."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from samhandling_web.agree.measures.models import Measure
from samhandling_web.base.accounts.rules import Role
from samhandling_web.observe.observations.models import Observation
from samhandling_web.observe.observations.tests.town import at, make_town, person
from samhandling_web.observe.walks import services as walks
from samhandling_web.observe.walks.rules import FindingStatus, Light
from samhandling_web.observe.walks.tests import factories
from samhandling_web.understand.places.models import Place
from tests.browser.journey import PASSWORD, PHONE, overflow, sign_in

pytestmark = pytest.mark.django_db(transaction=True)
# Pages with a map over many things; each is followed by the same things in a table.
MAPS = ("/iakttagelser/", "/platser/")


@pytest.fixture
def coordinator(data_folder):
    make_town()
    user = person(Role.DISTRICT_COORDINATOR, Role.REPORTER, at="norr", email="norr@example.org")
    user.set_password(PASSWORD)
    user.save()
    return user


@pytest.fixture
def finding(coordinator):
    """An open finding of a walk that the coordinator has led."""
    organiser = coordinator.memberships.all()[0].organisation
    walk = factories.planned(coordinator, organiser=organiser)
    found = factories.add(walk, coordinator)
    walks.walk_record(
        walk_id=walk.pk,
        walked_at=timezone.now() - timedelta(hours=1),
        light=Light.DARK,
        counts=factories.CAME,
        feedback_on=None,
        actor=coordinator,
    )
    return found


def test_a_coordinator_works_by_forms_alone(browser, live_server, coordinator, finding):
    context = browser.new_context(java_script_enabled=False, viewport=PHONE, locale="sv-SE")
    page, server = context.new_page(), live_server.url
    sign_in(page, server, coordinator.email)
    report(page, server)
    make_place(page, server)
    page.goto(f"{server}/atgarder/ny/")
    page.get_by_label("Vad ska göras?").fill("Ny belysning vid torget")
    page.locator("main form").last.get_by_role("button").first.click()
    expect(page.get_by_text("Det här saknas för beslut")).to_be_visible()
    assert Measure.objects.get().title == "Ny belysning vid torget"
    page.goto(f"{server}/trygghetsvandringar/fynd/{finding.pk}/")
    page.get_by_label("görs inte").check()
    page.get_by_label("Varför, eller hur").fill("Gatan byggs om nästa år.")
    page.get_by_role("button", name="Spara svaret").click()
    expect(page.get_by_text("Gatan byggs om nästa år.").first).to_be_visible()
    finding.refresh_from_db()
    assert finding.status == FindingStatus.WILL_NOT
    for where in MAPS:
        page.goto(f"{server}{where}")
        expect(page.locator("sam-map")).to_be_attached()
        expect(page.locator("main table").first).to_be_visible()
        assert overflow(page) <= 0
    context.close()


def report(page: Page, server: str) -> None:
    page.goto(f"{server}/iakttagelser/rapportera/")
    page.get_by_role("radio", name="Narkotika", exact=True).check(force=True)
    page.get_by_label("Platsens namn").fill("Torget")
    page.get_by_role("radio", name="Allvarligt", exact=True).check(force=True)
    page.get_by_role("button", name="Skicka", exact=True).click()
    expect(page.get_by_role("main")).to_contain_text("Torget")
    assert Observation.objects.get().place_name == "Torget"


def make_place(page: Page, server: str) -> None:
    """Write the coordinates where others point at the map."""
    longitude, latitude = at(0)["coordinates"]
    page.goto(f"{server}/platser/ny/")
    page.get_by_label("Namn").first.fill("Parken")
    page.get_by_label("Latitud", exact=True).fill(str(latitude))
    page.get_by_label("Longitud", exact=True).fill(str(longitude))
    page.get_by_role("button", name="Spara platsen").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Parken")
    assert Place.objects.get().district is not None

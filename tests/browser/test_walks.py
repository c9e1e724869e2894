"""Walks on a telephone: findings kept without network arrive once; an owner answers by a link."""

import pytest
from django.core import mail
from django.utils import timezone
from playwright.sync_api import expect

from samhandling_web.observe.walks import services
from samhandling_web.observe.walks.models import Finding
from samhandling_web.observe.walks.rules import FindingStatus
from samhandling_web.observe.walks.tests import factories
from tests.browser.journey import (
    PASSWORD,
    PHONE,
    accessibility_faults,
    overflow,
    settle,
    sign_in,
)

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def coordinator():
    user = factories.coordinator()
    user.set_password(PASSWORD)
    user.save()
    return user


def test_findings_typed_without_network_arrive_once(
    page, context, live_server, coordinator, complaints
):
    walk = factories.planned()
    factories.category()
    page.set_viewport_size(PHONE)
    sign_in(page, live_server.url, coordinator.email)
    page.goto(f"{live_server.url}/trygghetsvandringar/{walk.pk}/ga/")
    # A map that loses the network while it starts complains of that.
    settle(page)
    assert overflow(page) <= 0
    assert accessibility_faults(page) == []
    context.set_offline(True)
    for place in ("Tunneln", "Skolgården"):
        page.get_by_label("Vad är det?").select_option("Mörkt eller trasig lampa")
        page.get_by_label("Platsens namn").fill(place)
        page.get_by_role("button", name="Lägg till fyndet").click()
        expect(page.get_by_label("Platsens namn")).to_have_value("")
    expect(page.locator("walk-queue")).to_contain_text("Väntar i telefonen: 2")
    assert Finding.objects.count() == 0
    # The page dies and comes back: what was typed lies in the telephone.
    page.goto("about:blank")
    context.set_offline(False)
    page.goto(f"{live_server.url}/trygghetsvandringar/{walk.pk}/ga/")
    expect(page.locator("walk-queue")).to_have_attribute("data-waiting", "0")
    settle(page)
    page.reload()
    settle(page)
    expect(page.locator("walk-queue")).to_have_attribute("data-waiting", "0")
    found = Finding.objects.order_by("number").values_list("place_name", flat=True)
    assert list(found) == ["Tunneln", "Skolgården"]
    # Chromium tells of each request that found no network.
    complaints[:] = [line for line in complaints if "ERR_INTERNET_DISCONNECTED" not in line]


def test_what_is_refused_stays_in_the_telephone_to_be_mended(
    page, live_server, coordinator, complaints
):
    walk = factories.planned()
    factories.category()
    page.set_viewport_size(PHONE)
    sign_in(page, live_server.url, coordinator.email)
    page.goto(f"{live_server.url}/trygghetsvandringar/{walk.pk}/ga/")
    page.get_by_label("Vad är det?").select_option("Mörkt eller trasig lampa")
    page.get_by_role("button", name="Lägg till fyndet").click()
    expect(page.locator("walk-queue")).to_contain_text("Säg var det är")
    page.get_by_role("button", name="Ändra").click()
    page.get_by_label("Platsens namn").fill("Tunneln")
    page.get_by_role("button", name="Lägg till fyndet").click()
    expect(page.locator("walk-queue")).to_contain_text("Fynd 1 är mottaget")
    expect(page.locator("walk-queue")).to_have_attribute("data-waiting", "0")
    assert Finding.objects.get().place_name == "Tunneln"
    complaints[:] = [line for line in complaints if "422" not in line]


def test_a_property_owner_answers_one_finding_through_the_link(page, live_server, complaints):
    finding = factories.with_finding()
    services.link_send(
        finding_id=finding.pk,
        organisation=factories.organisation("homes", "property_owner"),
        email="drift@homes.example",
        site=live_server.url,
        actor=factories.coordinator(),
    )
    address = next(word for word in mail.outbox[-1].body.split() if "/svar/" in word)
    page.set_viewport_size(PHONE)
    page.goto(address)
    assert overflow(page) <= 0
    assert accessibility_faults(page) == []
    page.get_by_label("ska göras").check()
    page.get_by_role("button", name="Skicka svaret").click()
    expect(page.get_by_role("alert")).to_contain_text("när det är klart")
    page.get_by_label("Klart senast").fill(timezone.localdate().isoformat())
    page.get_by_role("button", name="Skicka svaret").click()
    expect(page.get_by_text("Tack, svaret är mottaget")).to_be_visible()
    page.get_by_label("Gjort den").fill(timezone.localdate().isoformat())
    page.get_by_role("button", name="Skicka svaret").click()
    expect(page.get_by_text("De som gick med får veta vad ni svarade.")).to_be_visible()
    complaints[:] = [line for line in complaints if "422" not in line]
    finding.refresh_from_db()
    assert finding.status == FindingStatus.DONE
    assert finding.steps.filter(through__isnull=False).count() == 2

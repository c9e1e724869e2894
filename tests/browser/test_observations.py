"""The coordinator's way through what was reported, by keyboard's names and with axe."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from samhandling_web.base.accounts.rules import Role
from samhandling_web.observe.observations import services
from samhandling_web.observe.observations.models import Observation
from samhandling_web.observe.observations.rules import week_of
from samhandling_web.observe.observations.tests.town import at, make_town, one, person
from tests.browser.journey import PASSWORD, PHONE, accessibility_faults, overflow, sign_in

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def coordinator(data_folder):
    """Two teams have reported last week in two districts; the coordinator's is the first."""
    make_town()
    when = timezone.now() - timedelta(days=timezone.localdate().weekday() + 3)
    told = {"start": when, "end": when}
    reporter = person(Role.REPORTER, at="skolan")
    one(reporter, "dark", place_name="Torget", text="Lampan är trasig", **told)
    one(person(Role.GUARD, at="bevakning"), "dark", place_name="Torget", **told)
    one(reporter, "safe_place", geometry=at(0, 0.2), text="Vuxna på plats", **told)
    one(reporter, "drugs", geometry=at(2), **told)
    services.week_compile(week=week_of(timezone.localdate()) - timedelta(weeks=1))
    user = person(Role.DISTRICT_COORDINATOR, at="norr", email="samordnare@example.org")
    user.set_password(PASSWORD)
    user.save()
    return user


def sound(page: Page) -> None:
    page.wait_for_load_state("networkidle")
    assert accessibility_faults(page) == []
    assert overflow(page) <= 0


@pytest.mark.parametrize("size", [None, PHONE], ids=["desk", "phone"])
def test_a_coordinator_joins_answers_and_reads_the_week(
    page, live_server, coordinator, complaints, size
):
    if size:
        page.set_viewport_size(size)
    sign_in(page, live_server.url, coordinator.email)
    page.goto(f"{live_server.url}/iakttagelser/")
    expect(page.get_by_text("3 väntar på ditt svar.")).to_be_visible()
    sound(page)
    page.get_by_role("link", name="Mörkt eller trasig lampa, Torget").first.click()
    sound(page)
    page.get_by_role("button", name="Det är samma som").click()
    expect(page.get_by_role("button", name="Dela: det är inte samma sak")).to_be_visible()
    sound(page)
    page.locator("main .sam-callout").get_by_role("link").click()
    page.get_by_role("button", name="Åtgärdad", exact=True).click()
    expect(page.get_by_role("alert").first).to_contain_text("Skriv vad rapportören ska få veta")
    page.get_by_label("Svar till rapportören").fill("Lampan är lagad.")
    page.get_by_role("button", name="Åtgärdad", exact=True).click()
    expect(page.get_by_role("table")).to_contain_text("Lampan är lagad.")
    sound(page)
    assert sorted(Observation.objects.values_list("status", flat=True)) == [
        "done", "joined", "received", "received",
    ]  # fmt: skip
    page.goto(f"{live_server.url}/iakttagelser/veckor/")
    expect(page.locator("svg.sam-chart").first).to_be_visible()
    sound(page)
    page.get_by_role("link", name="Norr").click()
    expect(page.get_by_text("Vuxna på plats")).to_be_visible()
    sound(page)
    # The browser's console tells that the answer without words was refused.
    assert all("422" in complaint for complaint in complaints)
    complaints.clear()

"""The police liaison's way: what was agreed, a meeting, the own items, and where it ends."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from samhandling_web.agree.partnership.models import AgendaItem
from samhandling_web.agree.partnership.tests import factories
from samhandling_web.base.accounts.rules import Role
from tests.browser.journey import PASSWORD, sign_in

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def people(data_folder):
    coordinator = factories.person(Role.DISTRICT_COORDINATOR)
    liaison = factories.person(Role.POLICE_LIAISON, factories.police())
    for user in (coordinator, liaison):
        user.set_password(PASSWORD)
        user.save()
    return coordinator, liaison


def test_the_police_bring_an_item_and_find_it_when_it_is_theirs(
    page, live_server, people, complaints
):
    coordinator, liaison = people
    server = live_server.url
    agreement = factories.signed(coordinator)
    priority = factories.priority(coordinator, agreement)
    meeting = factories.meeting(coordinator)
    main = page.get_by_role("main")
    sign_in(page, server, liaison.email)
    page.goto(f"{server}/overenskommelser/")
    main.get_by_role("link", name=agreement.title).first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(agreement.title)
    page.goto(f"{server}/prioriteringar/")
    main.get_by_role("link", name=priority.title).first.click()
    page.goto(f"{server}/moten/{meeting.pk}/")
    page.get_by_label("Egen punkt").fill("Bilrundor vid torget")
    main.get_by_role("button", name="Lägg till punkten").click()
    expect(main.get_by_role("heading", name="Bilrundor vid torget")).to_be_visible()
    # Leading the meeting is the council's own task.
    expect(main.get_by_role("button", name="Börja mötet")).to_have_count(0)

    page.context.clear_cookies()
    sign_in(page, server, coordinator.email)
    page.goto(f"{server}/moten/{meeting.pk}/")
    main.get_by_role("button", name="Börja mötet").click()
    held_and_closed(page, server)

    page.context.clear_cookies()
    sign_in(page, server, liaison.email)
    # The day comes and goes.
    AgendaItem.objects.filter(status="decided").update(
        deadline=timezone.localdate() - timedelta(days=1)
    )
    page.goto(f"{server}/att-gora/")
    main.get_by_role("link", name="Bilrundor vid torget").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Bilrundor vid torget")
    assert AgendaItem.objects.get(status="decided").owner == factories.police()
    # What is refused says how to go on.
    page.goto(f"{server}/importer/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Du får inte göra det här")
    expect(main.get_by_role("link").first).to_be_visible()
    assert all("422" in line or "403" in line for line in complaints), complaints
    complaints.clear()


def held_and_closed(page: Page, server: str) -> None:
    """Let the coordinator lead the meeting: nothing is closed without an owner and a day."""
    main = page.get_by_role("main")
    page.get_by_label("Någon annan organisation").select_option(label="Police")
    page.get_by_label("Antal", exact=True).fill("1")
    main.get_by_role("button", name="Spara närvaron").click()
    expect(main.get_by_text("Police: 1")).to_be_visible()
    main.get_by_role("button", name="Avsluta mötet").click()
    expect(main.get_by_text("Det gick inte")).to_be_visible()
    expect(main.locator(".ds-alert, .sam-callout").first).to_contain_text("Bilrundor vid torget")
    unled = main.get_by_role("article", name="Prioritering utan åtgärd")
    unled.get_by_label("Eller: ingen åtgärd, därför att").fill("Den kom till i dag.")
    unled.get_by_role("button", name="Spara punkten").click()
    expect(page.locator("#kvar")).to_contain_text("1 punkt är kvar")
    item = main.get_by_role("article", name="Bilrundor vid torget")
    item.get_by_label("Beslut: vad ska göras?").fill("Polisen går runt torget.")
    item.get_by_role("button", name="Spara punkten").click()
    expect(item).to_contain_text("det behövs beslut, ansvarig och slutdatum")
    item.get_by_label("Ansvarig").select_option(label="Police")
    item.get_by_label("Klart senast").fill((timezone.localdate() + timedelta(days=7)).isoformat())
    item.get_by_role("button", name="Spara punkten").click()
    expect(page.locator("#kvar")).to_contain_text("Mötet kan avslutas")
    main.get_by_role("button", name="Avsluta mötet").click()
    minutes = main.get_by_role("link", name="Minnesanteckningar (PDF)").get_attribute("href")
    assert page.request.get(f"{server}{minutes}").body().startswith(b"%PDF")

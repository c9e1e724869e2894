"""A picture all the way: a coordinator drafts, a strategist adopts, a PDF comes out."""

import pytest
from playwright.sync_api import Page, expect

from samhandling_web.base.accounts.models import Membership, Organisation, User
from samhandling_web.base.accounts.rules import Role
from samhandling_web.understand.picture import services
from samhandling_web.understand.picture.tests import factories
from tests.browser.journey import PASSWORD, PHONE, accessibility_faults, overflow, picture, sign_in

pytestmark = pytest.mark.django_db(transaction=True)


def worker(role: Role, where: Organisation, email: str) -> User:
    user = User.objects.create_user(email, PASSWORD)
    Membership.objects.create(user=user, organisation=where, role=role, valid_from="2020-01-01")
    return user


@pytest.fixture
def coordinator() -> User:
    return worker(Role.DISTRICT_COORDINATOR, factories.organisation(), "tove@example.se")


@pytest.fixture
def strategist() -> User:
    council = factories.organisation("kommunstyrelsen", "municipality")
    return worker(Role.CITY_STRATEGIST, council, "siri@example.se")


def test_from_draft_to_adopted_document(page: Page, live_server, coordinator, strategist):
    draft = factories.draft(coordinator)
    services.picture_figures_fill(
        picture_id=draft.pk, figures=factories.FIGURES, data_version="v1", actor=coordinator
    )
    address = f"{live_server.url}/lagesbilder/{draft.pk}/"
    sign_in(page, live_server.url, coordinator.email)
    page.goto(address)
    assert accessibility_faults(page) == []
    picture(page, "lagesbild-utkast")
    for number, words in enumerate(factories.TEXTS.values(), start=1):
        page.get_by_label(f"Text till del {number}").fill(words)
    expect(page.locator("#sparat")).to_contain_text("Sparat")
    page.get_by_role("button", name="Lämna in för granskning").click()
    expect(page.get_by_text("kan inte ändras medan den granskas")).to_be_visible()

    page.context.clear_cookies()
    sign_in(page, live_server.url, strategist.email)
    page.goto(address)
    assert accessibility_faults(page) == []
    page.get_by_label("Vilket organ har antagit").select_option(label="kommunstyrelsen")
    page.get_by_label("Beslutsdatum").fill("2025-03-01")
    page.get_by_label("Diarienummer").fill("KS 2025/17")
    page.get_by_role("button", name="Registrera som antagen").click()
    expect(page.get_by_role("heading", name="Beslut", exact=True)).to_be_visible()
    assert accessibility_faults(page) == []
    picture(page, "lagesbild-antagen")
    with page.expect_download() as download:
        page.get_by_role("link", name="PDF", exact=True).click()
    assert download.value.path().read_bytes().startswith(b"%PDF")


@pytest.mark.parametrize("address", ["/lagesbilder/", "/lagesbilder/ny/", "/lagen/"])
def test_pages_are_for_everyone_on_a_phone(page: Page, live_server, strategist, address):
    page.set_viewport_size(PHONE)
    sign_in(page, live_server.url, strategist.email)
    page.goto(live_server.url + address)
    assert accessibility_faults(page) == []
    assert overflow(page) <= 0

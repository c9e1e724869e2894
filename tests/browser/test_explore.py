"""Exploring in a real browser: one question, answered together, by mouse, keyboard and link."""

from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, expect

from samhandling_web.base.accounts.models import User
from samhandling_web.base.accounts.rules import Role
from samhandling_web.understand.picture.tests import factories
from samhandling_web.understand.picture.tests.test_explore import town  # noqa: F401
from tests.browser.journey import (
    PASSWORD,
    PHONE,
    accessibility_faults,
    overflow,
    picture,
    sign_in,
)

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def analyst(town) -> User:  # noqa: F811
    person = factories.person(Role.ANALYST)
    person.set_password(PASSWORD)
    person.save()
    return person


def test_map_table_and_address_follow_the_question(page: Page, live_server, analyst):
    sign_in(page, live_server.url, analyst.email)
    page.goto(f"{live_server.url}/utforska/?matt=antal")
    chart = page.locator("sam-map[data-state=ready]")
    expect(chart).to_be_visible(timeout=30_000)
    assert accessibility_faults(page) == []
    chart.get_by_role("combobox", name="Område").select_option("Mitten")
    expect(chart.locator(".sam-map__readout")).to_contain_text("Ingen säker skillnad")
    expect(page.locator("tr[aria-current]")).to_contain_text("Mitten")
    page.get_by_label("Kartan visar").select_option("Förändring mot jämförelseperioden")
    expect(chart.locator(".sam-legend__title")).to_contain_text("gånger jämförelseperioden")
    swatches = chart.locator(".sam-legend__swatch")
    expect(swatches.first).to_have_class("sam-legend__swatch sam-swatch-less-2")
    expect(chart.locator(".sam-swatch-more-2")).to_be_visible()
    assert parse_qs(urlsplit(page.url).query)["matt"] == ["forandring"]
    page.go_back()
    expect(page.get_by_label("Kartan visar")).to_have_value("antal")


@pytest.mark.parametrize("path", ["utforska/?matt=antal", "omraden-i-siffror/district/D0/"])
def test_the_pages_fit_a_phone_and_axe_finds_nothing(page: Page, live_server, analyst, path):
    page.set_viewport_size(PHONE)
    sign_in(page, live_server.url, analyst.email)
    page.goto(f"{live_server.url}/{path}")
    page.wait_for_load_state("networkidle")
    assert overflow(page) <= 0
    assert accessibility_faults(page) == []
    picture(page, path.split("/")[0] + "-telefon")


def test_a_view_is_saved_and_opened(page: Page, live_server, analyst):
    sign_in(page, live_server.url, analyst.email)
    page.goto(f"{live_server.url}/utforska/?matt=forandring")
    page.get_by_label("Spara det här urvalet som").fill("Förändringar")
    page.get_by_role("button", name="Spara vyn").click()
    page.goto(f"{live_server.url}/utforska/")
    page.get_by_role("link", name="Förändringar", exact=True).click()
    expect(page.get_by_label("Kartan visar")).to_have_value("forandring")

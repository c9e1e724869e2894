"""Setting a place in a real browser: by tap, by position, by keyboard, and without scripts."""

import re

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

from samhandling_web.base.areas import services as areas
from tests.browser.journey import DESK, PHONE, accessibility_faults, overflow, picture

pytestmark = pytest.mark.django_db(transaction=True)
BORDER = {
    "type": "Polygon",
    "coordinates": [[[13.0, 58.0], [13.4, 58.0], [13.4, 58.2], [13.0, 58.2], [13.0, 58.0]]],
}
CENTRE = "document.querySelector('sam-draw').map.getCenter()"


@pytest.fixture
def town() -> None:
    areas.municipality_set(code="9901", name="Staden", boundary=BORDER, actor=None)


def opened(page: Page, server: str) -> Locator:
    """Open the style page at its field for a place, and wait for the map."""
    page.goto(f"{server}/komponenter/")
    element = page.locator("sam-draw[data-state=ready]")
    expect(element).to_be_visible()
    element.scroll_into_view_if_needed()
    return element


def tap(element: Locator, *places: tuple[float, float]) -> None:
    """Tap at shares of the map's width and height."""
    canvas = element.locator("canvas")
    box = canvas.bounding_box()
    assert box
    for across, down in places:
        canvas.click(position={"x": across * box["width"], "y": down * box["height"]})


def answered(page: Page) -> Locator:
    page.get_by_role("button", name="Pröva").click()
    page.wait_for_url("**/komponenter/?*")
    return page.locator("code").filter(has_text="coordinates")


def test_a_tapped_point_is_sent(page: Page, live_server, town):
    page.set_viewport_size(PHONE)
    element = opened(page, live_server.url)
    expect(element.get_by_label("Latitud", exact=True)).to_be_hidden()
    tap(element, (0.3, 0.4), (0.5, 0.5))
    expect(element.locator("output")).to_have_text(re.compile("Platsen är satt: 58.1"))
    assert overflow(page) <= 0
    assert accessibility_faults(page) == []
    picture(page, "plats-telefon")
    expect(answered(page)).to_contain_text(re.compile(r"'Point', 'coordinates': \[13\.2\d*, 58\.1"))


def test_an_area_is_drawn_undone_cleared_and_sent(page: Page, live_server, town):
    element = opened(page, live_server.url)
    element.get_by_label("Vad vill du sätta ut?").select_option("En yta")
    undo = element.get_by_role("button", name="Ångra")
    expect(undo).to_be_disabled()
    tap(element, (0.2, 0.2), (0.8, 0.2), (0.8, 0.8))
    expect(element.locator("output")).to_contain_text("Punkt 3 är satt")
    corners = element.locator("textarea")
    assert corners.input_value().count("\n") == 2
    undo.click()
    assert corners.input_value().count("\n") == 1
    element.get_by_role("button", name="Rensa").click()
    assert corners.input_value() == ""
    undo.click()
    assert corners.input_value().count("\n") == 1
    tap(element, (0.8, 0.8), (0.2, 0.8))
    picture(page, "plats-yta", whole_page=False)
    expect(answered(page)).to_contain_text("Polygon")
    expect(page.locator("sam-draw[data-state=ready]")).to_be_visible()
    assert page.locator("sam-draw textarea").input_value().count("\n") == 3


def test_a_place_is_set_by_keyboard_alone(page: Page, live_server, town):
    element = opened(page, live_server.url)
    element.locator("canvas").focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Shift+Tab")
    expect(element.locator(".sam-draw__cross")).to_be_visible()
    before = page.evaluate(CENTRE)
    for key in ("+", "ArrowRight", "ArrowRight", "Shift+ArrowUp"):
        page.keyboard.press(key)
    page.wait_for_function(f"{CENTRE}.lng > {before['lng']} && {CENTRE}.lat > {before['lat']}")
    page.wait_for_function("!document.querySelector('sam-draw').map.isMoving()")
    centre = page.evaluate(CENTRE)
    page.keyboard.press("Enter")
    said = element.locator("output")
    expect(said).to_contain_text(f"{centre['lat']:.6f}, {centre['lng']:.6f}")
    assert accessibility_faults(page) == []
    picture(page, "plats-tangentbord", whole_page=False)
    page.keyboard.press("Backspace")
    expect(said).to_have_text("Ångrat.")


def test_the_telephones_own_position_is_used(
    page: Page, context: BrowserContext, live_server, town
):
    context.grant_permissions(["geolocation"])
    context.set_geolocation({"latitude": 58.123456, "longitude": 13.1, "accuracy": 11.2})
    element = opened(page, live_server.url)
    element.get_by_role("button", name="Använd min position").click()
    expect(element.locator("output")).to_contain_text("på 12 meter när")
    expect(answered(page)).to_contain_text("[13.1, 58.123456]")


def test_a_telephone_that_tells_no_position_says_what_to_do(page: Page, live_server, town):
    element = opened(page, live_server.url)
    element.get_by_role("button", name="Använd min position").click()
    expect(element.locator("output")).to_contain_text("tryck på kartan")


def test_pasted_coordinates_move_the_map(page: Page, live_server, town):
    element = opened(page, live_server.url)
    element.get_by_text("Koordinater", exact=True).click()
    latitude = element.get_by_label("Latitud", exact=True)
    latitude.fill("58,05, 13,35")
    latitude.blur()
    expect(element.get_by_label("Longitud", exact=True)).to_have_value("13.35")
    page.wait_for_function(f"Math.abs({CENTRE}.lng - 13.35) < 0.001")


def test_what_must_be_mended_is_shown(page: Page, live_server, town):
    page.goto(
        f"{live_server.url}/komponenter/?place_kind=point&place_latitude=13,3&place_longitude=58,1"
    )
    expect(page.locator(".sam-error-summary").last).to_contain_text("har bytt plats")
    expect(page.locator("sam-draw[data-state=ready]")).to_be_visible()
    expect(page.locator("sam-draw").get_by_label("Latitud", exact=True)).to_be_visible()


def test_without_webgl_the_tools_still_work(page: Page, context: BrowserContext, live_server, town):
    context.grant_permissions(["geolocation"])
    context.set_geolocation({"latitude": 58.1, "longitude": 13.1})
    page.add_init_script("HTMLCanvasElement.prototype.getContext = () => null")
    page.goto(f"{live_server.url}/komponenter/")
    element = page.locator("sam-draw[data-state=no-map]")
    element.get_by_role("button", name="Använd min position").click()
    expect(element.get_by_label("Latitud", exact=True)).to_have_value("58.100000")


def test_without_scripts_the_coordinates_are_written(browser, live_server, town):
    context = browser.new_context(viewport=DESK, locale="sv-SE", java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{live_server.url}/komponenter/")
    element = page.locator("sam-draw")
    expect(element.get_by_role("button", name="Använd min position")).to_be_hidden()
    element.get_by_label("Latitud", exact=True).fill("58,1")
    element.get_by_label("Longitud", exact=True).fill("13,2")
    expect(answered(page)).to_contain_text("[13.2, 58.1]")
    context.close()

"""The frame and the components in a real browser: seen, used by keyboard, heard by axe."""

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from samhandling_web.base.accounts.models import User
from samhandling_web.base.jobs.models import Job
from tests.browser.journey import (
    DESK,
    NARROWEST,
    PASSWORD,
    PHONE,
    accessibility_faults,
    overflow,
    picture,
    sign_in,
)

pytestmark = pytest.mark.django_db(transaction=True)
OPEN_PAGES = {
    "valkommen": "/",
    "komponenter": "/komponenter/",
    "tillganglighet": "/komponenter/tillganglighet/",
    "inloggning": "/konto/login/",
}


@pytest.fixture
def analyst() -> User:
    return User.objects.create_user("anna.berg@example.se", PASSWORD, first_name="Anna")


@pytest.fixture
def running_job(analyst: User) -> Job:
    return Job.objects.create(
        kind="x", label="Läser in händelser", state="running", done=41, total=66, created_by=analyst
    )


@pytest.mark.parametrize("name", OPEN_PAGES)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(page: Page, live_server, name, scheme):
    page.emulate_media(color_scheme=scheme)
    page.goto(live_server.url + OPEN_PAGES[name])
    if name == "komponenter":
        expect(page.locator("sam-map[data-state=ready]")).to_be_visible()
    assert accessibility_faults(page) == []
    if scheme == "light":
        picture(page, name)


@pytest.mark.parametrize("name", OPEN_PAGES)
@pytest.mark.parametrize("size", [PHONE, NARROWEST], ids=["390", "360"])
def test_nothing_is_wider_than_a_phone(page: Page, live_server, name, size):
    page.set_viewport_size(size)
    page.goto(live_server.url + OPEN_PAGES[name])
    assert overflow(page) <= 0
    if size is PHONE:
        picture(page, f"{name}-telefon")


def test_the_first_tab_leads_past_the_menu(page: Page, live_server):
    page.goto(f"{live_server.url}/komponenter/")
    page.evaluate("document.activeElement.blur()")
    page.evaluate("window.scrollTo(0, 0)")
    page.goto(f"{live_server.url}/konto/login/")
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Hoppa till innehållet")
    expect(skip).to_be_focused()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "innehall"


def test_the_map_is_drawn_and_an_area_is_chosen_from_the_list(page: Page, live_server):
    page.goto(f"{live_server.url}/komponenter/")
    chart = page.locator("sam-map[data-state=ready]")
    expect(chart).to_be_visible()
    expect(chart.locator(".sam-map__readout")).to_contain_text("22,4 per 1 000")
    chart.get_by_label("Område").select_option("Östra Hamnen")
    expect(chart.locator(".sam-map__readout")).to_contain_text("Troligen mellan 28,7–34,9")
    chart.get_by_label("Område").select_option("Skogsbacka")
    expect(chart.locator(".sam-map__readout")).to_contain_text("För osäkert eller skyddat")


def test_the_map_answers_to_the_keyboard(page: Page, live_server):
    page.goto(f"{live_server.url}/komponenter/")
    expect(page.locator("sam-map[data-state=ready]")).to_be_visible()
    zoom = "document.querySelector('sam-map').map.getZoom()"
    before = page.evaluate(zoom)
    page.locator("sam-map canvas").focus()
    page.keyboard.press("+")
    page.wait_for_function(f"{zoom} > {before} + 0.5")


def test_without_webgl_the_page_says_where_the_figures_are(page: Page, live_server):
    page.add_init_script("HTMLCanvasElement.prototype.getContext = () => null")
    page.goto(f"{live_server.url}/komponenter/")
    expect(page.locator("sam-map[data-state=no-map] .sam-map__fallback")).to_be_visible()
    expect(page.get_by_text("Samma siffror står i tabellen")).to_be_visible()


def test_the_dialog_opens_holds_focus_and_closes(page: Page, live_server):
    page.goto(f"{live_server.url}/komponenter/")
    page.get_by_role("link", name="Avbryt inläsningen").click()
    dialog = page.get_by_role("dialog", name="Ska inläsningen avbrytas?")
    expect(dialog).to_be_visible()
    assert accessibility_faults(page) == []
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()


def test_paper_shows_the_tables_and_leaves_out_the_buttons(page: Page, live_server):
    page.goto(f"{live_server.url}/komponenter/")
    page.emulate_media(media="print")
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    expect(page.get_by_role("cell", name="31,7").first).to_be_visible()
    expect(page.get_by_role("button", name="Filtrera")).to_be_hidden()
    page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    page.emulate_media(media="screen")
    expect(page.locator("details[data-open-in-print][open]")).to_have_count(0)


def test_signing_in_shows_who_is_here_and_the_menu_closes_by_key(page: Page, live_server, analyst):
    sign_in(page, live_server.url, analyst.email)
    menu = page.locator(".sam-user-menu")
    menu.locator("summary").click()
    expect(menu.get_by_role("button", name="Logga ut")).to_be_visible()
    assert accessibility_faults(page) == []
    page.keyboard.press("Escape")
    expect(menu.get_by_role("button", name="Logga ut")).to_be_hidden()
    picture(page, "start")


def test_a_wrong_password_is_told_at_the_top(page: Page, live_server, analyst):
    page.goto(f"{live_server.url}/konto/login/")
    page.get_by_label("E-postadress").fill(analyst.email)
    page.get_by_label("Lösenord", exact=False).first.fill("fel")
    page.locator("main").get_by_role("button", name="Logga in", exact=True).click()
    alert = page.get_by_role("alert")
    expect(alert).to_contain_text("Rätta det här innan du går vidare")
    expect(alert).to_be_focused()
    assert accessibility_faults(page) == []


def test_a_jobs_bar_moves_by_itself(page: Page, live_server, analyst, running_job):
    sign_in(page, live_server.url, analyst.email)
    page.goto(f"{live_server.url}/jobb/{running_job.pk}/")
    bar = page.get_by_role("progressbar", name="Läser in händelser")
    expect(bar).to_have_attribute("aria-valuenow", "62")
    picture(page, "jobb")
    Job.objects.filter(pk=running_job.pk).update(done=66, state="done", result={"mottagna": 66})
    expect(page.get_by_text("Arbetet är klart.")).to_be_visible()
    expect(page.get_by_role("definition").filter(has_text="66")).to_be_visible()
    assert accessibility_faults(page) == []


def test_a_job_can_be_followed_without_scripts(browser, live_server, analyst, running_job):
    context: BrowserContext = browser.new_context(
        viewport=DESK, locale="sv-SE", java_script_enabled=False
    )
    page = context.new_page()
    sign_in(page, live_server.url, analyst.email)
    page.goto(f"{live_server.url}/jobb/{running_job.pk}/")
    expect(page.get_by_role("progressbar")).to_have_attribute("aria-valuenow", "62")
    Job.objects.filter(pk=running_job.pk).update(done=60)
    page.get_by_role("link", name="Uppdatera nu").click()
    expect(page.get_by_role("progressbar")).to_have_attribute("aria-valuenow", "90")
    context.close()


def test_the_language_switch_stays_on_the_page(page: Page, live_server):
    page.goto(f"{live_server.url}/konto/login/")
    page.get_by_role("button", name="In English").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    assert page.url.endswith("/konto/login/")


def test_the_checks_themselves_notice_faults(page: Page, live_server, complaints):
    page.goto(f"{live_server.url}/konto/login/")
    page.evaluate("document.querySelector('main').append(new Image())")
    assert any("image-alt" in fault for fault in accessibility_faults(page))
    page.evaluate(
        "document.body.append(Object.assign(document.createElement('script'), {text: 'x()'}))"
    )
    assert any("Content Security Policy" in complaint for complaint in complaints)
    complaints.clear()

"""Every page of the small town in a real browser: axe, width, console; and every demo login."""

import pytest
from playwright.sync_api import Page, expect

from samhandling_web.base.accounts.models import User
from samhandling_web.config.demo.people import PASSWORD
from tests.architecture.test_role_matrix import GET, TABLE, address
from tests.browser.journey import (
    accessibility_faults,
    overflow,
    picture,
    sign_in,
    unreached_by_keyboard,
)
from tests.small_town import make_small_town

pytestmark = pytest.mark.django_db(transaction=True)
PHONE, DESK = {"width": 390, "height": 844}, {"width": 1400, "height": 900}
NO_PAGES = ("file", "values", "json", "near", "points")
OPEN_PAGES = ("/", "/offentligt/", "/tillganglighet/", "/omraden/", "/omraden/town_part/")
# What the README shows: name of the picture, address.
SHOWN = (
    ("start", "/"),
    ("explore", "/utforska/"),
    ("picture", "/lagesbilder/"),
    ("import", "/importer/"),
)


@pytest.fixture
def logins(data_folder) -> dict[str, str]:
    """Make the small town and return the demo's logins by what stands before the @."""
    return {login["email"].split("@")[0]: login["email"] for login in make_small_town()}


def faults(page: Page, server: str, addresses: list[str]) -> list[str]:
    """Open each page and say what is wrong with it."""
    found = []
    for where in addresses:
        page.goto(f"{server}{where}")
        page.wait_for_load_state("networkidle")
        found += [f"{where}: {fault}" for fault in accessibility_faults(page)]
        if (width := overflow(page)) > 0:
            found.append(f"{where}: {width} pixels too wide")
    return found


def pages_of(email: str, *, but_not: str = "") -> list[str]:
    """Return the pages this login may open; those that another login opens are left out."""
    reader, other = (User.objects.filter(email=one).first() for one in (email, but_not))
    return [
        address(words)
        for method, words, query, may in TABLE
        if method == GET
        and not query
        and may(reader)
        and not (other and may(other))
        and not any(word in words for word in NO_PAGES)
    ]


def own_pages(logins: dict[str, str], who: str) -> list[str]:
    """Return a login's pages; the administrator's are those the strategist cannot open."""
    return pages_of(logins[who], but_not=logins["strateg"] if who != "strateg" else "")


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
@pytest.mark.parametrize("who", ["strateg", "forvaltare"])
def test_axe_finds_nothing_on_any_page(page, live_server, logins, who, size):
    page.set_viewport_size(size)
    sign_in(page, live_server.url, logins[who], PASSWORD)
    addresses = own_pages(logins, who)
    assert len(addresses) > 5
    assert faults(page, live_server.url, addresses) == []


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_axe_finds_nothing_on_open_pages(page, live_server, logins, size):
    page.set_viewport_size(size)
    assert faults(page, live_server.url, list(OPEN_PAGES)) == []


@pytest.mark.parametrize("who", ["strateg", "forvaltare"])
def test_every_page_is_used_by_keyboard_alone(page, live_server, logins, who):
    sign_in(page, live_server.url, logins[who], PASSWORD)
    unreached = {}
    for where in [*own_pages(logins, who), *OPEN_PAGES]:
        page.goto(f"{live_server.url}{where}")
        page.wait_for_load_state("networkidle")
        if missed := unreached_by_keyboard(page):
            unreached[where] = missed[:5]
    assert unreached == {}


def test_the_keyboard_check_notices_a_trap(page):
    page.set_content("<button>A</button><button>B</button>")
    assert unreached_by_keyboard(page) == []
    page.evaluate("document.addEventListener('keydown', (press) => press.preventDefault())")
    assert len(unreached_by_keyboard(page)) == 2


def test_every_demo_login_works(browser, live_server, logins):
    for email in logins.values():
        context = browser.new_context(locale="sv-SE")
        page = context.new_page()
        sign_in(page, live_server.url, email, PASSWORD)
        expect(page.get_by_role("heading", level=1)).to_contain_text(
            User.objects.get(email=email).first_name
        )
        context.close()


def test_the_readmes_pictures_come_from_here(page, live_server, logins):
    page.set_viewport_size(DESK)
    page.goto(f"{live_server.url}/offentligt/")
    page.get_by_role("main").get_by_role("link").first.click()
    picture(page, "public", whole_page=False)
    sign_in(page, live_server.url, logins["strateg"], PASSWORD)
    for name, where in SHOWN:
        page.goto(f"{live_server.url}{where}")
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        picture(page, name, whole_page=False)
    page.goto(f"{live_server.url}/omraden-i-siffror/")
    page.get_by_role("main").get_by_role("link").first.click()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    picture(page, "area", whole_page=False)

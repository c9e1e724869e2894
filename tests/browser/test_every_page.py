"""Every page of the small town in a real browser: axe, width, keyboard, console; every login."""

import pytest
from playwright.sync_api import Page, expect

from samhandling_web.base.accounts.models import User
from samhandling_web.config.demo.people import PASSWORD
from tests.architecture.test_role_matrix import GET, TABLE, address
from tests.browser.journey import (
    DESK,
    faults_at_both_widths,
    picture,
    sign_in,
    unreached_by_keyboard,
)
from tests.small_town import make_small_town

pytestmark = pytest.mark.django_db(transaction=True)
NO_PAGES = ("file", "values", "json", "near", "points")
OPEN_PAGES = ("/", "/offentligt/", "/tillganglighet/", "/omraden/", "/omraden/town_part/")
# What the README shows: name of the picture, address.
SHOWN = (
    ("start", "/"),
    ("explore", "/utforska/"),
    ("picture", "/lagesbilder/"),
    ("import", "/importer/"),
)


def logins(*, lived: bool = False) -> dict[str, str]:
    """Make the small town and return the demo's logins by what stands before the @."""
    return {login["email"].split("@")[0]: login["email"] for login in make_small_town(lived=lived)}


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


def own_pages(people: dict[str, str], who: str) -> list[str]:
    """Return a login's pages; the administrator's are those the strategist cannot open."""
    return pages_of(people[who], but_not=people["strateg"] if who != "strateg" else "")


# One town and one opening of each page for everything: most of the time goes to those two.
def test_what_a_strategist_opens_is_sound_at_both_widths_and_by_keyboard(
    page, live_server, data_folder
):
    people = logins(lived=True)
    sign_in(page, live_server.url, people["strateg"], PASSWORD)
    addresses = own_pages(people, "strateg")
    assert len(addresses) > 5
    assert faults(page, live_server.url, addresses) == []


def test_what_others_open_is_sound_and_every_demo_login_works(
    page, browser, live_server, data_folder
):
    people = logins()
    assert faults(page, live_server.url, list(OPEN_PAGES)) == []
    sign_in(page, live_server.url, people["forvaltare"], PASSWORD)
    addresses = own_pages(people, "forvaltare")
    assert len(addresses) > 5
    assert faults(page, live_server.url, addresses) == []
    for email in people.values():
        context = browser.new_context(locale="sv-SE")
        page = context.new_page()
        sign_in(page, live_server.url, email, PASSWORD)
        expect(page.get_by_role("heading", level=1)).to_contain_text(
            User.objects.get(email=email).first_name
        )
        context.close()


def faults(page: Page, server: str, addresses: list[str]) -> list[str]:
    """Open each page and say what is wrong with it."""
    found = []
    for where in addresses:
        found += faults_at_both_widths(page, f"{server}{where}")
        if missed := unreached_by_keyboard(page):
            found.append(f"{where}: not reached by keyboard: {missed[:5]}")
    return found


def test_the_keyboard_check_notices_a_trap(page):
    page.set_content("<button>A</button><button>B</button>")
    assert unreached_by_keyboard(page) == []
    page.evaluate("document.addEventListener('keydown', (press) => press.preventDefault())")
    assert len(unreached_by_keyboard(page)) == 2


def test_the_readmes_pictures_come_from_here(page, live_server, data_folder):
    people = logins()
    page.set_viewport_size(DESK)
    page.goto(f"{live_server.url}/offentligt/")
    page.get_by_role("main").get_by_role("link").first.click()
    picture(page, "public", whole_page=False)
    sign_in(page, live_server.url, people["strateg"], PASSWORD)
    for name, where in SHOWN:
        page.goto(f"{live_server.url}{where}")
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        picture(page, name, whole_page=False)
    page.goto(f"{live_server.url}/omraden-i-siffror/")
    page.get_by_role("main").get_by_role("link").first.click()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    picture(page, "area", whole_page=False)

"""The elected representative reads: how the work goes, what lies behind a share, plan and law."""

import pytest
from playwright.sync_api import Page, expect

from samhandling_web.config.demo.people import PASSWORD
from tests.browser.journey import sign_in
from tests.small_town import make_small_town

pytestmark = pytest.mark.django_db(transaction=True)

# What the header and the reader's own settings let anybody do.
OWN = ("logout", "sprak")


def changes(page: Page) -> list[str]:
    """Return where the page's forms would send what changes something."""
    sent = page.locator("form[method=post]").evaluate_all(
        "forms => forms.map((form) => form.getAttribute('action') ?? location.pathname)"
    )
    return [action for action in sent if not any(word in action for word in OWN)]


def test_the_elected_read_how_it_goes_and_change_nothing(page, live_server, data_folder):
    people = {one["email"].split("@")[0]: one["email"] for one in make_small_town(lived=True)}
    sign_in(page, live_server.url, people["fortroendevald"], PASSWORD)
    main = page.get_by_role("main")

    main.get_by_role("link", name="Översikt").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Hur går arbetet?")
    assert changes(page) == []
    row = main.get_by_role("row").filter(has_text="Kopplade till ett problem och en orsak")
    numerator = row.get_by_role("link").first
    counted = int(numerator.inner_text())
    numerator.click()
    expect(main.locator(".sam-doors li")).to_have_count(counted)
    assert counted > 0
    assert changes(page) == []
    page.go_back()
    # Single reports are not theirs to read; the page says why it is empty.
    main.get_by_role("row").nth(1).get_by_role("link").first.click()
    expect(main.get_by_text("Du kanske inte får se dem som räknas här.")).to_be_visible()

    for name in ("Åtgärdsplaner", "Prioriteringar", "Medborgarlöften", "Lagen i ett blad"):
        page.goto(f"{live_server.url}/")
        main.get_by_role("link", name=name, exact=True).click()
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        assert changes(page) == [], name
    main.get_by_role("link", name="Öppna").first.click()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert changes(page) == []

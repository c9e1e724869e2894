"""Steps that browser tests share: sign in, check accessibility, measure, take pictures."""

import os
from pathlib import Path

from django.conf import settings
from playwright.sync_api import Page, ViewportSize, expect

DESK: ViewportSize = {"width": 1400, "height": 900}
PHONE: ViewportSize = {"width": 390, "height": 844}
NARROWEST: ViewportSize = {"width": 360, "height": 740}
PASSWORD = "fyra-ord-utan-samband"
STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"]
PICTURES = Path(settings.ROOT) / "docs" / "_static" / "screenshots"


def sign_in(page: Page, server: str, email: str, password: str = PASSWORD) -> None:
    """Sign in through the page, as a person does."""
    page.goto(f"{server}/konto/login/")
    page.get_by_label("E-postadress").fill(email)
    page.get_by_label("Lösenord", exact=False).first.fill(password)
    page.locator("main").get_by_role("button", name="Logga in", exact=True).click()
    expect(page.locator(".sam-user-menu")).to_be_visible()


# Elements of ours tell when they have drawn; one out of sight draws when it is shown.
SETTLED = """() => [...document.querySelectorAll('sam-map, sam-draw')].every(
  (e) => !e.checkVisibility() || ['ready', 'no-map'].includes(e.dataset.state))"""


def settle(page: Page) -> None:
    """Wait until what the page draws by script is drawn."""
    page.wait_for_function(SETTLED)


def accessibility_faults(page: Page) -> list[str]:
    """Run axe-core on the page and return what it found, one line for each fault."""
    if not page.evaluate("() => 'axe' in window"):
        source = Path(settings.NODE_MODULES) / "axe-core" / "axe.min.js"
        # Evaluated by the debugger's own door: the page's policy would refuse an added script.
        page.evaluate(source.read_text(encoding="utf-8"))
    found = page.evaluate(
        "standards => axe.run(document, {runOnly: standards, resultTypes: ['violations']})",
        STANDARDS,
    )
    return [
        f"{fault['id']}: {fault['help']} {[node['target'] for node in fault['nodes']][:4]}"
        for fault in found["violations"]
    ]


def overflow(page: Page) -> int:
    """By how many pixels the page is wider than its window."""
    return int(page.evaluate("document.documentElement.scrollWidth - window.innerWidth"))


def faults_at_both_widths(page: Page, where: str) -> list[str]:
    """Open a page and say what axe finds and what is too wide, on a desk and on a telephone."""
    found = []
    page.set_viewport_size(DESK)
    page.goto(where)
    settle(page)
    for size in (DESK, PHONE):
        page.set_viewport_size(size)
        name = f"{page.url} at {size['width']}"
        found += [f"{name}: {fault}" for fault in accessibility_faults(page)]
        if (width := overflow(page)) > 0:
            found.append(f"{name}: {width} pixels too wide")
    page.set_viewport_size(DESK)
    return found


def picture(page: Page, name: str, *, whole_page: bool = True) -> None:
    """Save the page as an image for the documentation when SAMHANDLING_SCREENSHOTS=1."""
    if os.environ.get("SAMHANDLING_SCREENSHOTS") != "1":
        return
    PICTURES.mkdir(parents=True, exist_ok=True)
    page.wait_for_load_state("networkidle")
    page.screenshot(path=PICTURES / f"{name}.png", full_page=whole_page)


# Radio buttons of one group are one stop, reached by arrows; the rest must each be a stop.
MARK_STOPS = """() => {
  const kinds = 'a[href], button, input, select, textarea, summary, [tabindex]';
  const stops = [...document.querySelectorAll(kinds)].filter(
    (e) => e.tabIndex >= 0 && !e.disabled && e.type !== 'radio' && e.type !== 'hidden' &&
      e.checkVisibility({ visibilityProperty: true, contentVisibilityAuto: true }));
  stops.forEach((e, at) => { e.dataset.stop = at; });
  return stops.map((e) => `${e.tagName} ${(e.innerText || e.name || e.id || '').slice(0, 40)}`);
}"""
# What was reached is noted where it happens; asking after every press would take twice the time.
NOTE_STOPS = """() => {
  document.activeElement?.blur();
  window.scrollTo(0, 0);
  window.reached = new Set();
  document.addEventListener('focusin', ({ target }) => window.reached.add(target.dataset.stop));
}"""
# What the page took away while somebody walked through it cannot be reached any more.
UNREACHED = """() => [...document.querySelectorAll('[data-stop]')].filter(
  (e) => !window.reached.has(e.dataset.stop) &&
    e.checkVisibility({ visibilityProperty: true, contentVisibilityAuto: true })
).map((e) => Number(e.dataset.stop))"""
# A date has a stop for day, month, year and its calendar.
PRESSES_PER_STOP = 6
PRESSES_BETWEEN_QUESTIONS = 10


def unreached_by_keyboard(page: Page) -> list[str]:
    """Press Tab through the page and return what can be used but was never reached."""
    names = page.evaluate(MARK_STOPS)
    page.evaluate(NOTE_STOPS)
    left = page.evaluate(UNREACHED)
    for press in range(PRESSES_PER_STOP * len(names) + PRESSES_BETWEEN_QUESTIONS):
        if press % PRESSES_BETWEEN_QUESTIONS == 0 and press >= len(names):
            left = page.evaluate(UNREACHED)
        if not left:
            break
        page.keyboard.press("Tab")
    return [names[at] for at in page.evaluate(UNREACHED)]

"""Reporting on a telephone: in a tunnel, with the page closed, refused, and the same as another."""

import re
from uuid import uuid4

import pytest
from django.utils import timezone
from playwright.sync_api import BrowserContext, Page, expect

from samhandling_web.base.accounts.rules import Role
from samhandling_web.observe.observations import services
from samhandling_web.observe.observations.models import Observation, Sending
from samhandling_web.observe.observations.rules import Precision, Severity
from samhandling_web.observe.observations.seen import Seen
from samhandling_web.observe.observations.tests.town import at, make_town, person
from tests.browser.journey import PASSWORD, PHONE, accessibility_faults, overflow, sign_in

pytestmark = pytest.mark.django_db(transaction=True)
EMAIL = "rapportor@example.org"
QUEUE = "#kvar"
REACHES = "() => fetch('/tillganglighet/').then(() => 'network', () => 'no network')"


@pytest.fixture
def reporter(data_folder):
    make_town()
    user = person(Role.REPORTER, at="skolan", email=EMAIL)
    user.set_password(PASSWORD)
    user.save()
    return user


@pytest.fixture
def telephone(page: Page, live_server, reporter) -> Page:
    """The report page on a telephone, signed in, where the first district lies."""
    longitude, latitude = at(0)["coordinates"]
    page.context.grant_permissions(["geolocation"])
    page.context.set_geolocation({"longitude": longitude, "latitude": latitude, "accuracy": 12})
    page.set_viewport_size(PHONE)
    sign_in(page, live_server.url, EMAIL)
    opened(page, live_server.url)
    return page


def opened(page: Page, server: str) -> None:
    page.goto(f"{server}/iakttagelser/rapportera/")
    expect(page.locator("#rapport[data-state=ready]")).to_be_attached()


def kept_for_offline(page: Page, server: str) -> None:
    """Wait until the service worker has everything, and is what answers."""
    page.evaluate("async () => { await navigator.serviceWorker.ready; }")
    opened(page, server)
    page.wait_for_function("() => navigator.serviceWorker.controller !== null")


def fill(page: Page, category: str, severity: str = "Allvarligt", place: str = "") -> None:
    page.get_by_role("radio", name=category, exact=True).check()
    if place:
        page.get_by_label("Platsens namn").fill(place)
    else:
        page.get_by_role("button", name="Här jag står").click()
        expect(page.get_by_text(re.compile("Läget är taget"))).to_be_visible()
    if severity:
        page.get_by_role("radio", name=severity, exact=True).check()


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def rows() -> list[tuple[str, str]]:
    found = Observation.objects.order_by("sending_id", "number")
    return [(row.category.slug, row.place_name) for row in found.select_related("category")]


def test_five_taps_send_one(telephone):
    fill(telephone, "Narkotika")
    press(telephone, "Skicka")
    expect(telephone.locator(QUEUE)).to_contain_text(re.compile(r"Skickat \d\d:\d\d"))
    sent = Observation.objects.get()
    assert (sent.category.slug, sent.severity, sent.precision) == ("drugs", "yellow", "exact")
    assert (sent.longitude, sent.latitude) == pytest.approx(tuple(at(0)["coordinates"]), abs=1e-5)
    assert sent.district.code == "D0"
    assert accessibility_faults(telephone) == []
    assert overflow(telephone) <= 0


def test_three_in_one_send_without_network_are_three_rows(telephone):
    telephone.context.set_offline(True)
    fill(telephone, "Narkotika", place="Torget")
    press(telephone, "Lägg till en till")
    fill(telephone, "Igenvuxet", "Lindrigt", place="Parken")
    press(telephone, "Lägg till en till")
    expect(telephone.locator("#fler li")).to_have_count(2)
    fill(telephone, "Plats som känns trygg", "", place="Skolan")
    press(telephone, "Skicka")
    expect(telephone.locator(QUEUE)).to_contain_text("3 väntar på nät")
    assert rows() == []
    telephone.context.set_offline(False)
    expect(telephone.locator(QUEUE)).to_contain_text("Skickat")
    expected = [("drugs", "Torget"), ("overgrown", "Parken"), ("safe_place", "Skolan")]
    assert rows() == expected
    telephone.reload()
    expect(telephone.locator(QUEUE)).to_contain_text("Skickat")
    assert (rows(), Sending.objects.count()) == (expected, 1)


def test_a_page_that_is_killed_loses_none_and_doubles_none(telephone, live_server, complaints):
    kept_for_offline(telephone, live_server.url)
    context: BrowserContext = telephone.context
    context.set_offline(True)
    for category, place in (("Narkotika", "Torget"), ("Igenvuxet", "Parken")):
        fill(telephone, category, place=place)
        press(telephone, "Skicka")
        expect(telephone.locator("#rapport").get_by_label("Platsens namn")).to_have_value("")
    expect(telephone.locator(QUEUE)).to_contain_text("2 väntar på nät")
    fill(telephone, "Nedskräpat", place="Stationen")
    telephone.get_by_text("Skriv mer eller lägg till foton").click()
    telephone.get_by_label("Vad hände?").fill("Glas i sandlådan")
    telephone.close(run_before_unload=False)
    # The worker that answers has no network either: the page comes out of what it has kept.
    assert context.service_workers[0].evaluate(REACHES) == "no network"

    again = context.new_page()
    again.set_viewport_size(PHONE)
    opened(again, live_server.url)
    expect(again.locator(QUEUE)).to_contain_text("2 väntar på nät")
    expect(again.get_by_label("Vad hände?")).to_have_value("Glas i sandlådan")
    expect(again.get_by_label("Platsens namn")).to_have_value("Stationen")
    assert rows() == []
    context.set_offline(False)
    expect(again.locator(QUEUE)).to_contain_text("Skickat")
    press(again, "Skicka")
    expect(again.get_by_label("Platsens namn")).to_have_value("")
    for _wait in range(100):
        if len(rows()) == 3:
            break
        again.wait_for_timeout(100)
    again.reload()
    expect(again.locator(QUEUE)).to_contain_text("Skickat")
    assert rows() == [("drugs", "Torget"), ("overgrown", "Parken"), ("litter", "Stationen")]
    complaints.clear()


def test_other_pages_are_not_kept(telephone, live_server, complaints):
    kept_for_offline(telephone, live_server.url)
    telephone.goto(f"{live_server.url}/iakttagelser/mina/")
    kept = telephone.evaluate(
        """async () => {
          const names = await caches.keys();
          const all = await Promise.all(names.map(async (n) => (await caches.open(n)).keys()));
          return all.flat().map((request) => new URL(request.url).pathname);
        }"""
    )
    pages = [name for name in kept if not name.startswith(("/static/", "/omraden/"))]
    assert pages == ["/iakttagelser/rapportera/"]
    complaints.clear()


def test_a_refused_one_stays_with_why_and_can_be_mended(telephone, complaints):
    telephone.context.set_offline(True)
    fill(telephone, "Narkotika", place="Torget")
    telephone.get_by_text("Skriv mer eller lägg till foton").click()
    telephone.get_by_label("Vad hände?").fill("Anna Andersson slog")
    press(telephone, "Skicka")
    telephone.context.set_offline(False)
    queue = telephone.locator(QUEUE)
    expect(queue).to_contain_text("nämna en person")
    assert rows() == []
    queue.get_by_role("button", name="Rätta").click()
    text = telephone.get_by_label("Vad hände?")
    expect(text).to_have_value("Anna Andersson slog")
    expect(telephone.locator("[data-field=text] [data-fault]")).to_contain_text("nämna en person")
    text.fill("Tre personer gick till angrepp")
    expect(telephone.locator("[data-field=text] [data-fault]")).to_have_text("")
    press(telephone, "Skicka")
    expect(queue).to_contain_text("Skickat")
    assert rows() == [("drugs", "Torget")]
    assert Observation.objects.get().text == "Tre personer gick till angrepp"
    # The server's answer that it was refused is told in the browser's console.
    assert all("422" in complaint for complaint in complaints)
    complaints.clear()


def test_photos_follow_when_there_is_network(telephone, tmp_path):
    from samhandling_web.base.photos.tests.pictures import telephone_jpeg

    file = tmp_path / "torget.jpg"
    file.write_bytes(telephone_jpeg())
    telephone.context.set_offline(True)
    fill(telephone, "Narkotika", place="Torget")
    telephone.get_by_text("Skriv mer eller lägg till foton").click()
    telephone.locator("input[type=file]").set_input_files(file)
    expect(telephone.locator("[data-photos] img")).to_have_count(1)
    press(telephone, "Skicka")
    expect(
        telephone.get_by_text("Intyga att ingen går att känna igen på bilderna, e")
    ).to_be_visible()
    telephone.get_by_label("Ingen går att känna igen på bilderna").check()
    press(telephone, "Skicka")
    expect(telephone.locator(QUEUE)).to_contain_text("1 väntar på nät")
    telephone.context.set_offline(False)
    expect(telephone.locator(QUEUE)).to_contain_text("Skickat")
    assert Observation.objects.get().photos.count() == 1


def test_the_same_as_anothers_is_shown_whole_and_joined(telephone):
    now = timezone.now()
    guard = person(Role.GUARD, at="bevakning")
    known = Seen(
        category="drugs",
        severity=Severity.RED,
        start=now,
        end=now,
        text="Överlämning vid trappan",
        geometry=at(0),
        precision=Precision.EXACT,
    )
    services.sending_receive(client_id=uuid4(), observations=[known], typed_at=now, actor=guard)
    fill(telephone, "Narkotika")
    press(telephone, "Skicka")
    card = telephone.locator("#liknande")
    expect(card).to_contain_text("Överlämning vid trappan")
    expect(card).to_contain_text("Bevakning")
    assert accessibility_faults(telephone) == []
    press(telephone, "Det är samma")
    expect(telephone.locator(QUEUE)).to_contain_text("Skickat")
    assert Observation.objects.filter(status="joined").count() == 1


def test_nothing_to_report_without_network(telephone):
    telephone.context.set_offline(True)
    press(telephone, "Inget att rapportera den här veckan")
    expect(telephone.locator(QUEUE)).to_contain_text("1 väntar på nät")
    telephone.context.set_offline(False)
    expect(telephone.locator(QUEUE)).to_contain_text("Skickat")
    assert [one.is_nothing_to_report for one in Sending.objects.all()] == [True]


def test_a_spot_is_pointed_out_on_the_map(telephone):
    telephone.get_by_role("radio", name="Narkotika", exact=True).check()
    press(telephone, "Peka på kartan")
    expect(telephone.locator("#karta[data-state=ready]")).to_be_visible()
    telephone.locator("#karta [data-canvas]").click()
    expect(telephone.get_by_text("Läget är utpekat på kartan.")).to_be_visible()
    assert accessibility_faults(telephone) == []
    telephone.get_by_role("radio", name="Lindrigt", exact=True).check()
    press(telephone, "Skicka")
    expect(telephone.locator(QUEUE)).to_contain_text("Skickat")
    assert Observation.objects.get().district.code == "D1"


def test_without_scripts_the_plain_form_sends_one(browser, live_server, reporter):
    context = browser.new_context(java_script_enabled=False, locale="sv-SE", viewport=PHONE)
    page = context.new_page()
    page.goto(f"{live_server.url}/konto/login/?next=/iakttagelser/rapportera/")
    page.get_by_label("E-postadress").fill(EMAIL)
    page.get_by_label("Lösenord", exact=False).first.fill(PASSWORD)
    page.locator("main").get_by_role("button", name="Logga in", exact=True).click()
    expect(page.get_by_role("button", name="Här jag står")).to_be_hidden()
    page.get_by_role("radio", name="Narkotika", exact=True).check()
    page.get_by_label("Platsens namn").fill("Torget")
    page.get_by_role("radio", name="Allvarligt", exact=True).check()
    page.get_by_role("button", name="Skicka", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Mina rapporter")
    context.close()
    assert rows() == [("drugs", "Torget")]

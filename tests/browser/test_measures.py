"""A measure's whole way in a browser: proposed, refused, decided, done, followed up, in a plan."""

import pytest
from playwright.sync_api import Page, expect

from samhandling_web.agree.measures.models import ActionPlan, Measure
from samhandling_web.agree.measures.tests import factories
from samhandling_web.base.accounts.models import User
from samhandling_web.base.accounts.rules import Role
from tests.browser.journey import PASSWORD, sign_in

pytestmark = pytest.mark.django_db(transaction=True)


def with_password(user: User) -> User:
    user.set_password(PASSWORD)
    user.save()
    return user


@pytest.fixture
def coordinator(data_folder) -> User:
    factories.district()
    return with_password(factories.person(Role.DISTRICT_COORDINATOR))


@pytest.fixture
def strategist(data_folder) -> User:
    town = factories.organisation("town", "municipality")
    return with_password(factories.person(Role.CITY_STRATEGIST, town))


def change_to(page: Page, server: str, user: User) -> None:
    page.context.clear_cookies()
    sign_in(page, server, user.email)


def press(page: Page, name: str) -> None:
    page.get_by_role("main").get_by_role("button", name=name, exact=True).click()


def follow(page: Page, name: str) -> None:
    page.get_by_role("main").get_by_role("link", name=name, exact=True).click()


def unfold(page: Page, name: str) -> None:
    page.locator("main summary").get_by_text(name, exact=True).click()


def proposed(page: Page, server: str, coordinator: User) -> Measure:
    """Let the coordinator go from the problem to a proposal of one line."""
    problem = factories.problem()
    factories.cause(problem)
    sign_in(page, server, coordinator.email)
    page.goto(f"{server}/problem/{problem.pk}/")
    page.get_by_role("main").get_by_role("link", name="Föreslå åtgärd mot problemet").click()
    page.get_by_label("Vad ska göras?").fill("Ny belysning i parken")
    page.locator("main form").last.get_by_role("button").first.click()
    expect(page.get_by_text("Det här saknas för beslut")).to_be_visible()
    return Measure.objects.get()


def complete(page: Page) -> None:
    """Fill in all that was missing, the indicator last, on a page of its own."""
    page.get_by_label("Orsak som den angriper").select_option(index=1)
    page.get_by_label("Slag").select_option("lighting")
    page.get_by_role("group", name="Den verkar genom att").get_by_role("radio").first.check()
    page.get_by_label("Hur den är tänkt att verka här").fill("Fler ser parken när den är upplyst.")
    page.get_by_label("Område", exact=True).select_option("Norr")
    page.get_by_label("Genomförs av").select_option("north")
    page.get_by_role("group", name="Horisont").get_by_role("radio").first.check()
    page.get_by_label("Politiskt ansvarsområde").select_option("Trygghet")
    page.get_by_label("Investering, kronor").fill("400000")
    page.get_by_label("Drift, kronor per år").fill("0")
    for label in ("Börjar", "Slutar", "Följs upp"):
        page.get_by_label(label, exact=True).fill(factories.today().isoformat())
    page.get_by_label("Indikatorns namn").fill("Skador på bänkar")
    page.get_by_label("Planerad utvärdering").select_option("1")


def type_indicator(page: Page) -> None:
    part = page.locator("section[aria-labelledby=typad]")
    part.get_by_label("Vad mäts?").fill("Anmälda skador på parkbänkar")
    part.get_by_label("Värde före åtgärden").fill("40")
    part.get_by_label("Enhet").fill("skador per år")
    part.get_by_label("Källa").fill("Parkskötselns liggare")
    part.get_by_label("Värdet gäller den").fill(factories.today().isoformat())
    press(page, "Använd siffran")


def carry_out(page: Page) -> None:
    """Plan what is counted, begin, count, and say that it is done."""
    page.get_by_label("Vad räknas?").fill("lampor")
    page.get_by_label("Hur mycket är planerat?").fill("12")
    page.locator("section[aria-labelledby=dos] form").get_by_role("button").first.click()
    unfold(page, "Starta")
    press(page, "Starta")
    done = page.locator("form:has(#id_dose_amount)")
    page.locator("details:has(#id_dose_amount) summary").click()
    done.locator("#id_dose_amount").fill("12")
    done.get_by_role("button").click()
    expect(page.get_by_text("12 av 12").first).to_be_visible()
    unfold(page, "Genomförd")
    press(page, "Genomförd")


def follow_up(page: Page) -> None:
    follow(page, "Följ upp")
    page.get_by_label("Indikatorns värde efteråt").fill("25")
    page.get_by_label("Värdets källa").fill("Parkskötselns liggare")
    page.get_by_label("Värdet gäller den").fill(factories.today().isoformat())
    page.get_by_role("group", name="Blev den gjord?").get_by_role("radio").first.check()
    page.get_by_label("Vad ändrades?").fill("Färre bänkar gick sönder.")
    page.get_by_role("group", name="Slutsats").get_by_role("radio").last.check()
    page.get_by_label("Därför att").fill("Skadorna är få.")
    press(page, "Spara uppföljningen")
    expect(page.get_by_text("Färre bänkar gick sönder.")).to_be_visible()


def drafted(page: Page, server: str) -> ActionPlan:
    """Let the coordinator write a plan that holds the measure."""
    factories.adopted_picture()
    page.goto(f"{server}/atgardsplaner/ny/")
    page.get_by_label("Område").select_option("Norr")
    page.get_by_label("Gäller från och med").fill("2026-01-01")
    page.get_by_label("Gäller till och med").fill("2027-12-31")
    press(page, "Börja planen")
    expect(page.get_by_text("Det här saknas för att planen ska kunna antas")).to_be_visible()
    page.get_by_label("Ny belysning i parken").check()
    press(page, "Använd valet")
    page.get_by_label("Bygger på lägesbilden").select_option(index=1)
    page.get_by_role("textbox", name="Inledning").fill("Parken först.")
    press(page, "Spara planen")
    expect(page.get_by_text("Det här saknas för att planen ska kunna antas")).not_to_be_visible()
    return ActionPlan.objects.get()


def test_from_a_problem_to_an_adopted_plan_and_a_verdict(
    page, live_server, coordinator, strategist, complaints
):
    factories.portfolio()
    server = live_server.url
    measure = proposed(page, server, coordinator)
    change_to(page, server, strategist)
    page.goto(f"{server}/atgarder/{measure.pk}/")
    # Whoever decides too early learns everything that is missing at once.
    unfold(page, "Besluta")
    press(page, "Besluta")
    for words in ("vilken orsak", "vad som görs", "politiska ansvar", "följs upp", "indikator"):
        expect(page.get_by_role("alert").first).to_contain_text(words)
    follow(page, "Skriv vidare")
    complete(page)
    page.locator("main form").last.get_by_role("button").first.click()
    page.goto(f"{server}/atgarder/{measure.pk}/indikator/")
    type_indicator(page)
    page.goto(f"{server}/atgarder/{measure.pk}/")
    expect(page.get_by_text("Klar för beslut")).to_be_visible()
    unfold(page, "Besluta")
    press(page, "Besluta")
    expect(page.get_by_text("Beslutad").first).to_be_visible()

    change_to(page, server, coordinator)
    plan = drafted(page, server)
    change_to(page, server, strategist)
    page.goto(f"{server}/atgardsplaner/{plan.pk}/")
    page.get_by_label("Vilket organ har antagit planen?").select_option("town")
    page.get_by_label("Beslutsdatum").fill(factories.today().isoformat())
    page.get_by_label("Diarienummer").fill("SN 2026/4")
    press(page, "Registrera som antagen")
    expect(page.get_by_text("Planen kan inte ändras.")).to_be_visible()
    printed = page.get_by_role("main").get_by_role("link", name="PDF").get_attribute("href")
    answer = page.request.get(f"{server}{printed}")
    assert answer.body().startswith(b"%PDF")

    page.goto(f"{server}/atgarder/{measure.pk}/")
    carry_out(page)
    follow_up(page)
    assert all("422" in complaint for complaint in complaints)
    complaints.clear()
    count_and_walk_the_thread(page, server, measure)


def count_and_walk_the_thread(page: Page, server: str, measure: Measure) -> None:
    """Open the numerator and denominator it counts in, then its thread and back again."""
    page.goto(f"{server}/atgarder/horisonter/")
    for part in ("täljaren: 1", "nämnaren: 1"):
        page.get_by_role("link", name=part).first.click()
        expect(page.get_by_role("main").get_by_role("link", name=measure.title)).to_be_visible()
        page.go_back()
    page.goto(f"{server}/traden/atgard/{measure.pk}/")
    page.get_by_role("main").get_by_role("link", name="Skadegörelse i parken").first.click()
    page.goto(f"{server}/traden/problem/{measure.problem_id}/")
    page.get_by_role("main").get_by_role("link", name=measure.title).first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(measure.title)

"""The pages of measures: happy path, wrong role, wrong method, number of queries, files."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from samhandling_web.agree.measures import services
from samhandling_web.agree.measures.forms.measures import MeasureForm
from samhandling_web.agree.measures.models import Measure
from samhandling_web.agree.measures.rules import Status
from samhandling_web.agree.measures.tests import factories
from samhandling_web.base.accounts.rules import Role
from samhandling_web.base.audit.models import AuditRecord
from tests.page_rules import faults_of_page, faults_of_part

pytestmark = pytest.mark.django_db
MOST_QUERIES = 25


@pytest.fixture
def school():
    factories.district()
    return factories.person(Role.SCHOOL, name="school")


def shown(client, address, status=200):
    """Return a page, within the query budget and the rules of every page."""
    with CaptureQueriesContext(
        connection,
    ) as queries:
        answer = client.get(address)
    assert answer.status_code == status, address
    page = answer.content.decode()
    assert not faults_of_page(page), address
    assert len(queries) <= MOST_QUERIES, [one["sql"][:150] for one in queries]
    return page


def posted(measure, actor, **changes):
    """Return what the browser sends of the form as it stands, with some fields changed."""
    form = MeasureForm(measure=measure, actor=actor)
    values = {}
    for name in form.fields:
        value = form[name].value()
        values[name] = "" if value is None else getattr(value, "pk", value)
    return values | changes


def test_from_a_line_to_a_followed_up_measure(client, school, coordinator):
    problem = factories.problem()
    client.force_login(school)
    page = shown(client, f"/atgarder/ny/?problem={problem.pk}")
    assert "Mot problemet" in page
    sent = client.post(
        "/atgarder/ny/",
        {"title": "Ny belysning", "problem": problem.pk, "proposer": factories.organisation().pk},
    )
    measure = Measure.objects.get()
    assert sent["Location"] == f"/atgarder/{measure.pk}/skriv/"
    page = shown(client, sent["Location"])
    assert "Det här saknas för beslut" in page
    assert "vilken orsak den angriper" in page
    wanted = factories.whole() | {"problem": problem, "cause": factories.cause(problem)}
    services.measure_edit(measure_id=measure.pk, changes=wanted, actor=school)
    client.force_login(coordinator)
    address = f"/atgarder/{measure.pk}/"
    assert "Klar för beslut" in shown(client, address)
    today = factories.today().isoformat()
    assert client.post(f"{address}besluta/", {"on": today}).status_code == 302
    client.force_login(school)
    refused = client.post(f"{address}starta/", {"on": today})
    assert refused.status_code == 422
    assert "vad som ska räknas" in refused.content.decode()
    assert not faults_of_page(refused.content.decode())
    client.post(f"{address}dos/", {"unit_1": "lampor", "amount_1": "12"})
    assert client.post(f"{address}starta/", {"on": today}).status_code == 302
    plan = measure.dose_plans.get()
    client.post(f"{address}dos/gjort/", {"plan": plan.pk, "on": today, "amount": "12"})
    assert "12 av 12 (100" in shown(client, address)
    assert client.post(f"{address}genomford/", {"on": today}).status_code == 302
    assert "12 av 12" in shown(client, f"{address}folj-upp/")
    told = factories.TOLD | {"on": today, "value": "25", "source": "Liggaren", "day": today}
    assert client.post(f"{address}folj-upp/", told).status_code == 302
    page = shown(client, address)
    assert "kan bero på annat" in page
    assert Measure.objects.get().status == Status.FOLLOWED_UP


def test_the_form_is_saved_half_done_and_says_what_is_missing(client, school):
    measure = services.measure_propose(
        title="Lampor", proposer=factories.organisation(), actor=school
    )
    client.force_login(school)
    problem = factories.problem()
    address = f"/atgarder/{measure.pk}/spara/"
    told = posted(measure, school, problem=problem.pk, kind="lighting")
    part = client.post(address, told, headers={"HX-Request": "true"})
    text = part.content.decode()
    assert part.status_code == 200
    assert not faults_of_part(text)
    assert "vilket problem den ska lösa" not in text
    assert "vilken orsak den angriper" in text
    assert 'hx-swap-oob="true"' in text
    whole = client.post(address, posted(Measure.objects.get(), school, start_on="2026-01-01"))
    assert whole["Location"] == f"/atgarder/{measure.pk}/"
    assert Measure.objects.get().problem == problem


def test_another_problem_takes_the_old_ones_cause_away(client, school):
    measure = factories.proposed(school)
    other = factories.problem()
    client.force_login(school)
    told = posted(measure, school, problem=other.pk)
    assert client.post(f"/atgarder/{measure.pk}/spara/", told).status_code == 302
    measure.refresh_from_db()
    assert (measure.problem, measure.cause) == (other, None)


def test_what_was_typed_comes_back_with_the_reason(client, school):
    measure = factories.proposed(school)
    client.force_login(school)
    told = posted(measure, school, description="Anna Andersson slog", start_on="2026-05-01")
    answer = client.post(f"/atgarder/{measure.pk}/spara/", told | {"end_on": "2026-04-01"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert not faults_of_page(page)
    assert "Anna Andersson slog" in page
    assert Measure.objects.get().end_on == measure.end_on


def test_an_indicator_is_typed_or_asked(client, school):
    measure = factories.proposed(school, indicator=None, indicator_name="")
    client.force_login(school)
    address = f"/atgarder/{measure.pk}/indikator/"
    assert "En fråga som räknas om" in shown(client, f"{address}?kind=observations")
    asked = {"kind": "observations", "where": "whole", "severities": ["red"], "hour_from": ""}
    tried = client.post(address, asked | {"preview": "1"})
    assert "Ingen har rapporterat något" in tried.content.decode()
    client.post(address, asked | {"keep": "1"})
    assert Measure.objects.get().indicator["severities"] == ["red"]
    typed = {f"typed-{name}": value for name, value in factories.MANUAL.items() if name != "kind"}
    assert client.post(f"{address}skriv-in/", typed | {"typed-value": ""}).status_code == 422
    client.post(f"{address}skriv-in/", typed)
    assert Measure.objects.get().indicator == factories.MANUAL


def test_the_list_is_filtered_and_given_out_with_a_record(client, school, coordinator):
    late = factories.approved(school, coordinator)
    factories.proposed(school, title="Fältarbete", horizon="long_term")
    client.force_login(school)
    for query, found, not_found in (
        ("", "Ny belysning", "Inga åtgärder att visa"),
        ("?late=on", "försenad", "Fältarbete"),
        ("?horizon=long_term", "Fältarbete", "Ny belysning"),
        ("?words=falt", "Inga åtgärder att visa", "Ny belysning"),
        (f"?problem={late.problem_id}", "Ny belysning", "Fältarbete"),
        (f"?district={late.district_id}&status=approved", "Ny belysning", "Fältarbete"),
    ):
        page = shown(client, f"/atgarder/{query}")
        body = page[page.index("<main") :]
        assert found in body, query
        assert not_found not in body, query
    for ending in ("csv", "xlsx"):
        assert client.get(f"/atgarder/?export={ending}&status=approved").status_code == 200
    records = AuditRecord.objects.filter(kind="agree.measures.exported")
    assert [record.after["row_count"] for record in records] == [1, 1]


def test_shares_open_to_the_measures_behind_them(client, school, coordinator):
    strategist = factories.person(
        Role.CITY_STRATEGIST, factories.organisation("town", "municipality"), "strategist"
    )
    measure = factories.approved(school, coordinator)
    factories.proposed(school, title="Fältarbete")
    factories.adopted_plan(coordinator, strategist, [measure])
    client.force_login(school)
    page = shown(client, "/atgarder/horisonter/")
    assert "Kopplade till ett problem" in page
    assert "800" in page, "both measures' investment"
    shown(client, f"/atgarder/horisonter/?district={factories.district().pk}")
    opened = shown(client, "/atgarder/?figure=linked&part=taljare")
    assert "Ny belysning" in opened
    assert "Fältarbete" not in opened


def test_the_pages_keep_their_query_budget_with_many_measures(client, school, coordinator):
    one = factories.approved(school, coordinator)
    rows = Measure.objects.filter(pk=one.pk).values().get()
    del rows["id"]
    Measure.objects.bulk_create(Measure(**rows) for _number in range(200))
    client.force_login(coordinator)
    for address in ("/atgarder/", "/atgarder/?late=on", "/atgarder/horisonter/"):
        shown(client, address)


@pytest.mark.parametrize(
    "step",
    ["besluta", "aterta", "starta", "genomford", "avbryt", "dos", "dos/gjort", "spara"],
)
def test_steps_are_posted(client, school, step):
    measure = factories.proposed(school)
    client.force_login(school)
    assert client.get(f"/atgarder/{measure.pk}/{step}/").status_code == 405


@pytest.mark.parametrize("role", [Role.REPORTER, Role.GUARD, Role.BOARD_MEMBER])
def test_others_read_or_not_and_take_no_step(client, school, role):
    measure = factories.proposed(school)
    client.force_login(factories.person(role, factories.organisation("elsewhere"), "reader"))
    reads = role is Role.BOARD_MEMBER
    assert client.get(f"/atgarder/{measure.pk}/").status_code == (200 if reads else 404)
    assert client.get("/atgarder/").status_code == (200 if reads else 403)
    assert client.get("/atgarder/ny/").status_code == 403
    answer = client.post(f"/atgarder/{measure.pk}/besluta/", {"on": "2026-01-01"})
    assert answer.status_code == (403 if reads else 404)
    assert Measure.objects.get().status == Status.PROPOSED


def test_portfolios_are_kept_by_administrators(client, school):
    client.force_login(school)
    assert client.get("/atgarder/ansvar/").status_code == 403
    client.force_login(factories.person(Role.ADMINISTRATOR, name="admin"))
    shown(client, "/atgarder/ansvar/")
    shown(client, "/atgarder/ansvar/nytt/")
    client.post("/atgarder/ansvar/nytt/", {"name": "Skola", "horizon": "", "is_active": "on"})
    twice = client.post("/atgarder/ansvar/nytt/", {"name": "skola", "horizon": ""})
    assert twice.status_code == 422
    pk = factories.portfolio("Skola").pk
    told = {"office": "Skolrådet", "organisation": factories.organisation().pk}
    sent = client.post(f"/atgarder/ansvar/{pk}/vem/", told | {"valid_from": "2026-01-01"})
    assert sent.status_code == 302
    again = client.post(f"/atgarder/ansvar/{pk}/vem/", told | {"valid_from": "2026-02-01"})
    assert "Skriv varför" in again.content.decode()
    assert "Skolrådet" in shown(client, "/atgarder/ansvar/")


def test_a_place_is_searched_for_with_and_without_script(client, coordinator):
    measure = services.measure_propose(
        title="Lampor", proposer=factories.organisation(), actor=coordinator
    )
    wanted = factories.place(factories.district("S"))
    client.force_login(coordinator)
    address = f"/atgarder/{measure.pk}/spara/"
    offered = ">Parken (Söder)</option>"
    assert offered not in shown(client, f"/atgarder/{measure.pk}/skriv/")
    told = posted(measure, coordinator, place_words="park")
    assert offered in client.post(address, told, headers={"HX-Request": "true"}).content.decode()
    sent = client.post(address, told | {"search": "1"})
    assert offered in shown(client, sent["Location"].partition("#")[0])
    client.post(address, told | {"place": wanted.pk, "place_words": ""})
    measure.refresh_from_db()
    assert measure.place == wanted

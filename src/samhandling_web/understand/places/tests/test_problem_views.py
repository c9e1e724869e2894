"""Pages of problems, causes and evidence, and the form by which a question is asked."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from samhandling_web.base.accounts.rules import Role
from samhandling_web.base.common import inbox
from samhandling_web.understand.picture.tests.invented_town import event, made
from samhandling_web.understand.places import registration, services
from samhandling_web.understand.places.forms import LiveQueryForm
from samhandling_web.understand.places.models import Cause, CauseEvidence, Problem
from samhandling_web.understand.places.queries import LiveQuery, QueryKind
from samhandling_web.understand.places.tests import town
from samhandling_web.understand.places.tests.test_views import page, post

pytestmark = pytest.mark.django_db
CAUSE = {
    "statement": "Ingen vuxen ser torget.",
    "side": "place",
    "controller": "butiksägaren",
    "why_1": "Butiken stänger.",
    "why_2": "Det lönar sig inte.",
}


@pytest.fixture
def strategist():
    return town.person(Role.CITY_STRATEGIST)


@pytest.fixture
def square(strategist):
    town.district(responsible=town.organisation())
    return services.place_create(details=town.details(), actor=strategist)


def sent(place):
    return {
        "title": "Langning på torget",
        "what": "Narkotika säljs öppet.",
        "severity": "red",
        "owner": town.organisation().pk,
        "places": [place.pk],
    }


def is_checked(place, text):
    """Whether the place is among those shown, and chosen."""
    [box] = re.findall(rf'<input[^>]*name="places"[^>]*value="{place.pk}"[^>]*>', text)
    return " checked" in box


def test_from_a_problem_to_its_analysis(client, strategist, square):
    client.force_login(strategist)
    assert is_checked(square, page(client, "problem-new", plats=square.pk))
    post(client, "problem-new", **sent(square))
    problem = Problem.objects.get()
    assert "vem eller vad som drabbas" in page(client, "problem-detail", problem.pk)
    answer = post(client, "problem-step", problem.pk, expect=422, target="analysed", reason="")
    assert "minst en orsak" in answer.content.decode()
    whole = sent(square) | {"to_whom": "Unga.", "when": "Fredagar."}
    assert "Langning på torget" in page(client, "problem-edit", problem.pk)
    post(client, "problem-edit", problem.pk, **whole)
    page(client, "cause-new", problem.pk)
    post(client, "cause-new", problem.pk, **CAUSE)
    cause = Cause.objects.get()
    assert "Butiken stänger." in page(client, "cause-edit", cause.pk)
    post(client, "cause-edit", cause.pk, **(CAUSE | {"why_3": "Folk går inte dit."}))
    where = {"where": f"place:{square.pk}"}
    address = reverse("places:evidence-new", args=[cause.pk]) + "?slag=observations"
    preview = client.post(address, where | {"preview": "1"})
    assert "Iakttagelser av händelser och otrygga miljöer inom 150 m" in preview.content.decode()
    assert not CauseEvidence.objects.exists()
    client.post(address, where | {"note": "Mycket sker här."})
    shown = page(client, "problem-detail", problem.pk)
    for words in ("Mycket sker här.", "Analysen är fullständig", "butiksägaren", "därför att"):
        assert words in shown
    post(client, "problem-step", problem.pk, target="analysed", reason="")
    shown = page(client, "problem-detail", problem.pk)
    assert "Analyserat" in shown
    assert "Lägg till en orsak" not in shown
    answer = client.post(reverse("places:cause-remove", args=[cause.pk]))
    assert answer.status_code == 422


def test_a_finding_is_evidence(client, strategist, square):
    problem = town.analysed_ready(strategist, square)
    cause = problem.causes.get()
    client.force_login(strategist)
    assert "Inga fynd hör till" in page(client, "evidence-new", cause.pk, slag="finding")
    found = town.finding()
    services.findings_link(place_id=square.pk, finding_ids=[found.pk], actor=strategist)
    address = reverse("places:evidence-new", args=[cause.pk]) + "?slag=finding"
    client.post(address, {"finding": found.pk, "note": "Släckt."})
    assert "Lampan lyser inte." in page(client, "problem-detail", problem.pk)
    evidence = cause.evidence.get(finding=found)
    post(client, "evidence-remove", evidence.pk)
    assert not cause.evidence.filter(finding=found).exists()


@pytest.mark.parametrize("kind", ["events", "observations", "survey", "finding"])
def test_every_kind_of_evidence_has_its_page(client, strategist, kind, data_folder):
    made([event(timezone.localdate() - timedelta(days=40), town.LON, town.LAT)])
    problem = town.analysed_ready(strategist, town.place())
    client.force_login(strategist)
    page(client, "evidence-new", problem.causes.get().pk, slag=kind)


def test_others_write_neither_causes_nor_steps(client, strategist, square):
    problem = town.analysed_ready(strategist, square)
    cause = problem.causes.get()
    client.force_login(town.person(Role.BOARD_MEMBER))
    page(client, "problem-detail", problem.pk)
    for name, pk in (
        ("cause-new", problem.pk),
        ("problem-edit", problem.pk),
        ("cause-edit", cause.pk),
        ("evidence-new", cause.pk),
    ):
        page(client, name, pk, expect=403)
    for name, pk in (
        ("cause-remove", cause.pk),
        ("evidence-remove", cause.evidence.get().pk),
    ):
        post(client, name, pk, expect=403)
    post(client, "problem-step", problem.pk, expect=403, target="closed", reason="Nej.")


def test_evidence_at_a_protected_place_is_not_told(client, strategist):
    hidden = services.place_create(
        details=town.details(name="Skyddet", visibility="protected"), actor=strategist
    )
    problem = town.analysed_ready(strategist, hidden)
    client.force_login(town.person(Role.ANALYST))
    shown = page(client, "problem-detail", problem.pk)
    assert "Underlaget gäller en skyddad plats." in shown
    assert "Skyddet" not in shown


def test_a_problem_with_much_evidence_takes_few_questions(
    client, strategist, square, django_assert_max_num_queries
):
    problem = town.analysed_ready(strategist, square)
    cause = problem.causes.get()
    for hour in range(5):
        query = LiveQuery(QueryKind.EVENTS, place_id=square.pk, hours=(hour, hour + 4))
        services.evidence_add(cause_id=cause.pk, query=query, actor=strategist)
    client.force_login(strategist)
    with django_assert_max_num_queries(25):
        page(client, "problem-detail", problem.pk)
    with django_assert_max_num_queries(25):
        page(client, "problem-list")


def form(kind, actor, **typed):
    return LiveQueryForm(typed, actor=actor, kind=kind, places=[town.place()])


def test_a_question_is_asked_and_shown_again(strategist, data_folder):
    made([event(timezone.localdate() - timedelta(days=40), town.LON, town.LAT)])
    place = town.place()
    typed = {
        "where": f"place:{place.pk}",
        "radius_m": "200",
        "event_categories": ["reports|fire"],
        "hour_from": "22",
        "hour_to": "4",
        "weekdays": ["4", "5"],
    }
    asked = LiveQueryForm(typed, actor=strategist, kind=QueryKind.EVENTS, places=[place])
    assert asked.is_valid(), asked.errors
    assert asked.query == LiveQuery(
        QueryKind.EVENTS,
        place_id=place.pk,
        radius_m=200,
        categories=("fire",),
        hours=(22, 4),
        weekdays=(4, 5),
        source="reports",
    )
    initial = LiveQueryForm.initial_of(asked.query)
    again = LiveQueryForm(initial, actor=strategist, kind=QueryKind.EVENTS, places=[place])
    assert again.is_valid(), again.errors
    assert again.query == asked.query


def test_an_area_and_the_whole_can_be_asked_about(strategist):
    town.district()
    area = form(QueryKind.OBSERVATIONS, strategist, where="area:district:W", severities=["red"])
    assert area.is_valid(), area.errors
    assert (area.query.level, area.query.code, area.query.severities) == ("district", "W", ("red",))
    whole = form(QueryKind.OBSERVATIONS, strategist, where="whole", radius_m="100")
    assert whole.is_valid(), whole.errors
    assert whole.query == LiveQuery(QueryKind.OBSERVATIONS)
    assert not form(QueryKind.OBSERVATIONS, strategist, where="place:98765").is_valid()
    assert not form(QueryKind.SURVEY, strategist, where="whole").is_valid()


def test_what_waits_is_told_to_those_who_write_there(strategist, square):
    coordinator = town.person(Role.DISTRICT_COORDINATOR)
    elsewhere = town.person(Role.DISTRICT_COORDINATOR, town.organisation("east"), "east")
    problem = services.problem_create(details=town.problem_details(square), actor=strategist)
    today = timezone.localdate()
    assert list(registration.waits_for(coordinator, today)) == []
    later = today + timedelta(days=32)
    for person, count in ((coordinator, 1), (strategist, 1), (elsewhere, 0)):
        assert len(list(registration.waits_for(person, later))) == count
    (item,) = registration.waits_for(coordinator, later)
    assert item.urgency(later) == inbox.Urgency.OVERDUE
    assert str(problem.pk) in item.url
    reporter = town.person(Role.REPORTER)
    far = {"lon": town.LON + 0.02, "district": square.district}
    town.observations(reporter, [today - timedelta(days=at) for at in range(5)], **far)
    services.candidates_find(actor=None, today=today)
    assert [item.code for item in registration.waits_for(coordinator, today)] == [
        "places.candidates.decide"
    ]
    assert list(registration.waits_for(elsewhere, today)) == []
    assert list(registration.waits_for(town.person(Role.BOARD_MEMBER), later)) == []

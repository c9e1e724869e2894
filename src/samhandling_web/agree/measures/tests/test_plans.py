"""Action plans and portfolios: adopted means fixed, and history is kept."""

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, transaction

from samhandling_web.agree.measures import documents, proof, refusals, services
from samhandling_web.agree.measures.models import ActionPlan, PlanFollowUp, PortfolioHolder
from samhandling_web.agree.measures.rules import NEEDED_FOR_PLAN, PlanStatus
from samhandling_web.agree.measures.selectors import plans as selectors
from samhandling_web.agree.measures.selectors.portfolios import answering_for
from samhandling_web.agree.measures.services.plans import Decision
from samhandling_web.agree.measures.tests import factories
from samhandling_web.base.accounts.rules import Role
from samhandling_web.base.audit.models import AuditRecord
from samhandling_web.base.common.errors import NotAllowed
from samhandling_web.base.reports.formats import make_file
from tests.page_rules import faults_of_page

pytestmark = pytest.mark.django_db


@pytest.fixture
def adopted(coordinator, strategist):
    measure = factories.approved(coordinator, strategist)
    return factories.adopted_plan(coordinator, strategist, [measure])


def left(plan):
    row = ActionPlan.objects.filter(pk=plan.pk).values().get()
    return row, plan.items.count(), AuditRecord.objects.count(), PlanFollowUp.objects.count()


def test_adoption_is_refused_with_all_that_is_missing(coordinator, strategist):
    plan = services.plan_draft(
        title="Plan", district=factories.district(), organisation=factories.organisation(),
        period=(date(2026, 1, 1), date(2027, 12, 31)), actor=coordinator,
    )  # fmt: skip
    before = left(plan)
    with pytest.raises(refusals.PlanIncomplete) as refusal:
        services.plan_adopt(plan_id=plan.pk, decision=Decision(None, None, " "), actor=strategist)
    for label in NEEDED_FOR_PLAN.values():
        assert str(label) in str(refusal.value)
    assert left(plan) == before


def test_an_adopted_plan_holds_what_it_held(adopted, coordinator):
    assert adopted.content["measures"][0]["title"] == "Ny belysning i parken"
    assert adopted.content["picture"]["id"] == adopted.picture_id
    assert not list(selectors.changed_plans())
    with pytest.raises(refusals.PlanIsFixed):
        services.plan_edit(plan_id=adopted.pk, changes={"title": "x"}, actor=coordinator)
    with pytest.raises(refusals.PlanIsFixed):
        services.plan_items_set(plan_id=adopted.pk, measure_ids=[], actor=coordinator)
    with pytest.raises(DatabaseError), transaction.atomic():
        ActionPlan.objects.filter(pk=adopted.pk).update(content={})


def test_who_wrote_the_plan_does_not_register_it(strategist):
    measure = factories.approved(factories.person(Role.SCHOOL, name="school"), strategist)
    plan = factories.plan(strategist, [measure])
    before = left(plan)
    with pytest.raises(refusals.SamePersonTwice):
        services.plan_adopt(plan_id=plan.pk, decision=factories.decision(), actor=strategist)
    assert left(plan) == before


def test_a_decision_ahead_is_refused(coordinator, strategist):
    plan = factories.plan(coordinator, [factories.approved(coordinator, strategist)])
    ahead = factories.decision(factories.today() + timedelta(days=1))
    with pytest.raises(refusals.DayWrong):
        services.plan_adopt(plan_id=plan.pk, decision=ahead, actor=strategist)


def test_only_what_is_decided_here_stands_in_a_plan(coordinator, strategist):
    plan = factories.plan(coordinator, [])
    proposal = factories.proposed(coordinator)
    south = factories.district("S")
    elsewhere = factories.approved(coordinator, strategist, where=south)
    for one in (proposal, elsewhere):
        before = left(plan)
        with pytest.raises(refusals.MeasureNotForPlan):
            services.plan_items_set(plan_id=plan.pk, measure_ids=[one.pk], actor=coordinator)
        assert left(plan) == before


def test_a_measure_taken_back_meanwhile_stops_the_adoption(coordinator, strategist):
    measure = factories.approved(coordinator, strategist)
    plan = factories.plan(coordinator, [measure])
    services.measure_withdraw(measure_id=measure.pk, reason="Dyrt", actor=strategist)
    with pytest.raises(refusals.MeasureNotForPlan):
        services.plan_adopt(plan_id=plan.pk, decision=factories.decision(), actor=strategist)


@pytest.mark.parametrize("file_format", ["pdf", "docx", "xlsx", "json"])
def test_an_adopted_plan_is_the_same_file_every_time(adopted, file_format):
    made = [make_file(documents.document_of(adopted), file_format).content for _ in range(2)]
    assert made[0] == made[1]


def test_the_document_says_from_what_it_was_made(adopted):
    provenance = documents.document_of(adopted).provenance
    assert provenance.data_version == adopted.content["data_version"]
    assert provenance.code_version
    assert provenance.made_at.isoformat(timespec="seconds")[:10] == adopted.content["at"][:10]


def test_the_next_version_begins_with_what_still_goes_on(adopted, coordinator, strategist):
    period = (date(2028, 1, 1), date(2029, 12, 31))
    plan = services.plan_new_version(plan_id=adopted.pk, period=period, actor=coordinator)
    assert (plan.version, plan.items.count()) == (2, 1)
    again = services.plan_new_version(plan_id=adopted.pk, period=period, actor=coordinator)
    assert again == plan
    services.plan_items_set(plan_id=plan.pk, measure_ids=[], actor=coordinator)
    assert [one.sign for one in selectors.compared_with_previous(plan)] == ["-"]


def test_a_follow_up_keeps_each_measures_state(adopted, coordinator):
    with pytest.raises(refusals.PlanIncomplete) as refusal:
        services.plan_follow_up(
            plan_id=adopted.pk, decision=Decision(None, None, ""), conclusion="", actor=coordinator
        )
    assert "slutsatsen" in str(refusal.value)
    row = services.plan_follow_up(
        plan_id=adopted.pk, decision=factories.decision(), conclusion="Parken lyser.",
        actor=coordinator,
    )  # fmt: skip
    assert row.content["measures"][0]["status_code"] == "approved"
    adopted.refresh_from_db()
    assert adopted.status == PlanStatus.FOLLOWED_UP


def test_a_plan_is_followed_up_once_for_each_period(coordinator, strategist, client):
    first, second = factories.today() - timedelta(days=1), factories.today()
    plan = factories.plan(coordinator, [factories.approved(coordinator, strategist)])
    begun = factories.decision(factories.today() - timedelta(days=9))
    adopted = services.plan_adopt(plan_id=plan.pk, decision=begun, actor=strategist)
    for on in (first, second):
        services.plan_follow_up(
            plan_id=adopted.pk, decision=factories.decision(on), conclusion=f"Läget {on}.",
            actor=coordinator,
        )  # fmt: skip
    rows = selectors.follow_ups_with_period(adopted)
    assert [(row.on, since) for row, since in rows] == [
        (second, first), (first, adopted.adopted_on),
    ]  # fmt: skip
    before = PlanFollowUp.objects.count(), AuditRecord.objects.count()
    for on in (first, second):
        with pytest.raises(refusals.DayWrong, match="redan uppföljd"):
            services.plan_follow_up(
                plan_id=adopted.pk, decision=factories.decision(on), conclusion="Igen.",
                actor=coordinator,
            )  # fmt: skip
    assert (PlanFollowUp.objects.count(), AuditRecord.objects.count()) == before
    client.force_login(coordinator)
    page = client.get(f"/atgardsplaner/{adopted.pk}/").content.decode()
    assert faults_of_page(page) == []
    assert page.index(f"Läget {second}.") < page.index("1 tidigare uppföljning")
    assert page.index("1 tidigare uppföljning") < page.index(f"Läget {first}.")
    assert "Följ upp planen igen" in page
    assert selectors.reading_of_plan(adopted, second).due_on == second + timedelta(days=730)


def test_the_clock_is_red_on_day_731_and_the_law_says_so(adopted):
    north = factories.district()
    on_time = adopted.adopted_on + timedelta(days=730)
    for day, clock in ((on_time, "amber"), (on_time + timedelta(days=1), "red")):
        row = next(one for one in selectors.plan_standing(day) if one.area_id == north.pk)
        assert row.reading.clock == clock
    five, six = proof.plan_proof(on_time + timedelta(days=1))
    assert (five.number, six.number) == ("5 §", "6 §")
    assert not five.holds, "the district has a plan, the city has none"
    assert "Norr" in six.missing[0]
    assert five.facts[0].plan == adopted


def test_a_portfolio_changes_hands_and_both_are_known(coordinator, strategist):
    admin = factories.person(Role.ADMINISTRATOR, name="admin")
    portfolio = services.portfolio_set(name="Trygghet", horizon="", actor=admin)
    town = factories.organisation("town", "municipality")
    told = {"portfolio_id": portfolio.pk, "organisation": town, "actor": admin}
    services.portfolio_holder_set(office="Rotel A", valid_from=date(2020, 1, 1), **told)
    measure = factories.approved(coordinator, strategist)
    with pytest.raises(refusals.ReasonMissing):
        services.portfolio_holder_set(office="Rotel B", valid_from=factories.today(), **told)
    with pytest.raises(refusals.DayWrong):
        services.portfolio_holder_set(
            office="Rotel B", valid_from=date(2019, 1, 1), reason="Val", **told
        )
    services.portfolio_holder_set(
        office="Rotel B", valid_from=factories.today(), reason="Ny majoritet", **told
    )
    answering = answering_for(measure, factories.today())
    assert (answering["then"].office, answering["now"].office) == ("Rotel A", "Rotel B")
    with pytest.raises(DatabaseError), transaction.atomic():
        PortfolioHolder.objects.update(office="Rotel C")
    with pytest.raises(NotAllowed):
        services.portfolio_set(name="Annat", horizon="", actor=coordinator)

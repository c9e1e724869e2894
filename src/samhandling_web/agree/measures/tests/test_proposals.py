"""From proposal to decision: each refusal names all that is missing and leaves all as it was."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction

from samhandling_web.agree.measures import refusals, services
from samhandling_web.agree.measures.models import Measure, MeasureStep
from samhandling_web.agree.measures.rules import NEEDED_FOR_APPROVAL, Status
from samhandling_web.agree.measures.selectors import measures as selectors
from samhandling_web.agree.measures.tests import factories
from samhandling_web.base.accounts.rules import Role
from samhandling_web.base.audit.models import AuditRecord
from samhandling_web.base.common.errors import NotAllowed
from samhandling_web.base.common.free_text import PersonInText
from samhandling_web.understand.places.models import Problem
from samhandling_web.understand.places.tests import town

pytestmark = pytest.mark.django_db


def left(measure):
    """What must be as it was after a refusal."""
    row = Measure.objects.filter(pk=measure.pk).values().get()
    return row, MeasureStep.objects.count(), AuditRecord.objects.count()


def test_a_proposal_may_be_one_line_and_follows_its_problems_district(coordinator):
    what = factories.problem()
    measure = services.measure_propose(
        title="Lampor", proposer=factories.organisation(), problem=what, actor=coordinator
    )
    assert measure.status == Status.PROPOSED
    assert measure.district == factories.district()
    assert measure.steps.count() == 1
    assert AuditRecord.objects.get(kind="agree.measure.proposed").target_id == str(measure.pk)


def test_approval_is_refused_with_all_that_is_missing_at_once(coordinator, strategist):
    measure = services.measure_propose(
        title="Lampor", proposer=factories.organisation(), actor=coordinator
    )
    before = left(measure)
    with pytest.raises(refusals.NotReadyForApproval) as refusal:
        services.measure_approve(measure_id=measure.pk, actor=strategist)
    for label in NEEDED_FOR_APPROVAL.values():
        assert str(label) in str(refusal.value)
    assert left(measure) == before


@pytest.mark.parametrize(
    ("need", "emptied"),
    [
        ("problem", {"problem": None, "cause": None}),
        ("cause", {"cause": None}),
        ("mechanism", {"mechanism": ""}),
        ("mechanism", {"mechanism_text": " "}),
        ("kind", {"kind": ""}),
        ("horizon", {"horizon": ""}),
        ("portfolio", {"portfolio": None}),
        ("owner", {"owner": None}),
        ("where", {"area": None}),
        ("cost", {"running_sek_per_year": None}),
        ("start_on", {"start_on": None}),
        ("end_on", {"end_on": None}),
        ("indicator", {"indicator": None}),
        ("indicator", {"indicator_name": ""}),
        ("evaluation_level", {"evaluation_level": None}),
        ("follow_up_on", {"follow_up_on": None}),
    ],
)
def test_each_missing_thing_alone_stops_a_decision(coordinator, strategist, need, emptied):
    measure = factories.proposed(coordinator, **emptied)
    missing = [str(label) for label in selectors.missing_for_approval(measure)]
    assert str(NEEDED_FOR_APPROVAL[need]) in missing
    before = left(measure)
    with pytest.raises(refusals.NotReadyForApproval):
        services.measure_approve(measure_id=measure.pk, actor=strategist)
    assert left(measure) == before
    if emptied.get("mechanism_text") != " ":
        assert not selectors.ready_for_approval(Measure.objects.all()).exists()


def test_the_database_itself_refuses_a_decided_measure_without_a_cause(coordinator):
    measure = factories.proposed(coordinator)
    with pytest.raises(DatabaseError), transaction.atomic():
        Measure.objects.filter(pk=measure.pk).update(status="approved", cause=None)


def test_a_decision_freezes_the_baseline_with_its_source(coordinator, strategist):
    measure = factories.approved(coordinator, strategist)
    assert measure.baseline["value"] == 40.0
    assert measure.baseline["source"] == "Parkskötselns liggare"
    with pytest.raises(DatabaseError), transaction.atomic():
        Measure.objects.filter(pk=measure.pk).update(baseline={})
    record = AuditRecord.objects.get(kind="agree.measure.approved")
    assert record.after["baseline"]["value"] == 40.0


def test_a_live_indicator_is_read_with_interval_and_data_version(coordinator, strategist):
    start = factories.today()
    days = [start - timedelta(days=number) for number in (400, 300, 200, 100)]
    town.observations(coordinator, days)
    query = {"kind": "observations", "severities": ["yellow"]}
    measure = factories.proposed(coordinator, indicator=query, start_on=start)
    services.measure_approve(measure_id=measure.pk, actor=strategist)
    measure.refresh_from_db()
    assert measure.baseline["count"] == 3
    assert measure.baseline["low"] < 3 < measure.baseline["high"]
    assert measure.baseline["data_version"]


def test_an_indicator_that_cannot_be_read_stops_the_decision_and_says_why(coordinator, strategist):
    measure = factories.proposed(coordinator, indicator={"kind": "observations"})
    before = left(measure)
    with pytest.raises(refusals.IndicatorUnreadable) as refusal:
        services.measure_approve(measure_id=measure.pk, actor=strategist)
    assert "Ingen har rapporterat något" in str(refusal.value)
    assert left(measure) == before


def test_who_proposed_does_not_decide(strategist):
    measure = factories.proposed(strategist)
    before = left(measure)
    with pytest.raises(refusals.SamePersonTwice):
        services.measure_approve(measure_id=measure.pk, actor=strategist)
    assert left(measure) == before


def test_a_coordinator_decides_in_the_own_district_only(coordinator):
    school = factories.person(Role.SCHOOL, name="school")
    services.measure_approve(measure_id=factories.proposed(school).pk, actor=coordinator)
    south = factories.district("S")
    elsewhere = factories.person(Role.SCHOOL, south.responsible, "south-school")
    measure = factories.proposed(elsewhere, where=south)
    with pytest.raises(NotAllowed):
        services.measure_approve(measure_id=measure.pk, actor=coordinator)


def test_a_decided_measure_is_not_edited(coordinator, strategist):
    measure = factories.approved(coordinator, strategist)
    before = left(measure)
    with pytest.raises(refusals.MeasureIsFixed):
        services.measure_edit(measure_id=measure.pk, changes={"title": "Annat"}, actor=coordinator)
    assert left(measure) == before


def test_a_cause_of_another_problem_is_refused(coordinator):
    measure = factories.proposed(coordinator)
    other = Problem.objects.create(
        title="Rån", what="Rån vid stationen", district=factories.district(),
        owner=factories.organisation(), severity="red", created_by=coordinator,
    )  # fmt: skip
    before = left(measure)
    with pytest.raises(refusals.NotOfTheProblem):
        services.measure_edit(
            measure_id=measure.pk, changes={"cause": factories.cause(other)}, actor=coordinator
        )
    assert left(measure) == before


def test_days_that_run_backwards_are_refused(coordinator):
    measure = factories.proposed(coordinator)
    changes = {"end_on": measure.start_on - timedelta(days=1)}
    with pytest.raises(refusals.DatesBackwards):
        services.measure_edit(measure_id=measure.pk, changes=changes, actor=coordinator)


@pytest.mark.parametrize("word", ["what", "source", "unit"])
def test_a_typed_indicator_holds_no_person(coordinator, word):
    measure = factories.proposed(coordinator)
    changes = {"indicator": factories.MANUAL | {word: "Anna Andersson slog"}}
    before = left(measure)
    with pytest.raises(PersonInText):
        services.measure_edit(measure_id=measure.pk, changes=changes, actor=coordinator)
    assert left(measure) == before


def test_what_has_not_begun_is_taken_back_with_a_reason(coordinator, strategist):
    measure = factories.approved(coordinator, strategist)
    with pytest.raises(refusals.ReasonMissing):
        services.measure_withdraw(measure_id=measure.pk, reason=" ", actor=strategist)
    services.measure_withdraw(measure_id=measure.pk, reason="Pengarna tog slut", actor=strategist)
    assert measure.steps.last().reason == "Pengarna tog slut"


def test_others_neither_propose_for_nor_write_for_an_organisation(coordinator):
    elsewhere = factories.person(Role.SCHOOL, factories.organisation("south"), "south")
    with pytest.raises(NotAllowed):
        services.measure_propose(title="Lampor", proposer=factories.organisation(), actor=elsewhere)
    measure = factories.proposed(coordinator)
    with pytest.raises(NotAllowed):
        services.measure_edit(measure_id=measure.pk, changes={"title": "x"}, actor=elsewhere)

"""Start, dose, end and follow-up: what is not counted cannot begin, what began is followed up."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import DatabaseError, transaction

from samhandling_web.agree.measures import refusals, services
from samhandling_web.agree.measures.indicators import TypedFigure
from samhandling_web.agree.measures.models import DoseRecord, FollowUp, Measure
from samhandling_web.agree.measures.rules import NEEDED_FOR_FOLLOW_UP, Status
from samhandling_web.agree.measures.selectors.measures import doses_of
from samhandling_web.agree.measures.tests import factories
from samhandling_web.agree.measures.tests.test_proposals import left
from samhandling_web.base.accounts.rules import Role
from samhandling_web.base.audit.models import AuditRecord
from samhandling_web.base.common.errors import NotAllowed
from samhandling_web.understand.places.tests import town

pytestmark = pytest.mark.django_db
AFTER = TypedFigure.from_json(factories.MANUAL | {"value": 25.0, "day": "2026-06-30"})


@pytest.fixture
def school():
    return factories.person(Role.SCHOOL, name="school")


def test_nothing_begins_before_it_is_decided_what_is_counted(school, coordinator):
    measure = factories.approved(school, coordinator)
    before = left(measure)
    with pytest.raises(refusals.NoDosePlanned):
        services.measure_start(measure_id=measure.pk, on=factories.today(), actor=school)
    assert left(measure) == before
    services.dose_plan_set(measure_id=measure.pk, amounts={"lampor": Decimal(12)}, actor=school)
    services.measure_start(measure_id=measure.pk, on=factories.today(), actor=school)
    assert Measure.objects.get(pk=measure.pk).status == Status.STARTED


def test_what_is_counted_is_not_changed_after_the_start(school, coordinator):
    measure = factories.started(school, coordinator)
    with pytest.raises(refusals.DoseFixed):
        services.dose_plan_set(measure_id=measure.pk, amounts={"kr": Decimal(1)}, actor=school)


def test_a_plan_of_nothing_is_refused(school, coordinator):
    measure = factories.approved(school, coordinator)
    with pytest.raises(refusals.DoseWrong):
        services.dose_plan_set(measure_id=measure.pk, amounts={"kr": Decimal(0)}, actor=school)


def test_a_mistake_is_taken_back_by_a_row_and_never_below_nothing(school, coordinator):
    measure = factories.started(school, coordinator)
    plan = measure.dose_plans.get()
    told = {"plan_id": plan.pk, "on": factories.today(), "actor": school}
    services.dose_record(amount=Decimal(30), **told)
    services.dose_record(amount=Decimal(-26), note="fel rad", **told)
    assert [(dose.done, dose.percent) for dose in doses_of(measure)] == [(Decimal(4), 33)]
    before = left(measure)
    with pytest.raises(refusals.DoseWrong) as refusal:
        services.dose_record(amount=Decimal(-5), **told)
    assert "4" in str(refusal.value)
    with pytest.raises(refusals.DoseWrong):
        services.dose_record(amount=Decimal(0), **told)
    assert left(measure) == before
    with pytest.raises(DatabaseError), transaction.atomic():
        DoseRecord.objects.update(amount=1)


@pytest.mark.parametrize("shift", [-30, 1])
def test_a_dose_is_of_a_day_when_the_measure_went_on(school, coordinator, shift):
    plan = factories.started(school, coordinator).dose_plans.get()
    on = factories.today() + timedelta(days=shift)
    with pytest.raises(refusals.DayWrong):
        services.dose_record(plan_id=plan.pk, on=on, amount=Decimal(1), actor=school)


def test_nothing_is_counted_before_the_start_or_after_the_follow_up(school, coordinator):
    measure = factories.approved(school, coordinator)
    services.dose_plan_set(measure_id=measure.pk, amounts={"lampor": Decimal(12)}, actor=school)
    told = {"plan_id": measure.dose_plans.get().pk, "on": factories.today(), "actor": school}
    with pytest.raises(refusals.DoseWrong):
        services.dose_record(amount=Decimal(1), **told)


def test_a_stop_needs_a_reason(school, coordinator):
    measure = factories.started(school, coordinator)
    end = {"measure_id": measure.pk, "outcome": Status.STOPPED, "on": factories.today()}
    before = left(measure)
    with pytest.raises(refusals.ReasonMissing):
        services.measure_end(actor=school, **end)
    assert left(measure) == before
    services.measure_end(actor=school, reason="Marken såldes", **end)
    assert measure.steps.last().status == Status.STOPPED


def test_a_follow_up_names_all_that_is_not_said(school, coordinator):
    measure = factories.ended(school, coordinator)
    before = left(measure)
    with pytest.raises(refusals.FollowUpIncomplete) as refusal:
        services.measure_follow_up(
            measure_id=measure.pk, on=factories.today(), told={}, actor=school
        )
    for label in NEEDED_FOR_FOLLOW_UP.values():
        assert str(label) in str(refusal.value)
    assert left(measure) == before


def test_a_follow_up_keeps_dose_change_and_what_may_be_said(school, coordinator):
    measure = factories.ended(school, coordinator)
    follow_up = services.measure_follow_up(
        measure_id=measure.pk, on=factories.today(), told=factories.TOLD, typed=AFTER,
        actor=school,
    )  # fmt: skip
    assert follow_up.dose == [{"unit": "lampor", "planned": 12.0, "done": 12.0, "percent": 100}]
    assert follow_up.outcome["change"]["value"] == -15.0
    assert "kan bero på annat" in follow_up.outcome["reservations"][0]
    assert not Measure.objects.filter(follows=measure).exists()
    assert AuditRecord.objects.filter(kind="agree.measure.followed_up").count() == 1
    with pytest.raises(DatabaseError), transaction.atomic():
        FollowUp.objects.update(result="annat")


@pytest.mark.parametrize("verdict", ["continue", "change"])
def test_to_go_on_opens_a_proposal_that_points_back(school, coordinator, verdict):
    measure = factories.ended(school, coordinator)
    services.measure_follow_up(
        measure_id=measure.pk, on=factories.today(), typed=AFTER, actor=school,
        told=factories.TOLD | {"verdict": verdict},
    )  # fmt: skip
    follower = Measure.objects.get(follows=measure)
    assert follower.status == Status.PROPOSED
    assert (follower.cause, follower.baseline) == (measure.cause, None)


def test_a_live_indicator_is_compared_as_rates(school, coordinator):
    today = factories.today()
    before = [today - timedelta(days=number) for number in range(30, 330, 10)]
    town.observations(school, [today - timedelta(days=500), *before])
    query = {"kind": "observations"}
    measure = factories.ended(school, coordinator, indicator=query)
    follow_up = services.measure_follow_up(
        measure_id=measure.pk, on=today, told=factories.TOLD, actor=school
    )
    assert follow_up.outcome["before"]["count"] == 30
    assert follow_up.outcome["after"]["count"] == 0
    assert follow_up.outcome["change"]["kind"] == "ratio"
    assert any("årstiden" in words for words in follow_up.outcome["reservations"])


def test_only_those_who_carry_it_out_take_its_steps(school, coordinator):
    elsewhere = factories.person(Role.SCHOOL, factories.organisation("south"), "south")
    measure = factories.approved(school, coordinator)
    with pytest.raises(NotAllowed):
        services.dose_plan_set(
            measure_id=measure.pk, amounts={"lampor": Decimal(1)}, actor=elsewhere
        )
    with pytest.raises(NotAllowed):
        services.measure_start(measure_id=measure.pk, on=factories.today(), actor=elsewhere)

"""Random sequences of steps: no forbidden state, a refusal changes nothing, history grows."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from samhandling_web.agree.measures import services
from samhandling_web.agree.measures.indicators import TypedFigure
from samhandling_web.agree.measures.models import (
    ActionPlan,
    DoseRecord,
    FollowUp,
    Measure,
    MeasureStep,
    PlanFollowUp,
)
from samhandling_web.agree.measures.rules import (
    PLAN_TRANSITIONS,
    TRANSITIONS,
    PlanStatus,
    Status,
)
from samhandling_web.agree.measures.tests import factories
from samhandling_web.base.accounts.rules import Role
from samhandling_web.base.audit.models import AuditRecord
from samhandling_web.base.common.errors import DomainError

pytestmark = pytest.mark.django_db
AFTER = TypedFigure.from_json(factories.MANUAL | {"value": 25.0})
WHO = ("writer", "decider")
COUNTED = (MeasureStep, DoseRecord, FollowUp, PlanFollowUp, AuditRecord)
ACTS = (
    *("edit", "empty", "approve", "withdraw", "dose_plan", "start", "dose", "take_back"),
    *("done", "stop", "stop_silently", "follow_up", "go_on"),
)
steps = st.lists(st.tuples(st.sampled_from(ACTS), st.sampled_from(WHO)), max_size=14)
plan_steps = st.lists(
    st.tuples(
        st.sampled_from(["edit", "items", "none", "adopt", "follow_up", "next", "withdraw"]),
        st.sampled_from(WHO),
    ),
    max_size=10,
)
few = settings(
    max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)


@pytest.fixture
def people():
    factories.district()
    town = factories.organisation("town", "municipality")
    return {
        "writer": factories.person(Role.SCHOOL, name="writer"),
        "decider": factories.person(Role.CITY_STRATEGIST, town, "decider"),
    }


def measure_step(name, pk, actor):
    today = factories.today()
    told = {"measure_id": pk, "actor": actor}
    follow = {"on": today, "typed": AFTER, "told": factories.TOLD}
    on_with = factories.TOLD | {"verdict": "continue"}
    plan = Measure.objects.get(pk=pk).dose_plans.first()
    dose = {"plan_id": plan.pk if plan else 0, "on": today, "actor": actor}
    doing = {
        "edit": lambda: services.measure_edit(changes={"title": "Fler lampor"}, **told),
        "empty": lambda: services.measure_edit(changes={"cause": None}, **told),
        "approve": lambda: services.measure_approve(**told),
        "withdraw": lambda: services.measure_withdraw(reason="Dyrt", **told),
        "dose_plan": lambda: services.dose_plan_set(amounts={"lampor": Decimal(3)}, **told),
        "start": lambda: services.measure_start(on=today, **told),
        "dose": lambda: plan and services.dose_record(amount=Decimal(1), **dose),
        "take_back": lambda: plan and services.dose_record(amount=Decimal(-1), **dose),
        "done": lambda: services.measure_end(outcome=Status.DONE, on=today, **told),
        "stop": lambda: services.measure_end(
            outcome=Status.STOPPED, on=today, reason="Såldes", **told
        ),
        "stop_silently": lambda: services.measure_end(outcome=Status.STOPPED, on=today, **told),
        "follow_up": lambda: services.measure_follow_up(**told, **follow),
        "go_on": lambda: services.measure_follow_up(**told, **(follow | {"told": on_with})),
    }
    return doing[name]


def plan_step(name, pk, actor, measure):
    told = {"plan_id": pk, "actor": actor}
    today = factories.today()
    period = (today, today + timedelta(days=700))
    doing = {
        "edit": lambda: services.plan_edit(changes={"introduction": "Parken."}, **told),
        "items": lambda: services.plan_items_set(measure_ids=[measure.pk], **told),
        "none": lambda: services.plan_items_set(measure_ids=[], **told),
        "adopt": lambda: services.plan_adopt(decision=factories.decision(), **told),
        "follow_up": lambda: services.plan_follow_up(
            decision=factories.decision(), conclusion="Bra.", **told
        ),
        "next": lambda: services.plan_new_version(period=period, **told),
        "withdraw": lambda: services.measure_withdraw(
            measure_id=measure.pk, reason="Dyrt", actor=actor
        ),
    }
    return doing[name]


def counts():
    return [model.objects.count() for model in COUNTED]


def rows(model):
    return list(model.objects.order_by("pk").values())


@few
@given(sequence=steps)
def test_no_sequence_takes_a_measure_where_the_table_does_not_lead(people, sequence):
    with transaction.atomic():
        measure = factories.proposed(people["writer"])
        for name, who in sequence:
            status, kept, had = status_of(measure), rows(Measure), counts()
            history = list(measure.steps.values())
            try:
                measure_step(name, measure.pk, people[who])()
            except DomainError:
                assert rows(Measure) == kept
                assert counts() == had
            now = status_of(measure)
            assert now == status or now in TRANSITIONS[status]
            assert all(after >= before for before, after in zip(had, counts(), strict=True))
            assert list(measure.steps.values())[: len(history)] == history
            assert measure.steps.last().status == now
        if status_of(measure) == Status.FOLLOWED_UP:
            assert FollowUp.objects.filter(measure=measure).count() == 1
        transaction.set_rollback(True)


@few
@given(sequence=plan_steps)
def test_no_sequence_takes_a_plan_where_the_table_does_not_lead(people, sequence):
    with transaction.atomic():
        measure = factories.approved(people["writer"], people["decider"])
        analyst = factories.person(Role.ANALYST, name="analyst")
        plan = factories.plan(analyst, [measure])
        actors = {"writer": analyst, "decider": people["decider"]}
        for name, who in sequence:
            before, kept, had = plan_status_of(plan), rows(ActionPlan), counts()
            held = list(plan.items.values())
            content = ActionPlan.objects.get(pk=plan.pk).content
            try:
                plan_step(name, plan.pk, actors[who], measure)()
            except DomainError:
                assert rows(ActionPlan) == kept
                assert list(plan.items.values()) == held
                assert counts() == had
            now = plan_status_of(plan)
            assert now == before or now in PLAN_TRANSITIONS[before]
            if content is not None:
                assert ActionPlan.objects.get(pk=plan.pk).content == content
        transaction.set_rollback(True)


def status_of(measure):
    return Status(Measure.objects.values_list("status", flat=True).get(pk=measure.pk))


def plan_status_of(plan):
    return PlanStatus(ActionPlan.objects.values_list("status", flat=True).get(pk=plan.pk))

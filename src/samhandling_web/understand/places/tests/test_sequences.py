"""Random sequences through the services: no forbidden state, no trace of a refusal."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from samhandling_web.base.accounts.rules import Role
from samhandling_web.base.audit.models import AuditRecord
from samhandling_web.base.common.errors import DomainError
from samhandling_web.understand.places import services
from samhandling_web.understand.places.models import Candidate, Place, Problem, ProblemStep
from samhandling_web.understand.places.rules import (
    CANDIDATE_TRANSITIONS,
    PROBLEM_TRANSITIONS,
    CandidateStatus,
    ProblemStatus,
)
from samhandling_web.understand.places.tests import town

pytestmark = pytest.mark.django_db
sequences = settings(
    max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)
problem_acts = st.lists(
    st.tuples(
        st.sampled_from([*ProblemStatus, "cause", "evidence", "clear"]),
        st.sampled_from(["", "Därför."]),
        st.sampled_from(["strategist", "guard"]),
    ),
    max_size=12,
)
candidate_acts = st.lists(
    st.sampled_from(["accept", "dismiss", "dismiss without reason", "search", "more", "guard"]),
    max_size=8,
)


def undone(example: Callable[[], None]) -> None:
    """Run an example, and take back all that it did."""
    with transaction.atomic():
        example()
        transaction.set_rollback(True)


def attempted(act: Callable[[], Any], state: Callable[[], Any]) -> bool:
    """Do the act; a refusal must leave everything as it was."""
    before = state()
    try:
        act()
    except DomainError:
        assert state() == before
        return False
    return True


@sequences
@given(problem_acts)
def test_a_problem_goes_only_where_its_table_leads(acts):
    undone(lambda: follow_problem(acts))


def follow_problem(acts: list[tuple[str, str, str]]) -> None:
    people = {
        "strategist": town.person(Role.CITY_STRATEGIST, name="s"),
        "guard": town.person(Role.GUARD, name="g"),
    }
    square = town.place()
    problem = services.problem_create(
        details=town.problem_details(square), actor=people["strategist"]
    )

    def state() -> Any:
        row = Problem.objects.values().get(pk=problem.pk)
        counts = (ProblemStep.objects.count(), AuditRecord.objects.count())
        return row, counts, list(problem.causes.values_list("pk", "whys", "evidence"))

    steps = [ProblemStatus.IDENTIFIED]
    for name, reason, who in acts:
        actor = people[who]
        done = attempted(lambda n=name, r=reason, a=actor: act_on(problem, n, r, a), state)
        problem.refresh_from_db()
        if done and name in set(ProblemStatus):
            assert ProblemStatus(name) in PROBLEM_TRANSITIONS[steps[-1]]
            assert reason or name == ProblemStatus.ANALYSED
            steps.append(ProblemStatus(name))
        assert not (done and who == "guard")
        if problem.status == ProblemStatus.ANALYSED:
            whole = [cause.whys.count() >= 3 and cause.evidence.exists()
                     for cause in problem.causes.all()]  # fmt: skip
            assert whole
            assert all(whole)
        assert list(problem.steps.values_list("status", flat=True)) == steps
        assert problem.status == steps[-1]


def act_on(problem: Problem, name: str, reason: str, actor: Any) -> None:
    if name == "cause":
        services.cause_add(problem_id=problem.pk, details=town.cause_details(), actor=actor)
    elif name == "evidence":
        cause = problem.causes.last()
        if cause is not None:
            query = town.LiveQuery(town.QueryKind.EVENTS)
            services.evidence_add(cause_id=cause.pk, query=query, actor=actor)
        else:
            services.evidence_add(cause_id=0, actor=actor)
    elif name == "clear":
        cause = problem.causes.last()
        services.cause_remove(cause_id=cause.pk if cause else 0, actor=actor)
    else:
        services.problem_step(
            problem_id=problem.pk, target=ProblemStatus(name), reason=reason, actor=actor
        )


@sequences
@given(candidate_acts)
def test_a_candidate_goes_only_where_its_table_leads(acts):
    undone(lambda: follow_candidate(acts))


def follow_candidate(acts: list[str]) -> None:
    strategist = town.person(Role.CITY_STRATEGIST, name="s")
    guard, reporter = town.person(Role.GUARD, name="g"), town.person(Role.REPORTER, name="r")
    today = timezone.localdate()
    town.observations(reporter, [today - timedelta(days=at) for at in range(4)])
    services.candidates_find(actor=None, today=today)
    key = Candidate.objects.get().key

    def state() -> Any:
        rows = list(Candidate.objects.order_by("pk").values())
        return rows, Place.objects.count(), AuditRecord.objects.count()

    status = CandidateStatus.PROPOSED
    for name in acts:
        pk = Candidate.objects.get(key=key).pk
        if name == "more":
            town.observations(reporter, [today] * 3)
        elif name == "search":
            services.candidates_find(actor=None, today=today)
        else:
            attempted(lambda n=name, k=pk: decide(n, k, strategist, guard), state)
        now = Candidate.objects.get(key=key)
        assert now.status == status or CandidateStatus(now.status) in CANDIDATE_TRANSITIONS[status]
        assert name != "guard" or now.status == status
        assert (now.status != "dismissed") or now.reason
        assert (now.status != "accepted") or now.place is not None
        status = CandidateStatus(now.status)


def decide(name: str, pk: int, strategist: Any, guard: Any) -> None:
    if name == "accept":
        services.candidate_accept(candidate_id=pk, details=town.details(), actor=strategist)
        return
    reason = "" if name == "dismiss without reason" else "Byggarbetsplats."
    actor = guard if name == "guard" else strategist
    services.candidate_dismiss(candidate_id=pk, reason=reason, actor=actor)

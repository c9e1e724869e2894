"""Why a problem is here: causes, whys asked of whys, and what they rest on."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import ProtectedError

from samhandling_web.base.accounts.models import User
from samhandling_web.base.audit import services as audit
from samhandling_web.understand.places import rules, selectors
from samhandling_web.understand.places.models import Cause, CauseEvidence, Problem, Why
from samhandling_web.understand.places.queries import LiveQuery
from samhandling_web.understand.places.rules import (
    PROBLEM_STATUSES,
    EvidenceKind,
    NotHere,
    ProblemStatus,
    TriangleSide,
)
from samhandling_web.understand.places.services.problems import problem_locked


@dataclass(frozen=True, slots=True)
class CauseDetails:
    """A cause as a person states it; empty whys are left out."""

    statement: str
    side: TriangleSide
    controller: str
    whys: tuple[str, ...]


@transaction.atomic
def cause_add(*, problem_id: int, details: CauseDetails, actor: User) -> Cause:
    """Add a cause with the whys there are so far.

    Raises
    ------
    NotAllowed, AnalysisClosed
        If the person does not write there, or the problem is analysed already.
    """
    problem = _problem_in_analysis(problem_id, actor)
    cause = Cause.objects.create(
        problem=problem,
        statement=details.statement,
        side=details.side,
        controller=details.controller,
    )
    _whys_write(cause, details.whys)
    _record(actor, "cause_added", problem, cause)
    return cause


@transaction.atomic
def cause_edit(*, cause_id: int, details: CauseDetails, actor: User) -> Cause:
    """Change a cause and its whys."""
    cause = _cause_in_analysis(cause_id, actor)
    cause.statement, cause.side = details.statement, details.side
    cause.controller = details.controller
    cause.save()
    _whys_write(cause, details.whys)
    _record(actor, "cause_edited", cause.problem, cause)
    return cause


@transaction.atomic
def cause_remove(*, cause_id: int, actor: User) -> Problem:
    """Remove a cause that was wrong; what it said stands in the log.

    Raises
    ------
    NotAllowed, AnalysisClosed, CauseInUse
        As `cause_add`, or if something that was decided rests on it.
    """
    cause = _cause_in_analysis(cause_id, actor)
    problem = cause.problem
    _record(actor, "cause_removed", problem, cause)
    try:
        cause.delete()
    except ProtectedError as exc:
        raise rules.CauseInUse from exc
    return problem


@transaction.atomic
def evidence_add(
    *,
    cause_id: int,
    query: LiveQuery | None = None,
    finding_id: int | None = None,
    note: str = "",
    actor: User,
) -> CauseEvidence:
    """Let a cause rest on a live question or a finding.

    Raises
    ------
    NotAllowed, AnalysisClosed, EvidenceUnclear, QueryInvalid, NotHere
        If the person does not write there, the problem is analysed, it is neither or both, the
        question cannot be asked, or the finding is none of the problem's places.
    """
    cause = _cause_in_analysis(cause_id, actor)
    if (query is None) == (finding_id is None):
        raise rules.EvidenceUnclear
    if query is not None:
        # What is stored is read back through the same checks as when it is asked.
        stored = LiveQuery.from_json(query.as_json()).as_json()
        evidence = CauseEvidence(cause=cause, kind=str(query.kind), query=stored, note=note)
    else:
        findings = selectors.findings_for(cause.problem, actor)
        finding = next((one for one in findings if one.pk == finding_id), None)
        if finding is None:
            raise NotHere
        evidence = CauseEvidence(cause=cause, kind=EvidenceKind.FINDING, finding=finding, note=note)
    evidence.save()
    audit.record(
        actor=actor,
        kind="understand.problem.evidence_added",
        target=cause.problem,
        after={"cause": cause.pk, "query": evidence.query, "finding": evidence.finding_id},
    )
    return evidence


@transaction.atomic
def evidence_remove(*, evidence_id: int, actor: User) -> Problem:
    """Remove what a cause no longer rests on."""
    evidence = CauseEvidence.objects.select_related("cause").filter(pk=evidence_id).first()
    if evidence is None:
        raise NotHere
    problem = _problem_in_analysis(evidence.cause.problem_id, actor)
    audit.record(
        actor=actor,
        kind="understand.problem.evidence_removed",
        target=problem,
        before={
            "cause": evidence.cause_id,
            "query": evidence.query,
            "finding": evidence.finding_id,
        },
    )
    evidence.delete()
    return problem


def _problem_in_analysis(problem_id: int, actor: User) -> Problem:
    problem = problem_locked(problem_id, actor)
    if problem.status != ProblemStatus.IDENTIFIED:
        raise rules.AnalysisClosed(current=PROBLEM_STATUSES[ProblemStatus(problem.status)])
    return problem


def _cause_in_analysis(cause_id: int, actor: User) -> Cause:
    cause = Cause.objects.select_for_update().filter(pk=cause_id).first()
    if cause is None:
        raise NotHere
    cause.problem = _problem_in_analysis(cause.problem_id, actor)
    return cause


def _whys_write(cause: Cause, whys: Sequence[str]) -> None:
    answers = [answer.strip() for answer in whys if answer.strip()]
    cause.whys.all().delete()
    Why.objects.bulk_create(
        Why(cause=cause, number=number, answer=answer) for number, answer in enumerate(answers, 1)
    )


def _record(actor: User, act: str, problem: Problem, cause: Cause) -> None:
    whys = list(cause.whys.order_by("number").values_list("answer", flat=True))
    audit.record(
        actor=actor,
        kind=f"understand.problem.{act}",
        target=problem,
        after={
            "cause": cause.pk,
            "statement": cause.statement,
            "side": str(cause.side),
            "controller": cause.controller,
            "whys": whys,
        },
    )

"""Setting joint priorities and tying problems to them."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from samhandling_web.agree.partnership import permissions, rules
from samhandling_web.agree.partnership.models import Agreement, Priority
from samhandling_web.agree.partnership.rules import AgreementStatus
from samhandling_web.base.accounts.models import User
from samhandling_web.base.audit import services as audit
from samhandling_web.base.common.free_text import check_no_person
from samhandling_web.understand.places.models import Problem
from samhandling_web.understand.places.queries import LiveQuery

EDITABLE = ("title", "description", "indicator_name", "indicator", "valid_from", "valid_to")
IN_FORCE = (AgreementStatus.DRAFT, AgreementStatus.SIGNED)


@transaction.atomic
def priority_set(*, agreement_id: int, actor: User, **values: Any) -> Priority:
    """Put something first under an agreement, with the question that its change is seen by.

    Raises
    ------
    NotAllowed, AgreementIsFixed, RunsBackwards, QueryInvalid, PersonInText
        If the actor sets no priorities there, the agreement is over, or what is said cannot be.
    """
    agreement = Agreement.objects.select_for_update().get(pk=agreement_id)
    permissions.check_may_set_priorities(actor, agreement.owner)
    if agreement.status not in IN_FORCE:
        raise rules.AgreementIsFixed(
            current=rules.AGREEMENT_STATUSES[AgreementStatus(agreement.status)]
        )
    priority = Priority(agreement=agreement, **values)
    _check_content(priority)
    priority.save(force_insert=True)
    audit.record(
        actor=actor,
        kind="partnership.priority.set",
        target=priority,
        after={"indicator": priority.indicator},
    )
    return priority


@transaction.atomic
def priority_edit(*, priority_id: int, changes: Mapping[str, Any], actor: User) -> Priority:
    """Change what a priority says or how its change is seen; the log keeps what it was."""
    priority = _locked(priority_id, actor)
    before = {name: getattr(priority, name) for name in EDITABLE if name in changes}
    changed = {name: changes[name] for name, value in before.items() if value != changes[name]}
    for name, value in changed.items():
        setattr(priority, name, value)
    _check_content(priority)
    if changed:
        priority.save(update_fields=list(changed))
        audit.record(
            actor=actor,
            kind="partnership.priority.edited",
            target=priority,
            before={name: before[name] for name in changed},
            after=changed,
        )
    return priority


@transaction.atomic
def problem_link(*, priority_id: int, problem: Problem, actor: User) -> Priority:
    """Say that a problem is what the priority is about."""
    priority = _locked(priority_id, actor)
    priority.problems.add(problem)
    return _linked(priority, "partnership.priority.problem_linked", problem, actor)


@transaction.atomic
def problem_unlink(*, priority_id: int, problem_id: int, actor: User) -> Priority:
    """Take a problem off a priority."""
    priority = _locked(priority_id, actor)
    problem = priority.problems.get(pk=problem_id)
    priority.problems.remove(problem)
    return _linked(priority, "partnership.priority.problem_unlinked", problem, actor)


def _linked(priority: Priority, kind: str, problem: Problem, actor: User) -> Priority:
    audit.record(actor=actor, kind=kind, target=priority, after={"problem": problem.pk})
    return priority


def _locked(priority_id: int, actor: User) -> Priority:
    found = Priority.objects.select_related("agreement__owner").select_for_update(of=("self",))
    priority = found.get(pk=priority_id)
    permissions.check_may_set_priorities(actor, priority.agreement.owner)
    return priority


def _check_content(priority: Priority) -> None:
    LiveQuery.from_json(priority.indicator)
    rules.check_forwards(priority.valid_from, priority.valid_to)
    for name in ("title", "description", "indicator_name"):
        check_no_person(getattr(priority, name), Priority._meta.get_field(name).verbose_name)  # type: ignore[union-attr]

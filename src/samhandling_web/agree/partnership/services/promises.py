"""Drafting, giving and judging citizen promises."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone

from samhandling_web.agree.partnership import permissions, refusals, rules
from samhandling_web.agree.partnership.models import CitizenPromise
from samhandling_web.agree.partnership.rules import PROMISE_STATUSES, PromiseStatus
from samhandling_web.base.accounts.models import Organisation, User
from samhandling_web.base.audit import services as audit
from samhandling_web.base.common.free_text import check_no_person

EDITABLE = (
    "agreement",
    "district",
    "owner",
    "statement",
    "measured_by",
    "promised_from",
    "promised_to",
)


@transaction.atomic
def promise_draft(*, owner: Organisation, actor: User, **values: Any) -> CitizenPromise:
    """Begin a promise. Nobody outside sees it until it is given."""
    permissions.check_may_write(actor, owner)
    promise = CitizenPromise(owner=owner, created_by=actor, **values)
    _check_content(promise)
    promise.save(force_insert=True)
    audit.record(actor=actor, kind="partnership.promise.drafted", target=promise)
    return promise


@transaction.atomic
def promise_edit(*, promise_id: int, changes: Mapping[str, Any], actor: User) -> CitizenPromise:
    """Change a draft.

    Raises
    ------
    NotAllowed, PromiseIsFixed, RunsBackwards, PersonInText
        If the actor does not write for its owner, it is given already, or what it would say
        cannot be.
    """
    promise = _locked(promise_id, actor)
    if promise.status != PromiseStatus.DRAFT:
        raise refusals.PromiseIsFixed(current=PROMISE_STATUSES[PromiseStatus(promise.status)])
    before = {name: getattr(promise, name) for name in EDITABLE if name in changes}
    changed = {name: changes[name] for name, value in before.items() if value != changes[name]}
    if "owner" in changed:
        permissions.check_may_write(actor, changed["owner"])
    for name, value in changed.items():
        setattr(promise, name, value)
    _check_content(promise)
    if changed:
        promise.save(update_fields=list(changed))
        audit.record(
            actor=actor,
            kind="partnership.promise.edited",
            target=promise,
            before={name: _plain(before[name]) for name in changed},
            after={name: _plain(value) for name, value in changed.items()},
        )
    return promise


@transaction.atomic
def promise_give(*, promise_id: int, actor: User) -> CitizenPromise:
    """Give the promise: from now on everybody can read it and nobody can rewrite it.

    Raises
    ------
    NotAllowed, PromiseTransitionNotAllowed, PromiseIncomplete
        If the actor does not write for its owner, it is no draft, or it cannot be checked.
    """
    promise = _locked(promise_id, actor)
    rules.check_promise_transition(PromiseStatus(promise.status), PromiseStatus.PROMISED)
    missing = rules.missing_in_promise(
        statement=promise.statement,
        measured_by=promise.measured_by,
        days=(promise.promised_from, promise.promised_to),
    )
    if missing:
        raise refusals.PromiseIncomplete(missing="; ".join(str(label) for label in missing))
    promise.status = PromiseStatus.PROMISED
    promise.save(update_fields=["status"])
    audit.record(
        actor=actor,
        kind="partnership.promise.given",
        target=promise,
        after={"statement": promise.statement, "measured_by": promise.measured_by},
    )
    return promise


@transaction.atomic
def promise_judge(
    *, promise_id: int, verdict: PromiseStatus, evidence: str, actor: User
) -> CitizenPromise:
    """Say whether the promise was kept, and what shows it.

    Raises
    ------
    NotAllowed, PromiseTransitionNotAllowed, EvidenceMissing, PersonInText
        If the actor does not write for its owner, it is not given or judged already, or nothing
        shows how it went.
    """
    promise = _locked(promise_id, actor)
    rules.check_promise_transition(PromiseStatus(promise.status), verdict)
    if not evidence.strip():
        raise rules.EvidenceMissing
    check_no_person(evidence, CitizenPromise._meta.get_field("evidence").verbose_name)
    promise.status, promise.evidence = verdict, evidence.strip()
    promise.decided_on = timezone.localdate()
    promise.save(update_fields=["status", "evidence", "decided_on"])
    audit.record(
        actor=actor,
        kind="partnership.promise.judged",
        target=promise,
        after={"status": verdict, "evidence": promise.evidence},
    )
    return promise


def _locked(promise_id: int, actor: User) -> CitizenPromise:
    found = CitizenPromise.objects.select_related("owner").select_for_update(of=("self",))
    promise = found.get(pk=promise_id)
    permissions.check_may_write(actor, promise.owner)
    return promise


def _check_content(promise: CitizenPromise) -> None:
    rules.check_forwards(promise.promised_from, promise.promised_to)
    for name in ("statement", "measured_by"):
        check_no_person(
            getattr(promise, name),
            CitizenPromise._meta.get_field(name).verbose_name,  # type: ignore[union-attr]
        )


def _plain(value: Any) -> Any:
    return value.pk if hasattr(value, "pk") else value

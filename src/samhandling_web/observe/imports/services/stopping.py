"""Stopping a batch that is on its way, and taking back one that counts."""

from django.db import transaction
from django.utils import timezone

from samhandling_web.base.accounts.models import User
from samhandling_web.base.audit import services as audit
from samhandling_web.base.jobs import services as jobs
from samhandling_web.observe.imports import permissions, rules, selectors
from samhandling_web.observe.imports.models import Batch, RejectedRow
from samhandling_web.observe.imports.receivers import receiver_of, tell_watchers
from samhandling_web.observe.imports.rules import RowState, State


def batch_cancel(*, batch_id: int, actor: User) -> Batch:
    """Stop a batch: through its job while one is at work, otherwise at once."""
    permissions.check_may_import(actor)
    batch = Batch.objects.select_related("job").get(pk=batch_id)
    if batch.job is not None and batch.job.state == "running":
        rules.check_transition(State(batch.state), State.CANCELLED)
        jobs.job_cancel(job_id=batch.job.pk, actor=actor)
        return batch
    return _cancel_now(batch_id, actor)


def _cancel_now(batch_id: int, actor: User) -> Batch:
    with transaction.atomic():
        batch = Batch.objects.select_for_update().get(pk=batch_id)
        rules.check_transition(State(batch.state), State.CANCELLED)
        if batch.job is not None and not batch.job.is_over:
            jobs.job_cancel(job_id=batch.job.pk, actor=actor)
        batch.state = State.CANCELLED
        batch.save(update_fields=["state"])
        audit.record(actor=actor, kind="imports.batch.cancelled", target=batch)
    receiver_of(batch.kind).discard(batch)
    return batch


@transaction.atomic
def batch_undo(*, batch_id: int, actor: User | None, reason: str = "") -> Batch:
    """Let a batch count no more: what it changed is again as it was before.

    Raises
    ------
    NotAllowed, BatchTransitionNotAllowed, UndoNewestFirst
        If the actor may not, the batch does not count, or a newer one left out what the two
        have in common.
    """
    permissions.check_may_import(actor)
    batch = Batch.objects.select_for_update().get(pk=batch_id)
    rules.check_transition(State(batch.state), State.UNDONE)
    newer = selectors.builds_on(batch)
    if newer is not None:
        raise rules.UndoNewestFirst(newer=newer.pk)

    batch.state, batch.undone_at = State.UNDONE, timezone.now()
    batch.save(update_fields=["state", "undone_at"])
    receiver_of(batch.kind).on_undone(batch)
    tell_watchers(batch)
    RejectedRow.objects.filter(corrected_batch=batch, state=RowState.CORRECTED).update(
        state=RowState.OPEN, corrected_batch=None
    )
    audit.record(actor=actor, kind="imports.batch.undone", target=batch, reason=reason)
    return batch

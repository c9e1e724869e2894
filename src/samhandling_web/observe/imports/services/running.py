"""Reading a batch from its kept file into the database, so that any stop leaves it whole.

Every chunk is stored in one transaction together with how far the file has been read. After a
kill at any moment the same work begins again, reads the file from its start, passes over what is
stored and goes on. Nothing counts until the last transaction lets everything count at once.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from samhandling_web.base.audit import services as audit
from samhandling_web.base.common.errors import DomainError
from samhandling_web.base.common.text import _
from samhandling_web.base.jobs.registry import Progress
from samhandling_web.base.jobs.rules import JobCancelled
from samhandling_web.observe.imports import filing, reading, rules, selectors
from samhandling_web.observe.imports.models import Batch, RejectedRow
from samhandling_web.observe.imports.privacy import IDENTITY_NUMBER
from samhandling_web.observe.imports.reading import ReadSoFar
from samhandling_web.observe.imports.receivers import (
    Refusal,
    Stored,
    receiver_of,
    tell_watchers,
)
from samhandling_web.observe.imports.rules import RowState, State

# More refused rows than this are counted but not kept one by one.
MOST_KEPT_ROWS = 20_000
PROGRESS = _("{rows} rader lästa")
COUNTS = (
    "chunks_read",
    "rows_read",
    "rows_accepted",
    "rows_rejected",
    "rows_new",
    "rows_changed",
    "rows_unchanged",
)


class _ChunksMoved(Exception):
    """The file no longer falls into the chunks it did when the batch was begun."""


def batch_run(*, batch_id: int, progress: Progress | None = None) -> Batch:
    """Read the batch and let it count. Safe to call again after any crash.

    Raises
    ------
    DomainError
        If the file cannot be read or taken; the batch has then failed and left nothing behind.
    JobCancelled
        If somebody asked for it; the batch is then cancelled and has left nothing behind.
    """
    batch = _begin(batch_id)
    if batch.state in {State.APPLIED, State.UNDONE}:
        return batch
    try:
        if batch.state == State.READING:
            _read(batch, progress)
        return _apply(batch)
    except JobCancelled:
        _stop(batch, State.CANCELLED, "")
        raise
    except DomainError as error:
        _stop(batch, State.FAILED, str(error))
        raise
    except Exception as error:
        _stop(batch, State.FAILED, f"{type(error).__name__}: {error}")
        raise


def _begin(batch_id: int) -> Batch:
    """Return the batch in the state it is to be read in; a stopped one begins anew."""
    batch = Batch.objects.get(pk=batch_id)
    if batch.state in {State.FAILED, State.CANCELLED}:
        receiver_of(batch.kind).discard(batch)
    try:
        with transaction.atomic():
            return _begun(batch_id)
    except IntegrityError as error:
        raise rules.AnotherBatchUnderWay from error


def _begun(batch_id: int) -> Batch:
    batch = Batch.objects.select_for_update().get(pk=batch_id)
    if batch.state in {State.READING, State.READ, State.APPLIED, State.UNDONE}:
        return batch
    rules.check_transition(State(batch.state), State.READING)
    _check_newest(batch)
    receiver_of(batch.kind)
    batch.rejected.all().delete()
    for name in COUNTS:
        setattr(batch, name, 0)
    batch.state, batch.notices, batch.error = State.READING, [], ""
    batch.save()
    return batch


def _check_newest(batch: Batch) -> None:
    newer = selectors.newer_applied(batch)
    if newer is not None:
        raise rules.NewerBatchApplied(newer=newer.pk)


def _read(batch: Batch, progress: Progress | None) -> None:
    try:
        _read_from_cursor(batch, progress)
    except _ChunksMoved:
        _begin_anew(batch)
        _read_from_cursor(batch, progress)


def _read_from_cursor(batch: Batch, progress: Progress | None) -> None:
    stored = batch.chunks_read
    for number, read in enumerate(reading.batch_chunks(batch)):
        if number < stored:
            continue
        if read.rows_before != batch.rows_read:
            raise _ChunksMoved
        _store(batch, read)
        if progress is not None:
            position = min(read.position, batch.size_bytes)
            progress.report(position, batch.size_bytes, PROGRESS.format(rows=batch.rows_read))
    _end_reading(batch)


@transaction.atomic
def _end_reading(batch: Batch) -> None:
    _check_under_way(batch)
    batch.state = State.READ
    batch.save(update_fields=["state"])


def _check_under_way(batch: Batch) -> None:
    """Lock the batch; BatchTransitionNotAllowed when it was ended while it was being read."""
    states = Batch.objects.select_for_update().values_list("state", flat=True)
    rules.check_transition(State(states.get(pk=batch.pk)), State.READ)


@transaction.atomic
def _store(batch: Batch, read: ReadSoFar) -> None:
    """Store one chunk, what was refused of it, and how far the file has been read."""
    _check_under_way(batch)
    chunk = read.chunk
    stored = Stored()
    if chunk.table.num_rows:
        stored = receiver_of(batch.kind).store_chunk(batch, chunk.table)
    refused = (*chunk.rejected, *stored.refused)
    _keep_refused(batch, refused)
    batch.chunks_read += 1
    batch.rows_read += chunk.rows_read
    batch.rows_rejected += len(refused)
    batch.rows_accepted += chunk.rows_read - len(refused)
    batch.rows_new += stored.new
    batch.rows_changed += stored.changed
    batch.rows_unchanged += stored.unchanged
    for notice in chunk.notices:
        batch.notices = noticed(batch.notices, notice.code, notice.parameters)
    batch.save(update_fields=[*COUNTS, "notices"])


def _keep_refused(batch: Batch, refused: Sequence[Refusal]) -> None:
    room = max(0, MOST_KEPT_ROWS - batch.rows_rejected)
    RejectedRow.objects.bulk_create(
        [
            RejectedRow(
                batch=batch,
                row_number=row.row,
                reason=row.code,
                parameters=row.parameters,
                raw=row.raw,
                state=RowState.DISMISSED if row.settled else RowState.OPEN,
                dismissed_reason=row.settled,
            )
            for row in refused[:room]
        ],
        batch_size=500,
    )


def noticed(
    notices: Sequence[Mapping[str, Any]], code: str, parameters: Mapping[str, Any]
) -> list[dict[str, Any]]:
    """Return `notices` with one more: counts of the same kind are added, the first row kept."""
    kept = [dict(notice) for notice in notices]
    rest = {name: value for name, value in parameters.items() if name not in {"count", "row"}}
    for notice in kept:
        if notice["code"] == code and (
            "count" in notice["parameters"] or _without_row(notice["parameters"]) == rest
        ):
            if "count" in notice["parameters"]:
                notice["parameters"]["count"] += parameters.get("count", 0)
            return kept
    return [*kept, {"code": code, "parameters": dict(parameters)}]


def _without_row(parameters: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in parameters.items() if name != "row"}


def _begin_anew(batch: Batch) -> None:
    receiver_of(batch.kind).discard(batch)
    with transaction.atomic():
        batch.rejected.all().delete()
        for name in COUNTS:
            setattr(batch, name, 0)
        batch.notices = []
        batch.save(update_fields=[*COUNTS, "notices"])


@transaction.atomic
def _apply(batch: Batch) -> Batch:
    """Let everything in the batch count, at once."""
    locked = Batch.objects.select_for_update().get(pk=batch.pk)
    rules.check_transition(State(locked.state), State.APPLIED)
    _check_newest(locked)
    locked.state, locked.applied_at = State.APPLIED, timezone.now()
    locked.save(update_fields=["state", "applied_at"])
    receiver_of(locked.kind).on_applied(locked, lambda: reading.batch_tables(locked))
    tell_watchers(locked)
    after = {name: getattr(locked, name) for name in COUNTS if name != "chunks_read"}
    audit.record(actor=locked.started_by, kind="imports.batch.applied", target=locked, after=after)
    if any(notice["code"] == IDENTITY_NUMBER for notice in locked.notices):
        _let_go_of_file(locked)
    return locked


def _let_go_of_file(batch: Batch) -> None:
    """Keep no file with people's identity numbers; its checksum remains."""
    path = batch.stored_path
    Batch.objects.filter(stored_path=path).exclude(
        state__in=[State.RECEIVED, *rules.UNDER_WAY]
    ).update(stored_path="")
    batch.stored_path = ""
    if not Batch.objects.filter(stored_path=path).exists():
        transaction.on_commit(lambda: filing.remove_filed(path))
    audit.record(actor=None, kind="imports.file.removed", target=batch)


def _stop(batch: Batch, state: State, error: str) -> None:
    """End a batch that will not count and remove what it stored.

    One that somebody else has ended is theirs: it may count, and is left as it is.
    """
    with transaction.atomic():
        locked = Batch.objects.select_for_update().get(pk=batch.pk)
        if locked.state not in rules.UNDER_WAY:
            return
        rules.check_transition(State(locked.state), state)
        locked.state, locked.error = state, error
        locked.save(update_fields=["state", "error"])
        audit.record(
            actor=locked.started_by, kind=f"imports.batch.{state}", target=locked, reason=error
        )
    receiver_of(locked.kind).discard(locked)

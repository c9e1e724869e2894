"""Taking in a file and handing it to a worker."""

from collections.abc import Mapping as ReadOnlyMapping
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import timezone

from samhandling_web.base.accounts.models import User
from samhandling_web.base.audit import services as audit
from samhandling_web.base.jobs import services as jobs
from samhandling_web.observe.imports import filing, permissions, reading, rules, selectors
from samhandling_web.observe.imports.models import Batch, Mapping
from samhandling_web.observe.imports.rules import State

# A file that is in one of these states need not be taken in again.
AT_HAND = frozenset({State.RECEIVED, State.READING, State.READ, State.APPLIED})
JOB_KIND = "imports.batch"


def batch_receive(
    *,
    source: str,
    path: Path,
    actor: User | None,
    options: ReadOnlyMapping[str, Any] | None = None,
    mapping: Mapping | None = None,
    file_name: str = "",
    corrects: Batch | None = None,
) -> Batch:
    """Keep a copy of the file and return its batch, not yet read.

    A file that has been taken in before, from the same source with the same options, and still
    counts or is on its way, gives the batch it already has: there is nothing new in it.

    Raises
    ------
    NotAllowed, UnknownSource, UnknownOption, BadOption, EmptyFile
        If the actor may not import, or what is told of the file makes no sense.
    """
    permissions.check_may_import(actor)
    described = reading.source_of(source)
    rows_of = reading.row_source(described, mapping)
    told = dict(options or {})
    if mapping is not None:
        told = {"mapping": mapping.content, **told}
    told = reading.checked_options(told)
    name = filing.plain_file_name(file_name or path.name)
    with path.open("rb") as stream:
        kept = filing.file_away(stream, name)
    batch = Batch(
        reader=described.slug,
        source=rows_of,
        kind=reading.row_kind(described, told),
        file_name=name,
        file_sha256=kept.sha256,
        stored_path=kept.stored_path,
        size_bytes=kept.size_bytes,
        options=told,
        fingerprint=reading.fingerprint(rows_of, kept.sha256, told),
        mapping=mapping,
        corrects=corrects,
        started_by=actor,
        received_at=timezone.now(),
    )
    return _stored_once(batch, actor)


@transaction.atomic
def _stored_once(batch: Batch, actor: User | None) -> Batch:
    twin = Batch.objects.filter(fingerprint=batch.fingerprint, state__in=AT_HAND).last()
    if twin is not None and not _is_overtaken(twin):
        return twin
    batch.save()
    after = {"source": batch.source, "sha256": batch.file_sha256, "options": batch.options}
    audit.record(actor=actor, kind="imports.batch.received", target=batch, after=after)
    return batch


def _is_overtaken(batch: Batch) -> bool:
    """Whether the batch never was read and no longer can be: a newer one counts already."""
    return batch.state == State.RECEIVED and selectors.newer_applied(batch) is not None


@transaction.atomic
def batch_start(*, batch_id: int, actor: User | None) -> Batch:
    """Hand a received batch, or one that failed or was stopped, to a worker."""
    permissions.check_may_import(actor)
    batch = Batch.objects.select_for_update().get(pk=batch_id)
    rules.check_transition(State(batch.state), State.READING)
    if batch.job is None or batch.job.is_over:
        batch.job = jobs.job_enqueue(
            kind=JOB_KIND,
            label=batch.file_name,
            parameters={"batch_id": batch.pk},
            actor=actor,
        )
        batch.save(update_fields=["job"])
        audit.record(actor=actor, kind="imports.batch.started", target=batch)
    return batch

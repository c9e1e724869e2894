"""Mending a refused row, or leaving it be for a stated reason."""

import csv
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.db import transaction

from samhandling.sources.codes import Reason
from samhandling_web.base.accounts.models import User
from samhandling_web.base.audit import services as audit
from samhandling_web.observe.imports import permissions, reading, rules
from samhandling_web.observe.imports.models import Batch, RejectedRow
from samhandling_web.observe.imports.reason_texts import reason_text
from samhandling_web.observe.imports.rules import RowState
from samhandling_web.observe.imports.services.receiving import batch_receive
from samhandling_web.observe.imports.services.running import batch_run
from samhandling_web.observe.imports.services.stopping import batch_undo
from samhandling_web.observe.imports.services.trying import batch_dry_run

TABLE_ENDINGS = (".csv", ".csv.gz")


def is_correctable(row: RejectedRow) -> bool:
    """Whether the row's own fields are kept and its source reads separated tables.

    They are kept of what the reader refused. Rows that were read and then refused, for an
    identity number, say, are kept as typed values, which are not the columns of the file.
    """
    if row.reason not in frozenset(Reason):
        return False
    endings = reading.source_of(row.batch.reader).file_endings
    return bool(row.raw) and bool(set(endings) & set(TABLE_ENDINGS))


def rejected_row_correct(*, row_id: int, fields: Mapping[str, str], actor: User) -> Batch:
    """Read the row again with `fields` as its content, as a batch of its own that counts at once.

    Raises
    ------
    NotAllowed, RowTransitionNotAllowed, NotCorrectable, StillRejected
        If the actor may not, the row is dealt with, it has no single lines, or is still refused.
    """
    permissions.check_may_import(actor)
    row = RejectedRow.objects.select_related("batch", "batch__mapping").get(pk=row_id)
    rules.check_row_transition(RowState(row.state), RowState.CORRECTED)
    if not is_correctable(row):
        raise rules.NotCorrectable(file_name=row.batch.file_name)
    options = _table_options(row.batch.options)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"rad-{row.row_number}.csv"
        _write_row(path, fields)
        _check_readable(row, path, options, actor)
        batch = batch_receive(
            source=row.batch.reader,
            path=path,
            options=options,
            actor=actor,
            mapping=row.batch.mapping,
            corrects=row.batch,
        )
    batch = batch_run(batch_id=batch.pk)
    return _mark_corrected(row_id, batch, actor)


def _check_readable(row: RejectedRow, path: Path, options: dict[str, Any], actor: User) -> None:
    tried = batch_dry_run(source=row.batch.reader, path=path, options=options, actor=actor)
    if tried.rejected:
        reason = reason_text(tried.rejected[0].code, tried.rejected[0].parameters)
        raise rules.StillRejected(reason=reason)
    if not tried.rows_accepted:
        raise rules.StillRejected(reason=reason_text("missing_value", {"field": "–"}))


def _mark_corrected(row_id: int, batch: Batch, actor: User) -> Batch:
    if batch.rows_rejected:
        refused = batch.rejected.first()
        batch_undo(batch_id=batch.pk, actor=actor, reason="still refused")
        reason = reason_text(refused.reason, refused.parameters) if refused else ""
        raise rules.StillRejected(reason=reason)
    with transaction.atomic():
        row = RejectedRow.objects.select_for_update().get(pk=row_id)
        rules.check_row_transition(RowState(row.state), RowState.CORRECTED)
        row.state, row.corrected_batch = RowState.CORRECTED, batch
        row.save(update_fields=["state", "corrected_batch"])
        after = {"batch": batch.pk}
        audit.record(actor=actor, kind="imports.row.corrected", target=row, after=after)
    return batch


def _write_row(path: Path, fields: Mapping[str, str]) -> None:
    with path.open("w", encoding="utf-8", newline="") as table:
        writer = csv.writer(table)
        writer.writerow(fields.keys())
        writer.writerow(fields.values())


def _table_options(options: Mapping[str, Any]) -> dict[str, Any]:
    """Return the options of a batch for a comma-separated table with the header first."""
    told = dict(options)
    if "mapping" in told:
        plain = {"header_row": 1, "separator": ",", "encoding": "utf-8", "sheet": ""}
        told["mapping"] = {**told["mapping"], **plain}
    return told


@transaction.atomic
def rejected_row_dismiss(*, row_id: int, reason: str, actor: User) -> RejectedRow:
    """Leave a refused row out for good, and say why."""
    permissions.check_may_import(actor)
    row = RejectedRow.objects.select_for_update().get(pk=row_id)
    rules.check_row_transition(RowState(row.state), RowState.DISMISSED)
    if not reason.strip():
        raise rules.ReasonNeeded
    row.state, row.dismissed_reason = RowState.DISMISSED, reason.strip()[:500]
    row.save(update_fields=["state", "dismissed_reason"])
    audit.record(actor=actor, kind="imports.row.dismissed", target=row, reason=reason)
    return row

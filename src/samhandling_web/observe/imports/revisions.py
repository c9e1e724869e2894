"""Append-only revisions of keyed rows, written in bulk and compared by content.

A room's table of revisions has a `batch`, a `source`, a key and a `content_hash`. The current
revision of a key is that of the newest applied batch of its source; a row that says the same as
the current revision is not stored again.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

import pyarrow as pa
from django.db import connection, models

from samhandling_web.observe.imports.models import Batch
from samhandling_web.observe.imports.receivers import Refusal, Stored

DISCARD_ROWS = 20_000


@dataclass(frozen=True, slots=True)
class Candidate:
    """A row that asks to be stored: its key, its place in the file, its values in order."""

    key: str
    row_number: int
    values: tuple[Any, ...]
    label: str = ""


@dataclass(frozen=True, slots=True)
class RevisionTable:
    """A model of revisions: its key column and the content columns that are compared."""

    model: type[models.Model]
    key: str
    content: tuple[str, ...]

    @property
    def table(self) -> str:
        return self.model._meta.db_table

    @property
    def columns(self) -> tuple[str, ...]:
        return ("batch_id", "source", self.key, "content_hash", "row_number", *self.content)


@dataclass(slots=True)
class _Sorted:
    rows: list[tuple[Any, ...]] = field(default_factory=list)
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    refused: list[Refusal] = field(default_factory=list)


def revisions_store(
    revisions: RevisionTable, batch: Batch, candidates: Sequence[Candidate]
) -> Stored:
    """Store what is new or changed of `candidates`, in the caller's transaction.

    A key that stands twice in one file counts once when both say the same; otherwise the later
    row is refused, since nobody can know which is right.
    """
    stored = _hashes(revisions, batch, [candidate.key for candidate in candidates])
    earlier: dict[str, str] = {key: kept for key, (kept, own) in stored.items() if not own}
    here: dict[str, str] = {key: kept for key, (kept, own) in stored.items() if own}
    result = _Sorted()
    for candidate in candidates:
        _sort_in(candidate, batch, earlier, here, result)
    _insert(revisions.table, revisions.columns, result.rows)
    return Stored(result.new, result.changed, result.unchanged, tuple(result.refused))


def _sort_in(
    candidate: Candidate, batch: Batch, earlier: dict[str, str], here: dict[str, str], to: _Sorted
) -> None:
    content_hash = content_hash_of(candidate.values)
    if (twin := here.get(candidate.key)) is not None:
        if twin == content_hash:
            to.unchanged += 1
        else:
            to.refused.append(_repeated(candidate))
        return
    here[candidate.key] = content_hash
    before = earlier.get(candidate.key)
    if before == content_hash:
        to.unchanged += 1
        return
    if before is None:
        to.new += 1
    else:
        to.changed += 1
    tagged = (batch.pk, batch.source, candidate.key, content_hash, candidate.row_number)
    to.rows.append((*tagged, *candidate.values))


def _repeated(candidate: Candidate) -> Refusal:
    label = candidate.label or candidate.key
    return Refusal(candidate.row_number, "repeated_key", {"value": label}, {"key": label})


def content_hash_of(values: tuple[Any, ...]) -> str:
    """Return 32 hex digits that differ when any value differs."""
    return hashlib.blake2b(repr(values).encode(), digest_size=16).hexdigest()


def key_of(*parts: object) -> str:
    """Return 32 hex digits that stand for a key of several parts."""
    text = "\x1f".join(str(part) for part in parts)
    return hashlib.blake2b(text.encode(), digest_size=16).hexdigest()


def _hashes(
    revisions: RevisionTable, batch: Batch, keys: Sequence[str]
) -> dict[str, tuple[str, bool]]:
    """Return each stored key's newest content hash, and whether it is this batch's own."""
    listed = "(SELECT value FROM json_each(%s))" if connection.vendor == "sqlite" else "ANY(%s)"
    operator = "IN" if connection.vendor == "sqlite" else "="
    statement = f"""
        SELECT r.{revisions.key}, r.content_hash, r.batch_id FROM {revisions.table} r
        WHERE r.source = %s AND r.{revisions.key} {operator} {listed}
          AND (r.batch_id = %s OR EXISTS (
              SELECT 1 FROM imports_batch b WHERE b.id = r.batch_id AND b.state = 'applied'))
        ORDER BY r.batch_id
    """  # noqa: S608
    wanted = json.dumps(keys) if connection.vendor == "sqlite" else list(keys)
    with connection.cursor() as cursor:
        cursor.execute(statement, [batch.source, wanted, batch.pk])
        return {key: (kept, owner == batch.pk) for key, kept, owner in cursor.fetchall()}


def _insert(table: str, columns: Sequence[str], rows: Sequence[tuple[Any, ...]]) -> None:
    """Write rows the quickest way each engine has."""
    if not rows:
        return
    names = ", ".join(connection.ops.quote_name(column) for column in columns)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
        else:
            places = ", ".join(["%s"] * len(columns))
            cursor.executemany(
                f"INSERT INTO {table} ({names}) VALUES ({places})",  # noqa: S608
                rows,
            )


def revisions_discard(revisions: RevisionTable, batch: Batch) -> None:
    """Delete a batch's revisions, some thousands at a time so that others can write between."""
    manager = revisions.model.objects  # type: ignore[attr-defined]
    own = manager.filter(batch=batch).order_by("pk").values_list("pk", flat=True)
    while keys := list(own[:DISCARD_ROWS]):
        # In order, so that the span holds these rows and no others of the batch.
        manager.filter(batch=batch, pk__lte=keys[-1]).delete()


def stored_times(column: pa.ChunkedArray) -> list[str | None]:
    """Write times the way the ORM does on every engine: UTC, no zone where none is stored."""
    naive: Iterable[datetime | None] = column.cast(pa.timestamp("us")).to_pylist()
    zone = "" if connection.vendor == "sqlite" else "+00:00"
    return [None if value is None else f"{value}{zone}" for value in naive]


def listed(table: pa.Table, names: Iterable[str]) -> Iterator[list[Any]]:
    """Yield the named columns as lists."""
    for name in names:
        yield table.column(name).to_pylist()


def stored_day(value: Any) -> Any:
    """Write a day the way both engines store it; return anything else as it is."""
    return value.isoformat() if isinstance(value, date) else value


def revisions_counted(revisions: RevisionTable) -> None:
    """Let PostgreSQL count the table anew: it plans by what it believes of the table's size.

    It would in time by itself, but a page that is asked for at once would look up row by row.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"ANALYZE {connection.ops.quote_name(revisions.table)}")

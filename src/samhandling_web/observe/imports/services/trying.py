"""Reading a file without storing anything, to see what would come of it."""

from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any

from django.utils import timezone

from samhandling_web.base.accounts.models import User
from samhandling_web.observe.imports import filing, permissions, reading
from samhandling_web.observe.imports.models import Batch
from samhandling_web.observe.imports.reading import ReadSoFar
from samhandling_web.observe.imports.receivers import Refusal
from samhandling_web.observe.imports.services.running import noticed

ROWS_SHOWN = 20
# A page's preview reads about this far; the whole file is read when it is imported.
PREVIEW_ROWS = 20_000


@dataclass(slots=True)
class DryRun:
    """What reading gave: counts, the first rows and the first refused ones."""

    source: str
    file_name: str
    rows_read: int = 0
    rows_accepted: int = 0
    rows_rejected: int = 0
    is_whole: bool = True
    first_rows: list[dict[str, Any]] = field(default_factory=list)
    rejected: list[Refusal] = field(default_factory=list)
    reasons: dict[str, int] = field(default_factory=dict)
    notices: list[dict[str, Any]] = field(default_factory=list)


def batch_dry_run(
    *,
    source: str,
    path: Path,
    actor: User | None,
    options: Mapping[str, Any] | None = None,
    file_name: str = "",
    most_rows: int | None = None,
) -> DryRun:
    """Read a file as an import would, to its end or past `most_rows`, and store nothing."""
    permissions.check_may_import(actor)
    described = reading.source_of(source)
    told = reading.checked_options(options or {})
    name = filing.plain_file_name(file_name or path.name)
    with path.open("rb") as stream:
        found = reading.chunks(described, stream, name, told, timezone.now())
        with closing(found):
            return _gathered(DryRun(source, name), found, most_rows)


def batch_preview(*, batch: Batch, actor: User) -> DryRun:
    """Read the beginning of a received batch's kept file and store nothing."""
    permissions.check_may_import(actor)
    with closing(reading.batch_chunks(batch)) as found:
        return _gathered(DryRun(batch.source, batch.file_name), found, PREVIEW_ROWS)


def _gathered(result: DryRun, found: Iterator[ReadSoFar], most_rows: int | None) -> DryRun:
    for read in found:
        _add(result, read)
        if most_rows is not None and result.rows_read >= most_rows:
            result.is_whole = False
            break
    return result


def _add(result: DryRun, read: ReadSoFar) -> None:
    chunk = read.chunk
    result.rows_read += chunk.rows_read
    result.rows_rejected += len(chunk.rejected)
    result.rows_accepted += chunk.table.num_rows
    room = ROWS_SHOWN - len(result.first_rows)
    result.first_rows += chunk.table.slice(0, max(0, room)).to_pylist()
    result.rejected += islice(chunk.rejected, max(0, ROWS_SHOWN - len(result.rejected)))
    for row in chunk.rejected:
        result.reasons[row.code] = result.reasons.get(row.code, 0) + 1
    for notice in chunk.notices:
        result.notices = noticed(result.notices, notice.code, notice.parameters)

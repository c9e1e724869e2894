"""Takes the rows of sources of statistics."""

from collections.abc import Iterator

import pyarrow as pa

from samhandling_web.observe.imports.lengths import limits_of, within_limits
from samhandling_web.observe.imports.models import Batch
from samhandling_web.observe.imports.reading import source_of
from samhandling_web.observe.imports.receivers import Stored, Tables
from samhandling_web.observe.imports.revisions import (
    Candidate,
    RevisionTable,
    key_of,
    listed,
    revisions_counted,
    revisions_discard,
    revisions_store,
    stored_day,
)
from samhandling_web.observe.statistics.models import FigureRevision, Indicator

KEY = ("indicator", "area_level", "area_code", "period_start", "period_end", "breakdown")
SAID = ("area_name", "value", "value_text", "unit", "suppressed", "preliminary")
REVISIONS = RevisionTable(FigureRevision, "key", (*KEY, *SAID))
LIMITS = limits_of(FigureRevision, indicator_label=300)


class FigureReceiver:
    """Stores figures as revisions; which of them count follows from their batch's state."""

    def store_chunk(self, batch: Batch, table: pa.Table) -> Stored:
        table, too_long = within_limits(table, LIMITS)
        _add_indicators(batch, table)
        stored = revisions_store(REVISIONS, batch, list(_candidates(table)))
        return stored.and_refused(too_long)

    def on_applied(self, batch: Batch, tables: Tables) -> None:  # noqa: ARG002
        """The state of the batch says it all."""
        revisions_counted(REVISIONS)

    def on_undone(self, batch: Batch) -> None:
        """The state of the batch says it all."""

    def discard(self, batch: Batch) -> None:
        revisions_discard(REVISIONS, batch)


def _candidates(table: pa.Table) -> Iterator[Candidate]:
    numbers = table.column("row").to_pylist()
    for number, *values in zip(numbers, *listed(table, (*KEY, *SAID)), strict=True):
        stored = tuple(stored_day(value) for value in values)
        # Some publishers give an area's name and no code.
        code, name = stored[KEY.index("area_code")], stored[len(KEY)]
        parts = (*stored[: len(KEY)], "" if code else name)
        yield Candidate(key_of(*parts), number, stored, " ".join(map(str, parts)))


def _add_indicators(batch: Batch, table: pa.Table) -> None:
    """Add the indicators that are new, as their source describes them."""
    source = source_of(batch.reader)
    rows = table.select(["indicator", "indicator_label", "unit"]).to_pylist()
    found = {row["indicator"]: row for row in rows}
    known = set(Indicator.objects.filter(slug__in=found).values_list("slug", flat=True))
    Indicator.objects.bulk_create(
        [
            Indicator(
                slug=slug,
                label=row["indicator_label"] or slug,
                unit=row["unit"] or "",
                source=batch.source,
                publisher=source.publisher,
                caveats=list(source.caveats),
            )
            for slug, row in sorted(found.items())
            if slug not in known
        ],
        ignore_conflicts=True,
    )

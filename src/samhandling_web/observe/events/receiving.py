"""Takes the rows of event sources."""

from collections.abc import Iterator
from itertools import repeat

import pyarrow as pa

from samhandling_web.observe.events.models import Category, EventRevision
from samhandling_web.observe.events.rules import POINT_PRECISIONS
from samhandling_web.observe.imports.lengths import limits_of, within_limits
from samhandling_web.observe.imports.models import Batch
from samhandling_web.observe.imports.receivers import Stored, Tables
from samhandling_web.observe.imports.revisions import (
    Candidate,
    RevisionTable,
    revisions_counted,
    revisions_discard,
    revisions_store,
    stored_times,
)

CONTENT = (
    "category",
    "category_label",
    "start",
    "end",
    "time_precision",
    "lon",
    "lat",
    "position_precision",
    "municipality_code",
    "area_level",
    "area_code",
    "count",
    "registered",
    "title",
    "text",
    "url",
    "extra",
)
TIMES = frozenset({"start", "end", "registered"})
REVISIONS = RevisionTable(EventRevision, "external_id", CONTENT)
LIMITS = limits_of(EventRevision)


class EventReceiver:
    """Stores events as revisions; which of them count follows from their batch's state."""

    def store_chunk(self, batch: Batch, table: pa.Table) -> Stored:
        table, too_long = within_limits(table, LIMITS)
        _add_categories(table)
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
    columns = {name: _column(table, name) for name in CONTENT}
    # A position that is not a point's (a municipality's midpoint, say) is not kept at all.
    precise = [kind in POINT_PRECISIONS for kind in columns["position_precision"]]
    for name in ("lon", "lat"):
        paired = zip(columns[name], precise, strict=True)
        columns[name] = [value if exact else None for value, exact in paired]
    keys = table.column("external_id").to_pylist()
    numbers = table.column("row").to_pylist()
    return map(Candidate, keys, numbers, zip(*columns.values(), strict=True), repeat("", len(keys)))


def _column(table: pa.Table, name: str) -> list[object]:
    column = table.column(name)
    return list(stored_times(column)) if name in TIMES else column.to_pylist()


def _add_categories(table: pa.Table) -> None:
    """Add the kinds of event that are new, under the name the source gives them."""
    pairs = table.select(["category", "category_label"]).group_by(
        ["category", "category_label"], use_threads=False
    )
    labels = {row["category"]: row["category_label"] for row in pairs.aggregate([]).to_pylist()}
    known = set(Category.objects.filter(slug__in=labels).values_list("slug", flat=True))
    Category.objects.bulk_create(
        [
            Category(slug=slug, label=label or slug)
            for slug, label in sorted(labels.items())
            if slug not in known
        ],
        ignore_conflicts=True,
    )

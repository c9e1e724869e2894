"""Takes areas: their versions are stored by the areas' own service when the batch is applied."""

import pyarrow as pa

from samhandling_web.base.areas import services as areas
from samhandling_web.base.areas.rules import UnknownImport
from samhandling_web.observe.imports.models import Batch
from samhandling_web.observe.imports.receivers import Stored, Tables


class AreaReceiver:
    """Boundaries belong together: nothing is stored before all of a file has been read."""

    def store_chunk(self, batch: Batch, table: pa.Table) -> Stored:  # noqa: ARG002
        return Stored(new=table.num_rows)

    def on_applied(self, batch: Batch, tables: Tables) -> None:
        """Import every level of the file and say what it changed."""
        found = list(tables())
        if not found:
            return
        rows = pa.concat_tables(found)
        changed = unchanged = 0
        for level in sorted(set(rows.column("level").to_pylist())):
            outcome = areas.area_versions_import(
                batch_key=batch_key(batch),
                level=level,
                rows=rows,
                source=f"{batch.source}: {batch.file_name}",
                valid_from=None,
                actor=batch.started_by,
            )
            changed += outcome.corrected
            unchanged += outcome.unchanged
        batch.rows_unchanged = min(unchanged, batch.rows_accepted)
        batch.rows_changed = min(changed, batch.rows_accepted - batch.rows_unchanged)
        batch.rows_new = batch.rows_accepted - batch.rows_changed - batch.rows_unchanged
        batch.save(update_fields=["rows_new", "rows_changed", "rows_unchanged"])

    def on_undone(self, batch: Batch) -> None:
        try:
            areas.area_versions_withdraw(batch_key(batch), actor=None)
        except UnknownImport:
            # It said what the areas already were, so there is nothing to take back.
            return

    def discard(self, batch: Batch) -> None:
        """Nothing is stored before the batch is applied."""


def batch_key(batch: Batch) -> str:
    """Return what the areas call the batch."""
    return f"import-{batch.pk}"

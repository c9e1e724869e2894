"""Takes areas: their versions are stored by the areas' own service when the batch is applied."""

from collections.abc import Iterator

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import shapely
from django.utils.translation import gettext as _
from numpy.typing import NDArray

from samhandling_web.base.areas import selectors as areas_selectors
from samhandling_web.base.areas import services as areas
from samhandling_web.base.areas.rules import UnknownImport
from samhandling_web.observe.imports.models import Batch
from samhandling_web.observe.imports.receivers import Refusal, Stored, Tables

MUNICIPALITY_LEVEL = "municipality"
AREA_ELSEWHERE = "area_elsewhere"
CODE_PREFIX = "code_prefix"


class AreaReceiver:
    """Boundaries belong together: nothing is stored before all of a file has been read."""

    def store_chunk(self, batch: Batch, table: pa.Table) -> Stored:
        elsewhere = tuple(_refusals(table, ~_wanted(batch, table)))
        return Stored(new=table.num_rows - len(elsewhere), refused=elsewhere)

    def on_applied(self, batch: Batch, tables: Tables) -> None:
        """Import every level of the file and say what it changed."""
        found = list(tables())
        if not found:
            return
        every = pa.concat_tables(found)
        rows = every.filter(pa.array(_wanted(batch, every)))
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
            if level == MUNICIPALITY_LEVEL:
                _remember_boundary(rows.filter(pc.equal(rows.column("level"), level)))
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


def _wanted(batch: Batch, table: pa.Table) -> NDArray[np.bool_]:
    """Tell which areas were asked for: those whose code begins as the importer said, or all.

    Boundaries are often published for a whole county or country. A code says exactly where an
    area belongs; a simplified border does not.
    """
    prefix = str(batch.options.get(CODE_PREFIX, ""))
    starts = pc.starts_with(table.column("code"), prefix)
    return np.asarray(starts.to_numpy(zero_copy_only=False), dtype=bool)


def _refusals(table: pa.Table, refused: NDArray[np.bool_]) -> Iterator[Refusal]:
    for row in table.select(["row", "code", "name"]).filter(pa.array(refused)).to_pylist():
        raw = {"code": row["code"], "name": row["name"]}
        yield Refusal(row["row"], AREA_ELSEWHERE, raw, raw, settled=_("Ligger i en annan kommun"))


def _remember_boundary(municipalities: pa.Table) -> None:
    """Take the installation's own boundary from the municipalities' borders."""
    here = areas_selectors.municipality()
    if here is None:
        return
    own = municipalities.filter(pc.equal(municipalities.column("code"), here.code))
    if own.num_rows:
        boundary = shapely.geometry.mapping(shapely.from_wkb(own.column("geometry")[0].as_py()))
        areas.municipality_set(
            code=here.code,
            name=here.name,
            is_invented=here.is_invented,
            actor=None,
            boundary=boundary,
        )

"""Takes the rows of survey sources."""

from collections.abc import Iterator
from typing import Any

import pyarrow as pa

from samhandling_web.observe.imports.lengths import limits_of, within_limits
from samhandling_web.observe.imports.models import Batch
from samhandling_web.observe.imports.receivers import Refusal, Stored, Tables
from samhandling_web.observe.imports.revisions import (
    Candidate,
    RevisionTable,
    key_of,
    revisions_counted,
    revisions_discard,
    revisions_store,
    stored_day,
)
from samhandling_web.observe.surveys.intervals import Result, interval_of
from samhandling_web.observe.surveys.models import SurveyResultRevision

# The wording and the answers that count are part of what a result is: another wording is
# another question, and never a later value of the same one.
KEY = ("survey", "wave", "item", "wording", "cut", "area_level", "area_code", "group")
SAID = (
    "fieldwork_start",
    "fieldwork_end",
    "area_name",
    "value_percent",
    "n",
    "n_basis",
    "response_rate_percent",
    "source_url",
)
INTERVAL = ("low", "high", "interval_origin", "design_effect")
# The area level of results for all who were asked.
WHOLE = "municipality"
REVISIONS = RevisionTable(SurveyResultRevision, "key", (*KEY, *SAID, *INTERVAL))
LIMITS = limits_of(SurveyResultRevision)


class SurveyReceiver:
    """Stores results as revisions; which of them count follows from their batch's state."""

    def store_chunk(self, batch: Batch, table: pa.Table) -> Stored:
        table, too_long = within_limits(table, LIMITS)
        rows = table.to_pylist()
        sound = [row for row in rows if 0 <= row["value_percent"] <= 100]
        refused = tuple(_refusal(row) for row in rows if not 0 <= row["value_percent"] <= 100)
        stored = revisions_store(REVISIONS, batch, list(_candidates(sound)))
        return Stored(
            stored.new, stored.changed, stored.unchanged, (*stored.refused, *refused, *too_long)
        )

    def on_applied(self, batch: Batch, tables: Tables) -> None:  # noqa: ARG002
        """The state of the batch says it all."""
        revisions_counted(REVISIONS)

    def on_undone(self, batch: Batch) -> None:
        """The state of the batch says it all."""

    def discard(self, batch: Batch) -> None:
        revisions_discard(REVISIONS, batch)


def _candidates(rows: list[dict[str, Any]]) -> Iterator[Candidate]:
    for row in rows:
        key = tuple(row[name] for name in KEY)
        said = tuple(stored_day(row[name]) for name in SAID)
        is_everybody = not row["group"] and row["area_level"] == WHOLE
        result = Result(row["value_percent"], row["n"], row["n_basis"], is_everybody)
        interval = interval_of(result, low=row["low"], high=row["high"])
        values = (*key, *said, *interval.as_stored())
        # Some publishers give an area's name and no code.
        named = (*key, "" if row["area_code"] else row["area_name"])
        yield Candidate(key_of(*named), row["row"], values, " ".join(map(str, named)))


def _refusal(row: dict[str, Any]) -> Refusal:
    raw = {name: "" if value is None else str(value) for name, value in row.items()}
    return Refusal(row["row"], "share_out_of_range", {"value": row["value_percent"]}, raw)

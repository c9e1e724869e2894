"""Keeps people's identity numbers out: rows that hold one are refused, and it is masked."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
from personnummer import personnummer

from samhandling.sources.protocol import Chunk, Rejection
from samhandling.sources.schema import Kind
from samhandling_web.observe.imports.receivers import Refusal
from samhandling_web.observe.imports.storable import storable, storable_table, storable_text

IDENTITY_NUMBER = "identity_number"
MASK = "••••••-••••"
# Six or eight digits of a date, perhaps a sign or a blank, and four digits more; never the
# decimals of a number.
CANDIDATE = re.compile(r"(?<!\d)(?<!\d[.,])(?:(?:18|19|20)\d{2}|\d{2})\d{4}[-+ ]?\d{4}(?!\d)")
PREFILTER = r"\d{6}[-+ ]?\d{4}"

TEXT_FIELDS: dict[str, tuple[str, ...]] = {
    Kind.EVENTS: ("title", "text", "category_label", "extra"),
    Kind.STATISTICS: ("indicator_label", "area_name", "value_text"),
    Kind.SURVEY: ("wording", "cut", "area_name", "group"),
    Kind.AREAS: (),
}


def holds_identity_number(text: str) -> bool:
    """Whether a valid Swedish identity or co-ordination number stands in `text`."""
    return any(_is_number(found.group()) for found in CANDIDATE.finditer(text))


def masked(text: str) -> str:
    """Return `text` with every identity number replaced by dots."""
    return CANDIDATE.sub(lambda found: MASK if _is_number(found[0]) else found[0], text)


def masked_row(raw: Mapping[str, object]) -> dict[str, str]:
    """Return a row as it was, without identity numbers."""
    return {storable_text(str(name)): masked(storable_text(str(v))) for name, v in raw.items()}


def masked_parameters(parameters: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a text is filled with, without identity numbers: it quotes the row."""
    kept = storable(parameters)
    return {name: masked(v) if isinstance(v, str) else v for name, v in kept.items()}


def _is_number(text: str) -> bool:
    return bool(personnummer.valid(text.replace(" ", "")))


@dataclass(frozen=True, slots=True)
class Remark:
    """Something that was noticed of a file: by its reader, or that it holds identity numbers."""

    code: str
    parameters: dict[str, Any]


@dataclass(frozen=True, slots=True)
class ScreenedChunk:
    """Some rows of a file, without identity numbers: those accepted and those refused."""

    table: pa.Table
    rejected: tuple[Refusal, ...]
    rows_read: int
    notices: tuple[Remark, ...]


def screened(chunk: Chunk, kind: str) -> ScreenedChunk:
    """Return the chunk with rows that hold an identity number refused instead of accepted.

    That any row holds one, refused for whatever reason, is a remark: the file must be let go.
    """
    refused = [_masked_refusal(row) for row in chunk.rejected]
    table = storable_table(chunk.table)
    suspects = _suspects(table, TEXT_FIELDS[kind])
    for place in sorted(suspects):
        row = table.slice(place, 1).to_pylist()[0]
        raw = {name: "" if value is None else str(value) for name, value in row.items()}
        refused.append(Refusal(row["row"], IDENTITY_NUMBER, {}, masked_row(raw)))
    if suspects:
        table = table.filter([at not in suspects for at in range(table.num_rows)])
    notices = [Remark(str(one.code), masked_parameters(one.parameters)) for one in chunk.notices]
    if holding := len(suspects) + sum(map(_holds_any, chunk.rejected)):
        notices.append(Remark(IDENTITY_NUMBER, {"count": holding}))
    return ScreenedChunk(table, tuple(refused), chunk.rows_read, tuple(notices))


def _masked_refusal(row: Rejection) -> Refusal:
    return Refusal(row.row, str(row.code), masked_parameters(row.parameters), masked_row(row.raw))


def _holds_any(row: Rejection) -> bool:
    return any(holds_identity_number(str(value)) for value in row.raw.values())


def _suspects(table: pa.Table, fields: tuple[str, ...]) -> set[int]:
    """Return the places of rows with an identity number; the pattern is tried in bulk first."""
    found: set[int] = set()
    for name in fields:
        column = table.column(name)
        hits = pc.indices_nonzero(
            pc.fill_null(pc.match_substring_regex(column, PREFILTER), fill_value=False)
        )
        found |= {
            place for place in hits.to_pylist() if holds_identity_number(column[place].as_py())
        }
    return found

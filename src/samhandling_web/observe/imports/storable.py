"""Texts that every engine can keep: PostgreSQL takes neither NUL nor half a surrogate pair."""

import re
from collections.abc import Mapping
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

NUL, REPLACEMENT = "\0", "\ufffd"
JSON_COLUMNS = frozenset({"extra", "attributes"})
# Read from the left, so that an escaped backslash before "u0000" is not taken for its beginning.
_ESCAPE = re.compile(r"\\(u0000|.)")


def storable_text(text: str) -> str:
    """Return `text` with what cannot be kept shown as a replacement character."""
    return text.replace(NUL, REPLACEMENT).encode("utf-8", "replace").decode("utf-8")


def storable(parameters: Mapping[str, Any]) -> dict[str, Any]:
    """Return parameters whose texts can be kept."""
    return {
        name: storable_text(value) if isinstance(value, str) else value
        for name, value in parameters.items()
    }


def storable_table(table: pa.Table) -> pa.Table:
    """Return the table with NUL characters replaced in every text, escaped ones in JSON too."""
    for at, kind in enumerate(table.schema):
        column = table.column(at)
        if pa.types.is_string(kind.type) and _any(column, NUL):
            table = table.set_column(at, kind, pc.replace_substring(column, NUL, REPLACEMENT))
        elif kind.name in JSON_COLUMNS and _any(column, "\\u0000"):
            sound = [text and _storable_json(text) for text in column.to_pylist()]
            table = table.set_column(at, kind, pa.array(sound, kind.type))
    return table


def _any(column: pa.ChunkedArray, wanted: str) -> bool:
    return bool(pc.any(pc.match_substring(column, wanted)).as_py())


def _storable_json(text: str) -> str:
    return _ESCAPE.sub(lambda found: REPLACEMENT if found[1] == "u0000" else found[0], text)

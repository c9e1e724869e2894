"""Rows with a text that is longer than its column: refused one by one, the same on every engine."""

from collections.abc import Mapping

import pyarrow as pa
import pyarrow.compute as pc
from django.db import models

from samhandling_web.observe.imports.receivers import Refusal

VALUE_TOO_LONG = "value_too_long"
SHOWN = 100


def limits_of(model: type[models.Model], **also: int) -> dict[str, int]:
    """Return how many characters each column of the model takes; `also` adds others."""
    fields = {field.name: field for field in model._meta.concrete_fields}
    own = {
        name: field.max_length
        for name, field in fields.items()
        if isinstance(field, models.CharField) and field.max_length is not None
    }
    return {**own, **also}


def within_limits(
    table: pa.Table, limits: Mapping[str, int]
) -> tuple[pa.Table, tuple[Refusal, ...]]:
    """Return the rows whose texts have room, and the others as refusals."""
    refused: list[Refusal] = []
    for name in table.column_names:
        if name not in limits:
            continue
        too_long = pc.fill_null(
            pc.greater(pc.utf8_length(table.column(name)), limits[name]), fill_value=False
        )
        if pc.any(too_long).as_py():
            rows = table.select(["row", name]).filter(too_long).to_pylist()
            refused += [_refusal(row["row"], name, row[name], limits[name]) for row in rows]
            table = table.filter(pc.invert(too_long))
    return table, tuple(refused)


def _refusal(row: int, field: str, text: str, limit: int) -> Refusal:
    parameters = {"field": field, "length": len(text), "limit": limit}
    return Refusal(row, VALUE_TOO_LONG, parameters, {field: text[:SHOWN]})

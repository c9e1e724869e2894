"""The data model: every table of every room with its fields and what the database holds true."""

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.db import models

from docs.generate.platform import first_line, room_of

INTRODUCTION = """# Data model

Every table the platform keeps, room by room. The Swedish name is what people see; the code name is
what the program says. What stands under *always true* is held by the database itself, on SQLite
and on PostgreSQL.
"""


def own_models() -> list[type[models.Model]]:
    """Return the platform's own models, in the order of the rooms."""
    found = [m for m in apps.get_models() if m.__module__.startswith("samhandling_web.")]
    return sorted(found, key=lambda model: (room_of(model.__module__), model.__name__))


def section(model: type[models.Model]) -> str:
    """Return one model as a part of the page."""
    meta = model._meta
    lines = [
        f"### {model.__name__} ({meta.verbose_name})",
        "",
        first_line(model.__doc__),
        "",
        f"Table `{meta.db_table}`.",
        "",
        "| field | Swedish | holds | may be empty |",
        "|---|---|---|---|",
        *(_field(field) for field in meta.concrete_fields),
        "",
    ]
    promises = list(_promises(model))
    if promises:
        lines += ["Always true:", "", *(f"- {promise}" for promise in promises), ""]
    return "\n".join(lines)


def _field(field: models.Field) -> str:
    names = str(field.verbose_name)
    empty = "yes" if field.null or field.blank else "no"
    return f"| `{field.name}` | {names} | {_holds(field)} | {empty} |"


def _holds(field: models.Field) -> str:
    kind = field.get_internal_type().removesuffix("Field")
    if field.remote_field is not None:
        return f"one {field.related_model.__name__}"
    if field.choices and len(field.choices) <= 8:
        return ", ".join(f"`{value}`" for value, _label in field.flatchoices)
    if field.max_length:
        return f"{kind}, at most {field.max_length}"
    return kind


def _promises(model: type[models.Model]) -> Iterator[str]:
    for field in model._meta.concrete_fields:
        if field.unique and not field.primary_key:
            yield f"`{field.name}` is unique"
    for constraint in model._meta.constraints:
        if isinstance(constraint, models.UniqueConstraint):
            together = ", ".join(f"`{name}`" for name in _held_unique(constraint))
            where = " (under a condition)" if constraint.condition else ""
            yield f"{together} unique together{where}: `{constraint.name}`"
        else:
            yield f"`{constraint.name}`"


def _held_unique(constraint: models.UniqueConstraint) -> Iterator[str]:
    """Give the names of the constraint's fields, those inside expressions too."""
    yield from constraint.fields
    for expression in constraint.expressions:
        yield from _fields_in(expression)


def _fields_in(expression: Any) -> Iterator[str]:
    if isinstance(expression, models.F):
        yield expression.name
        return
    for part in expression.get_source_expressions():
        yield from _fields_in(part)


def pages() -> dict[str, str]:
    """Return the page."""
    parts, room = [INTRODUCTION], ""
    for model in own_models():
        if room_of(model.__module__) != room:
            room = room_of(model.__module__)
            parts.append(f"## {room}\n")
        parts.append(section(model))
    return {"data-model.md": "\n".join(parts)}

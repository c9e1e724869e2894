"""Tables for machines: an interval becomes two columns, moments carry their zone. Plain Python."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from samhandling_web.base.reports.content import Cell, Column, Hidden, Interval, Kind, Provenance
from samhandling_web.base.reports.figures import moment_in_words
from samhandling_web.base.reports.text import clean

LOW, HIGH = ("low", "lägst"), ("high", "högst")

Plain = str | int | float | Decimal | date | Hidden | None


@dataclass(frozen=True, slots=True)
class Field:
    """One flat column: the table's column, with a name and a label of its own."""

    column: Column
    key: str
    label: str


def fields(columns: Sequence[Column]) -> tuple[Field, ...]:
    """The flat columns; names are unique, for a database and a reader of JSON."""
    made: list[Field] = []
    taken: set[str] = set()
    for column in columns:
        label = clean(column.label)
        parts = [LOW, HIGH] if column.kind is Kind.INTERVAL else [("", "")]
        for suffix, words in parts:
            key = unique(f"{column.key}_{suffix}".rstrip("_"), taken)
            made.append(Field(column, key, f"{label}, {words}".removesuffix(", ")))
    return tuple(made)


def unique(key: str, taken: set[str]) -> str:
    """A name that no earlier column has, told apart by a number."""
    number, wanted = 1, key
    while key in taken:
        number += 1
        key = f"{wanted}_{number}"
    taken.add(key)
    return key


def flat(row: Sequence[Cell], columns: Sequence[Column]) -> list[Plain]:
    """One row with its intervals split in two."""
    cells: list[Plain] = []
    for cell, column in zip(row, columns, strict=True):
        if column.kind is not Kind.INTERVAL:
            cells.append(ends(cell)[0] if isinstance(cell, Interval) else cell)
        else:
            cells.extend(ends(cell))
    return cells


def ends(cell: Cell) -> tuple[Plain, Plain]:
    """Both ends of an interval; a missing or hidden one is missing or hidden at both ends."""
    return (cell.low, cell.high) if isinstance(cell, Interval) else (cell, cell)


def iso(moment: date) -> str:
    """A day or a moment as machines read it."""
    if isinstance(moment, datetime):
        return moment.isoformat(timespec="seconds")
    return moment.isoformat()


def origin_rows(origin: Provenance, marks: Iterable[str]) -> list[tuple[str, str]]:
    """How the figures were made, as label and value."""
    rows = [("Märkning", mark) for mark in marks]
    rows += [
        ("Dataversion", origin.data_version),
        ("Programversion", origin.code_version),
        ("Framställt", moment_in_words(origin.made_at)),
        ("Framställt av", origin.made_by),
        *origin.parameters,
        *(("Källa", source) for source in origin.sources),
    ]
    return [(clean(label), clean(value)) for label, value in rows if value]

"""One figure with all that a reader needs to judge it. Plain values, so that it can be frozen."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from django.utils.functional import Promise

Cell = str | int | float | list[float] | None
"""A text, a number, an interval [low, high], or nothing; `SUPPRESSED` for what may not be shown."""

SUPPRESSED = "⁂"


@dataclass(frozen=True, slots=True)
class FigureColumn:
    """A column of a figure's table; `kind` is one of the report formats' kinds."""

    name: str
    label: str | Promise
    kind: str = "text"
    decimals: int = 0
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Figure:
    """A table that can be drawn, its sentence in words, and how we know.

    `drawing` says which chart the rows become and what the chart needs beside them; an empty
    one is shown as a table alone.
    """

    slug: str
    heading: str
    sentence: str
    columns: tuple[FigureColumn, ...]
    rows: tuple[tuple[Cell, ...], ...]
    source: str
    definition: str
    uncertainty: str
    method: Mapping[str, Any] = field(default_factory=dict)
    drawing: Mapping[str, Any] = field(default_factory=dict)
    is_public: bool = False

    def __post_init__(self) -> None:
        for row in self.rows:
            if len(row) != len(self.columns):
                msg = f"{self.slug}: a row of {len(row)} cells for {len(self.columns)} columns."
                raise ValueError(msg)

    def column(self, name: str) -> list[Cell]:
        """Return the values of one column; KeyError names it when there is none."""
        for at, column in enumerate(self.columns):
            if column.name == name:
                return [row[at] for row in self.rows]
        raise KeyError(name)

    def as_json(self) -> dict[str, Any]:
        """Return the figure as JSON keeps it."""
        content = asdict(self)
        content["rows"] = [list(row) for row in self.rows]
        # Labels may still wait for a language; frozen, they are in the one of that moment.
        content["columns"] = [c | {"label": str(c["label"])} for c in content["columns"]]
        return content


def figure_from_json(content: Mapping[str, Any]) -> Figure:
    """Return a frozen figure as it was."""
    values = dict(content)
    values["columns"] = tuple(FigureColumn(**column) for column in values["columns"])
    values["rows"] = tuple(tuple(row) for row in values["rows"])
    return Figure(**values)

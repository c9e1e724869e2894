"""Figures' tables as text: numbers as Swedes write them, what is hidden as a mark."""

from collections.abc import Iterator

from django import template
from django.utils.translation import gettext as _

from samhandling_web.understand.picture.figures.content import (
    SUPPRESSED,
    Cell,
    Figure,
    FigureColumn,
)
from samhandling_web.understand.picture.figures.wording import number

register = template.Library()


@register.filter
def written_rows(figure: Figure) -> Iterator[list[tuple[str, str]]]:
    """Return every row as (text, kind of column)."""
    for row in figure.rows:
        pairs = zip(row, figure.columns, strict=True)
        yield [(written(cell, column), column.kind) for cell, column in pairs]


def written(cell: Cell, column: FigureColumn) -> str:
    """Write one cell of a figure's table."""
    if cell is None:
        return "–"
    if cell == SUPPRESSED:
        return _("visas inte")
    if isinstance(cell, list):
        return f"{number(cell[0], column.decimals)}–{number(cell[1], column.decimals)}"
    if isinstance(cell, str):
        return cell
    text = number(cell, column.decimals)
    return f"{text} %" if column.kind == "percent" else text


@register.filter
def anchor(slug: str) -> str:
    """Return a figure's slug as a place on the page: a source's name may hold a colon."""
    return slug.replace(":", "-")

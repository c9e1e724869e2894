"""A figure made ready for a page: drawn, and every cell written as Swedes write it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from samhandling_web.base.reports.layout import LaidTable, laid_table
from samhandling_web.understand.picture.figures.chosen import LEFT_OUT, as_figure
from samhandling_web.understand.picture.figures.content import Figure
from samhandling_web.understand.picture.figures.document import table_of
from samhandling_web.understand.picture.figures.drawing import draw


@dataclass(frozen=True, slots=True)
class ShownFigure:
    """One figure with its drawing (empty for a table alone) and its written table."""

    figure: Figure
    drawing: str
    table: LaidTable
    is_left_out: bool = False


def shown(figure: Figure, *, is_left_out: bool = False) -> ShownFigure:
    """Draw and write one figure."""
    return ShownFigure(figure, draw(figure), laid_table(table_of(figure), ""), is_left_out)


def all_shown(frozen: Iterable[Mapping[str, Any]] | None) -> list[ShownFigure]:
    """Draw and write every frozen figure, those left out too."""
    return [
        shown(as_figure(content), is_left_out=bool(content.get(LEFT_OUT)))
        for content in frozen or ()
    ]

"""From figures to the blocks of a document that leaves the house."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime

from django.utils.translation import gettext as _

from samhandling import __version__
from samhandling_web.base.reports import content
from samhandling_web.base.reports.text import paragraph
from samhandling_web.understand.picture.figures import drawing
from samhandling_web.understand.picture.figures.content import SUPPRESSED, Cell, Figure
from samhandling_web.understand.picture.figures.scope import Scope


def figures_document(
    scope: Scope,
    figures: Sequence[Figure],
    *,
    data_version: str,
    made_at: datetime,
    made_by: str,
    marks: tuple[str, ...] = (),
) -> content.Document:
    """Return the figures about one scope as a document, without anybody's words around them."""
    return content.Document(
        title=_("Siffror för {area}").format(area=scope.name),
        subtitle=f"{scope.start} – {scope.end}",
        provenance=provenance(
            scope, figures, data_version=data_version, made_at=made_at, made_by=made_by
        ),
        blocks=tuple(blocks(figures)),
        marks=marks,
    )


def provenance(
    scope: Scope,
    figures: Sequence[Figure],
    *,
    data_version: str,
    made_at: datetime,
    made_by: str,
) -> content.Provenance:
    """Say from what, with what and by whom the document was made."""
    return content.Provenance(
        data_version=data_version,
        code_version=__version__,
        made_at=made_at,
        made_by=made_by,
        parameters=(
            (_("Område"), scope.name),
            (_("Period"), f"{scope.start} – {scope.end}"),
            (_("Jämförelseperiod"), f"{scope.before[0]} – {scope.before[1]}"),
            (_("Gränser per"), scope.on.isoformat()),
        ),
        sources=tuple(sorted({figure.source for figure in figures})),
    )


def blocks(figures: Sequence[Figure], level: int = 1) -> Iterator[content.Block]:
    """Return heading, sentence, chart and table of every figure."""
    for figure in figures:
        yield content.Heading(figure.heading, level)
        yield paragraph(figure.sentence)
        table = table_of(figure)
        svg = drawing.draw(figure)
        if svg:
            yield content.Chart(figure.heading, svg, figure.sentence or figure.heading, table)
        else:
            yield table


def table_of(figure: Figure) -> content.FigureTable:
    """Return the figure's table with its source, definition and uncertainty."""
    columns = tuple(
        content.Column(str(c.label), content.Kind(c.kind), c.decimals, c.unit, c.name)
        for c in figure.columns
    )
    rows = tuple(
        tuple(_cell(value, column) for value, column in zip(row, columns, strict=True))
        for row in figure.rows
    )
    return content.FigureTable(
        caption=figure.heading,
        columns=columns,
        rows=rows,
        source=figure.source,
        definition=figure.definition,
        uncertainty=figure.uncertainty,
    )


def _cell(value: Cell, column: content.Column) -> content.Cell:
    if value == SUPPRESSED:
        return content.SUPPRESSED
    if isinstance(value, list):
        return content.Interval(value[0], value[1])
    if column.kind is content.Kind.DATE and isinstance(value, str):
        return date.fromisoformat(value)
    return value

"""Tables as CSV the way Swedish spreadsheets open it: semicolons, decimal commas, UTF-8."""

import csv
import io
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Protocol

from samhandling_web.base.common.formulas import harmless
from samhandling_web.base.reports.content import Document, FigureTable, Hidden, Layer
from samhandling_web.base.reports.errors import SeveralTables
from samhandling_web.base.reports.figures import SUPPRESSED, decimals_of
from samhandling_web.base.reports.tabular import (
    Field,
    Plain,
    fields,
    flat,
    iso,
    origin_rows,
)
from samhandling_web.base.reports.text import clean


class Writer(Protocol):
    """What writes one row of cells."""

    def writerow(self, row: Iterable[str], /) -> object: ...


BYTE_ORDER_MARK = "\ufeff"


def csv_file(
    content: Document | Layer, *, decimal_comma: bool = True, with_origin: bool = True
) -> bytes:
    """Write one table; how it was made stands after an empty line, unless left out.

    Raises
    ------
    SeveralTables
        If the document does not have exactly one table.
    """
    document = content.as_document() if isinstance(content, Layer) else content
    tables = list(document.tables())
    if len(tables) != 1:
        raise SeveralTables(title=document.title, count=len(tables))
    text = io.StringIO()
    text.write(BYTE_ORDER_MARK)
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    write_table(writer, tables[0], decimal_comma=decimal_comma)
    if with_origin:
        writer.writerow([])
        for row in origin_rows(document.provenance, document.marks):
            writer.writerow([neutral(words) for words in row])
    return text.getvalue().encode("utf-8")


def write_table(writer: Writer, table: FigureTable, *, decimal_comma: bool) -> None:
    """Write the head and all rows."""
    columns = fields(table.columns)
    writer.writerow([neutral(column.label) for column in columns])
    for row in table.rows:
        cells = zip(flat(row, table.columns), columns, strict=True)
        writer.writerow(
            [written(cell, column, decimal_comma=decimal_comma) for cell, column in cells]
        )


def neutral(text: str) -> str:
    """Text that no spreadsheet takes for a formula."""
    return harmless(clean(text))


def written(cell: Plain, column: Field, *, decimal_comma: bool) -> str:
    """One cell: figures in full, without spaces between thousands."""
    if cell is None:
        return ""
    if isinstance(cell, Hidden):
        return SUPPRESSED
    if isinstance(cell, str):
        return neutral(cell)
    if isinstance(cell, date):
        return iso(cell)
    if isinstance(cell, bool | int) or decimals_of(column.column) == 0:
        return str(cell if isinstance(cell, int | Decimal) else in_full(cell))
    figure = in_full(cell)
    return figure.replace(".", ",") if decimal_comma else figure


def in_full(figure: float | Decimal) -> str:
    """A figure without exponent and without a fraction that is nothing."""
    text = format(figure if isinstance(figure, Decimal) else Decimal(repr(float(figure))), "f")
    return text.rstrip("0").rstrip(".") if "." in text else text

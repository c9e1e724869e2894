"""Documents as Excel: a sheet per table, one of sources and definitions, one of provenance."""

import io
import re
from datetime import UTC, date, datetime

from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from samhandling_web.base.common.formulas import is_dangerous
from samhandling_web.base.reports import archive
from samhandling_web.base.reports.content import Column, Document, FigureTable, Hidden, Kind, Layer
from samhandling_web.base.reports.errors import TooManyRows
from samhandling_web.base.reports.figures import LEGEND, SUPPRESSED, decimals_of, local
from samhandling_web.base.reports.tabular import Plain, fields, flat, origin_rows
from samhandling_web.base.reports.text import clean

MOST_ROWS = 1_048_576
MOST_LETTERS = 32_767
CUT = "… (avkortad)"
SAMPLE_ROWS = 200
NARROWEST, WIDEST = 9.0, 60.0
SETTINGS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "nan_inf_to_errors": False,
}


def excel(content: Document | Layer) -> bytes:
    """Write a workbook. The same document gives the same bytes.

    Figures are numbers: their spaces and decimal commas come from the reader's own Excel.

    Raises
    ------
    TooManyRows
        If a table is longer than a sheet.
    """
    document = content.as_document() if isinstance(content, Layer) else content
    made = io.BytesIO()
    book = Workbook(made, SETTINGS)
    set_properties(book, document)
    writer = SheetWriter(book)
    tables = list(document.tables())
    for number, table in enumerate(tables, start=1):
        name = "Data" if len(tables) == 1 else f"Tabell {number}"
        writer.add_table(name, table)
    writer.add_words("Källor", source_rows(tables))
    writer.add_words(
        "Om uppgifterna",
        [("Titel", document.title), *origin_rows(document.provenance, document.marks)],
    )
    book.close()
    return archive.normalised(made.getvalue())


def set_properties(book: Workbook, document: Document) -> None:
    """Say in the file what it is and when it was made, with the document's clock."""
    origin = document.provenance
    book.set_properties(
        {
            "title": clean(document.title)[:255],
            "author": clean(origin.made_by)[:255],
            "comments": clean(f"Data {origin.data_version}, program {origin.code_version}")[:255],
            "created": origin.made_at.astimezone(UTC).replace(tzinfo=None, microsecond=0),
        }
    )


def source_rows(tables: list[FigureTable]) -> list[tuple[str, str]]:
    """What a reader needs to judge each table, and what the signs mean."""
    rows: list[tuple[str, str]] = []
    for number, table in enumerate(tables, start=1):
        name = "Data" if len(tables) == 1 else f"Tabell {number}"
        rows.append((name, table.caption))
        given = (
            ("Definition", table.definition),
            ("Osäkerhet", table.uncertainty),
            ("Källa", table.source),
        )
        rows += [(label, words) for label, words in given if words]
    rows.append(("Tecken", f"tom cell = uppgift saknas; {LEGEND[SUPPRESSED]}"))
    return rows


class SheetWriter:
    """Writes sheets with the few formats they share."""

    def __init__(self, book: Workbook) -> None:
        self.book = book
        self.head = book.add_format(
            {"bold": True, "bottom": 1, "text_wrap": True, "valign": "bottom"}
        )
        self.label = book.add_format({"bold": True, "valign": "top"})
        self.words = book.add_format({"text_wrap": True, "valign": "top"})
        # Excel keeps a quoted text a text even when somebody edits the cell.
        self.quoted = book.add_format({"quote_prefix": True})
        self.quoted_words = book.add_format(
            {"quote_prefix": True, "text_wrap": True, "valign": "top"}
        )
        self.formats: dict[str, Format] = {}

    def add_table(self, name: str, table: FigureTable) -> None:
        """One sheet with one table from its first cell, so that machines read it too."""
        if len(table.rows) >= MOST_ROWS:
            raise TooManyRows(caption=table.caption, rows=len(table.rows), most=MOST_ROWS - 1)
        sheet = self.book.add_worksheet(name)
        columns = fields(table.columns)
        for index, field in enumerate(columns):
            self.write_text(sheet, (0, index), field.label, self.head)
        widths = [len(field.label) / 2 + 2 for field in columns]
        for number, row in enumerate(table.rows, start=1):
            for index, (cell, field) in enumerate(
                zip(flat(row, table.columns), columns, strict=True)
            ):
                self.write_cell(sheet, (number, index), cell, field.column)
                if number <= SAMPLE_ROWS:
                    widths[index] = max(
                        widths[index], len(str(cell)) + 2.0 if isinstance(cell, str) else 12.0
                    )
        for index, width in enumerate(widths):
            sheet.set_column(index, index, min(max(width, NARROWEST), WIDEST))
        sheet.freeze_panes(1, 0)
        if columns and table.rows:
            sheet.autofilter(0, 0, len(table.rows), len(columns) - 1)

    def add_words(self, name: str, rows: list[tuple[str, str]]) -> None:
        """One sheet of labels and texts."""
        sheet = self.book.add_worksheet(name)
        sheet.set_column(0, 0, 24)
        sheet.set_column(1, 1, 100)
        for number, (label, words) in enumerate(rows):
            self.write_text(sheet, (number, 0), label, self.label)
            self.write_text(sheet, (number, 1), words, self.words)

    def write_text(
        self, sheet: Worksheet, at: tuple[int, int], text: str, style: Format | None
    ) -> None:
        """Write text that stays text."""
        text = shortened(clean(text))
        if is_dangerous(text):
            style = self.quoted if style is None else self.quoted_words
        sheet.write_string(*at, text, style)

    def write_cell(
        self, sheet: Worksheet, at: tuple[int, int], cell: Plain, column: Column
    ) -> None:
        """Write one cell in its own kind."""
        if cell is None:
            return
        if isinstance(cell, Hidden):
            sheet.write_string(*at, SUPPRESSED)
        elif isinstance(cell, str):
            self.write_text(sheet, at, cell, None)
        elif isinstance(cell, datetime):
            moment = local(cell).replace(tzinfo=None)
            sheet.write_datetime(*at, moment, self.format("yyyy-mm-dd hh:mm"))
        elif isinstance(cell, date):
            sheet.write_datetime(*at, cell, self.format("yyyy-mm-dd"))
        else:
            sheet.write_number(*at, float(cell), self.format(number_format(column)))

    def format(self, pattern: str) -> Format:
        """One format per pattern."""
        if pattern not in self.formats:
            self.formats[pattern] = self.book.add_format({"num_format": pattern})
        return self.formats[pattern]


def shortened(text: str) -> str:
    """Text that a cell can hold; one that is cut says so."""
    return text if len(text) <= MOST_LETTERS else text[: MOST_LETTERS - len(CUT)] + CUT


def number_format(column: Column) -> str:
    """The pattern of a column's figures. Percentages are written in percent, not as shares."""
    decimals = decimals_of(column)
    pattern = "#,##0" + ("." + "0" * decimals if decimals else "")
    unit = "%" if column.kind is Kind.PERCENT else re.sub('["\\\\]', "", clean(column.unit))
    return f'{pattern}" {unit}"' if unit else pattern

"""Lines of a free table, from separated text or a workbook, as text by column."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time
from itertools import islice
from typing import Any, BinaryIO

from samhandling.sources.delimited import RAW_CHARACTERS, DelimitedFile, Line
from samhandling.sources.mapping import Mapping
from samhandling.sources.packed_bytes import ZIP_MAGIC, ByteStream, Peeked
from samhandling.sources.protocol import Notice, ReadOptions, UnreadableFile
from samhandling.sources.workbooks import OLD_EXCEL_MAGIC, Cells, workbook_rows

JOIN = " + "


class SheetFile:
    """An opened sheet, with the same shape as DelimitedFile."""

    def __init__(
        self,
        stream: ByteStream,
        filename: str,
        options: ReadOptions,
        *,
        sheet: str,
        header_row: int,
    ) -> None:
        self._rows = workbook_rows(stream, filename, options, sheet)
        cells: Cells = next(islice(self._rows, header_row - 1, None), ())
        self.header = [cell_text(cell).strip() for cell in cells]
        self.separator = ""
        if not any(self.header):
            message = "{file} has no headers on row {row}; say which row they stand on."
            raise UnreadableFile("no_header", message, file=filename, row=header_row)

    def __iter__(self) -> Iterator[Line]:
        """Give every row that is not blank, as wide as the header."""
        row = 0
        width = len(self.header)
        for cells in self._rows:
            texts = [cell_text(cell) for cell in cells[:width]]
            if any(texts):
                row += 1
                yield Line(row, texts + [""] * (width - len(texts)))

    def raw(self, values: Sequence[str]) -> dict[str, str]:
        """Return a row as it was, by column."""
        return {
            name: value[:RAW_CHARACTERS] for name, value in zip(self.header, values, strict=False)
        }

    def notices(self) -> tuple[Notice, ...]:
        """Return nothing: a workbook states its encoding."""
        return ()


def open_lines(
    stream: BinaryIO, filename: str, options: ReadOptions, mapping: Mapping | None = None
) -> DelimitedFile | SheetFile:
    """Open a table of either form, as the mapping says or, without one, as it appears."""
    header_row = mapping.header_row if mapping else 1
    peeked = Peeked(stream)
    if peeked.first.startswith((ZIP_MAGIC, OLD_EXCEL_MAGIC)):
        sheet = mapping.sheet if mapping else ""
        return SheetFile(peeked, filename, options, sheet=sheet, header_row=header_row)
    return DelimitedFile(
        peeked,
        filename,
        options.limits,
        separator=mapping.separator if mapping else "",
        encoding=mapping.encoding if mapping else "",
        header_row=header_row,
    )


def source_columns(column: str, header: Sequence[str]) -> tuple[str, ...]:
    """Return the columns a mapped column stands for: "Datum + Tid" joins two."""
    if column in header or JOIN not in column:
        return (column,)
    return tuple(part.strip() for part in column.split(JOIN))


def cell_text(cell: Any) -> str:
    """Return a cell as a person would write it.

    Examples
    --------
    >>> cell_text(3.0), cell_text(2.5), cell_text(None)
    ('3', '2.5', '')
    """
    if cell is None:
        return ""
    if isinstance(cell, datetime):
        plain = cell.time() == time.min
        return cell.date().isoformat() if plain else cell.isoformat(" ", "seconds")
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)

"""Cells of an Excel workbook, row by row, with nothing in it that is run or followed."""

import io
import zipfile
import zlib
from collections.abc import Iterator
from typing import Any, BinaryIO
from xml.etree.ElementTree import ParseError

from defusedxml.common import DefusedXmlException

from samhandling.sources.archives import archive_members
from samhandling.sources.packed_bytes import ZIP_MAGIC, ByteStream, whole_bytes
from samhandling.sources.protocol import ReadOptions, UnreadableFile

OLD_EXCEL_MAGIC = b"\xd0\xcf\x11\xe0"
PARSING_ERRORS = (
    DefusedXmlException,
    ParseError,
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    OSError,
    KeyError,
    ValueError,
    TypeError,
    AttributeError,
    IndexError,
    NotImplementedError,
    OverflowError,
    RuntimeError,
)

Cells = tuple[Any, ...]


def workbook_rows(
    stream: BinaryIO | ByteStream, filename: str, options: ReadOptions, sheet: str = ""
) -> Iterator[Cells]:
    """Give the rows of one sheet as the values that were saved in it.

    Parameters
    ----------
    stream, filename, options
        As the source protocol says; the file is read whole, under `limits.whole_file_bytes`.
    sheet : str
        Empty takes the first.

    Raises
    ------
    UnreadableFile
        If it is not a sound .xlsx workbook, unpacks to too much or lacks the sheet.

    Notes
    -----
    Formulas are not run: their last saved value is read. Entities in the XML are refused.
    """
    content = whole_bytes(stream, filename, options.limits)
    if content.startswith(OLD_EXCEL_MAGIC):
        message = "{file} is in the old Excel form or protected; save it as .xlsx."
        raise UnreadableFile("old_excel", message, file=filename)
    if not content.startswith(ZIP_MAGIC):
        message = "{file} is not an Excel workbook; save it as .xlsx."
        raise UnreadableFile("not_workbook", message, file=filename)
    archive_members(content, filename, options.limits)
    return _guarded(content, filename, sheet)


def _guarded(content: bytes, filename: str, sheet: str) -> Iterator[Cells]:
    # Here and not at the top: most runs open no workbook.
    import openpyxl

    try:
        book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        names = book.sheetnames
        if sheet and sheet not in names:
            found = None
        else:
            found = book[sheet] if sheet else book.worksheets[0]
            # The size a sheet states for itself may be wrong.
            found.reset_dimensions()
            yield from found.iter_rows(values_only=True)
    except PARSING_ERRORS as error:
        message = "{file} is not a sound Excel workbook ({detail}); save it anew as .xlsx."
        raise UnreadableFile(
            "damaged_workbook", message, file=filename, detail=str(error)[:200]
        ) from error
    if found is None:
        message = "{file} has no sheet {sheet!r}; it has {found}."
        listed = ", ".join(names)[:500]
        raise UnreadableFile("no_sheet", message, file=filename, sheet=sheet, found=listed)

"""Tables of the platform: one look, sortable, paged, and downloadable as CSV or Excel."""

import csv
from io import BytesIO
from typing import Any, ClassVar

import django_tables2
import xlsxwriter
from django.http import HttpResponse
from django.utils.http import content_disposition_header

from samhandling_web.base.common.formulas import harmless

EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
NUMBER_CELL = {"td": {"class": "sam-number"}, "th": {"class": "sam-number"}}


class PlatformTable(django_tables2.Table):  # type: ignore[misc]
    """Base of every table: give it a `caption`, and `exports` where figures may leave the house."""

    caption: ClassVar[Any] = ""
    caption_hidden: ClassVar[bool] = False
    empty_title: ClassVar[Any] = ""
    exports: ClassVar[tuple[str, ...]] = ()

    class Meta:
        attrs: ClassVar[dict[str, str]] = {"class": "ds-table"}
        order_by_field = "sortera"


class NumberColumn(django_tables2.Column):  # type: ignore[misc]
    """Figures: aligned to the right, written the way the reader's language writes numbers."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, attrs=NUMBER_CELL, localize=True, **kwargs)


def exported(table: PlatformTable, file_format: str, name: str) -> HttpResponse:
    """Return every row of `table` as a file; the caller records the export in the log."""
    rows = [list(row) for row in table.as_values()]
    if file_format == "csv":
        return _as_csv(rows, f"{name}.csv")
    if file_format == "xlsx":
        return _as_excel(rows, f"{name}.xlsx")
    msg = f"Tables are exported as csv or xlsx, not {file_format!r}."
    raise ValueError(msg)


def _as_csv(rows: list[list[Any]], filename: str) -> HttpResponse:
    response = _file("text/csv; charset=utf-8", filename)
    response.write("\ufeff")
    writer = csv.writer(response, delimiter=";")
    writer.writerows([_harmless(cell) for cell in row] for row in rows)
    return response


def _as_excel(rows: list[list[Any]], filename: str) -> HttpResponse:
    buffer = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(buffer, options) as book:
        sheet = book.add_worksheet()
        bold = book.add_format({"bold": True})
        for number, row in enumerate(rows):
            cells = [c if isinstance(c, int | float) else _text(c) for c in row]
            sheet.write_row(number, 0, cells, None if number else bold)
        sheet.freeze_panes(1, 0)
        sheet.autofit()
    response = _file(EXCEL, filename)
    response.write(buffer.getvalue())
    return response


def _file(content_type: str, filename: str) -> HttpResponse:
    disposition = content_disposition_header(as_attachment=True, filename=filename)
    return HttpResponse(
        content_type=content_type, headers={"Content-Disposition": disposition or ""}
    )


def _text(cell: Any) -> str:
    return "" if cell is None else str(cell)


def _harmless(cell: Any) -> Any:
    if isinstance(cell, int | float):
        return cell
    return harmless(_text(cell))

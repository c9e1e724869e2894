"""A cell that a spreadsheet would run comes in as text and goes out as text."""

import csv
import io

import openpyxl
import pytest
from django.utils import timezone

from samhandling_web.base.reports.content import Column, Document, FigureTable, Provenance
from samhandling_web.base.reports.formats import make_file
from samhandling_web.observe.events.models import EventRevision
from samhandling_web.observe.events.selectors import current_event_rows
from samhandling_web.observe.imports.tests.police_files import police_file, police_row
from tests.robustness.imported import took_in

pytestmark = pytest.mark.django_db

FORMULAS = [
    "=1+1",
    "=cmd|' /C calc'!A0",
    "+1+cmd|' /C calc'!A0",
    "-2+3+cmd|' /C calc'!A0",
    "@SUM(1+1)*cmd|' /C calc'!A0",
    '=HYPERLINK("http://exempel.example","Klicka")',
    "\t=1+1",
    "\r=1+1",
    "＝1+1",
    " =1+1",
]


@pytest.fixture
def exported(tmp_path):
    """Import the formulas as the texts of events and return them as a document."""
    rows = [police_row(number, summary=text) for number, text in enumerate(FORMULAS)]
    batch = took_in("police_events", police_file(tmp_path / "p.csv", rows))
    assert batch.rows_accepted == len(FORMULAS)
    cells = tuple(current_event_rows(("external_id", "text")))
    origin = Provenance("1", "1", timezone.now(), "test")
    table = FigureTable("Händelser", (Column("Nummer"), Column("Text")), cells)
    return Document("Händelser", origin, (table,))


def test_formulas_are_kept_as_they_were_written(exported):
    kept = set(EventRevision.objects.values_list("text", flat=True))
    assert {text.strip() for text in FORMULAS} == {text.strip() for text in kept}


def test_no_cell_of_a_csv_file_begins_as_a_formula(exported):
    text = make_file(exported, "csv").content.decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text), delimiter=";"))
    assert len(rows) > len(FORMULAS)
    for row in rows:
        for cell in row:
            assert not cell.lstrip().startswith(("=", "+", "-", "@", "＝")), cell


def test_no_cell_of_a_workbook_is_a_formula(exported):
    book = openpyxl.load_workbook(io.BytesIO(make_file(exported, "xlsx").content))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert any(str(cell.value).startswith("=cmd") for cell in cells)
    assert {cell.data_type for cell in cells} <= {"s", "n", "d"}
    assert not any(cell.hyperlink for cell in cells)

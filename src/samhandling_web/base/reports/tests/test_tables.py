"""Excel, CSV and JSON: figures as figures, texts never as formulas."""

import csv
import io
import json
from dataclasses import replace
from decimal import Decimal

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from samhandling_web.base.common.formulas import FORMULA_STARTS, is_dangerous
from samhandling_web.base.reports import excel as excel_writer
from samhandling_web.base.reports.content import SUPPRESSED, Column, FigureTable, Kind
from samhandling_web.base.reports.csv_file import csv_file, in_full, neutral
from samhandling_web.base.reports.errors import TooManyRows
from samhandling_web.base.reports.excel import excel
from samhandling_web.base.reports.json_file import json_file
from samhandling_web.base.reports.tabular import fields
from samhandling_web.base.reports.tests.samples import document, layer, table

DANGEROUS = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", " =1", "\u00a0=1", "＝1"]


def one_table(figures: FigureTable):
    return replace(document(), blocks=(figures,))


def texts(cells: list[str]) -> FigureTable:
    return FigureTable("T", (Column("Text"),), tuple((cell,) for cell in cells))


def workbook(content: bytes):
    return openpyxl.load_workbook(io.BytesIO(content))


def csv_rows(content: bytes) -> list[list[str]]:
    assert content.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";"))


def test_excel_holds_figures_as_figures():
    sheet = workbook(excel(one_table(table())))["Data"]
    heads = [cell.value for cell in sheet[1]]
    assert heads[3:5] == ["Intervall, lägst", "Intervall, högst"]
    row = list(sheet[2])
    assert [cell.value for cell in row[1:6]] == [12_345, 123.45, 119.2, 127.7, -3.25]
    assert row[1].number_format == "#,##0"
    assert row[5].number_format == '#,##0.0" %"'
    assert row[6].value.date().isoformat() == "2025-12-31"
    assert sheet["B3"].value == "x"
    assert sheet["F4"].value is None
    assert sheet.freeze_panes == "A2"


def test_excel_says_where_the_figures_come_from():
    book = workbook(excel(document()))
    assert book.sheetnames == [
        "Tabell 1",
        "Tabell 2",
        "Tabell 3",
        "Tabell 4",
        "Källor",
        "Om uppgifterna",
    ]
    about = {row[0].value: row[1].value for row in book["Om uppgifterna"].rows}
    assert about["Dataversion"] == "2026-11-20/3f9a1c"
    assert about["Programversion"] == "0.1.0+87cde93"
    assert about["Område"] == "Nordby"
    sources = [(row[0].value, row[1].value) for row in book["Källor"].rows]
    assert ("Definition", "Brott som anmälts under året.") in sources


@pytest.mark.parametrize("typed", DANGEROUS)
def test_no_text_becomes_a_formula_in_excel(typed):
    sheet = workbook(excel(one_table(texts([typed]))))["Data"]
    assert sheet["A2"].data_type == "s"
    assert sheet["A2"].quotePrefix


def test_a_text_too_long_for_a_cell_is_cut_and_says_so():
    sheet = workbook(excel(one_table(texts(["å" * 40_000]))))["Data"]
    assert len(sheet["A2"].value) == 32_767
    assert sheet["A2"].value.endswith("(avkortad)")


def test_a_table_longer_than_a_sheet_is_refused(monkeypatch):
    monkeypatch.setattr(excel_writer, "MOST_ROWS", 3)
    with pytest.raises(TooManyRows, match="Spara som CSV"):
        excel(one_table(texts(["a", "b", "c"])))


def test_csv_is_written_as_swedish_spreadsheets_read_it():
    rows = csv_rows(csv_file(one_table(table())))
    assert rows[1] == ["Nordby", "12345", "123,45", "119,2", "127,7", "-3,25", "2025-12-31"]
    assert rows[2] == ["'=HYPERLINK(1)", "x", "x", "x", "x", "x", ""]
    assert rows[4] == []
    assert ["Dataversion", "2026-11-20/3f9a1c"] in rows


def test_csv_for_machines_has_points_and_no_tail():
    rows = csv_rows(csv_file(one_table(table()), decimal_comma=False, with_origin=False))
    assert len(rows) == 4
    assert rows[1][2] == "123.45"


def test_a_layer_is_a_table_where_there_is_no_map():
    rows = csv_rows(csv_file(layer()))
    assert rows[1][0] == "'=cmd|' /C calc'!A0"
    assert rows[1][4] == "2025-01-02T12:30:00+00:00"


@given(st.text())
def test_what_csv_writes_never_starts_a_formula(typed):
    assert not is_dangerous(neutral(typed))


@given(st.lists(st.text(st.characters(exclude_categories=["Cs", "Cc"])), min_size=1, max_size=5))
def test_csv_gives_back_what_was_typed(typed):
    rows = csv_rows(csv_file(one_table(texts(typed)), with_origin=False))
    got = [row[0] if row else "" for row in rows[1:]]
    kept = ["".join(c for c in text if not "\ue000" <= c <= "\ue00f") for text in typed]
    kept = [text.replace("\ufffe", "").replace("\uffff", "") for text in kept]
    assert [g.removeprefix("'") for g in got] == [k.removeprefix("'") for k in kept]


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_a_figure_in_csv_is_the_same_figure(figure):
    assert float(in_full(figure)) == figure
    assert "e" not in in_full(figure)


def test_json_keeps_figures_and_names_what_is_hidden():
    made = json.loads(json_file(one_table(table())))["blocks"][0]
    assert made["rows"][0]["per_1_000_invanare"] == 123.45
    assert made["rows"][0]["intervall_low"] == 119.2
    assert made["rows"][1]["anmalda_brott"] is None
    assert {"row": 1, "column": "anmalda_brott"} in made["suppressed"]
    assert {"row": 2, "column": "forandring"} not in made["suppressed"]
    assert [column["unit"] for column in made["columns"]].count("%") == 1


def test_json_carries_every_block_and_its_origin():
    made = json.loads(json_file(document()))
    kinds = [block["kind"] for block in made["blocks"]]
    assert kinds == [
        *("heading", "paragraph", "list", "facts", "heading"),
        *("table", "chart", "page_break", "map", "decision"),
    ]
    assert made["provenance"]["made_at"] == "2026-11-24T06:03:00+00:00"


def test_columns_of_the_same_name_are_told_apart():
    names = [field.key for field in fields((Column("Antal"), Column("antal"), Column("??")))]
    assert names == ["antal", "antal_2", "kolumn"]


def test_every_start_of_a_formula_is_known():
    assert all(is_dangerous(start + "A1") for start in FORMULA_STARTS)
    assert not is_dangerous("Nordby = bra")


def test_exact_decimals_stay_exact():
    figures = FigureTable("T", (Column("A", Kind.DECIMAL),), ((Decimal("0.10"),), (SUPPRESSED,)))
    assert csv_rows(csv_file(one_table(figures), with_origin=False))[1:] == [["0,1"], ["x"]]

"""Tables as pages and as files."""

import csv
from io import BytesIO, StringIO

import django_tables2
import openpyxl
import pytest
from bs4 import BeautifulSoup
from django.template import Context, Template

from samhandling_web.base.common.tables import NumberColumn, PlatformTable, exported

ROWS = [
    {"name": "Åsen", "count": 12_345},
    {"name": "=HYPERLINK(1)", "count": -3},
]

# The frame and its maps ask whom the installation serves.
pytestmark = pytest.mark.django_db


class Places(PlatformTable):
    caption = "Platser"
    exports = ("csv", "xlsx")
    name = django_tables2.Column(verbose_name="Plats")
    count = NumberColumn(verbose_name="Antal")


def rendered(table: Places, rf, query: str = "") -> BeautifulSoup:
    request = rf.get(f"/platser/?{query}")
    table.paginate(page=1, per_page=25)
    text = Template("{% load django_tables2 %}{% render_table table %}").render(
        Context({"table": table, "request": request})
    )
    return BeautifulSoup(text, "html.parser")


def test_the_table_says_what_it_is_and_how_it_is_sorted(rf):
    page = rendered(Places(ROWS, order_by="-count"), rf, "sida=2&plats=x")
    assert page.caption.get_text() == "Platser"
    assert [th["aria-sort"] for th in page.select("th[scope=col]")] == ["none", "descending"]
    assert page.select_one("th[aria-sort=none] a")["href"].startswith("?")
    assert "plats=x" in page.select_one("th[aria-sort=none] a")["href"]
    assert "2 rader" in page.select_one(".sam-table__count").get_text()


def test_numbers_are_written_the_swedish_way(rf):
    cells = [td.get_text() for td in rendered(Places(ROWS), rf).select("td.sam-number")]
    assert cells[0].replace("\xa0", " ") == "12 345"


def test_the_files_are_offered_and_keep_the_filter(rf):
    links = rendered(Places(ROWS), rf, "plats=x&page=3").select(".sam-table__exports a")
    assert [link["href"] for link in links] == ["?plats=x&export=csv", "?plats=x&export=xlsx"]


def test_an_empty_table_says_what_to_do(rf):
    page = rendered(Places([]), rf)
    assert page.table is None
    assert "Ändra eller rensa filtren" in page.get_text()


def test_csv_holds_every_row_and_no_formula_that_would_run():
    answer = exported(Places(ROWS), "csv", "platser")
    assert answer["Content-Disposition"] == 'attachment; filename="platser.csv"'
    rows = list(csv.reader(StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))
    assert rows == [["Plats", "Antal"], ["Åsen", "12345"], ["'=HYPERLINK(1)", "-3"]]


@pytest.mark.parametrize("name", ["=1+1", " =1+1", "\u00a0@SUM(A1)", "＝1+1", "\t=1", "-1+1"])
def test_no_way_to_begin_a_formula_gets_into_a_csv_file(name):
    text = exported(Places([{"name": name, "count": 1}]), "csv", "x").content.decode("utf-8-sig")
    [_head, row] = csv.reader(StringIO(text), delimiter=";")
    assert row[0] == f"'{name}"


def test_excel_holds_numbers_as_numbers_and_text_as_text():
    answer = exported(Places(ROWS), "xlsx", "platser")
    sheet = openpyxl.load_workbook(BytesIO(answer.content)).active
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert rows == [["Plats", "Antal"], ["Åsen", 12345], ["=HYPERLINK(1)", -3]]
    assert sheet["A3"].data_type == "s"


def test_an_unknown_format_is_refused():
    with pytest.raises(ValueError, match="pdf"):
        exported(Places(ROWS), "pdf", "platser")

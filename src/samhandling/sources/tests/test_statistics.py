import io
import json
from collections import defaultdict
from datetime import date

import openpyxl
import pytest

from samhandling.sources import (
    UnreadableFile,
    base_area_population,
    pxweb_excel,
    pxweb_json,
    safety_survey,
)
from samhandling.sources.tests.readings import read_bytes, read_path
from tests.shared_data import shared_file

SCB = "scb_deso_regso_stockholm"
WORKBOOKS = {
    "deso_arbetsmarknadsstatus_2022.xlsx": 5,
    "deso_ekonomisk_standard_2022.xlsx": 3,
    "deso_fodelseregion_2022.xlsx": 4,
    "deso_folkmangd_2023.xlsx": 1,
    "deso_folkmangd_alder_2022.xlsx": 6,
    "deso_hushallstyp_2022.xlsx": 5,
    "deso_hustyp_2022.xlsx": 6,
    "deso_nettoinkomst_2022.xlsx": 3,
    "deso_svensk_utlandsk_bakgrund_2022.xlsx": 3,
    "deso_upplatelseform_2022.xlsx": 4,
    "deso_utbildning_2022.xlsx": 5,
}
PUBLISHED = [
    ["Folkmängd efter region, år, ålder och kön"],
    [],
    [None, "2022"],
    [None, "totalt", None, "0-4 år"],
    [None, "totalt", "kvinnor", "totalt"],
    ["9901A0010", 863, 430, ".."],
    ["9901C1010", 1562, "780", 90],
    [],
    ["Vissa personer går inte att placera."],
    ["Senaste uppdatering:"],
    ["20240322 08:00"],
]


def workbook(rows, title="Tabell"):
    book = openpyxl.Workbook()
    book.active.title = title
    for row in rows:
        book.active.append(row)
    packed = io.BytesIO()
    book.save(packed)
    return packed.getvalue()


def pxweb(*records, columns=None):
    described = columns or [
        {"code": "Region", "text": "region", "type": "d"},
        {"code": "Kon", "text": "kön", "type": "d"},
        {"code": "Tid", "text": "år", "type": "t"},
        {"code": "F", "text": "Folkmängd", "type": "c"},
    ]
    data = [{"key": key, "values": values} for key, values in records]
    return json.dumps({"columns": described, "comments": [], "data": data, "metadata": []})


def test_a_workbook_is_read_between_its_headings_and_its_notes():
    found = read_bytes(pxweb_excel.read, workbook(PUBLISHED), "tabell.xlsx")
    values = {(row["area_code"], row["breakdown"]): row["value"] for row in found.rows}
    assert values == {
        ("9901A0010", ""): 863,
        ("9901A0010", "sex=women"): 430,
        ("9901A0010", "age=0-4"): None,
        ("9901C1010", ""): 1562,
        ("9901C1010", "sex=women"): 780,
        ("9901C1010", "age=0-4"): 90,
    }
    assert {row["indicator"] for row in found.rows} == {"population"}
    assert {row["period_end"] for row in found.rows} == {date(2022, 12, 31)}
    assert [row["suppressed"] for row in found.rows].count(True) == 1
    assert found.noticed == {"suppressed_value", "footnotes_skipped"}


def test_a_total_is_never_added_to_its_parts():
    found = read_bytes(pxweb_excel.read, workbook(PUBLISHED), "tabell.xlsx")
    whole = [row["value"] for row in found.rows if not row["breakdown"]]
    assert sum(whole) == 863 + 1562


def test_the_contents_of_a_table_become_indicators_with_units():
    rows = [
        ["Andel av befolkningen i inkomstklass efter region, tabellinnehåll och år"],
        [None, "Medianvärde, tkr", "Antal personer totalt"],
        [None, "2022", "2022"],
        ["9901A0010", 320.5, 652],
    ]
    found = read_bytes(pxweb_excel.read, workbook(rows), "inkomst.xlsx").rows
    assert [(row["indicator"], row["unit"], row["value"]) for row in found] == [
        ("income_median", "sek_thousands", 320.5),
        ("income_population", "count", 652.0),
    ]


def test_faulty_cells_and_rows_of_a_workbook_are_refused():
    rows = [*PUBLISHED[:5], ["9901A0010", "många", None, 1], ["Okänt område", 1, 2, 3]]
    found = read_bytes(pxweb_excel.read, workbook(rows), "tabell.xlsx")
    assert found.reasons == ["bad_number", "missing_value", "bad_area_code"]
    assert [row["value"] for row in found.rows] == [1.0]


def test_a_first_row_that_ends_early_costs_no_column():
    rows = [*PUBLISHED[:5], ["9901A0010", 863, 430], ["9901C1010", 1562, 780, 90]]
    found = read_bytes(pxweb_excel.read, workbook(rows), "tabell.xlsx")
    assert [row["value"] for row in found.rows] == [863, 430, 1562, 780, 90]
    assert found.reasons == ["missing_value"]


def test_an_age_without_any_value_does_not_end_the_table():
    rows = [
        ["Folkmängd efter region, ålder och år"],
        [None, None, "2022", "2023"],
        ["9901A0010", "0-4 år", 1, 2],
        [None, "5-9 år"],
        ["9901C1010", "0-4 år", 3, 4],
        ["Källa: SCB"],
    ]
    found = read_bytes(pxweb_excel.read, workbook(rows), "tabell.xlsx")
    assert [row["value"] for row in found.rows] == [1, 2, 3, 4]
    assert found.reasons == ["missing_value"] * 2
    assert "footnotes_skipped" in found.noticed


@pytest.mark.parametrize(
    ("rows", "code"),
    [
        ([["Något annat"], [1, 2, 3]], "no_title"),
        ([["Folkmängd efter region och år"], [None, "2022"]], "no_area_codes"),
        (
            [["Folkmängd efter kön och region"], [None, "9901A0010"], ["kvinnor", 3]],
            "unknown_layout",
        ),
        (
            [["Folkmängd efter region, kön, ålder och år"], [None, "2022"], ["9901A0010", 3]],
            "unknown_layout",
        ),
    ],
)
def test_a_workbook_of_another_shape_is_refused(rows, code):
    with pytest.raises(UnreadableFile) as refusal:
        read_bytes(pxweb_excel.read, workbook(rows), "tabell.xlsx")
    assert refusal.value.code == code


def test_json_gives_totals_an_empty_breakdown_and_tells_the_vintage():
    text = pxweb(
        (["9901R001_RegSO2025", "1", "2024"], ["17"]),
        (["9901R001_RegSO2025", "1+2", "2024"], ["40"]),
        (["9901R001_RegSO2025", "2", "2024"], [".."]),
    )
    found = read_bytes(pxweb_json.read, text)
    assert [(row["breakdown"], row["value"]) for row in found.rows] == [
        ("sex=men", 17),
        ("", 40),
        ("sex=women", None),
    ]
    assert found.noticed == {"area_vintage", "suppressed_value"}
    assert found.rows[0]["area_level"] == "regso"


def test_faulty_records_of_json_are_refused():
    text = pxweb(
        (["Ängby", "1", "2024"], ["1"]),
        (["9901R001", "1", "snart"], ["1"]),
        (["9901R001", "1", "2024"], ["många"]),
        (["9901R001", "1"], ["1"]),
    )
    found = read_bytes(pxweb_json.read, text)
    assert found.reasons == ["bad_area_code", "bad_date", "bad_number", "unreadable_row"]


def test_json_of_another_shape_is_refused():
    for text in ("[]", "{}", pxweb(columns=[{"text": "x", "type": "d"}])):
        with pytest.raises(UnreadableFile):
            read_bytes(pxweb_json.read, text)


def test_base_areas_by_sex_and_age():
    text = "nyckelkod,namn,ar,kon,alder,antal\n1010110,Ängby,2014,kvinnor,80+,3\n"
    row = read_bytes(base_area_population.read, text).rows[0]
    assert (row["area_level"], row["area_code"], row["value"]) == ("base_area", "1010110", 3)
    assert row["breakdown"] == "age=80+;sex=women"


def test_faulty_base_area_rows_are_refused():
    text = (
        "nyckelkod,namn,ar,kon,alder,antal\nx,Ängby,2014,man,0-5,3\n"
        "1010110,Ängby,14,man,0-5,3\n1010110,Ängby,2014,man,0-5,-3\n"
        '1010110,Ängby,2014,man,0-5,"2,5"\n'
    )
    found = read_bytes(base_area_population.read, text)
    assert found.reasons == ["bad_area_code", "bad_date", "bad_number", "bad_number"]


def test_survey_values_keep_their_wording_and_never_a_number_that_is_not_theirs():
    text = (
        "ar;geografi;indelning;fraga;matt;varde_procent;n_svar_staden;"
        "svarsfrekvens_procent;kalla_url\n"
        "2020;Storstad;stad;A_orolig;andel;9;17857;;https://example.se\n"
        "2020;Ängby;sdn_14;A_orolig;andel;11;;;x\n"
        "2020;Storstad, 65-79 år;stad_grupp;A_orolig;andel;6,5;;;x\n"
        "2020;Storstad;stad;A_orolig;andel;109;;;x\n"
    )
    found = read_bytes(safety_survey.read, text, municipality_code="9901")
    whole, district, group = found.rows
    assert (whole["area_code"], whole["n"], whole["n_basis"]) == ("9901", 17857, "whole_survey")
    assert (district["area_level"], district["area_name"]) == ("district", "Ängby")
    assert (district["n"], district["n_basis"]) == (None, "unknown")
    assert (group["group"], group["value_percent"]) == ("65_79_ar", 6.5)
    assert found.reasons == ["bad_number"]


def total_of(found, prefix, **wanted):
    return sum(
        row["value"]
        for row in found.rows
        if row["area_code"].startswith(prefix)
        and all(row[name] == value for name, value in wanted.items())
    )


def test_the_deso_population_of_2023_is_the_official_one():
    found = read_path(pxweb_excel.read, shared_file(f"{SCB}/deso_folkmangd_2023.xlsx"))
    assert found.rejected == []
    assert total_of(found, "0180", indicator="population", breakdown="") == 988_943


@pytest.mark.slow
@pytest.mark.parametrize(("name", "columns"), WORKBOOKS.items())
def test_every_published_workbook_is_read_whole(name, columns):
    found = read_path(pxweb_excel.read, shared_file(f"{SCB}/{name}"))
    assert (found.table.num_rows, found.rejected) == (5984 * columns, [])
    assert len(found.table["area_code"].unique()) == 5984


def test_the_regso_population_of_2024_is_the_official_one():
    name = f"{SCB}/regso_2025_folkmangd_alder_kon_2024_stockholm.json"
    found = read_path(pxweb_json.read, shared_file(name))
    assert found.rejected == []
    assert len(found.table["area_code"].unique()) == 127
    assert total_of(found, "0180", breakdown="") == 995_574
    sexes = total_of(found, "0180", breakdown="sex=men")
    assert sexes + total_of(found, "0180", breakdown="sex=women") == 995_574


def test_the_base_areas_sum_to_the_published_totals():
    name = "stockholm_basomraden/befolkning_basomrade_2014_2016.csv.gz"
    found = read_path(base_area_population.read, shared_file(name))
    assert (found.table.num_rows, found.rejected) == (17598, [])
    sums = defaultdict(float)
    for row in found.rows:
        sums[row["period_start"].year] += row["value"]
    assert sums == {2014: 908_058, 2015: 920_608, 2016: 932_630}


def test_the_thirteen_published_survey_values_are_read():
    name = "trygghetsmatning/trygghetsmatning_publicerade_varden.csv"
    found = read_path(safety_survey.read, shared_file(name), municipality_code="0180")
    assert (found.table.num_rows, found.rejected) == (13, [])
    numbers = [row["n"] for row in found.rows if row["n"]]
    assert numbers == [17669, 17857]

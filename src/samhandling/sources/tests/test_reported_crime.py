import json
from collections import defaultdict
from datetime import UTC, date, datetime, timedelta

import pytest

from samhandling.sources import UnreadableFile
from samhandling.sources import reported_crime_deso as by_deso
from samhandling.sources import reported_crime_municipality as by_municipality
from samhandling.sources.tests.readings import read_bytes, read_path
from tests.shared_data import shared_file

CODES = {"Söderby": "9901"}
HEADER = (
    '"","Id","Brottskod","Brottskod.klartext","Inskrivningsdatum","Brottsdatum",'
    '"Kommun","Län","DeSO.område","Antal"\n'
)
REAL = {
    "1210_skadegorelse_brand.csv.gz": (13647, 692),
    "1211_skadegorelse_bilbrand.csv.gz": (10080, 679),
    "1701_vald_mot_polis_lindrigare.csv.gz": (4798, 710),
    "1702_vald_mot_polis_grovre.csv.gz": (954, 124),
}


def disclosed(
    registered="2022-05-02",
    crime="2022-05-01",
    deso="9901C1010",
    number="1",
    identity="17",
    code="1211",
):
    what = [identity, code, "Brand"]
    values = ["1", *what, registered, crime, "Söderby", "Söder Län", deso, number]
    return ",".join(f'"{value}"' for value in values) + "\n"


def read_disclosed(*lines):
    return read_bytes(by_deso.read, HEADER + "".join(lines), municipality_codes=CODES)


def test_an_offence_fills_its_local_day_and_is_placed_in_its_deso():
    row = read_disclosed(disclosed()).rows[0]
    assert row["start"] == datetime(2022, 4, 30, 22, tzinfo=UTC)
    assert row["end"] == datetime(2022, 5, 1, 22, tzinfo=UTC)
    assert row["time_precision"] == "day"
    assert (row["area_level"], row["area_code"]) == ("deso", "9901C1010")
    assert (row["municipality_code"], row["position_precision"]) == ("9901", "area")
    assert row["registered"] == datetime(2022, 5, 1, 22, tzinfo=UTC)


def test_an_offence_without_deso_is_placed_by_municipality_and_told():
    found = read_disclosed(disclosed(deso=""))
    row = found.rows[0]
    assert (row["area_level"], row["area_code"]) == ("municipality", "9901")
    assert row["position_precision"] == "municipality"
    assert "no_area_code" in found.noticed


@pytest.mark.parametrize(
    ("crime", "notice"),
    [("", "no_crime_date"), ("2022-05-03", "crime_date_after_registration")],
)
def test_a_crime_date_that_cannot_be_is_left_out_and_told(crime, notice):
    found = read_disclosed(disclosed(crime=crime))
    assert found.rows[0]["start"] is None
    assert found.rows[0]["time_precision"] == "unknown"
    assert found.rows[0]["registered"] is not None
    assert notice in found.noticed


def test_a_crime_long_before_its_registration_is_kept():
    found = read_disclosed(disclosed(crime="2015-02-01"))
    assert found.rows[0]["start"].year == 2015


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (disclosed(registered="2031-01-01"), "time_in_future"),
        (disclosed(registered="i våras"), "bad_date"),
        (disclosed(registered=""), "missing_value"),
        (disclosed(identity="NA"), "missing_value"),
        (disclosed(code="NA"), "missing_value"),
        (disclosed(number="0"), "bad_number"),
        (disclosed(deso="9901X1"), "bad_area_code"),
        ('"1","2"\n', "wrong_column_count"),
    ],
)
def test_a_faulty_offence_is_refused_and_the_next_kept(line, reason):
    found = read_disclosed(line, disclosed())
    assert found.reasons == [reason]
    assert [row["row"] for row in found.rows] == [2]


def test_another_file_is_refused_by_its_columns():
    with pytest.raises(UnreadableFile, match=r"lacks the columns Id, .*it has a, b"):
        read_bytes(by_deso.read, "a;b\n1;2\n")


def test_a_column_that_stands_twice_is_named_and_not_chosen():
    text = "kommun;period;key;count;count\n9901;2024;total;1;900\n"
    with pytest.raises(UnreadableFile, match="the columns count more than once"):
        read_bytes(by_municipality.read, text)


@pytest.mark.parametrize(("name", "counts"), REAL.items())
def test_the_disclosed_files_hold_the_published_numbers(name, counts):
    # Rows without DeSO are placed by name, which needs the table of names.
    codes = {"Stockholm": "0180"}
    path = shared_file(f"polisanmalda_brott_deso/{name}")
    named = read_path(by_deso.read, path, municipality_codes=codes)
    assert named.rejected == []
    placed = named.table["municipality_code"].to_pylist().count("0180")
    assert (named.table.num_rows, placed) == counts


@pytest.mark.parametrize("name", REAL)
def test_small_areas_begin_in_2020_and_what_has_none_is_kept_without(name):
    """In 2019 hardly any offence has a small area: a gap in what is known, not in crime."""
    path = shared_file(f"polisanmalda_brott_deso/{name}")
    found = read_path(by_deso.read, path, municipality_codes={"Stockholm": "0180"})
    levels = defaultdict(list)
    for row in found.rows:
        if row["municipality_code"] == "0180" and row["start"]:
            levels[(row["start"] + timedelta(hours=2)).year].append(row["area_level"])
    assert set(levels[2019]) <= {"deso", "municipality"}
    assert levels[2019].count("deso") < 0.05 * len(levels[2019])
    for year in (2020, 2021, 2022):
        assert levels[year].count("deso") > 0.96 * len(levels[year])


def test_forty_one_crime_dates_lie_after_the_registration():
    told = 0
    for name in REAL:
        found = read_path(by_deso.read, shared_file(f"polisanmalda_brott_deso/{name}"))
        told += sum(
            int(one.parameters["count"])
            for one in found.notices
            if one.code == "crime_date_after_registration"
        )
    assert told == 41


def test_quarters_withheld_values_and_preliminary_flags():
    text = (
        "kommun;period;key;count;preliminary\n"
        "9901;2024K1;total;100;\n9901;2024K2;total;..;1\n9901;2024K3;total;0;1\n"
    )
    found = read_bytes(by_municipality.read, text)
    assert [row["value"] for row in found.rows] == [100.0, None, 0.0]
    assert [row["suppressed"] for row in found.rows] == [False, True, False]
    assert [row["preliminary"] for row in found.rows] == [False, True, True]
    assert found.rows[0]["period_end"] == date(2024, 3, 31)
    assert "suppressed_value" in found.noticed


def test_faulty_municipality_rows_are_refused():
    text = (
        "kommun;period;key;count;preliminary\n"
        "99;2024;total;1;\n9901;snart;total;1;\n9901;2024;total;många;\n9901;2024;total;1;kanske\n"
    )
    found = read_bytes(by_municipality.read, text)
    assert found.reasons == ["bad_area_code", "bad_date", "bad_number", "bad_number"]


@pytest.mark.parametrize(
    "numbers", ["-3;1,5", "2,5;1,5", "1.234;1,5", "3;-1,5"], ids=["less", "half", "point", "rate"]
)
def test_a_number_of_offences_is_whole_and_neither_it_nor_its_rate_is_negative(numbers):
    text = f"kommun;period;key;count;per100k\n9901;2024;total;{numbers}\n9901;2024;total;3;1,5\n"
    found = read_bytes(by_municipality.read, text)
    assert found.reasons == ["bad_number"]
    assert [row["value"] for row in found.rows] == [3, 1.5]


def test_the_four_quarters_make_the_year_in_all_eleven_years():
    quarters = read_path(
        by_municipality.read,
        shared_file("bra_anmalda_brott/anmalda_brott_kvartal_2014_2026_7kommuner.csv"),
    )
    years = read_path(
        by_municipality.read,
        shared_file("bra_anmalda_brott/anmalda_brott_stockholm_ar_1996_2025.csv"),
    )
    assert quarters.table.num_rows == 336
    assert years.table["row"].to_pylist()[-1] == 180
    whole = {
        row["period_start"].year: row["value"]
        for row in years.rows
        if row["indicator"] == "reported_crime_total" and row["area_code"] == "0180"
    }
    for year in range(2015, 2026):
        parts = [
            row["value"]
            for row in quarters.rows
            if row["area_code"] == "0180" and row["period_start"].year == year
        ]
        assert (len(parts), sum(parts)) == (4, whole[year])


def test_extra_keeps_the_names_as_disclosed():
    row = read_disclosed(disclosed()).rows[0]
    assert json.loads(row["extra"]) == {"municipality": "Söderby", "county": "Söder Län"}

import json
from collections import Counter
from datetime import date

import numpy as np
import pytest
import shapely

from samhandling.sources import UnreadableFile, get
from samhandling.sources.tests.geometry_samples import frame, geopackage, shapefile_zip
from samhandling.sources.tests.readings import read_bytes, read_path
from samhandling.space import AreaSet, overlaps
from tests.shared_data import shared_file

FOLDER = "polisen_utsatta_omraden"
BOUNDARIES = get("vulnerable_areas").read
CLASSES = get("vulnerable_area_classes").read
SHARES = get("vulnerable_area_shares").read
# National numbers of the three classes: vulnerable, risk, particularly vulnerable.
PUBLISHED = {
    2015: (31, 7, 15),
    2017: (32, 6, 23),
    2019: (28, 10, 22),
    2021: (28, 14, 19),
    2023: (27, 15, 17),
}
ORDER = ("vulnerable", "risk", "particularly_vulnerable")


def attributes(found):
    return [json.loads(text) for text in found.table["attributes"].to_pylist()]


def counted(pairs):
    counts = Counter(pairs)
    years = {year for year, _ in counts}
    return {year: tuple(counts[year, one] for one in ORDER) for year in years}


def listed(**columns):
    return frame("EPSG:3006", **{"kategori": ["Riskområde", "Utsatt område"], **columns})


def test_a_list_takes_its_year_from_the_name_of_the_file(tmp_path):
    content = shapefile_zip(listed(), tmp_path)
    found = read_bytes(BOUNDARIES, content, "uso_2023_shp.zip")
    assert found.table["valid_from"].to_pylist() == [date(2023, 1, 1)] * 2
    assert found.table["code"].to_pylist() == ["angby", "asby"]
    assert [one["class"] for one in attributes(found)] == ["risk", "vulnerable"]
    assert set(found.table["level"].to_pylist()) == {"police_list"}


def test_a_list_without_a_year_asks_for_the_day(tmp_path):
    content = shapefile_zip(listed(), tmp_path)
    with pytest.raises(UnreadableFile, match="does not say its year"):
        read_bytes(BOUNDARIES, content, "uso.zip")


def test_a_panel_gives_each_year_until_the_next_list(tmp_path):
    areas = listed(year=[2021, 2023])
    found = read_bytes(BOUNDARIES, geopackage(areas, tmp_path), "panel.gpkg")
    assert found.table["valid_from"].to_pylist() == [date(2021, 1, 1), date(2023, 1, 1)]
    assert found.table["valid_to"].to_pylist() == [date(2023, 1, 1), None]


def test_a_removed_area_is_valid_until_its_removal(tmp_path):
    areas = listed(borttagen=["2019", "2021"])
    found = read_bytes(BOUNDARIES, shapefile_zip(areas, tmp_path), "historiska.zip")
    assert found.table["valid_to"].to_pylist() == [date(2019, 1, 1), date(2021, 1, 1)]


def test_an_area_removed_before_the_list_began_is_refused(tmp_path):
    content = shapefile_zip(listed(borttagen=["2019", "2023"]), tmp_path)
    found = read_bytes(BOUNDARIES, content, "historiska.zip", valid_from=date(2021, 12, 1))
    assert found.reasons == ["end_before_start"]
    assert found.table["valid_to"].to_pylist() == [date(2023, 1, 1)]


def test_an_unknown_class_is_refused(tmp_path):
    content = shapefile_zip(listed(kategori=["Trevligt", "Riskområde"]), tmp_path)
    found = read_bytes(BOUNDARIES, content, "uso_2023.zip")
    assert found.reasons == ["unknown_class"]


def test_classes_by_year_refuse_unknown_letters_and_repeated_areas():
    text = (
        "ID;omrade;ort;ar;kod\n1;Ängby;By;2021;S\n2;Åsby;By;2021;Q\n3;Ängby;By;2021;U\n"
        "4;Ängby;By;2023;U\n"
    )
    found = read_bytes(CLASSES, text)
    assert [row["value_text"] for row in found.rows] == [
        "particularly_vulnerable",
        "vulnerable",
    ]
    assert found.reasons == ["unknown_class", "duplicate"]


@pytest.mark.parametrize(("name", "year"), [("UO2021_shp.zip", 2021), ("uso_2023_shp.zip", 2023)])
def test_the_police_shapefiles_hold_the_published_numbers(name, year):
    found = read_path(BOUNDARIES, shared_file(f"{FOLDER}/{name}"))
    assert found.rejected == []
    pairs = [(one["year"], one["class"]) for one in attributes(found)]
    assert counted(pairs) == {year: PUBLISHED[year]}
    assert "third_dimension_dropped" in found.noticed


def test_the_historical_shapefile_holds_four_removed_areas():
    found = read_path(BOUNDARIES, shared_file(f"{FOLDER}/USO_historiska_shp.zip"))
    assert found.rejected == []
    ends = {row["name"]: row["valid_to"] for row in found.rows}
    assert len(ends) == 4
    assert ends["Smedby"] == date(2019, 1, 1)


def test_the_panel_holds_the_published_numbers_of_all_years():
    found = read_path(BOUNDARIES, shared_file(f"{FOLDER}/UO_panel.gpkg"))
    assert found.rejected == []
    assert counted((one["year"], one["class"]) for one in attributes(found)) == PUBLISHED


def test_the_table_holds_the_published_numbers_of_all_years():
    found = read_path(CLASSES, shared_file(f"{FOLDER}/utsatta_omraden_2015_2023.csv"))
    assert (found.table.num_rows, found.rejected) == (294, [])
    pairs = ((row["period_start"].year, row["value_text"]) for row in found.rows)
    assert counted(pairs) == PUBLISHED


def test_the_table_and_the_polygons_of_2023_name_the_same_areas():
    polygons = read_path(BOUNDARIES, shared_file(f"{FOLDER}/uso_2023_shp.zip"))
    table = read_path(CLASSES, shared_file(f"{FOLDER}/utsatta_omraden_2015_2023.csv"))
    listed_2023 = {row["area_code"] for row in table.rows if row["period_start"].year == 2023}
    shared = listed_2023 & set(polygons.table["code"].to_pylist())
    assert len(listed_2023) == 59
    assert len(shared) >= 55


def test_the_shares_of_2025_are_read_with_their_vintage():
    name = f"{FOLDER}/deso2025_andel_i_utsatt_omrade_2025_stockholm.csv"
    found = read_path(SHARES, shared_file(name))
    assert (found.table.num_rows, found.rejected) == (3 * 59, [])
    assert {row["period_start"] for row in found.rows} == {date(2025, 1, 1)}
    assert "area_vintage" in found.noticed
    for row in found.rows:
        assert 0 <= row["value"] <= 100


def small_areas():
    found = read_path(
        get("boundaries").read,
        shared_file("scb_deso_regso_stockholm/deso_2018_stockholms_lan.geojson"),
        level="deso",
        valid_from=date(2018, 1, 1),
    )
    rows = [row for row in found.rows if row["code"].startswith("0180")]
    return area_set("deso", rows)


def area_set(level, rows):
    codes = [row["code"] for row in rows]
    return AreaSet.of(level, codes, codes, shapely.from_wkb([row["geometry"] for row in rows]))


def at_least_half_listed(units, name):
    """Return the units of which half the surface or more lies in a listed area of their city."""
    found = read_path(BOUNDARIES, shared_file(f"{FOLDER}/{name}"))
    rows = [row for row in found.rows if json.loads(row["attributes"])["town"] == "Stockholm"]
    unit, _, surface, whole, _ = overlaps(units, area_set("police_list", rows))
    share = np.bincount(unit, surface / whole[unit], minlength=len(units))
    return {code for code, part in zip(units.codes, share, strict=True) if part >= 0.5}


def test_the_list_of_2023_was_drawn_around_fewer_people_than_that_of_2021():
    """Stockholm's 50 small areas with 100,427 residents are those of the data's own page."""
    units = small_areas()
    earlier = at_least_half_listed(units, "UO2021_shp.zip")
    listed_2023 = at_least_half_listed(units, "uso_2023_shp.zip")
    assert (len(units), len(earlier), len(listed_2023)) == (544, 56, 50)
    assert listed_2023 < earlier
    people = read_path(
        get("pxweb_excel").read,
        shared_file("scb_deso_regso_stockholm/deso_folkmangd_2023.xlsx"),
    )
    inside = [row["value"] for row in people.rows if row["area_code"] in listed_2023]
    assert sum(inside) == 100_427

"""The traps in the published files: the library or the parser says what is wrong, and how much.

Each test takes a real file that a careless reading would turn into a plausible wrong answer.
"""

from datetime import date

import numpy as np
import pandas as pd
import pytest
import shapely

from samhandling.execution import Replicates
from samhandling.patterns import (
    DatesTooCoarse,
    Distance,
    PlacesTooCoarse,
    check_near_repeat_can_be_read,
    check_placed_exactly,
    knox,
)
from samhandling.sources import Mapping, UnreadableFile, get
from samhandling.sources.schema import Kind
from samhandling.sources.tests.readings import Reading, read_path
from samhandling.space import AreaSet, Change, crosswalk_by_area, lineage, overlaps, transform
from tests.shared_data import shared_file

SCB = "scb_deso_regso_stockholm"
POLICE = "polisen_utsatta_omraden"
CITY = "stockholm_indelning"
CRIMES = (
    "1210_skadegorelse_brand",
    "1211_skadegorelse_bilbrand",
    "1701_vald_mot_polis_lindrigare",
    "1702_vald_mot_polis_grovre",
)


def read(source: str, name: str, **told: object) -> Reading:
    return read_path(get(source).read, shared_file(name), **told)


def areas(source: str, name: str, level: str) -> AreaSet:
    table = read(source, name, level=level, valid_from=date(2020, 7, 1)).table.to_pandas()
    shapes = shapely.from_wkb(table["geometry"].to_numpy())
    return AreaSet.of(level, list(table["code"]), list(table["name"]), shapes)


def residents_of(areas: AreaSet) -> np.ndarray:
    rows = read("pxweb_excel", f"{SCB}/deso_folkmangd_2023.xlsx").rows
    people = {row["area_code"]: row["value"] for row in rows if row["breakdown"] == ""}
    return np.array([people[code] for code in areas.codes])


def small_areas() -> AreaSet:
    every = areas("boundaries", f"{SCB}/deso_2018_stockholms_lan.geojson", "deso")
    return every.subset([code for code in every.codes if code.startswith("0180")])


@pytest.mark.parametrize("name", CRIMES)
def test_no_row_of_2019_has_an_area_and_each_is_told_of(name):
    """Coverage by DeSO begins in 2020: a trend from 2019 would be one of codes, not of crimes."""
    found = read("reported_crime_deso", f"polisanmalda_brott_deso/{name}.csv.gz",
                 municipality_codes={"Stockholm": "0180"})  # fmt: skip
    rows = found.table.to_pandas()
    local = rows["registered"].dt.tz_convert("Europe/Stockholm")
    city = rows["municipality_code"] == "0180"
    before = rows[city & (local.dt.year == 2019)]
    assert len(before) > 0
    assert set(before["area_level"]) == {"municipality"}
    assert set(before["position_precision"]) == {"municipality"}
    told = sum(one.parameters["count"] for one in found.notices if one.code == "no_area_code")
    assert told == (rows["area_level"] != "deso").sum() >= len(before)
    later = rows[city & local.dt.year.between(2020, 2023)]
    assert (later["area_level"] == "deso").mean() > 0.96
    with pytest.raises(ValueError, match="placed only by municipality"):
        check_placed_exactly(before["position_precision"])


def test_the_redrawn_list_is_told_by_its_residents_and_its_areas():
    """Eight areas and 109,200 residents in 2021, six and 94,400 in 2023; 56 and 50 DeSO."""
    units = small_areas()
    people = residents_of(units)
    found = []
    for name in ("UO2021_shp.zip", "uso_2023_shp.zip"):
        listed = areas("vulnerable_areas", f"{POLICE}/{name}", "police_list")
        i, j, common, whole, _ = overlaps(units, listed)
        inside = np.bincount(i, weights=common, minlength=len(whole)) / whole
        touched = {listed.codes[at] for at in j if (inside[i[j == at]] > 0.05).any()}
        found.append((int((inside >= 0.5).sum()), round(float(inside @ people), -2), touched))
    assert [one[:2] for one in found] == [(56, 109_200), (50, 94_400)]
    assert found[0][2] - found[1][2] == {"alvsjo_solberga", "ostberga"}


def test_the_lineage_of_the_list_tells_what_left_it_and_what_came():
    """61 areas became 59: more left and came than the difference of two shows."""
    before, after = (
        areas("vulnerable_areas", f"{POLICE}/{name}", "police_list")
        for name in ("UO2021_shp.zip", "uso_2023_shp.zip")
    )
    changes = lineage(before, after)
    gone = {code for one in changes if one.change is Change.GONE for code in one.before}
    new = {code for one in changes if one.change is Change.NEW for code in one.after}
    assert (len(before), len(after), len(gone), len(new)) == (61, 59, 6, 4)
    assert {"alvsjo_solberga", "ostberga"} < gone


def test_residents_outside_the_list_are_not_dropped_unseen():
    """To carry all residents over to the listed areas is refused, with the area that is lost."""
    units = small_areas()
    listed = areas("vulnerable_areas", f"{POLICE}/uso_2023_shp.zip", "police_list")
    with pytest.raises(ValueError, match=r"values\[0\] \('0180C\d{4}'\) is .* no new area covers"):
        crosswalk_by_area(units, listed).apply(residents_of(units))


def test_the_overlay_of_2025_does_not_join_the_areas_of_2018():
    """Codes look alike between vintages, but 0180C1590 became C1591 and C1592."""
    shares = read("vulnerable_area_shares",
                  f"{POLICE}/deso2025_andel_i_utsatt_omrade_2025_stockholm.csv")  # fmt: skip
    assert "area_vintage" in shares.noticed
    codes = sorted({row["area_code"] for row in shares.rows})
    with pytest.raises(ValueError, match="deso has no area '0180C1140_DeSO2025'"):
        small_areas().subset(codes)
    plain = {code.removesuffix("_DeSO2025") for code in codes}
    assert {"0180C1591", "0180C1592"} <= plain - set(small_areas().codes)


def test_akalla_and_husby_are_shared_between_two_districts():
    """56 and 71 % of their surface lies in Rinkeby-Kista, though both belong to it by name."""
    parts = areas("boundaries", f"{CITY}/stadsdelar.geojson", "neighbourhood")
    districts = areas(
        "boundaries", f"{CITY}/sdn_2020_13_stadsdelsnamndsomraden_shp.zip", "district"
    )
    shared = crosswalk_by_area(parts, districts)
    share = {(a, b): part for a, b, part in shared.rows()}
    for name, expected in (("AKALLA", 0.56), ("HUSBY", 0.71)):
        assert share[name, "Rinkeby-Kista"] == pytest.approx(expected, abs=0.005)
        assert share[name, "Rinkeby-Kista"] + share[name, "Spånga-Tensta"] == pytest.approx(1)
    # Taken for a part of the district, the two could not be told from a redrawn border.
    akalla = parts.subset(["AKALLA", "HUSBY"])
    changes = lineage(akalla, districts.subset(["Rinkeby-Kista", "Spånga-Tensta"]))
    assert [one.change for one in changes] == [Change.REDRAWN]


def test_a_join_by_name_between_two_divisions_is_refused():
    """The map's 117 neighbourhoods are not the statistics' parish-based ones, nor base areas."""
    parts = areas("boundaries", f"{CITY}/stadsdelar.geojson", "neighbourhood")
    assert len(parts) == 117
    with pytest.raises(ValueError, match="neighbourhood has no area 'ENGELBREKT'; it has "):
        parts.subset(["NORRMALM", "ENGELBREKT"])


def test_residents_carried_over_by_borders_are_all_kept():
    """932,630 residents of 419 base areas: by borders all, by equal names under a fifth."""
    parts = areas("boundaries", f"{CITY}/stadsdelar.geojson", "neighbourhood")
    base = areas("boundaries", "stockholm_basomraden/basomraden.geojson", "base_area")
    name = "stockholm_basomraden/befolkning_basomrade_2014_2016.csv.gz"
    rows = read("base_area_population", name).table.to_pandas()
    latest = rows[pd.to_datetime(rows["period_start"]).dt.year == 2016]
    people = latest.groupby("area_code")["value"].sum().reindex(list(base.codes)).to_numpy()
    assert crosswalk_by_area(base, parts).apply(people).sum() == pytest.approx(932_630)
    same_name = np.isin([name.upper() for name in base.names], parts.codes)
    assert people[same_name].sum() < 0.2 * people.sum()


def test_the_notes_under_a_workbook_are_skipped_and_told():
    found = read("pxweb_excel", f"{SCB}/deso_folkmangd_2023.xlsx")
    skipped = [one for one in found.notices if one.code == "footnotes_skipped"]
    assert sum(int(one.parameters["count"]) for one in skipped) == 21
    assert (found.table.num_rows, found.rejected) == (5_984, [])
    assert found.table["area_code"].to_pandas().str.fullmatch(r"\d{4}[ABC]\d{4}").all()


def test_borders_without_a_coordinate_system_are_not_guessed():
    """The districts of Portland have no .prj."""
    name = "nij_portland/portland_police_districts_shp.zip"
    with pytest.raises(UnreadableFile, match=r"\.prj is missing.*give it as the option crs"):
        read("boundaries", name, level="district", valid_from=date(2012, 1, 1))


def nottingham(**stated: str) -> pd.DataFrame:
    mapping = Mapping(
        kind=Kind.EVENTS,
        columns={"start": "month", "lon": "longitude", "lat": "latitude", "title": "location"},
        constants={"category": "burglary", **stated},
    )
    name = "brottskartor_ovriga/nottingham_burglary.csv.gz"
    return read("mapped_table", name, mapping=mapping, timezone="Europe/London").table.to_pandas()


def test_months_written_as_days_are_recognised():
    """Every date of the file is the first of a month; near repeats within a week are refused."""
    rows = nottingham()
    assert set(rows["start"].dt.tz_convert("Europe/London").dt.day) == {1}
    x, y = transform(rows["lon"], rows["lat"], "EPSG:4326", "EPSG:27700")
    days = rows["start"].dt.tz_convert("Europe/London").dt.tz_localize(None)
    with pytest.raises(DatesTooCoarse, match="only the month, or less, is known"):
        knox(x, y, days.to_numpy().astype("datetime64[D]").astype(int),
             space_edges=[0, 200], time_edges=[0, 7], replicates=Replicates(99))  # fmt: skip


def test_points_moved_to_the_street_do_not_give_near_repeats():
    """1,795 burglaries lie on 1,247 map points; what the source states goes with every row."""
    rows = nottingham(position_precision="snapped", time_precision="month")
    assert len(rows) == 1_795
    assert len(rows.drop_duplicates(["lon", "lat"])) == 1_247
    with pytest.raises(PlacesTooCoarse, match=r"1795 of 1795 events, .* moved to a map point"):
        check_near_repeat_can_be_read(
            rows["position_precision"], rows["time_precision"], time_edges=[0, 31]
        )


def test_seven_days_apart_is_not_within_the_band_below_seven():
    """The Near Repeat Calculator writes 0 to 7 days for what is less than seven."""
    table = pd.read_csv(shared_file("nrc_chicago_inbrott/chicago_be_month1.csv"), header=None)
    days = pd.to_datetime(table[2]).to_numpy().astype("datetime64[D]").astype(int)
    found = {
        edge: knox(table[0], table[1], days, distance=Distance.CITY_BLOCKS,
                   space_edges=[0, 200], time_edges=[0, edge], replicates=Replicates(99))
        for edge in (7, 8)
    }  # fmt: skip
    assert found[7].observed.tolist() == [[169]]
    assert found[8].observed[0, 0] > 169
    assert [one.bands()[1] for one in found.values()] == [
        ("0 to under 7 days",), ("0 to under 8 days",),
    ]  # fmt: skip

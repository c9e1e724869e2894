"""Vehicle fires in Stockholm by small area: the figures that the raw files are known to give."""

import numpy as np
import pandas as pd
import pyogrio
import pytest

from samhandling.patterns import concentration, rate_ratio
from samhandling.space import AreaSet, overlaps
from tests.shared_data import shared_file


@pytest.fixture(scope="module")
def small_areas():
    frame = pyogrio.read_dataframe(
        shared_file("scb_deso_regso_stockholm/deso_2018_stockholms_lan.geojson")
    )
    city = frame[frame["id"].str.startswith("0180")].sort_values("id")
    areas = AreaSet.of("deso", list(city["id"]), list(city["id"]), city.geometry.to_numpy())
    sheet = pd.read_excel(
        shared_file("scb_deso_regso_stockholm/deso_folkmangd_2023.xlsx"), header=None, skiprows=3
    )
    residents = (
        sheet.dropna(subset=[1]).drop_duplicates(1).set_index(1)[2].reindex(list(areas.codes))
    )
    return areas, residents.to_numpy(dtype=float)


@pytest.fixture(scope="module")
def fires(small_areas):
    name = "polisanmalda_brott_deso/1211_skadegorelse_bilbrand.csv.gz"
    rows = pd.read_csv(shared_file(name), dtype=str, parse_dates=["Inskrivningsdatum"])
    rows = rows[rows["DeSO.område"].isin(small_areas[0].codes)]
    return rows[rows["Inskrivningsdatum"].between("2020-01-01", "2023-09-30")]


def by_area(rows, areas):
    return rows["DeSO.område"].value_counts().reindex(list(areas.codes), fill_value=0).to_numpy()


@pytest.fixture(scope="module")
def listed(small_areas):
    """Which small areas lie at least half inside an area of the police's list of 2023."""
    frame = pyogrio.read_dataframe(
        f"/vsizip/{shared_file('polisen_utsatta_omraden/uso_2023_shp.zip')}"
    )
    codes = [str(i) for i in range(len(frame))]
    police = AreaSet.of("police_list", codes, codes, frame.geometry.to_numpy(), "EPSG:3006")
    i, _, surface, whole, _ = overlaps(small_areas[0], police)
    inside = np.bincount(i, weights=surface, minlength=len(whole)) / whole
    return inside >= 0.5


def test_vehicle_fires_are_nearly_four_times_as_common_in_listed_areas(small_areas, fires, listed):
    """50 small areas with some 100,400 residents; ratio 3.8, 95 % interval 3.2 to 4.6."""
    areas, residents = small_areas
    counts = by_area(fires, areas)
    assert (len(areas), int(listed.sum())) == (544, 50)
    assert residents[listed].sum() == pytest.approx(100_427, abs=100)
    ratio = rate_ratio(
        (counts[listed].sum(), counts[~listed].sum()),
        (residents[listed].sum(), residents[~listed].sum()),
    )
    assert round(ratio.value, 1) == 3.8
    assert (round(ratio.low, 1), round(ratio.high, 1)) == (3.2, 4.6)


def test_the_concentration_of_vehicle_fires_is_mostly_chance(small_areas, fires):
    """343 of 544 small areas have none; the top 27 hold 38 %, but 13 % of the next half."""
    areas, residents = small_areas
    counts = by_area(fires, areas)
    assert (counts == 0).sum() == 343
    result = concentration(counts, residents, rng=np.random.default_rng(1))
    assert result.top_areas == 27
    assert round(result.share, 2) == 0.38
    assert result.low < 0.38

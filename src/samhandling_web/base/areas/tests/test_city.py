"""A real city's base areas carried over its three divisions into districts."""

import csv
import gzip
from collections import defaultdict
from datetime import date

import pyogrio
import pyproj
import pytest
import shapely

from samhandling.space import WGS84, transform_geometries
from samhandling_web.base.areas import selectors, services
from samhandling_web.base.areas.services import AreaGroup
from samhandling_web.base.areas.tests.town import division
from tests.shared_data import shared_file

pytestmark = [
    pytest.mark.django_db,
]
FOURTEEN, THIRTEEN, ELEVEN = date(2007, 1, 1), date(2020, 7, 1), date(2023, 7, 1)
# Where the district that was later merged lay, in the city's own names of its neighbourhoods.
LATER_MERGED = {"HERRÄNGEN", "LISEBERG", "LÅNGBRO", "LÅNGSJÖ", "SOLBERGA", "ÄLVSJÖ", "ÖRBY SLOTT"}


def polygons(frame):
    """Return the frame's borders as this platform's readers give them: valid, flat, WGS84."""
    crs = pyproj.CRS(frame.crs).to_string()
    moved = transform_geometries(shapely.force_2d(frame.geometry.to_numpy()), crs, WGS84)
    return shapely.make_valid(moved)


def read(name, code, label):
    frame = pyogrio.read_dataframe(shared_file(name))
    return list(zip(frame[code].astype(str), frame[label], polygons(frame), strict=True))


def fourteen_districts():
    """Group the neighbourhoods as they were before two districts became one."""
    members = defaultdict(list)
    path = shared_file("stockholm_indelning/stadsdel_till_stadsdelsomrade.csv")
    with path.open(encoding="utf-8") as lines:
        for row in csv.DictReader(lines):
            name, district = row["stadsdel"], row["sdn_2020"]
            if district == "Hägersten-Älvsjö":
                district = "Älvsjö" if name in LATER_MERGED else "Hägersten-Liljeholmen"
            members[district].append(name)
    return [AreaGroup(name, name, tuple(own)) for name, own in members.items()]


@pytest.fixture
def residents():
    people = defaultdict(lambda: defaultdict(int))
    path = shared_file("stockholm_basomraden/befolkning_basomrade_2014_2016.csv.gz")
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for row in csv.DictReader(lines):
            people[row["nyckelkod"]][int(row["ar"])] += int(row["antal"])
    return people


@pytest.fixture
def _city():
    for rank, slug in enumerate(("district", "neighbourhood", "base_area")):
        services.level_set(
            slug=slug, name=slug, rank=rank, is_base_unit=slug == "base_area", actor=None
        )
    base = read("stockholm_basomraden/basomraden.geojson", "nyckelkod", "namn")
    assert division("base_area", base, date(2014, 1, 1), "base").created == 419
    parts = read("stockholm_indelning/stadsdelar.geojson", "name", "name")
    assert division("neighbourhood", parts, FOURTEEN, "parts").created == 117
    name = "stockholm_indelning/sdn_2020_13_stadsdelsnamndsomraden_shp.zip"
    division("district", read(name, "Sdn_omarde", "Sdn_omarde"), THIRTEEN, "13")
    name = "stockholm_indelning/stadsdelsomraden_2023_11.geojson"
    division("district", read(name, "omr_kod", "omr_namn"), ELEVEN, "11")
    services.areas_from_groups(
        level="district",
        groups=fourteen_districts(),
        members=("neighbourhood", FOURTEEN),
        valid_from=FOURTEEN,
        batch_key="14",
        source="kommunens tabell över stadsdelar",
        actor=None,
    )


@pytest.mark.filterwarnings("ignore:Measured")
@pytest.mark.usefixtures("_city")
def test_the_city_total_is_the_same_on_fourteen_thirteen_and_eleven_districts(client, residents):
    total = {2014: 908_058, 2015: 920_608, 2016: 932_630}
    counted = {}
    for number, day in ((14, FOURTEEN), (13, THIRTEEN), (11, ELEVEN)):
        carried = selectors.series_on("district", day, residents)
        assert len(carried) == number
        assert {year: sum(own[year] for own in carried.values()) for year in total} == total
        names = dict(selectors.areas_on("district", day).values_list("area__code", "name"))
        counted[number] = {names[code]: own[2016] for code, own in carried.items()}
    # Two districts became one; the neighbourhoods are drawn a little otherwise than the districts.
    parts = counted[14]["Älvsjö"] + counted[14]["Hägersten-Liljeholmen"]
    assert parts == pytest.approx(counted[13]["Hägersten-Älvsjö"], rel=0.01)
    assert 25_000 < counted[14]["Älvsjö"] < 32_000
    north = counted[13]["Norrmalm"] + counted[13]["Östermalm"]
    assert counted[11]["Norra innerstaden"] == pytest.approx(north, rel=0.01)
    sentences = [h.text for h in selectors.happenings_of_level("district", None)]
    assert "Norrmalm och Östermalm blev Norra innerstaden 2023-07-01" in sentences
    assert "Rinkeby-Kista och Spånga-Tensta blev Järva 2023-07-01" in sentences
    assert "Hägersten-Liljeholmen och Älvsjö blev Hägersten-Älvsjö 2020-07-01" in sentences

    for level, number in (("base_area", 419), ("neighbourhood", 117), ("district", 11)):
        answer = client.get(f"/omraden/{level}/karta.json", {"dag": "2024-01-01"})
        assert len(answer.json()["features"]) == number
        assert len(answer.content) <= 400_000


@pytest.mark.filterwarnings("ignore:Measured")
def test_residents_of_listed_areas_equal_those_reckoned_outside_the_platform():
    """Residents of 2023 by surface of DeSO: about 109,200 on the list of 2021, 94,400 on 2023's."""
    services.level_set(slug="deso", name="DeSO", is_base_unit=True, actor=None)
    services.level_set(slug="listed", name="Listat område", is_overlay=True, actor=None)
    path = shared_file("scb_deso_regso_stockholm/deso_2018_stockholms_lan.geojson")
    frame = pyogrio.read_dataframe(path)
    frame = frame[frame["id"].str.startswith("0180")]
    units = list(zip(frame["id"], frame["id"], polygons(frame), strict=True))
    assert division("deso", units, date(2018, 1, 1), "deso").created == 544
    people = dict(zip(frame["id"], frame["pop_2023"].fillna(0), strict=True))
    for name, year, published in (("UO2021_shp", 2021, 109_200), ("uso_2023_shp", 2023, 94_400)):
        listed = pyogrio.read_dataframe(shared_file(f"polisen_utsatta_omraden/{name}.zip"))
        rows = [(f"{n}", f"{n}", shape) for n, shape in enumerate(polygons(listed))]
        division("listed", rows, date(year, 1, 1), f"list-{year}")
        inside = selectors.shares_inside("listed", date(year, 6, 1))
        total = sum(people[code] * s for own in inside.values() for code, s in own.items())
        assert total == pytest.approx(published, rel=0.01)

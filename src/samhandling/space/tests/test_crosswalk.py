import csv
from itertools import pairwise

import numpy as np
import pyogrio
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from samhandling.space import (
    AreaSet,
    crosswalk_by_area,
    crosswalk_by_population,
    crosswalk_by_units,
    overlaps,
)
from tests.shared_data import shared_file

CRS = "EPSG:3006"


def strips(edges, level="strip"):
    """Vertical strips between the given eastings (in hundreds of metres)."""
    boxes = [
        shapely.box(5e5 + 100 * a, 6.5e6, 5e5 + 100 * b, 6.5e6 + 100) for a, b in pairwise(edges)
    ]
    codes = [f"{level}{i}" for i in range(len(boxes))]
    return AreaSet.of(level, codes, codes, boxes, CRS)


def test_shares_by_area_worked_by_hand():
    """Strips 0-2 and 2-4 against 0-1, 1-3 and 3-4: each old one gives half to the middle."""
    crosswalk = crosswalk_by_area(strips([0, 2, 4], "old"), strips([0, 1, 3, 4], "new"))
    assert [(a, b, round(s, 9)) for a, b, s in crosswalk.rows()] == [
        ("old0", "new0", 0.5),
        ("old0", "new1", 0.5),
        ("old1", "new1", 0.5),
        ("old1", "new2", 0.5),
    ]
    assert crosswalk.apply([10, 20]).tolist() == pytest.approx([5, 15, 10])


def test_shares_by_population_follow_the_people():
    x = 5e5 + np.array([50, 150, 250, 350])
    y = np.full(4, 6.5e6 + 50)
    crosswalk = crosswalk_by_population(
        strips([0, 2, 4]), strips([0, 1, 3, 4]), x, y, [30, 10, 0, 5], crs=CRS
    )
    assert crosswalk.apply([40, 5]).tolist() == pytest.approx([30, 10, 5])


def test_an_area_without_residents_is_shared_by_surface():
    crosswalk = crosswalk_by_population(
        strips([0, 2, 4]), strips([0, 1, 3, 4]), [5e5 + 50], [6.5e6 + 50], [9], crs=CRS
    )
    assert crosswalk.apply([0, 8]).tolist() == pytest.approx([0, 4, 4])


def test_units_that_a_border_cuts_are_shared_out_evenly():
    """The middle unit (1 to 3) of 20 people is cut at 2; old0 holds 30 + 10, and 0-1 takes 30."""
    units = strips([0, 1, 3, 4], "unit")
    crosswalk = crosswalk_by_units(strips([0, 2, 4]), strips([0, 1, 3, 4]), units, [30, 20, 0])
    assert crosswalk.apply([40, 10]).tolist() == pytest.approx([30, 20, 0])
    with pytest.raises(ValueError, match=r"population\[2\] is -1"):
        crosswalk_by_units(strips([0, 2]), strips([0, 2]), units, [1, 1, -1])
    with pytest.raises(ValueError, match="units has 3, population has 2"):
        crosswalk_by_units(strips([0, 2]), strips([0, 2]), units, [1, 1])


edges = st.lists(st.integers(1, 19), unique=True, max_size=6).map(lambda e: [0, *sorted(e), 20])


@settings(max_examples=40, deadline=None)
@given(edges, edges, st.integers(0, 2**32 - 1))
def test_the_total_is_carried_over(old, new, seed):
    crosswalk = crosswalk_by_area(strips(old), strips(new))
    values = np.random.default_rng(seed).integers(0, 10_000, len(old) - 1)
    assert crosswalk.apply(values).sum() == pytest.approx(values.sum(), rel=1e-12)
    whole = crosswalk.apply_whole(values)
    assert whole.sum() == values.sum()
    assert (np.abs(whole - crosswalk.apply(values)) < 1 + 1e-6).all()


def test_an_uncovered_area_does_not_lose_its_events_unseen():
    crosswalk = crosswalk_by_area(strips([0, 2, 4]), strips([0, 1, 2]))
    assert crosswalk.unmatched == ("strip1",)
    assert crosswalk.apply([4, 0]).tolist() == pytest.approx([2, 2])
    with pytest.raises(ValueError, match=r"values\[1\] \('strip1'\) is 3"):
        crosswalk.apply([4, 3])


def test_bad_input_is_named():
    crosswalk = crosswalk_by_area(strips([0, 2, 4]), strips([0, 4]))
    with pytest.raises(ValueError, match="values has 1 entries"):
        crosswalk.apply([1])
    with pytest.raises(ValueError, match=r"population\[0\] is -1"):
        crosswalk_by_population(strips([0, 1]), strips([0, 1]), [0], [0], [-1])


def districts_of_2020():
    name = "stockholm_indelning/sdn_2020_13_stadsdelsnamndsomraden_shp.zip"
    found = pyogrio.read_dataframe(f"/vsizip/{shared_file(name)}")
    names = list(found["Sdn_omarde"])
    return AreaSet.of("district", names, names, found.geometry.to_numpy(), "EPSG:3011")


@pytest.mark.filterwarnings("ignore:Measured")
def test_neighbourhoods_need_not_nest_in_districts():
    """The shares that come with the data: Akalla lies to 56 % in Rinkeby-Kista, Husby to 71 %."""
    path = shared_file("stockholm_indelning/stadsdel_till_stadsdelsomrade.csv")
    with path.open(encoding="utf-8") as stream:
        published = {row["stadsdel"]: row for row in csv.DictReader(stream)}
    found = pyogrio.read_dataframe(shared_file("stockholm_indelning/stadsdelar.geojson"))
    names = list(found["name"])
    units = AreaSet.of("neighbourhood", names, names, shapely.make_valid(found.geometry.to_numpy()))
    districts = districts_of_2020()
    i, j, surface, whole, _ = overlaps(units, districts)
    shares = {
        (names[a], districts.codes[b]): s for a, b, s in zip(i, j, surface / whole[i], strict=True)
    }
    for name, row in published.items():
        stated = float(row["andel_i_sdn_2020"])
        assert shares[name, row["sdn_2020"]] == pytest.approx(stated, abs=0.002), name
    assert shares["AKALLA", "Rinkeby-Kista"] == pytest.approx(0.56, abs=0.005)
    assert shares["HUSBY", "Rinkeby-Kista"] == pytest.approx(0.71, abs=0.005)
    assert len(published) == len(units) == 117


@pytest.mark.filterwarnings("ignore:Measured")
def test_the_districts_of_2020_carry_over_to_2023():
    """Stockholm: Rinkeby-Kista and Spånga-Tensta became Järva, the two inner ones Norra."""
    new = pyogrio.read_dataframe(
        shared_file("stockholm_indelning/stadsdelsomraden_2023_11.geojson")
    )
    before = districts_of_2020()
    names = list(new["omr_namn"])
    after = AreaSet.of("district", names, names, new.geometry.to_numpy())
    crosswalk = crosswalk_by_area(before, after)
    residents = np.arange(1, 14) * 10_000
    assert crosswalk.apply(residents).sum() == pytest.approx(residents.sum())
    main = {a: b for a, b, share in crosswalk.rows() if share > 0.8}
    assert len(main) == 13
    assert main["Rinkeby-Kista"] == main["Spånga-Tensta"] == "Järva"
    assert main["Norrmalm"] == main["Östermalm"] == "Norra innerstaden"

"""Which areas belong to which: only where at least half of one lies in the other."""

from datetime import date

import shapely

from samhandling.space.areas import AreaSet
from samhandling_web.observe.events.snapshot import truth
from samhandling_web.observe.events.snapshot.layout import Division


def division(column: str, level: str, **boxes: tuple[float, float, float, float]) -> Division:
    shapes = [shapely.box(*box) for box in boxes.values()]
    return Division(
        column, AreaSet.of(level, list(boxes), list(boxes), shapes), date(2020, 1, 1), None
    )


WHOLE = division("v0", "municipality", M=(0, 60, 3, 61))
DISTRICTS = division("v1", "district", A=(0, 60, 1, 61), B=(1, 60, 2, 61), C=(2, 60, 3, 61))
UNITS = division(
    "v2", "deso", a=(0, 60, 0.9, 61), ab=(0.9, 60, 1.3, 61), b=(1.3, 60, 2, 61), c=(2, 60, 3, 61)
)
LISTED = division("v3", "police_list", L=(0, 60, 0.5, 61))


def test_a_small_area_belongs_where_most_of_it_lies():
    links = truth.links([WHOLE, DISTRICTS, UNITS])["v1"]
    assert [links["deso", code] for code in ("a", "ab", "b", "c")] == [0, 1, 1, 2]


def test_a_municipality_lies_in_none_of_its_districts():
    assert ("municipality", "M") not in truth.links([WHOLE, DISTRICTS])["v1"]


def test_every_area_lies_in_the_municipality_and_in_itself():
    links = truth.links([WHOLE, DISTRICTS, UNITS])
    assert links["v0"]["deso", "b"] == links["v0"]["district", "C"] == 0
    assert links["v1"]["district", "C"] == 2


def test_half_of_an_area_must_lie_inside_a_list():
    links = truth.links([UNITS, LISTED])["v3"]
    assert links["deso", "a"] == 0
    assert ("deso", "ab") not in links

from datetime import date
from time import process_time

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from samhandling.space import OUTSIDE, AreaSet, assign_points, count_by_area

SQUARES = [shapely.box(x, 0, x + 1, 1) for x in range(4)]


def four_squares():
    return AreaSet.of("square", list("ABCD"), ["a", "b", "c", "d"], SQUARES, "EPSG:3006")


def test_points_go_to_the_area_that_holds_them():
    found = four_squares().assign([0.5, 3.5, 9, np.nan], [0.5, 0.5, 0.5, 0.5], crs="EPSG:3006")
    assert found.tolist() == [0, 3, OUTSIDE, OUTSIDE]


def test_a_point_on_a_shared_border_goes_to_the_first_area():
    assert four_squares().assign([1.0, 2.0], [0.5, 0.0], crs="EPSG:3006").tolist() == [0, 1]


def test_a_point_in_a_gap_goes_to_the_nearest_area_within_reach():
    areas = four_squares()
    found = areas.assign([4.2, 4.8], [0.5, 0.5], crs="EPSG:3006", within_distance=0.5)
    assert found.tolist() == [3, OUTSIDE]


def test_chunks_do_not_change_the_answer():
    rng = np.random.default_rng(3)
    x, y = rng.uniform(-1, 5, (2, 1_000))
    geometries = np.array(SQUARES)
    whole = assign_points(geometries, x, y)
    assert (assign_points(geometries, x, y, chunk=7) == whole).all()
    inside = (x >= 0) & (x <= 4) & (y >= 0) & (y <= 1)
    assert ((whole >= 0) == inside).all()


def test_the_sketch_does_not_change_the_answer(monkeypatch):
    """Many points go by a coarse picture first; round areas have tiles of every kind."""
    rng = np.random.default_rng(4)
    geometries = shapely.buffer(shapely.points(rng.uniform(0, 10, (12, 2))), 1.5)
    x, y = rng.uniform(-1, 11, (2, 20_000))
    x[:3], y[:3] = (np.nan, shapely.total_bounds(geometries)[2], 1e9), 5
    exact = assign_points(geometries, x, y)
    monkeypatch.setattr("samhandling.space.assignment.SKETCH_FROM", 0)
    assert (assign_points(geometries, x, y) == exact).all()
    assert len(np.unique(exact)) == 13


@pytest.mark.slow
def test_five_million_points_take_seconds():
    rng = np.random.default_rng(1)
    geometries = np.array([shapely.box(c, r, c + 1, r + 1) for r in range(10) for c in range(13)])
    x, y = rng.uniform(0, 13, 5_000_000), rng.uniform(0, 10, 5_000_000)
    begun = process_time()
    counts, outside = count_by_area(assign_points(geometries, x, y), 130)
    assert process_time() - begun < 10
    assert counts.sum() == 5_000_000 - outside
    assert outside == 0


@given(st.lists(st.tuples(st.floats(-2, 6), st.floats(-2, 3)), max_size=50))
def test_every_point_is_in_one_area_or_outside(points):
    x = [p[0] for p in points]
    y = [p[1] for p in points]
    counts, outside = count_by_area(assign_points(np.array(SQUARES), x, y), 4)
    assert counts.sum() + outside == len(points)


def test_area_is_measured_in_the_plane():
    box = shapely.box(650_000, 6_580_000, 652_000, 6_583_000)
    areas = AreaSet.of("x", ["A"], ["a"], [box], "EPSG:3006")
    assert areas.area_km2() == pytest.approx([6.0])
    assert areas.project("EPSG:4326").area_km2() == pytest.approx([6.0])


def test_subset_keeps_the_order_asked_for():
    subset = four_squares().subset(["C", "A"])
    assert (subset.names, subset.position("A")) == (("c", "a"), 1)


@pytest.mark.parametrize(
    ("codes", "names", "geometries", "said"),
    [
        ([], [], [], "holds no areas"),
        (["A"], ["a", "b"], SQUARES[:1], "1 codes, 2 names"),
        (["A", "A"], ["a", "b"], SQUARES[:2], r"codes\[1\] 'A' already stands at 0"),
        (["A"], ["a"], [shapely.Point(0, 0)], r"geometries\[0\] \(code 'A'\) is not a polygon"),
        (["A"], ["a"], [shapely.Polygon([(0, 0), (1, 1), (1, 0), (0, 1)])], "Self-intersection"),
    ],
)
def test_bad_areas_are_named(codes, names, geometries, said):
    with pytest.raises(ValueError, match=said):
        AreaSet.of("x", codes, names, geometries)


def test_unknown_code_and_reversed_validity_are_refused():
    with pytest.raises(ValueError, match="no area 'Z'"):
        four_squares().position("Z")
    geometries = np.array(SQUARES[:1])
    with pytest.raises(ValueError, match="is not after"):
        AreaSet("x", ("A",), ("a",), geometries, "EPSG:3006", date(2024, 1, 1), date(2023, 1, 1))


def test_unequal_points_are_refused():
    with pytest.raises(ValueError, match=r"x has shape \(2,\) and y \(1,\)"):
        assign_points(np.array(SQUARES), [1, 2], [1])
    with pytest.raises(ValueError, match="within_distance is -1"):
        assign_points(np.array(SQUARES), [1], [1], within_distance=-1)
    with pytest.raises(ValueError, match="only 2 areas"):
        count_by_area(np.array([0, 5], dtype=np.int32), 2)

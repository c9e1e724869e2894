import numpy as np
import pytest
import shapely

from samhandling.space import AreaSet, simplify


def wavy_halves(gap=0.0):
    """Two halves of a square that share a wavy border of two hundred vertices."""
    y = np.linspace(0, 2_000, 200)
    wave = np.column_stack([5e5 + 1_000 + 30 * np.sin(y / 40), 6.5e6 + y])
    left = shapely.Polygon([(5e5, 6.5e6), *wave, (5e5, 6.502e6)])
    right = shapely.Polygon([(5.02e5, 6.5e6), *(np.add(wave, [gap, 0])), (5.02e5, 6.502e6)])
    return AreaSet.of("half", ["L", "R"], ["l", "r"], [left, right], "EPSG:3006")


def vertices(areas):
    return shapely.get_num_coordinates(areas.geometries).sum()


def test_a_common_border_stays_common():
    areas = wavy_halves()
    thin = simplify(areas, 50)
    assert vertices(thin) < vertices(areas) / 5
    overlap = shapely.area(shapely.intersection(*thin.project().geometries))
    both = shapely.union_all(thin.project().geometries)
    assert overlap < 1
    assert shapely.area(both) == pytest.approx(4e6, rel=1e-4)
    assert shapely.get_num_interior_rings(both) == 0
    assert thin.codes == areas.codes


def test_overlapping_areas_are_simplified_one_by_one():
    thin = simplify(wavy_halves(gap=-5.0), 50)
    assert vertices(thin) < 60
    assert shapely.is_valid(thin.geometries).all()


def test_an_area_smaller_than_the_tolerance_is_kept():
    small = AreaSet.of(
        "x", ["A"], ["a"], [shapely.box(5e5, 6.5e6, 5e5 + 3, 6.5e6 + 3)], "EPSG:3006"
    )
    assert simplify(small, 1_000).area_km2()[0] > 0


def test_a_tolerance_of_nothing_is_refused():
    with pytest.raises(ValueError, match="tolerance_m is 0"):
        simplify(wavy_halves(), 0)

import h3
import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from samhandling.space import AreaSet, SquareGrid, h3_cells, h3_polygons

BOX = AreaSet.of(
    "x", ["A"], ["a"], [shapely.box(500_060, 6_500_060, 500_940, 6_500_440)], "EPSG:3006"
)


def test_the_grid_is_aligned_to_its_own_side():
    grid = SquareGrid.covering(BOX, 100)
    assert (grid.column0, grid.row0, grid.columns, grid.rows) == (5_000, 65_000, 10, 5)
    assert grid.polygons(np.array([11]))[0].bounds == (500_100, 6_500_100, 500_200, 6_500_200)


@given(st.lists(st.tuples(st.floats(499_000, 502_000), st.floats(6_499_000, 6_502_000))))
def test_a_point_lies_in_the_square_of_its_cell(points):
    grid = SquareGrid.covering(BOX, 100)
    x = np.array([p[0] for p in points])
    y = np.array([p[1] for p in points])
    cells = grid.cell_of(x, y, crs="EPSG:3006")
    inside = cells >= 0
    assert shapely.intersects_xy(grid.polygons(cells[inside]), x[inside], y[inside]).all()
    covered = shapely.intersects_xy(shapely.box(500_000, 6_500_000, 501_000, 6_500_500), x, y)
    assert (inside <= covered).all()
    within = shapely.contains_xy(shapely.box(500_000, 6_500_000, 501_000, 6_500_500), x, y)
    assert (within <= inside).all()


def test_cells_are_studied_where_their_middle_is_inside():
    grid = SquareGrid.covering(BOX, 100)
    x, y = grid.centres(grid.cells_in(BOX))
    assert len(x) == 8 * 3
    assert shapely.intersects_xy(BOX.geometries[0], x, y).all()


def test_neighbours_on_a_grid_with_holes():
    grid = SquareGrid(100, 0, 0, 4, 3)
    whole = grid.neighbours(np.arange(12))
    assert whole[0].tolist() == [1, 4, 5]
    assert whole[5].tolist() == [0, 1, 2, 4, 6, 8, 9, 10]
    holed = grid.neighbours(np.array([0, 1, 3, 7, 11]))
    assert [holed[i].tolist() for i in range(5)] == [[1], [0], [3], [2, 4], [3]]
    assert grid.neighbours(np.arange(12), reach=2)[0].tolist() == [1, 2, 4, 5, 6, 8, 9, 10]


def test_bad_grids_are_refused():
    with pytest.raises(ValueError, match="0 x 3 cells"):
        SquareGrid(100, 0, 0, 0, 3)
    with pytest.raises(ValueError, match="choose larger cells"):
        SquareGrid(1, 0, 0, 100_000, 100_000)
    with pytest.raises(ValueError, match="size_m is 0"):
        SquareGrid.covering(BOX, 0)
    with pytest.raises(ValueError, match="cells must rise"):
        SquareGrid(1, 0, 0, 3, 3).neighbours(np.array([2, 1]))


def test_the_published_h3_cell():
    """The H3 documentation's example: 37.3615593, -122.0553238 at resolution 5."""
    assert h3.int_to_str(int(h3_cells([-122.0553238], [37.3615593], 5)[0])) == "85283473fffffff"


def test_points_without_coordinates_have_no_cell_and_cells_hold_their_points():
    lon, lat = np.array([18.06, np.nan, 200]), np.array([59.33, 59.33, 59.33])
    cells = h3_cells(lon, lat, 9)
    assert cells[1:].tolist() == [0, 0]
    assert shapely.intersects_xy(h3_polygons(cells[:1])[0], 18.06, 59.33)


def test_bad_hexagons_are_named():
    with pytest.raises(ValueError, match="resolution is 16"):
        h3_cells([1], [1], 16)
    with pytest.raises(ValueError, match=r"lon has shape \(2,\)"):
        h3_cells([1, 2], [1], 9)
    with pytest.raises(ValueError, match=r"cells\[0\] is 7"):
        h3_polygons(np.array([7], dtype=np.uint64))

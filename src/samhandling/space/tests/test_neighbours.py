import numpy as np
import pyogrio
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from samhandling.space import AreaSet, Contiguity, Neighbours, neighbours
from tests.shared_data import shared_file


def chessboard(gap=0.0):
    """Three by three squares, each `gap` metres smaller on every side, and one far away."""
    squares = [
        shapely.box(100 * c + gap, 100 * r + gap, 100 * c + 100 - gap, 100 * r + 100 - gap)
        for r in range(3)
        for c in range(3)
    ]
    squares.append(shapely.box(5_000, 5_000, 5_100, 5_100))
    codes = [str(i) for i in range(10)]
    moved = [shapely.transform(s, lambda xy: np.add(xy, [5e5, 6.5e6])) for s in squares]
    return AreaSet.of("square", codes, codes, moved, "EPSG:3006")


@pytest.mark.parametrize("gap", [0.0, 0.4])
def test_corners_count_for_a_queen_only(gap):
    areas = chessboard(gap)
    queen = neighbours(areas, Contiguity.QUEEN)
    rook = neighbours(areas, Contiguity.ROOK)
    if gap == 0:
        assert queen[4].tolist() == [0, 1, 2, 3, 5, 6, 7, 8]
    assert rook[4].tolist() == [1, 3, 5, 7]
    assert rook[0].tolist() == [1, 3]


def test_islands_are_named():
    assert neighbours(chessboard()).islands().tolist() == [9]


def test_without_tolerance_a_gap_is_a_border():
    assert len(neighbours(chessboard(0.4), tolerance_m=0).islands()) == 10
    with pytest.raises(ValueError, match="tolerance_m is -1"):
        neighbours(chessboard(), tolerance_m=-1)


@given(st.lists(st.tuples(st.integers(0, 8), st.integers(0, 8)), max_size=40))
def test_the_relation_is_mutual_and_nobody_is_its_own_neighbour(pairs):
    array = np.array(pairs, dtype=np.int64).reshape(-1, 2)
    links = Neighbours.of_pairs(array[:, 0], array[:, 1], 9)
    dense = links.matrix().todense()
    assert (dense == dense.T).all()
    assert (np.diag(dense) == 0).all()
    assert links.sums(np.arange(9)).tolist() == (dense @ np.arange(9)).tolist()


def test_bad_pairs_are_named():
    with pytest.raises(ValueError, match="names area 5 of 3"):
        Neighbours.of_pairs(np.array([0]), np.array([5]), 3)
    with pytest.raises(ValueError, match="start must rise"):
        Neighbours(np.array([0, 2, 1]), np.array([1]))


def test_the_districts_of_stockholm_hang_together():
    path = shared_file("stockholm_indelning/stadsdelar.geojson")
    frame = pyogrio.read_dataframe(path)
    codes = [str(i) for i in range(len(frame))]
    areas = AreaSet.of("neighbourhood", codes, list(frame["name"]), frame.geometry.to_numpy())
    links = neighbours(areas, Contiguity.QUEEN, tolerance_m=20)
    assert len(areas) == 117
    assert len(links.islands()) == 0

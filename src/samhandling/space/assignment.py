"""Which area each point lies in, for millions of points."""

from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import ArrayLike, NDArray

from samhandling.space import checked

OUTSIDE = -1
CHUNK = 500_000
SKETCH_FROM = 1_000_000
SKETCH_SIDE = 256
UNDECIDED = -2


@dataclass(frozen=True, slots=True, eq=False)
class _Sketch:
    """A coarse picture of the areas that settles most points by one look-up.

    A tile that lies inside one area and touches no other holds that area's position; a tile that
    touches none holds `OUTSIDE`; all others are undecided and their points are tested exactly.
    """

    origin: NDArray[np.float64]
    tile: NDArray[np.float64]
    picture: NDArray[np.int32]

    @classmethod
    def of(cls, tree: shapely.STRtree, geometries: NDArray[np.object_]) -> "_Sketch":
        bounds = shapely.total_bounds(geometries)
        tile = (bounds[2:] - bounds[:2]) / SKETCH_SIDE
        row, column = np.divmod(np.arange(SKETCH_SIDE**2), SKETCH_SIDE)
        west, south = bounds[0] + column * tile[0], bounds[1] + row * tile[1]
        boxes = shapely.box(west, south, west + tile[0], south + tile[1])
        picture = np.full(SKETCH_SIDE**2, OUTSIDE, dtype=np.int32)
        box, area = tree.query(boxes, predicate="intersects")
        inside = shapely.contains_properly(geometries[area], boxes[box])
        alone = np.bincount(box, minlength=len(boxes))[box] == 1
        picture[box] = np.where(inside & alone, area, UNDECIDED)
        return cls(bounds[:2], tile, picture)

    def assign(
        self,
        geometries: NDArray[np.object_],
        x: NDArray[np.float64],
        y: NDArray[np.float64],
    ) -> NDArray[np.int32]:
        with np.errstate(invalid="ignore"):
            column = np.floor((x - self.origin[0]) / self.tile[0])
            row = np.floor((y - self.origin[1]) / self.tile[1])
            on = (column >= 0) & (column < SKETCH_SIDE) & (row >= 0) & (row < SKETCH_SIDE)
        # What lies on the outermost edge may round to beyond the picture: test it exactly.
        found = np.full(len(x), UNDECIDED, dtype=np.int32)
        found[on] = self.picture[(row[on] * SKETCH_SIDE + column[on]).astype(np.int64)]
        rest = np.flatnonzero(found == UNDECIDED)
        found[rest] = _assign_chunk(geometries, x[rest], y[rest])
        return found


class PointFinder:
    """Areas made ready to be asked, time after time, which of them holds each point.

    The coarse picture is drawn when so many points have been asked of that it repays itself; the
    answers are the same before and after.

    Parameters
    ----------
    geometries : ndarray of polygons, shape (n_areas,)
        The areas.
    """

    def __init__(self, geometries: NDArray[np.object_]) -> None:
        self._geometries = geometries
        self._tree = shapely.STRtree(geometries)
        shapely.prepare(geometries)
        self._asked = 0
        self._sketch: _Sketch | None = None

    def find(self, x: NDArray[np.float64], y: NDArray[np.float64]) -> NDArray[np.int32]:
        """Return the index of the first area that holds each point, `OUTSIDE` where none does.

        Parameters
        ----------
        x, y : ndarray of float, shape (n_points,)
            In the coordinate system of the areas. Missing coordinates are outside.

        Returns
        -------
        ndarray of int32, shape (n_points,)
        """
        self._asked += len(x)
        if self._sketch is None and self._asked >= SKETCH_FROM:
            self._sketch = _Sketch.of(self._tree, self._geometries)
        if self._sketch is None:
            return _assign_chunk(self._geometries, x, y)
        return self._sketch.assign(self._geometries, x, y)

    def add_nearest(
        self,
        x: NDArray[np.float64],
        y: NDArray[np.float64],
        distance: float,
        found: NDArray[np.int32],
    ) -> None:
        """Give points of `found` that are outside to the nearest area within `distance`."""
        lost = np.flatnonzero((found == OUTSIDE) & np.isfinite(x) & np.isfinite(y))
        if not lost.size:
            return
        point, area = self._tree.query_nearest(
            shapely.points(x[lost], y[lost]), max_distance=distance, all_matches=False
        )
        found[lost[point]] = area


def assign_points(
    geometries: NDArray[np.object_],
    x: ArrayLike,
    y: ArrayLike,
    *,
    within_distance: float = 0.0,
    chunk: int = CHUNK,
) -> NDArray[np.int32]:
    """Return the index of the area that holds each point.

    Parameters
    ----------
    geometries : ndarray of polygons, shape (n_areas,)
        The areas.
    x, y : array_like of float, shape (n_points,)
        The points, in the coordinate system of the areas. Missing coordinates are outside.
    within_distance : float, default 0
        A point outside every area goes to the nearest one no farther away than this, in the unit
        of the coordinate system. For points in a gap between two imperfectly drawn borders.
    chunk : int, default 500,000
        Points looked up at a time; memory grows with this and not with the number of points.

    Returns
    -------
    ndarray of int32, shape (n_points,)
        Position in `geometries`; `OUTSIDE` (-1) where no area holds the point. A point on a
        shared border, or where areas overlap, goes to the area that comes first.

    Raises
    ------
    ValueError
        If `x` and `y` differ in length or `within_distance` is negative.
    """
    xs, ys = np.asarray(x, dtype=np.float64), np.asarray(y, dtype=np.float64)
    if xs.shape != ys.shape or xs.ndim != 1:
        msg = f"x has shape {xs.shape} and y {ys.shape}; give one of each per point."
        raise ValueError(msg)
    if within_distance < 0:
        msg = f"within_distance is {within_distance}; give zero or a distance."
        raise ValueError(msg)
    finder = PointFinder(geometries)
    found = np.full(len(xs), OUTSIDE, dtype=np.int32)
    for start in range(0, len(xs), chunk):
        part = slice(start, start + chunk)
        found[part] = finder.find(xs[part], ys[part])
    if within_distance > 0:
        finder.add_nearest(xs, ys, within_distance, found)
    return found


def _assign_chunk(
    geometries: NDArray[np.object_], x: NDArray[np.float64], y: NDArray[np.float64]
) -> NDArray[np.int32]:
    """Find candidates by bounding box, then test each area once against all its candidates.

    Points in order of x make a box's candidates a slice to sift by y: no point need become an
    object, which costs more than all the rest.
    """
    found = np.full(len(x), OUTSIDE, dtype=np.int32)
    order = np.argsort(x)
    rising, beside = x[order], y[order]
    west, south, east, north = shapely.bounds(geometries).T
    first, last = np.searchsorted(rising, west), np.searchsorted(rising, east, side="right")
    # Backwards, so that the first of two areas that share a border has the last word.
    for index in range(len(geometries) - 1, -1, -1):
        part = slice(first[index], last[index])
        at = order[part][(beside[part] >= south[index]) & (beside[part] <= north[index])]
        if at.size:
            found[at[shapely.intersects_xy(geometries[index], x[at], y[at])]] = index
    return found


def count_by_area(assigned: NDArray[np.int32], areas: int) -> tuple[NDArray[np.int64], int]:
    """Return the number of points in each area and the number outside them all.

    Parameters
    ----------
    assigned : ndarray of int32, shape (n_points,)
        What `assign_points` returned.
    areas : int
        Number of areas.

    Returns
    -------
    counts : ndarray of int64, shape (areas,)
    outside : int

    Raises
    ------
    ValueError
        If an entry names an area that does not exist.
    """
    index = checked.counts(assigned + 1, "assigned + 1")
    if index.size and index.max() > areas:
        at = int(index.argmax())
        msg = f"assigned[{at}] is {index[at] - 1}, but there are only {areas} areas."
        raise ValueError(msg)
    tally = np.bincount(index, minlength=areas + 1)
    return tally[1:].astype(np.int64), int(tally[0])

"""Small cells to count in: an aligned square grid for statistics, hexagons for the index.

Statistics use squares in SWEREF 99 TM: equal in area, aligned to whole multiples of their side so
that two people who choose 100 metres get the same cells, found by one division, and with
neighbours that are arithmetic. H3 hexagons index events for storage and retrieval; they are not
used for statistics because their areas differ and every point costs a call.
"""

from dataclasses import dataclass

import h3.api.basic_int as h3
import numpy as np
import shapely
from numpy.typing import ArrayLike, NDArray

from samhandling.space.areas import AreaSet
from samhandling.space.assignment import OUTSIDE
from samhandling.space.neighbours import Neighbours
from samhandling.space.projection import SWEREF99_TM, WGS84, transform

NO_CELL = 0
MOST_CELLS = 50_000_000


@dataclass(frozen=True, slots=True)
class SquareGrid:
    """Square cells in SWEREF 99 TM, numbered row by row from the south-west.

    Attributes
    ----------
    size_m : int
        Side of a cell in metres.
    column0, row0 : int
        South-western corner in whole sides from the coordinate system's origin.
    columns, rows : int
        Extent.
    """

    size_m: int
    column0: int
    row0: int
    columns: int
    rows: int

    def __post_init__(self) -> None:
        if min(self.size_m, self.columns, self.rows) < 1:
            msg = f"A grid of {self.columns} x {self.rows} cells of {self.size_m} m has no cells."
            raise ValueError(msg)
        if self.columns * self.rows > MOST_CELLS:
            msg = (
                f"{self.columns} x {self.rows} cells of {self.size_m} m are more than "
                f"{MOST_CELLS:,}; choose larger cells."
            )
            raise ValueError(msg)

    @classmethod
    def covering(cls, areas: AreaSet, size_m: int) -> "SquareGrid":
        """Return the smallest aligned grid that covers the areas.

        Raises
        ------
        ValueError
            If `size_m` is not positive or the grid would be too large.
        """
        if size_m < 1:
            msg = f"size_m is {size_m}; give the side of a cell in whole metres."
            raise ValueError(msg)
        bounds = shapely.total_bounds(areas.project(SWEREF99_TM).geometries)
        west, south = np.floor(bounds[:2] / size_m).astype(int)
        east, north = np.ceil(bounds[2:] / size_m).astype(int)
        return cls(size_m, int(west), int(south), int(east - west), int(north - south))

    def __len__(self) -> int:
        return self.columns * self.rows

    def cell_of(self, x: ArrayLike, y: ArrayLike, *, crs: str = WGS84) -> NDArray[np.int64]:
        """Return the number of the cell that holds each point, -1 outside the grid.

        Parameters
        ----------
        x, y : array_like of float, shape (n_points,)
            Longitude and latitude, or coordinates in `crs`.
        crs : str
            Coordinate system of the points.

        Returns
        -------
        ndarray of int64, shape (n_points,)
        """
        east, north = transform(x, y, crs, SWEREF99_TM)
        known = np.isfinite(east) & np.isfinite(north)
        column = np.floor(np.where(known, east, 0) / self.size_m).astype(np.int64) - self.column0
        row = np.floor(np.where(known, north, 0) / self.size_m).astype(np.int64) - self.row0
        inside = known & (column >= 0) & (column < self.columns) & (row >= 0) & (row < self.rows)
        return np.where(inside, row * self.columns + column, OUTSIDE)

    def centres(self, cells: NDArray[np.int64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Return easting and northing of the middle of each cell."""
        row, column = np.divmod(cells, self.columns)
        return (
            (self.column0 + column + 0.5) * self.size_m,
            (self.row0 + row + 0.5) * self.size_m,
        )

    def polygons(self, cells: NDArray[np.int64]) -> NDArray[np.object_]:
        """Return the cells as squares in SWEREF 99 TM."""
        x, y = self.centres(cells)
        half = self.size_m / 2
        return np.asarray(shapely.box(x - half, y - half, x + half, y + half), dtype=object)

    def cells_in(self, areas: AreaSet) -> NDArray[np.int64]:
        """Return the cells whose middle lies in an area: where something can be counted."""
        cells = np.arange(len(self))
        return cells[areas.project(SWEREF99_TM).assign(*self.centres(cells), crs=SWEREF99_TM) >= 0]

    def neighbours(self, cells: NDArray[np.int64], reach: int = 1) -> Neighbours:
        """Return which of `cells` lie within `reach` rows and columns of each other.

        Parameters
        ----------
        cells : ndarray of int64, shape (n,)
            Rising cell numbers, each once; the answer's positions refer to this list.
        reach : int, default 1
            One ring of eight cells, two rings of 24, and so on.

        Returns
        -------
        Neighbours

        Raises
        ------
        ValueError
            If `cells` does not rise or `reach` is below one.
        """
        if reach < 1 or (np.diff(cells) <= 0).any():
            msg = f"reach is {reach}; it must be at least 1, and cells must rise."
            raise ValueError(msg)
        place = np.full(len(self), OUTSIDE, dtype=np.int64)
        place[cells] = np.arange(len(cells))
        row, column = np.divmod(cells, self.columns)
        pairs = []
        for up in range(reach + 1):
            for right in range(-reach if up else 1, reach + 1):
                ok = (row + up < self.rows) & (column + right >= 0)
                ok &= column + right < self.columns
                second = place[cells[ok] + up * self.columns + right]
                pairs.append(np.stack([np.flatnonzero(ok), second])[:, second >= 0])
        first, second = np.concatenate(pairs, axis=1)
        return Neighbours.of_pairs(first, second, len(cells))


def h3_cells(lon: ArrayLike, lat: ArrayLike, resolution: int) -> NDArray[np.uint64]:
    """Return the H3 cell of each point.

    Parameters
    ----------
    lon, lat : array_like of float, shape (n_points,)
        WGS84 degrees.
    resolution : int
        0 (continents) to 15 (a square metre); 9 is about a city block.

    Returns
    -------
    ndarray of uint64, shape (n_points,)
        Zero where a coordinate is missing or outside its range.

    Raises
    ------
    ValueError
        If the resolution is not 0 to 15 or the lists differ in length.

    Notes
    -----
    The binding offers no call for many points; a loop costs just under a microsecond each, which
    is what limits it. Store the index with the event and never compute it twice.

    References
    ----------
    Uber Technologies, "H3: a hexagonal hierarchical geospatial indexing system", h3geo.org.
    """
    if not 0 <= resolution <= 15:
        msg = f"resolution is {resolution}; H3 has 0 to 15."
        raise ValueError(msg)
    x, y = np.asarray(lon, dtype=np.float64), np.asarray(lat, dtype=np.float64)
    if x.shape != y.shape or x.ndim != 1:
        msg = f"lon has shape {x.shape} and lat {y.shape}; give one of each per point."
        raise ValueError(msg)
    found = np.full(len(x), NO_CELL, dtype=np.uint64)
    known = (np.abs(x) <= 180) & (np.abs(y) <= 90)
    cell = h3.latlng_to_cell
    pairs = zip(y[known].tolist(), x[known].tolist(), strict=True)
    found[known] = np.fromiter((cell(a, b, resolution) for a, b in pairs), dtype=np.uint64)
    return found


def h3_polygons(cells: NDArray[np.uint64]) -> NDArray[np.object_]:
    """Return H3 cells as polygons in WGS84.

    Raises
    ------
    ValueError
        If an entry is not an H3 cell.
    """
    polygons = []
    for at, cell in enumerate(cells.tolist()):
        if not h3.is_valid_cell(cell):
            msg = f"cells[{at}] is {cell}, which is not an H3 cell."
            raise ValueError(msg)
        polygons.append(shapely.Polygon([(lon, lat) for lat, lon in h3.cell_to_boundary(cell)]))
    return np.array(polygons, dtype=object)

"""Hot spots from a list of events, refused where the events are not placed exactly enough."""

from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import ArrayLike, NDArray

from samhandling.patterns.getis_ord import LocalG, local_g
from samhandling.space.areas import AreaSet
from samhandling.space.assignment import OUTSIDE
from samhandling.space.cells import SquareGrid
from samhandling.space.method import Method
from samhandling.space.projection import SWEREF99_TM, WGS84, transform_geometries

POINT_PRECISIONS = frozenset({"point", "snapped"})
FEWEST_EVENTS = 30
PILED_SHARE = 0.05


@dataclass(frozen=True, slots=True, eq=False)
class HotSpots:
    """Cells of the study area, their events and which of them are hot.

    Attributes
    ----------
    grid : SquareGrid
    cells : ndarray of int64, shape (n_cells,)
        Numbers in the grid of the cells studied.
    counts : ndarray of int64, shape (n_cells,)
    local : LocalG
        The statistic behind the verdict, one entry per cell.
    hot : ndarray of bool, shape (n_cells,)
    outside : int
        Events that lie outside the study area.
    notices : tuple of str
        What a reader must know before believing the map.
    method : Method
    """

    grid: SquareGrid
    cells: NDArray[np.int64]
    counts: NDArray[np.int64]
    local: LocalG
    hot: NDArray[np.bool_]
    outside: int
    notices: tuple[str, ...]
    method: Method

    def polygons(self) -> NDArray[np.object_]:
        """Return the hot cells as squares in WGS84."""
        squares = self.grid.polygons(self.cells[self.hot])
        return transform_geometries(squares, SWEREF99_TM, WGS84)

    def outline(self) -> shapely.Geometry:
        """Return the hot cells merged, in WGS84."""
        return shapely.union_all(self.polygons())

    def share_of_events(self) -> float:
        """Return the share of the events inside the study area that lie in hot cells."""
        return float(self.counts[self.hot].sum() / self.counts.sum())

    def summary(self) -> str:
        """Return one sentence a person can read."""
        return (
            f"{int(self.hot.sum())} of {len(self.cells)} cells of {self.grid.size_m} m are hot and "
            f"hold {self.share_of_events():.0%} of {int(self.counts.sum())} events."
        )


def check_placed_exactly(precision: ArrayLike, what: str = "hot spots") -> None:
    """Refuse events that are not placed as points.

    Parameters
    ----------
    precision : array_like of str, shape (n_events,)
        How exactly each event is placed.
    what : str
        The analysis that needs points, for the error.

    Raises
    ------
    ValueError
        If an event is placed less exactly than by a point or a map point near it.
    """
    given = np.asarray(precision, dtype=str)
    vague = ~np.isin(given, sorted(POINT_PRECISIONS))
    if vague.any():
        kinds, times = np.unique(given[vague], return_counts=True)
        at = int(np.flatnonzero(vague)[0])
        common = kinds[times.argmax()]
        placed = "not placed at all" if common in {"none", ""} else f"placed only by {common}"
        msg = (
            f"{int(vague.sum())} of {len(given)} events, the first at position {at}, are not "
            f"points (most are {placed}); {what} need points. Leave them out and say how "
            "many, or count by area instead."
        )
        raise ValueError(msg)


def hot_spots(
    lon: ArrayLike,
    lat: ArrayLike,
    precision: ArrayLike,
    *,
    study_area: AreaSet,
    cell_m: int = 200,
    reach: int = 1,
    false_discovery: float = 0.05,
) -> HotSpots:
    """Find cells where events lie closer together than chance would put them.

    Parameters
    ----------
    lon, lat : array_like of float, shape (n_events,)
        WGS84 degrees.
    precision : array_like of str, shape (n_events,)
        How exactly each event is placed; every one must be "point" or "snapped".
    study_area : AreaSet
        Where events could have happened. Leave out water and woods, or what is built looks hot.
    cell_m : int, default 200
        Side of a cell in metres.
    reach : int, default 1
        Rings of cells that count as surroundings.
    false_discovery : float, default 0.05
        Share of the hot cells that may be chance.

    Returns
    -------
    HotSpots

    Raises
    ------
    ValueError
        If an event is not placed as a point, fewer than 30 lie in the study area, or a coordinate
        is missing.

    Notes
    -----
    See `local_g` for the question that is asked. Another cell size gives another map: show more
    than one. Hot cells may be where most is reported, or where most people look.

    References
    ----------
    J. K. Ord and A. Getis (1995), "Local spatial autocorrelation statistics", Geographical
    Analysis 27, 286-306.
    """
    check_placed_exactly(precision)
    x, y = np.asarray(lon, dtype=np.float64), np.asarray(lat, dtype=np.float64)
    missing = ~(np.isfinite(x) & np.isfinite(y))
    if missing.any():
        at = int(np.flatnonzero(missing)[0])
        msg = f"Event {at} is said to be a point but has no coordinates; leave it out."
        raise ValueError(msg)
    grid = SquareGrid.covering(study_area, cell_m)
    cells = grid.cells_in(study_area)
    counts, outside = _count(grid, cells, x, y)
    local = local_g(counts, grid.neighbours(cells, reach))
    method = Method.of(
        "hot_spots", "Ord & Getis 1995", cell_m=cell_m, reach=reach, false_discovery=false_discovery
    )
    notices = _notices(x, y, np.asarray(precision, dtype=str))
    hot = local.hot(false_discovery)
    return HotSpots(grid, cells, counts, local, hot, outside, notices, method)


def _count(
    grid: SquareGrid, cells: NDArray[np.int64], x: NDArray[np.float64], y: NDArray[np.float64]
) -> tuple[NDArray[np.int64], int]:
    found = grid.cell_of(x, y)
    tally = np.bincount(found[found != OUTSIDE], minlength=len(grid))[cells].astype(np.int64)
    inside = int(tally.sum())
    if inside < FEWEST_EVENTS:
        msg = (
            f"{inside} of {len(x)} events lie in the study area; hot spots need at least "
            f"{FEWEST_EVENTS}. Take a longer period or a wider category."
        )
        raise ValueError(msg)
    return tally, len(x) - inside


def _notices(
    x: NDArray[np.float64], y: NDArray[np.float64], precision: NDArray[np.str_]
) -> tuple[str, ...]:
    found = []
    snapped = int((precision == "snapped").sum())
    if snapped:
        found.append(f"{snapped} of {len(x)} events are moved to a map point near them.")
    most = int(np.unique(np.column_stack([x, y]), axis=0, return_counts=True)[1].max())
    if most > PILED_SHARE * len(x):
        found.append(f"{most} of {len(x)} events lie on one single point; is it a real address?")
    return tuple(found)

"""Events sorted into cells so that pairs near each other are found without looking at all pairs."""

from enum import StrEnum

import numpy as np
from numpy.typing import ArrayLike, NDArray

from samhandling.patterns.space_time_kernels import SortedEvents
from samhandling.space import checked

Floats = NDArray[np.float64]

MOST_CELLS = 50_000_000


class Distance(StrEnum):
    """How far two places are apart."""

    STRAIGHT = "straight"
    CITY_BLOCKS = "city_blocks"


def band_edges(edges: ArrayLike, name: str) -> Floats:
    """Return rising edges from zero upwards.

    Raises
    ------
    ValueError
        If there are fewer than two, they do not rise, or the first is negative.
    """
    rising = checked.finite(edges, name)
    if len(rising) < 2 or rising[0] < 0 or (np.diff(rising) <= 0).any():
        message = (
            f"{name} is {rising.tolist()}; give at least two edges that rise from zero or more, "
            "such as [0, 100, 200]."
        )
        raise ValueError(message)
    return rising


def sorted_events(
    x: ArrayLike, y: ArrayLike, edges: ArrayLike, distance: Distance = Distance.STRAIGHT
) -> SortedEvents:
    """Sort events into cells as wide as the largest distance looked at.

    Parameters
    ----------
    x, y : array_like of float, shape (n_events,)
        Metres in a plane coordinate system.
    edges : array_like of float
        Edges of the distance bands in metres, rising. A band holds its lower edge, not its upper.
    distance : Distance, default STRAIGHT

    Raises
    ------
    ValueError
        If a coordinate is missing, the two differ in length, there are fewer than two events, or
        the events lie so far apart that the grid would be too large.
    """
    rising = band_edges(edges, "space_edges")
    east, north = checked.finite(x, "x"), checked.finite(y, "y")
    if len(east) != len(north):
        message = f"x has {len(east)} entries and y {len(north)}; give both for every event."
        raise ValueError(message)
    if len(east) < 2:
        message = f"{len(east)} events; pairs need at least two."
        raise ValueError(message)
    east, north, reach = east - east.min(), north - north.min(), rising[-1]
    column, row = (east // reach).astype(np.int64) + 1, (north // reach).astype(np.int64) + 1
    columns, rows = int(column.max()) + 2, int(row.max()) + 2
    if columns * rows > MOST_CELLS:
        message = (
            f"The events lie {east.max() / 1000:,.0f} by {north.max() / 1000:,.0f} km apart: with "
            f"bands of {reach:g} m that is {columns * rows:,} cells. Are these metres? Look at "
            "one municipality, or use wider bands."
        )
        raise ValueError(message)
    cell = row * columns + column
    order = np.argsort(cell, kind="stable")
    first = np.searchsorted(cell[order], np.arange(columns * rows + 1))
    inner = rising**2 if distance is Distance.STRAIGHT else rising
    return SortedEvents(
        east[order],
        north[order],
        order,
        cell[order],
        first,
        columns,
        inner,
        distance is Distance.CITY_BLOCKS,
    )

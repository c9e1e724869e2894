"""Rings around an area, and how many events lie in each."""

from typing import Any

import numpy as np
import shapely
from numpy.typing import ArrayLike, NDArray

from samhandling.space import checked


def events_in_rings(x: ArrayLike, y: ArrayLike, area: Any, edges_m: ArrayLike) -> NDArray[np.int64]:
    """Count events in an area, in each ring around it and beyond.

    Parameters
    ----------
    x, y : array_like of float, shape (n,)
        Places of events, in metres on a map.
    area : shapely geometry
        The area with the measure, in the same coordinates.
    edges_m : array_like of float, shape (n_rings,)
        Outer edge of each ring, in metres from the area; rising.

    Returns
    -------
    ndarray of int64, shape (n_rings + 2,)
        In the area, in each ring (its outer edge included), and beyond the last.

    Raises
    ------
    ValueError
        If a position is missing, the area is empty or invalid, or edges do not rise.

    Notes
    -----
    Only for events placed to within less than a ring's width. Time is n log of the area's corners.

    Examples
    --------
    >>> events_in_rings([0, 15, 99], [0, 0, 0], shapely.box(-5, -5, 5, 5), [10, 20]).tolist()
    [1, 1, 0, 1]
    """
    east, north = checked.finite(x, "x"), checked.finite(y, "y")
    checked.same_length(x=east, y=north)
    edges = checked.positive(edges_m, "edges_m", "give metres from the area's border")
    if not len(edges) or (np.diff(edges) <= 0).any():
        message = f"edges_m is {edges.tolist()}; give at least one edge, each beyond the last."
        raise ValueError(message)
    if shapely.is_empty(area) or not shapely.is_valid(area):
        message = f"The area is not valid: {shapely.is_valid_reason(area)}. Mend it first."
        raise ValueError(message)
    shapely.prepare(area)
    away = shapely.distance(area, shapely.points(east, north))
    ring = np.searchsorted(np.concatenate([[0.0], edges]), away, side="left")
    return np.bincount(ring, minlength=len(edges) + 2).astype(np.int64)

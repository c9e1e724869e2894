"""Which area of every division an event lies in, from a point or from a coarser area."""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from samhandling_web.observe.events.snapshot.layout import NOWHERE, Division

AreaKey = tuple[str, str]
Links = Mapping[AreaKey, int]
"""For one division: (level, code) of an area → position of the area that holds most of it."""


def positions(
    division: Division,
    links: Links,
    *,
    lon: NDArray[np.float64],
    lat: NDArray[np.float64],
    keys: Sequence[AreaKey],
) -> NDArray[np.int16]:
    """Return each event's position in the division, NOWHERE where it cannot be told.

    A point decides where there is one. An event known only by its area goes to the area that
    holds most of it (see the README: areas of different levels do not nest).
    """
    found = np.full(len(keys), NOWHERE, dtype=np.int16)
    points = np.isfinite(lon)
    if points.any():
        found[points] = division.areas.assign(lon[points], lat[points])
    known = {key: links.get(key, NOWHERE) for key in set(keys)}
    by_area = np.fromiter((known[key] for key in keys), dtype=np.int16, count=len(keys))
    return np.where(points, found, by_area)

"""Which area of every division an event lies in, from a point or from a coarser area."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from samhandling.space.assignment import PointFinder
from samhandling.space.projection import WGS84, transform
from samhandling_web.observe.events.snapshot.layout import NOWHERE, Division

AreaKey = tuple[str, str]
Links = Mapping[AreaKey, int]
"""For one division: (level, code) of an area → position of the area that holds most of it."""

SEPARATOR = "\x1f"


@dataclass(frozen=True, slots=True, eq=False)
class Whereabouts:
    """Where some events are said to be: a point, or one of `areas` by its number."""

    lon: NDArray[np.float64]
    lat: NDArray[np.float64]
    areas: tuple[AreaKey, ...]
    area: NDArray[np.int32]

    @classmethod
    def of(cls, table: pa.Table) -> "Whereabouts":
        """Read events' columns; each area that is named is written once."""
        named = pc.binary_join_element_wise(table["area_level"], table["area_code"], SEPARATOR)
        numbered = named.combine_chunks().dictionary_encode()
        areas = tuple(_key(name) for name in numbered.dictionary.to_pylist())
        lon, lat = (table[name].to_numpy() for name in ("lon", "lat"))
        return cls(lon, lat, areas, numbered.indices.to_numpy())


def _key(name: str) -> AreaKey:
    level, _separator, code = name.partition(SEPARATOR)
    return level, code


class Placer:
    """Finds the area of one division that each event lies in."""

    def __init__(self, division: Division, links: Links) -> None:
        self._links = links
        self._crs = division.areas.crs
        self._finder = PointFinder(division.areas.geometries)

    def positions(self, where: Whereabouts) -> NDArray[np.int16]:
        """Return each event's position in the division, NOWHERE where it cannot be told.

        A point decides where there is one. An event known only by its area goes to the area that
        holds most of it (see `truth.LEAST_SHARE`: areas of different levels do not nest).
        """
        known = [self._links.get(key, NOWHERE) for key in where.areas]
        found = np.array(known, dtype=np.int16)[where.area]
        points = np.isfinite(where.lon)
        if points.any():
            lon, lat = where.lon[points], where.lat[points]
            if self._crs != WGS84:
                lon, lat = transform(lon, lat, WGS84, self._crs)
            found[points] = self._finder.find(lon, lat)
        return found

"""From metres around the town's centre to longitude and latitude."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import shapely
from pyproj import Transformer
from shapely.geometry.base import BaseGeometry

from samhandling.synthetic.terrain import Floats

DECIMALS = 7
"""About a centimetre: neighbours that share a vertex in metres share it in degrees too."""


@dataclass(frozen=True, slots=True)
class Projection:
    """Places a town drawn in metres (SWEREF 99 TM, EPSG:3006) at a centre given in WGS84."""

    centre: tuple[float, float]

    def points(self, metres: Floats) -> Floats:
        """Return longitude and latitude of points of shape (n, 2)."""
        forward, back = _transformers()
        origin = np.array(forward.transform(*self.centre))
        moved = np.asarray(metres) + origin
        lon, lat = back.transform(moved[:, 0], moved[:, 1])
        return np.round(np.column_stack([lon, lat]), DECIMALS)

    def geometry(self, geometry: BaseGeometry) -> BaseGeometry:
        """Return the geometry in longitude and latitude."""
        return shapely.normalize(shapely.transform(geometry, self.points))

    def degrees_per_metre(self) -> tuple[float, float]:
        """Return how far one metre east and one metre north are, in degrees, near the centre."""
        _, latitude = self.centre
        return 1 / (111_320.0 * float(np.cos(np.radians(latitude)))), 1 / 111_320.0


@lru_cache(maxsize=1)
def _transformers() -> tuple[Transformer, Transformer]:
    return (
        Transformer.from_crs(4326, 3006, always_xy=True),
        Transformer.from_crs(3006, 4326, always_xy=True),
    )

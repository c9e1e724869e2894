"""One area's geometry made fit to store: WGS84, two dimensions, valid, polygons only."""

from dataclasses import dataclass

import numpy as np
import pyproj
import pyproj.exceptions
import shapely
import shapely.errors
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from samhandling.sources.chunking import ChunkBuilder
from samhandling.sources.codes import NoticeCode, Reason
from samhandling.sources.geometry_files import WGS84, Feature
from samhandling.sources.table_reading import RowRefused

POLYGONS = ("Polygon", "MultiPolygon")
WORLD = (-180.0, -90.0, 180.0, 90.0)


@dataclass(frozen=True, slots=True)
class GeometryPreparer:
    """Turns features of one coordinate system into WKB.

    Parameters
    ----------
    crs : str
        Coordinate system of the features.
    transformer : pyproj.Transformer or None
        None when the features are in WGS84 already.
    """

    crs: str
    transformer: pyproj.Transformer | None

    @classmethod
    def from_crs(cls, crs: str) -> "GeometryPreparer":
        """Make one for a coordinate system that is known to exist."""
        if crs == WGS84:
            return cls(crs, None)
        return cls(crs, pyproj.Transformer.from_crs(crs, WGS84, always_xy=True))

    def prepare(self, feature: Feature, builder: ChunkBuilder) -> bytes:
        """Return WKB of a valid polygon or multipolygon.

        Raises
        ------
        RowRefused
            If there is no polygon, it cannot be repaired, or it lies outside the world.
        """
        shape = _parse(feature)
        if shape.has_z or getattr(shape, "has_m", False):
            builder.notice(NoticeCode.THIRD_DIMENSION_DROPPED, feature.row)
            shape = shapely.force_2d(shape)
        shape = self._in_wgs84(shape)
        if not shape.is_valid:
            shape = _repaired(shape)
            builder.notice(NoticeCode.GEOMETRY_REPAIRED, feature.row)
        wkb: bytes = shapely.to_wkb(shape, byte_order=1)
        return wkb

    def _in_wgs84(self, shape: BaseGeometry) -> BaseGeometry:
        try:
            moved = shapely.transform(shape, self._transform) if self.transformer else shape
        except (pyproj.exceptions.ProjError, shapely.errors.GEOSException) as error:
            raise RowRefused(Reason.BAD_GEOMETRY, detail=str(error)[:200]) from error
        bounds = moved.bounds
        sound = np.isfinite(bounds).all()
        west, south, east, north = WORLD
        inside = bounds[0] >= west and bounds[1] >= south and bounds[2] <= east
        if not sound or not inside or bounds[3] > north:
            value = ", ".join(f"{number:.1f}" for number in bounds)
            raise RowRefused(Reason.GEOMETRY_OUTSIDE_WORLD, value=value, crs=self.crs[:60])
        return moved

    def _transform(self, points: NDArray[np.float64]) -> NDArray[np.float64]:
        assert self.transformer is not None
        moved = self.transformer.transform(points[:, 0], points[:, 1])
        return np.column_stack(moved)


def _parse(feature: Feature) -> BaseGeometry:
    if feature.geometry is None:
        raise RowRefused(Reason.NO_GEOMETRY)
    try:
        if isinstance(feature.geometry, str):
            shape = shapely.from_geojson(feature.geometry)
        else:
            shape = shapely.from_wkb(feature.geometry)
    except (shapely.errors.ShapelyError, ValueError, TypeError) as error:
        raise RowRefused(Reason.BAD_GEOMETRY, detail=str(error)[:200]) from error
    if shape is None or shape.is_empty:
        raise RowRefused(Reason.NO_GEOMETRY)
    if shape.geom_type not in POLYGONS:
        raise RowRefused(Reason.NOT_A_POLYGON, value=shape.geom_type)
    return shape


def _repaired(shape: BaseGeometry) -> BaseGeometry:
    try:
        made = shapely.make_valid(shape)
    except shapely.errors.GEOSException as error:
        raise RowRefused(Reason.BAD_GEOMETRY, detail=str(error)[:200]) from error
    if made.geom_type in POLYGONS:
        return made
    parts = [part for part in shapely.get_parts(made) if part.geom_type in POLYGONS]
    merged = shapely.union_all(parts) if parts else None
    if merged is None or merged.is_empty:
        detail = "its parts have no area"
        raise RowRefused(Reason.BAD_GEOMETRY, detail=detail)
    return merged

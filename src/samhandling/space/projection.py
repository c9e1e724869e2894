"""From one coordinate system to another: stored in WGS84, measured in SWEREF 99 TM."""

from functools import lru_cache

import numpy as np
import shapely
from numpy.typing import ArrayLike, NDArray
from pyproj import CRS, Transformer
from pyproj.exceptions import CRSError

WGS84 = "EPSG:4326"
SWEREF99_TM = "EPSG:3006"


@lru_cache(maxsize=64)
def _transformer(source: str, target: str) -> Transformer:
    return Transformer.from_crs(_crs(source), _crs(target), always_xy=True)


@lru_cache(maxsize=64)
def _crs(name: str) -> CRS:
    try:
        return CRS.from_user_input(name)
    except CRSError as error:
        msg = f"{name!r} is not a known coordinate system; give a code such as 'EPSG:3006'."
        raise ValueError(msg) from error


def transform(
    x: ArrayLike, y: ArrayLike, source: str = WGS84, target: str = SWEREF99_TM
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Move points from one coordinate system to another.

    Parameters
    ----------
    x, y : array_like of float, shape (n,)
        Easting and northing, or longitude and latitude: always x first, whatever axis order the
        coordinate system declares.
    source, target : str
        Coordinate systems, as codes or well-known text.

    Returns
    -------
    x, y : ndarray of float64, shape (n,)
        The points in `target`; infinite where they lie outside its area of use.

    Raises
    ------
    ValueError
        If a coordinate system is not known.

    Notes
    -----
    Transformers are built once per pair and kept: building one costs a thousand times more than
    moving a point.

    Examples
    --------
    >>> east, north = transform([18.0649], [59.3326])
    >>> round(float(east[0])), round(float(north[0]))
    (674345, 6581101)
    """
    moved = _transformer(source, target).transform(
        np.asarray(x, dtype=np.float64), np.asarray(y, dtype=np.float64)
    )
    return np.asarray(moved[0]), np.asarray(moved[1])


def transform_geometries(
    geometries: ArrayLike, source: str = WGS84, target: str = SWEREF99_TM
) -> NDArray[np.object_]:
    """Move geometries from one coordinate system to another, vertex by vertex.

    Parameters
    ----------
    geometries : array_like of shapely geometries, shape (n,)
        Points, lines or polygons in `source`; height is dropped.
    source, target : str
        Coordinate systems.

    Returns
    -------
    ndarray of object, shape (n,)

    Raises
    ------
    ValueError
        If a coordinate system is not known.

    Notes
    -----
    Only vertices move. An edge many kilometres long is straight in one system and bent in the
    other; cut it up first where metres matter.
    """
    array = np.asarray(geometries, dtype=object)
    if _crs(source) == _crs(target):
        return array.copy()
    transformer = _transformer(source, target)

    def moved(xy: NDArray[np.float64]) -> NDArray[np.float64]:
        return np.column_stack(transformer.transform(xy[:, 0], xy[:, 1]))

    return np.asarray(shapely.transform(shapely.force_2d(array), moved), dtype=object)

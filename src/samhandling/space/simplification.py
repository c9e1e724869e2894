"""Fewer vertices for the map, without gaps or overlaps between areas that share a border."""

from dataclasses import replace

import numpy as np
import shapely
from numpy.typing import NDArray

from samhandling.space.areas import POLYGONS, AreaSet
from samhandling.space.projection import SWEREF99_TM, WGS84, transform_geometries


def simplify(areas: AreaSet, tolerance_m: float, *, precision_degrees: float = 1e-6) -> AreaSet:
    """Return the areas with fewer vertices, in WGS84, for drawing only.

    Parameters
    ----------
    areas : AreaSet
        Areas of one level.
    tolerance_m : float
        Borders move no farther than about this.
    precision_degrees : float, default 1e-6
        Coordinates are rounded to this; a millionth of a degree is at most eleven centimetres.

    Returns
    -------
    AreaSet
        Same areas in the same order, each valid and not empty.

    Raises
    ------
    ValueError
        If the tolerance is not positive.

    Notes
    -----
    Where areas meet exactly, common borders are simplified once and stay common. Areas that
    overlap have no common borders; each is then simplified by itself and hairline gaps may show.
    Never count or measure in the result: assign points with the original.
    """
    if not tolerance_m > 0:
        msg = f"tolerance_m is {tolerance_m}; give a distance in metres."
        raise ValueError(msg)
    plane = areas.project(SWEREF99_TM).geometries
    if shapely.coverage_is_valid(plane):
        thin = shapely.coverage_simplify(plane, tolerance_m)
    else:
        thin = shapely.simplify(plane, tolerance_m, preserve_topology=True)
    kept = _usable(np.asarray(thin, dtype=object), plane)
    degrees = transform_geometries(kept, SWEREF99_TM, WGS84)
    rounded = shapely.set_precision(degrees, precision_degrees)
    drawn = _usable(np.asarray(rounded, dtype=object), degrees)
    return replace(areas, geometries=drawn, crs=WGS84)


def _usable(thin: NDArray[np.object_], whole: NDArray[np.object_]) -> NDArray[np.object_]:
    """Return each simplified polygon, or the original where nothing usable is left."""
    fine = shapely.is_valid(thin) & ~shapely.is_empty(thin)
    fine &= np.isin(shapely.get_type_id(thin), POLYGONS)
    return np.where(fine, thin, whole)

"""Crosswalks in which nothing is lost: an area that nothing covers goes to the nearest one."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import shapely

from samhandling.space import SWEREF99_TM, AreaSet
from samhandling.space.crosswalk import Crosswalk, crosswalk_by_area, crosswalk_by_units

# Across any municipality: an island that a division leaves out still belongs to the city's sum.
FARTHEST_M = 500_000.0


def shares_by_area(source: AreaSet, target: AreaSet) -> Crosswalk:
    """Share each area out by surface; each one's shares sum to one."""
    return _completed(crosswalk_by_area(source, target), source, target)


def shares_by_population(
    source: AreaSet, target: AreaSet, units: AreaSet, residents: Sequence[float]
) -> Crosswalk:
    """Share each area out by where the residents of the base units live."""
    return _completed(crosswalk_by_units(source, target, units, residents), source, target)


def _completed(crosswalk: Crosswalk, source: AreaSet, target: AreaSet) -> Crosswalk:
    if not crosswalk.unmatched:
        return crosswalk
    left = np.array([source.position(code) for code in crosswalk.unmatched], dtype=np.int64)
    plane = source.project(SWEREF99_TM).geometries[left]
    inside = shapely.point_on_surface(plane)
    nearest = target.project(SWEREF99_TM).assign(
        shapely.get_x(inside), shapely.get_y(inside), crs=SWEREF99_TM, within_distance=FARTHEST_M
    )
    origin = np.concatenate([crosswalk.origin, left])
    order = np.argsort(origin, kind="stable")
    return replace(
        crosswalk,
        origin=origin[order],
        target=np.concatenate([crosswalk.target, nearest.astype(np.int64)])[order],
        share=np.concatenate([crosswalk.share, np.ones(len(left))])[order],
        unmatched=(),
    )

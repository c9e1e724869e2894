"""Coordinate systems, areas and neighbours, cells, crosswalks between boundary years."""

from samhandling.space.areas import AreaSet
from samhandling.space.assignment import OUTSIDE, assign_points, count_by_area
from samhandling.space.method import Method
from samhandling.space.projection import SWEREF99_TM, WGS84, transform, transform_geometries

__all__ = [
    "OUTSIDE",
    "SWEREF99_TM",
    "WGS84",
    "AreaSet",
    "Method",
    "assign_points",
    "count_by_area",
    "transform",
    "transform_geometries",
]

"""Coordinate systems, areas and neighbours, cells, crosswalks between boundary years."""

from samhandling.space.areas import AreaSet
from samhandling.space.assignment import OUTSIDE, assign_points, count_by_area
from samhandling.space.cells import NO_CELL, SquareGrid, h3_cells, h3_polygons
from samhandling.space.crosswalk import (
    Crosswalk,
    crosswalk_by_area,
    crosswalk_by_population,
    crosswalk_by_units,
    overlaps,
)
from samhandling.space.lineage import Change, Lineage, lineage
from samhandling.space.method import Method
from samhandling.space.neighbours import Contiguity, Neighbours, neighbours
from samhandling.space.projection import SWEREF99_TM, WGS84, transform, transform_geometries
from samhandling.space.simplification import simplify

__all__ = [
    "NO_CELL",
    "OUTSIDE",
    "SWEREF99_TM",
    "WGS84",
    "AreaSet",
    "Change",
    "Contiguity",
    "Crosswalk",
    "Lineage",
    "Method",
    "Neighbours",
    "SquareGrid",
    "assign_points",
    "count_by_area",
    "crosswalk_by_area",
    "crosswalk_by_population",
    "crosswalk_by_units",
    "h3_cells",
    "h3_polygons",
    "lineage",
    "neighbours",
    "overlaps",
    "simplify",
    "transform",
    "transform_geometries",
]

"""Small areas as a coverage: every piece of land in exactly one, borders shared to the vertex."""

from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray
from scipy.spatial import cKDTree
from shapely.geometry.base import BaseGeometry

from samhandling.synthetic.terrain import Floats, Land, sample_homes

Ints = NDArray[np.int64]
GRID_M = 0.1
"""Vertices are rounded to this before faces are built, so that neighbours share them exactly."""


@dataclass(frozen=True, slots=True, eq=False)
class Coverage:
    """Small areas in metres around the centre, and how many of the sampled homes each holds."""

    areas: tuple[BaseGeometry, ...]
    centroids: Floats
    homes: Ints
    shared_border_m: Floats
    """Square matrix: metres of land border between each pair of areas."""


def make_coverage(land: Land, count: int, rng: np.random.Generator) -> Coverage:
    """Divide the land into `count` areas that hold about the same number of people.

    Notes
    -----
    The cells of a k-means clustering of homes are bent by the terrain's warp and cut at the
    shore; a piece cut off from its area joins the neighbour it shares the longest border with.
    """
    homes = sample_homes(land, 160 * count, rng)
    seeds = _balanced_seeds(homes, count, rng)
    faces, cells = _faces(land, seeds)
    pieces = _join_pieces(faces, cells, count)
    areas = tuple(shapely.coverage_union_all(np.array(group)) for group in pieces)
    moved = land.warp(homes)
    nearest = shapely.STRtree(areas).nearest(shapely.points(moved))
    return Coverage(
        areas=areas,
        centroids=np.array([shapely.get_coordinates(a.representative_point())[0] for a in areas]),
        homes=np.bincount(nearest, minlength=count).astype(np.int64),
        shared_border_m=shared_borders(areas),
    )


def shared_borders(areas: tuple[BaseGeometry, ...]) -> Floats:
    """Return the metres of border between each pair of areas of a coverage."""
    lengths = np.zeros((len(areas), len(areas)))
    first, second = shapely.STRtree(areas).query(np.array(areas), predicate="intersects")
    keep = first < second
    first, second = first[keep], second[keep]
    geometries = np.array(areas, dtype=object)
    common = shapely.length(shapely.intersection(geometries[first], geometries[second]))
    lengths[first, second] = common
    return lengths + lengths.T


def _balanced_seeds(homes: Floats, count: int, rng: np.random.Generator) -> Floats:
    seeds = homes[rng.choice(len(homes), count, replace=False)]
    for _ in range(25):
        _, nearest = cKDTree(seeds).query(homes)
        held = np.bincount(nearest, minlength=count)
        sums = np.stack(
            [np.bincount(nearest, homes[:, axis], minlength=count) for axis in (0, 1)], axis=1
        )
        seeds = np.where(held[:, None] > 0, sums / np.maximum(held, 1)[:, None], seeds)
    return seeds


def _faces(land: Land, seeds: Floats) -> tuple[list[BaseGeometry], Ints]:
    """Return the dry faces of the bent cells, and the cell that each belongs to."""
    edges = shapely.voronoi_polygons(
        shapely.multipoints(seeds), extend_to=land.plain_outline.buffer(2000), only_edges=True
    )
    inside = shapely.intersection(edges, land.plain_outline.buffer(300))
    lines = [
        land.warp.geometry(inside, 45.0),
        land.outline.boundary,
        land.water.boundary,
    ]
    noded = shapely.union_all(lines, grid_size=GRID_M)
    faces = list(shapely.get_parts(shapely.polygonize(shapely.get_parts(noded))))
    middles = shapely.get_coordinates([face.representative_point() for face in faces])
    dry = shapely.contains_xy(land.outline, middles) & ~shapely.contains_xy(land.water, middles)
    _, cells = cKDTree(seeds).query(land.warp.back(middles[dry]))
    return [face for face, keep in zip(faces, dry, strict=True) if keep], cells.astype(np.int64)


def _join_pieces(faces: list[BaseGeometry], cells: Ints, count: int) -> list[list[BaseGeometry]]:
    """Give every face to an area: the largest of each cell founds it, the others join."""
    sizes = np.array([face.area for face in faces])
    owner = np.full(len(faces), -1)
    for cell in range(count):
        own = np.flatnonzero(cells == cell)
        owner[own[np.argmax(sizes[own])]] = cell
    borders = shared_borders(tuple(faces))
    while (owner < 0).any():
        loose = np.flatnonzero(owner < 0)
        reach = borders[loose] * (owner >= 0)
        if reach.max() <= GRID_M:
            # An island: its largest piece stays with its own area, the rest then joins that.
            founder = loose[np.argmax(sizes[loose])]
            owner[founder] = cells[founder]
            continue
        piece, neighbour = np.unravel_index(np.argmax(reach), reach.shape)
        owner[loose[piece]] = owner[neighbour]
    return [[faces[i] for i in np.flatnonzero(owner == cell)] for cell in range(count)]

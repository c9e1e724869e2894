"""The library's heavier methods beside the packages that others use for the same."""

import warnings
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import geopandas
import numpy as np
import shapely
from numpy.typing import NDArray

from benchmarks.comparison import Comparison
from benchmarks.measuring import measured
from samhandling.patterns.aoristic import aoristic_hours
from samhandling.patterns.getis_ord import LocalG, local_g
from samhandling.patterns.local_moran import local_moran
from samhandling.space.assignment import assign_points
from samhandling.space.cells import SquareGrid
from samhandling.space.neighbours import Neighbours

PERMUTATIONS = 999
SEED = 7
BLOCK_M = 1_000


def hot_spots(sizes: dict[str, int]) -> Iterator[Comparison]:
    """G* with its exact law, beside esda with its permutations."""
    side = sizes["grid_side"]
    counts = _counts(side)
    grid = SquareGrid(100, 0, 0, side, side)
    ours = measured(lambda around: local_g(counts, around), lambda: _warmed(grid), times=3)
    theirs = measured(lambda weights: _esda(counts, weights), lambda: _esda_warmed(side))
    z, p = theirs.value
    agree = bool(np.allclose(ours.value.z, z, rtol=1e-9)) and _p_within(ours.value, p)
    yield Comparison(
        "Getis-Ord G*, every cell with its p-value", f"{side * side:,} cells", ours,
        f"esda, {PERMUTATIONS} permutations", theirs, agree,
    )  # fmt: skip
    theirs = measured(lambda weights: _pygeoda(counts, weights), lambda: _queen(side))
    mean, p = theirs.value
    around = grid.neighbours(np.arange(len(grid))).number() + 1
    agree = bool(np.allclose(ours.value.g, mean * around, rtol=1e-6)) and _p_within(ours.value, p)
    yield Comparison(
        "Getis-Ord G*, every cell with its p-value", f"{side * side:,} cells", ours,
        f"pygeoda, lookup table of {PERMUTATIONS} permutations", theirs, agree,
    )  # fmt: skip
    yield from _growing_maps(side)


def _growing_maps(side: int) -> Iterator[Comparison]:
    """See how G* and local Moran grow with the cells."""
    for name, work in (("Getis-Ord G*", local_g), ("Local Moran", local_moran)):
        for edge in (side // 2, side, 2 * side):
            counts, grid = _counts(edge), SquareGrid(100, 0, 0, edge, edge)
            yield Comparison(
                f"{name}, growing with the cells", f"{edge * edge:,} cells",
                measured(
                    lambda around, work=work, counts=counts: work(counts, around),
                    lambda grid=grid: _warmed(grid), times=3,
                ),
                "", None, agree=True,
            )  # fmt: skip


def _warmed(grid: SquareGrid) -> Neighbours:
    """Return neighbours, with the compiled code ready, as it is after the first call of a day."""
    small = SquareGrid(100, 0, 0, 5, 5)
    local_g(np.arange(25), small.neighbours(np.arange(25)))
    return grid.neighbours(np.arange(len(grid)))


def _queen(side: int) -> Any:
    import pygeoda

    column, row = np.meshgrid(np.arange(side), np.arange(side))
    squares = shapely.box(column.ravel(), row.ravel(), column.ravel() + 1, row.ravel() + 1)
    table = geopandas.GeoDataFrame({"at": np.arange(side * side)}, geometry=squares)
    return pygeoda.queen_weights(pygeoda.open(table))


def _pygeoda(counts: NDArray[np.int64], weights: Any) -> tuple[Any, Any]:
    import pygeoda

    found = pygeoda.local_gstar(
        weights, counts.astype(float), permutations=PERMUTATIONS, permutation_method="lookup",
        cpu_threads=1, seed=SEED,
    )  # fmt: skip
    return np.array(found.lisa_values()), np.array(found.lisa_pvalues())


def _p_within(ours: LocalG, estimated: NDArray[np.float64]) -> bool:
    """Tell whether every estimate lies where its number of permutations lets it.

    The peer compares shares in floating point, so that draws equal to what was seen fall on either
    side: its p may lie anywhere between the tail with and the tail without them.
    """
    noise = 6 * np.sqrt(0.25 / PERMUTATIONS) + 1 / PERMUTATIONS
    most = np.minimum(ours.p_high, ours.p_low)
    least = np.minimum(1 - ours.p_high, 1 - ours.p_low)
    return bool(((estimated >= least - noise) & (estimated <= most + noise)).all())


def _counts(side: int) -> NDArray[np.int64]:
    rng = np.random.default_rng(SEED)
    return rng.poisson(rng.gamma(0.5, 2.0, side * side)).astype(np.int64)


def _weights(side: int) -> Any:
    from libpysal.weights import fill_diagonal, lat2W

    return fill_diagonal(lat2W(side, side, rook=False))


def _esda_warmed(side: int) -> Any:
    """Have the peer's compiled code ready as well."""
    _esda(_counts(5), _weights(5))
    return _weights(side)


def _esda(counts: NDArray[np.int64], weights: Any) -> tuple[Any, Any]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import esda

        found = esda.G_Local(
            counts.astype(float), weights, transform="B", star=True,
            permutations=PERMUTATIONS, seed=SEED, keep_simulations=False, n_jobs=1,
        )  # fmt: skip
    return found.Zs, found.p_sim


def points_in_areas(sizes: dict[str, int]) -> Iterator[Comparison]:
    """Find the area of every point, beside geopandas' spatial join."""
    number = sizes["points"]
    areas = _blocks(20)
    rng = np.random.default_rng(SEED)
    x, y = rng.uniform(-2_000, 22_000, (2, number))
    ours = measured(lambda _: assign_points(areas, x, y))
    theirs = measured(
        lambda tables: _joined(*tables, number),
        lambda: (
            geopandas.GeoDataFrame(geometry=shapely.points(x, y)),
            geopandas.GeoDataFrame({"at": np.arange(len(areas))}, geometry=areas),
        ),
    )
    agree = bool(np.array_equal(ours.value, theirs.value))
    data = f"{number:,} points in {len(areas)} areas"
    yield Comparison("The area of each point", data, ours, "geopandas.sjoin", theirs, agree)


def _blocks(side: int) -> NDArray[np.object_]:
    """Return a patchwork of areas whose shared borders run in and out."""
    rng = np.random.default_rng(SEED)
    corner = np.arange(side + 1) * float(BLOCK_M)
    wave = rng.uniform(-200, 200, (2, side + 1, side + 1, 30))

    def border(kind: int, row: int, column: int) -> list[tuple[float, float]]:
        along = np.linspace(0, BLOCK_M, 32)
        across = np.concatenate([[0], wave[kind, row, column], [0]])
        if kind:
            return list(zip(corner[column] + across, corner[row] + along, strict=True))
        return list(zip(corner[column] + along, corner[row] + across, strict=True))

    return np.array(
        [
            shapely.make_valid(
                shapely.Polygon(
                    border(0, row, column)[:-1] + border(1, row, column + 1)[:-1]
                    + border(0, row + 1, column)[::-1][:-1] + border(1, row, column)[::-1][:-1]
                )
            )
            for row in range(side)
            for column in range(side)
        ],
        dtype=object,
    )  # fmt: skip


def _joined(points: Any, areas: Any, number: int) -> NDArray[np.int64]:
    pairs = points.sjoin(areas, predicate="intersects")
    found = np.full(number, len(areas))
    np.minimum.at(found, pairs.index.to_numpy(), pairs["at"].to_numpy())
    return np.where(found == len(areas), -1, found)


def hours_of_intervals(sizes: dict[str, int]) -> Iterator[Comparison]:
    """Spread intervals over the hours of the week, beside a loop over events and hours."""
    number = sizes["intervals"]
    rng = np.random.default_rng(SEED)
    start = np.datetime64("2024-01-01T00:00") + rng.integers(0, 500_000, number)
    end = start + rng.integers(0, 14 * 60, number)
    ours = measured(lambda _: aoristic_hours(start, end).weight, times=3)
    theirs = measured(lambda pairs: _spread(*pairs), lambda: (start.tolist(), end.tolist()))
    agree = bool(np.allclose(ours.value, theirs.value, rtol=1e-9))
    yield Comparison(
        "Aoristic hours of the week", f"{number:,} intervals", ours,
        "a loop in Python", theirs, agree,
    )  # fmt: skip


def _spread(starts: list[datetime], ends: list[datetime]) -> NDArray[np.float64]:
    """Give every hour of the local week its share of each interval, one hour at a time."""
    week = np.zeros((7, 24))
    zone, utc = ZoneInfo("Europe/Stockholm"), ZoneInfo("UTC")
    for begun, ended in zip(starts, ends, strict=True):
        length = (ended - begun).total_seconds()
        hour = begun.replace(minute=0)
        while hour <= ended:
            following = hour + timedelta(hours=1)
            inside = (min(ended, following) - max(begun, hour)).total_seconds()
            local = hour.replace(tzinfo=utc).astimezone(zone)
            if length or hour == begun.replace(minute=0):
                week[local.weekday(), local.hour] += inside / length if length else 1
            hour = following
    return week

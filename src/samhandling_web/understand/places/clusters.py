"""Where things gather: squares of 150 m that stand out, each with the squares beside it.

Plain arrays in, clusters out. A square stands out by the observations in it, or by events that are
surely many times denser than they are in the town's squares. The squares around the one that stands
out most belong to it; the next cluster is sought among those left. So no cluster is wider than
450 m, which is still one place, however much of the town stands out.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from samhandling.patterns.rates import poisson_interval
from samhandling_web.understand.places.scoring import (
    LEAST_EVENTS,
    LEAST_OBSERVATIONS,
    LEAST_TIMES_DENSER,
)

CELL_M = 150
CLUSTER_RADIUS_M = 225
AROUND = [(across, up) for across in (-1, 0, 1) for up in (-1, 0, 1)]

Cell = tuple[int, int]
Floats = NDArray[np.float64]
Rows = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Points:
    """What gathers, in metres (SWEREF 99 TM): one entry per observation, or per event."""

    x: Floats
    y: Floats

    @property
    def cells(self) -> Rows:
        """The square of each, as column and row."""
        return np.floor(np.column_stack([self.x, self.y]) / CELL_M).astype(np.int64)


@dataclass(frozen=True, slots=True, eq=False)
class Cluster:
    """A square that stands out and those beside it, with the rows of what lies in them."""

    peak: Cell
    observations: Rows
    events: Rows

    @property
    def key(self) -> str:
        """What names the square, the same from one search to the next."""
        return key_of(self.peak)

    @property
    def centre(self) -> tuple[float, float]:
        """The middle of the square, in metres."""
        return (self.peak[0] + 0.5) * CELL_M, (self.peak[1] + 0.5) * CELL_M


def key_of(cell: Cell) -> str:
    return f"{CELL_M}:{cell[0]}:{cell[1]}"


def cell_of(key: str) -> Cell:
    """Return the square that a key names."""
    _size, column, row = key.split(":")
    return int(column), int(row)


def clusters(observations: Points, events: Points, expected_in_cell: float) -> list[Cluster]:
    """Return what stands out, the strongest first.

    Parameters
    ----------
    observations, events : Points
        What is left when existing places have had theirs.
    expected_in_cell : float
        Events that a square of the built-up town holds on average.

    Notes
    -----
    A square with many events stands out only if the lower bound of their number (Garwood 1936) is
    `LEAST_TIMES_DENSER` times what is expected: a few events are never a cluster.
    """
    seen, happened = _by_cell(observations), _by_cell(events)
    strength = {
        cell: stands_out
        for cell in seen.keys() | happened.keys()
        if (
            stands_out := _strength(
                len(seen.get(cell, ())), len(happened.get(cell, ())), expected_in_cell
            )
        )
    }
    taken: set[Cell] = set()
    found: list[Cluster] = []
    for peak in sorted(strength, key=lambda cell: (-strength[cell], cell)):
        if peak in taken:
            continue
        own = [(peak[0] + across, peak[1] + up) for across, up in AROUND]
        free = [cell for cell in own if cell not in taken]
        taken.update(free)
        found.append(Cluster(peak, _rows(seen, free), _rows(happened, free)))
    return found


def _strength(observations: int, events: int, expected: float) -> float:
    """Return how much a square stands out; zero when it does not."""
    by_observations = observations / LEAST_OBSERVATIONS
    by_events = 0.0
    if events >= LEAST_EVENTS and expected > 0:
        low = float(poisson_interval([events])[0][0])
        by_events = low / (expected * LEAST_TIMES_DENSER)
    strongest = max(by_observations, by_events)
    return by_observations + by_events if strongest >= 1 else 0.0


def _by_cell(points: Points) -> dict[Cell, Rows]:
    """Return the rows in each square that holds any."""
    if not len(points.x):
        return {}
    cells, which = np.unique(points.cells, axis=0, return_inverse=True)
    order = np.argsort(which, kind="stable")
    ends = np.cumsum(np.bincount(which.ravel(), minlength=len(cells)))
    return {
        (int(column), int(row)): rows
        for (column, row), rows in zip(
            cells.tolist(), np.split(order.ravel(), ends[:-1]), strict=True
        )
    }


def _rows(by_cell: dict[Cell, Rows], cells: list[Cell]) -> Rows:
    found = [by_cell[cell] for cell in cells if cell in by_cell]
    return np.sort(np.concatenate(found)) if found else np.zeros(0, dtype=np.int64)

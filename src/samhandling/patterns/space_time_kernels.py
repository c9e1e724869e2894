"""Counting pairs of events near in space, by how near in time, for many orders of the times."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from samhandling.execution.compiled import compiled

Floats = NDArray[np.float64]
Whole = NDArray[np.int64]
Short = NDArray[np.int32]

FLUSHED_EVERY = 1024


class SortedEvents(NamedTuple):
    """Events in the order of the cells of a grid, with the bands of distance to look in.

    Cells are as wide as the last edge and lie row by row, with an empty border of one cell all
    around. `order` is each event's position in the input; `first[c]` to `first[c + 1]` are the
    events of cell c. A distance belongs to band s when edges[s] <= distance < edges[s + 1]; edges
    are squared unless city blocks are counted.
    """

    x: Floats
    y: Floats
    order: Whole
    cell: Whole
    first: Whole
    columns: int
    edges: Floats
    city_blocks: bool


@compiled
def band_between(events: SortedEvents, i: int, j: int) -> int:
    """Return the band of two events' distance, -1 outside all."""
    across, along = events.x[i] - events.x[j], events.y[i] - events.y[j]
    distance = across * across + along * along
    if events.city_blocks:
        distance = abs(across) + abs(along)
    edges = events.edges
    if distance < edges[0] or distance >= edges[len(edges) - 1]:
        return -1
    band = 0
    while distance >= edges[band + 1]:
        band += 1
    return band


@compiled
def candidates(events: SortedEvents, i: int, turn: int) -> tuple[int, int]:
    """Return from where to where those lie that event i has not been paired with.

    Turns 0 to 4 are the event's cell, the one to the right, and the three of the next row.
    """
    shift = turn if turn < 2 else events.columns + turn - 3
    place = events.cell[i] + shift
    begin = i + 1 if turn == 0 else events.first[place]
    return begin, events.first[place + 1]


@compiled
def add_pair(few: Short, first: Short, second: Short, time_edges: Short) -> None:
    """Add one pair to its time band in every order."""
    for step in range(len(time_edges) - 1):
        low, high = time_edges[step], time_edges[step + 1]
        for order in range(len(first)):
            apart = abs(first[order] - second[order])
            few[step, order] += np.int32(apart >= low and apart < high)


@compiled
def count_near(events: SortedEvents, times: Short, time_edges: Short, counts: Whole) -> None:
    """Add pairs to `counts` (n_space, n_time, n_orders), without keeping any.

    `times` (n_events, n_orders) holds one column for each order of the times.
    """
    few = np.zeros(counts.shape, dtype=np.int32)
    for i in range(len(events.x)):
        for turn in range(5):
            begin, end = candidates(events, i, turn)
            for j in range(begin, end):
                band = band_between(events, i, j)
                if band >= 0:
                    add_pair(few[band], times[i], times[j], time_edges)
        if i % FLUSHED_EVERY == 0:
            counts += few
            few[:] = 0
    counts += few


@compiled
def space_degrees(events: SortedEvents, degrees: Whole) -> None:
    """Add to `degrees` (n_space, n_events) how many events lie in each band around each."""
    for i in range(len(events.x)):
        for turn in range(5):
            begin, end = candidates(events, i, turn)
            for j in range(begin, end):
                band = band_between(events, i, j)
                if band >= 0:
                    degrees[band, i] += 1
                    degrees[band, j] += 1


@compiled
def mantel_sums(x: Floats, y: Floats, times: Floats, constants: Floats, sums: Floats) -> None:
    """Add to `sums` (n_orders,) the closeness in space times that in time, over all pairs.

    Closeness is one over the distance and a constant: the first for space, the second for time.
    """
    for i in range(len(x)):
        for j in range(i + 1, len(x)):
            near = 1.0 / (np.hypot(x[i] - x[j], y[i] - y[j]) + constants[0])
            for order in range(times.shape[1]):
                sums[order] += near / (abs(times[i, order] - times[j, order]) + constants[1])


@compiled
def shared_neighbours(neighbours: Whole, ranks: Whole, low: Whole, high: Whole) -> int:
    """Count pairs (i, j) in which j is near i both in space and in time."""
    found = 0
    for i in range(len(neighbours)):
        rank = ranks[i]
        for at in range(neighbours.shape[1]):
            other = ranks[neighbours[i, at]]
            if low[rank] <= other <= high[rank]:
                found += 1
    return found

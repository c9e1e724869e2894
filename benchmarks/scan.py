"""Scan statistics beside the same scan in plain NumPy.

SaTScan, the program that most use, is not installable from a package registry and was not measured;
nor was any Python or R package of the same scan found there.
"""

from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.special import xlogy

from benchmarks.comparison import Comparison
from benchmarks.measuring import Measured, measured

SIDE_M = 20_000
EVENTS = 10_000
SEED = 7
PERIODS = 24
REPLICAS = 999
TIMED_REPLICAS = 99
Town = tuple[Any, Any, NDArray[np.int64], NDArray[np.float64]]


def scan_windows(sizes: dict[str, int]) -> Iterator[Comparison]:
    """Scan circles, then circles and stretches of time; then see how both grow."""
    yield from _beside_numpy(sizes["scan_areas"], 1, REPLICAS, sizes["scan_peer_replicas"])
    yield from _beside_numpy(sizes["scan_timed_areas"], PERIODS, TIMED_REPLICAS, 1)
    least = sizes["scan_areas"] // 4
    for areas in (least, 4 * least, 16 * least):
        if areas <= sizes["scan_most_areas"]:
            yield Comparison(
                f"Scan, {TIMED_REPLICAS} replicas, growing with the areas", f"{areas:,} areas",
                measured(_ours, lambda areas=areas: _warmed(_town(areas, 1), TIMED_REPLICAS)),
                "", None, agree=True,
            )  # fmt: skip


def _beside_numpy(areas: int, periods: int, replicas: int, few: int) -> Iterator[Comparison]:
    town = _town(areas, periods)
    ours = measured(_ours, lambda: _warmed(town, replicas))
    theirs = measured(_numpy, lambda: (town, few))
    ratio, orders_s, replica_s = theirs.value
    seconds = orders_s + replica_s * (replicas + 1)
    scaled = Measured(ratio, seconds, seconds, theirs.peak_mib)
    times = f" in {periods} periods" if periods > 1 else ""
    yield Comparison(
        f"Space{'-time' if periods > 1 else ''} scan, {replicas} replicas",
        f"{areas:,} areas{times}, {EVENTS:,} events", ours,
        f"the same in NumPy (its orders once, {few + 1} scans, scaled)", scaled,
        bool(np.isclose(ours.value, ratio)),
    )  # fmt: skip


def _town(areas: int, periods: int) -> Town:
    drawn = np.random.default_rng(SEED + areas)
    x, y = drawn.uniform(0, SIDE_M, (2, areas))
    expected = np.repeat(drawn.gamma(4, 500, areas)[:, None], periods, axis=1)
    share = expected / expected.sum()
    counts = drawn.multinomial(EVENTS, share.ravel()).reshape(areas, periods)
    return x, y, counts, share * EVENTS


def _warmed(town: Town, replicas: int) -> tuple[Town, int]:
    """Have the compiled code ready, as it is after the first call of a day."""
    _ours((_town(20, 2), 2))
    return town, replicas


def _ours(ready: tuple[Town, int]) -> float:
    from samhandling.execution import Replicates
    from samhandling.patterns import scan_poisson

    (x, y, counts, expected), replicas = ready
    found = scan_poisson(x, y, counts, expected, replicates=Replicates(replicas))
    return found.value


def _numpy(ready: tuple[Town, int]) -> tuple[float, float, float]:
    """Return the observed ratio, the time to order the areas, and that of one replica's scan."""
    import time

    (x, y, counts, expected), few = ready
    begun = time.perf_counter()
    orders = [np.argsort((x - x[at]) ** 2 + (y - y[at]) ** 2) for at in range(len(x))]
    ordered = time.perf_counter()
    drawn = np.random.default_rng(SEED)
    share = expected.ravel() / expected.sum()
    ratio = _highest(orders, counts, expected)
    for _ in range(few):
        _highest(orders, drawn.multinomial(EVENTS, share).reshape(counts.shape), expected)
    ended = time.perf_counter()
    return ratio, ordered - begun, (ended - ordered) / (few + 1)


def _highest(orders: list[Any], counts: NDArray[Any], expected: NDArray[np.float64]) -> float:
    highest, periods = 0.0, counts.shape[1]
    for order in orders:
        e = np.cumsum(np.cumsum(expected[order], axis=0), axis=1)
        c = np.cumsum(np.cumsum(counts[order], axis=0), axis=1)
        allowed = int(np.searchsorted(e[:, -1], EVENTS / 2 * (1 + 1e-9), side="right"))
        for length in range(1, max(periods // 2, 1) + 1):
            inside, chance = c[:allowed, length - 1 :].copy(), e[:allowed, length - 1 :].copy()
            inside[:, 1:] -= c[:allowed, : periods - length]
            chance[:, 1:] -= e[:allowed, : periods - length]
            more = (inside > chance) & (inside > 1)
            seen, mean = inside[more], chance[more]
            score = xlogy(seen, seen / mean)
            score += xlogy(EVENTS - seen, (EVENTS - seen) / (EVENTS - mean))
            highest = max(highest, float(score.max(initial=0)))
    return highest

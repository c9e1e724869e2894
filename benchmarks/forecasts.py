"""Self-exciting forecasts beside the same rounds with every pair of events, and how they grow."""

from collections.abc import Iterator
from importlib import import_module
from typing import Any

import numpy as np
from scipy.stats import norm

from benchmarks.comparison import Comparison
from benchmarks.measuring import Measured, measured

SIDE_M = 10_000
DAYS = 365.0
BANDWIDTH_M = 300.0
ROUNDS = 20
CLOSE = 1e-3
Events = tuple[Any, Any, Any]


def forecasts(sizes: dict[str, int]) -> Iterator[Comparison]:
    """Estimate what sets off what, then see how a round grows with a city's area and events."""
    n, few = sizes["forecast_events"], sizes["forecast_peer_rounds"]
    ours = measured(_rounds, lambda: _warmed(_city(n)), times=3)
    theirs = measured(_every_pair, lambda: (_city(n), few))
    scaled = Measured(
        theirs.value, theirs.seconds * ROUNDS / few, theirs.cpu_seconds * ROUNDS / few,
        theirs.peak_mib,
    )  # fmt: skip
    same = measured(_numbers_after, lambda: (_city(n), few)).value
    yield Comparison(
        f"Self-exciting process, {ROUNDS} rounds with the search for pairs", f"{n:,} events", ours,
        f"NumPy, every pair of events ({few} rounds, scaled)", scaled,
        bool(np.allclose(same, theirs.value, rtol=CLOSE)),
    )  # fmt: skip
    for size in (n, 4 * n, 16 * n):
        yield Comparison(
            f"Self-exciting process, {ROUNDS} rounds, growing with the city", f"{size:,} events",
            measured(_rounds, lambda size=size: _warmed(_city(size, size / n))), "", None,
            agree=True,
        )  # fmt: skip


def _city(n: int, larger: float = 1.0) -> Events:
    """Return events of which a third lie near one before, at the same density whatever `larger`."""
    drawn = np.random.default_rng(11)
    x, y = drawn.uniform(0, SIDE_M * larger**0.5, (2, n))
    days = np.sort(drawn.uniform(0, DAYS, n))
    for later in np.flatnonzero(drawn.random(n) < 1 / 3):
        earlier = np.searchsorted(days, days[later] - drawn.exponential(7)) - 1
        if earlier >= 0:
            x[later], y[later] = (place[earlier] + drawn.normal(0, 60) for place in (x, y))
    return x, y, days - days[0]


def _warmed(events: Events) -> Events:
    """Have the compiled code ready, as it is after the first call of a day."""
    x, y, days = events
    _numbers_after(((x[:100], y[:100], days[:100]), 1))
    return events


def _rounds(events: Events) -> Any:
    return _numbers_after((events, ROUNDS))


def _numbers_after(ready: tuple[Events, int]) -> Any:
    """Return offspring, decay and spread after so many rounds of the library's."""
    # In a process of its own: the number of rounds is set here and nowhere else.
    module = import_module("samhandling.forecast.self_exciting")
    module.MOST_ROUNDS, module.CLOSE_ENOUGH = ready[1], 0.0
    (x, y, days), _ = ready
    found = module.self_exciting(x, y, days, bandwidth_m=BANDWIDTH_M, length_days=DAYS)
    return np.array([found.offspring, found.decay_days, found.spread_m])


def _every_pair(ready: tuple[Events, int]) -> Any:
    """Do the same rounds with tables of events by events."""
    (x, y, days), rounds = ready
    offspring, decay, spread = 0.3, DAYS / 50, BANDWIDTH_M / 5
    background = np.full(len(x), 0.7)
    inside = _inside(x) * _inside(y)
    for _ in range(rounds):
        squared = (x[:, None] - x) ** 2 + (y[:, None] - y) ** 2
        wait = days[:, None] - days
        kernel = np.exp(-0.5 * squared / BANDWIDTH_M**2) / (2 * np.pi * BANDWIDTH_M**2)
        np.fill_diagonal(kernel, 0.0)
        slow = kernel @ background / inside / DAYS
        heights = np.exp(-0.5 * squared / spread**2) / (2 * np.pi * spread**2)
        after = np.where(wait > 0, np.exp(-np.maximum(wait, 0) / decay) / decay, 0.0)
        set_off = offspring * heights * after
        total = slow + set_off.sum(axis=1)
        share = set_off / total[:, None]
        seen = (1 - np.exp(-(DAYS - days) / decay)).sum()
        offspring = share.sum() / seen
        decay = (share * wait).sum() / share.sum()
        spread = np.sqrt((share * squared).sum() / share.sum() / 2)
        background = slow / total
    return np.array([offspring, decay, spread])


def _inside(place: Any) -> Any:
    """Return how much of a Gaussian around each event lies between the outermost ones."""
    above = norm.cdf((place.max() - place) / BANDWIDTH_M)
    return above - norm.cdf((place.min() - place) / BANDWIDTH_M)

"""Mantel's and Jacquez's tests: nearness in space and time without bands."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.spatial import cKDTree

from samhandling.execution import USUAL, Chunk, Replicates
from samhandling.patterns.space_time_kernels import mantel_sums, shared_neighbours
from samhandling.space import checked
from samhandling.space.method import Method

Floats = NDArray[np.float64]
Whole = NDArray[np.int64]

ORDERS_TOGETHER = 32
MOST_EVENTS_FOR_ALL_PAIRS = 20_000


@dataclass(frozen=True, slots=True)
class InteractionTest:
    """One number for how much events near in space are near in time.

    Attributes
    ----------
    value : float
        The statistic; compare it with `expected`, not with other data.
    expected, standard_error : float
        Exact mean over all orders of the times, and the spread over those drawn.
    p_value : float
        Share of permutations with at least as much, the observed order among them.
    permutations : int
    method : Method
    """

    value: float
    expected: float
    standard_error: float
    p_value: float
    permutations: int
    method: Method

    def summary(self) -> str:
        """Return one sentence a person can read."""
        return (
            f"{self.value:.4g} against {self.expected:.4g} expected if places and times had "
            f"nothing to do with each other (p = {self.p_value:.3f})."
        )


def mantel(
    x: ArrayLike,
    y: ArrayLike,
    times: ArrayLike,
    *,
    space_constant_m: float = 100.0,
    time_constant: float = 1.0,
    replicates: Replicates = USUAL,
) -> InteractionTest:
    """Test space-time interaction by the sum over pairs of closeness in space times in time.

    Closeness is one over the distance and a constant, so that far pairs weigh little.

    Parameters
    ----------
    x, y : array_like of float, shape (n_events,)
        Metres.
    times : array_like of float, shape (n_events,)
        Days, or another unit.
    space_constant_m, time_constant : float
        Added to every distance; positive.
    replicates : Replicates, default 999 permutations in this process

    Raises
    ------
    ValueError
        If a number is missing, a constant is not positive, or there are fewer than three events or
        more than 20,000.

    Notes
    -----
    Time grows with the square of the events. Ratios to `expected` depend on the constants: state
    them.

    References
    ----------
    N. Mantel (1967), "The detection of disease clustering and a generalized regression approach",
    Cancer Research 27, 209-220.

    Examples
    --------
    >>> mantel([0, 1, 900, 901], [0, 0, 0, 0], [1, 2, 60, 61]).p_value < 0.5
    True
    """
    east, north, when = _events(x, y, times)
    for name, value in (("space_constant_m", space_constant_m), ("time_constant", time_constant)):
        if not value > 0:
            message = f"{name} is {value:g}; give more than 0, or pairs at one place divide by 0."
            raise ValueError(message)
    if len(east) > MOST_EVENTS_FOR_ALL_PAIRS:
        message = (
            f"{len(east):,} events have {len(east) ** 2 // 2:,} pairs, all of which this test "
            "looks at. Use knox, which looks only at near ones."
        )
        raise ValueError(message)
    constants = (space_constant_m, time_constant)
    observed = _mantel(east, north, when[:, None], constants)[0]
    pairs = len(east) * (len(east) - 1) / 2
    alone = _mantel(east, north, np.zeros((len(east), 1)), (space_constant_m, 1.0))[0]
    in_time = _mantel(np.zeros(len(east)), np.zeros(len(east)), when[:, None], (1.0, time_constant))
    shared = (east, north, when, constants)
    drawn = np.concatenate(replicates.run(_mantel_permuted, shared, size=ORDERS_TOGETHER))
    method = Method.of(
        "mantel", "Mantel (1967)", space_constant_m=space_constant_m, time_constant=time_constant,
        permutations=replicates.count, seed=replicates.seed,
    )  # fmt: skip
    return _test(observed, alone * in_time[0] / pairs, drawn, method)


def jacquez(
    x: ArrayLike,
    y: ArrayLike,
    times: ArrayLike,
    *,
    neighbours: int,
    replicates: Replicates = USUAL,
) -> InteractionTest:
    """Count, over all events, those among the nearest in space that are also nearest in time.

    Parameters
    ----------
    x, y : array_like of float, shape (n_events,)
        Metres.
    times : array_like of float, shape (n_events,)
    neighbours : int
        How many nearest; at least one and fewer than the events.
    replicates : Replicates, default 999 permutations in this process

    Raises
    ------
    ValueError
        If a number is missing, there are fewer than three events, or `neighbours` does not fit.

    Notes
    -----
    Among events of the same time, the order in the input decides which are nearest. With many
    ties, as with dates alone, `knox` is the better test.

    References
    ----------
    G. M. Jacquez (1996), "A k nearest neighbour test for space-time interaction", Statistics in
    Medicine 15, 1935-1949.

    Examples
    --------
    >>> found = jacquez([0, 1, 900, 901], [0, 0, 0, 0], [1, 2, 60, 61], neighbours=1)
    >>> found.value, round(found.expected, 3)
    (4.0, 1.333)
    """
    east, north, when = _events(x, y, times)
    if not 1 <= neighbours < len(east):
        message = f"neighbours is {neighbours} for {len(east)} events; give 1 to {len(east) - 1}."
        raise ValueError(message)
    near = _nearest(east, north, neighbours)
    ranks = np.argsort(np.argsort(when, kind="stable"), kind="stable")
    low, high = _nearest_in_time(np.sort(when), neighbours)
    observed = float(shared_neighbours(near, ranks, low, high))
    shared = (near, low, high)
    drawn = np.concatenate(replicates.run(_jacquez_permuted, shared, size=ORDERS_TOGETHER))
    method = Method.of(
        "jacquez",
        "Jacquez (1996)",
        neighbours=neighbours,
        permutations=replicates.count,
        seed=replicates.seed,
    )
    return _test(observed, len(east) * neighbours**2 / (len(east) - 1), drawn, method)


def _events(x: ArrayLike, y: ArrayLike, times: ArrayLike) -> tuple[Floats, Floats, Floats]:
    columns = [checked.finite(v, name) for v, name in ((x, "x"), (y, "y"), (times, "times"))]
    if len({len(column) for column in columns}) > 1 or len(columns[0]) < 3:
        sizes = ", ".join(str(len(column)) for column in columns)
        message = f"x, y and times have {sizes} entries; give all three for at least three events."
        raise ValueError(message)
    return columns[0], columns[1], columns[2]


def _mantel(x: Floats, y: Floats, times: Floats, constants: tuple[float, float]) -> Floats:
    sums = np.zeros(times.shape[1])
    mantel_sums(x, y, times, np.array(constants), sums)
    return sums


def _mantel_permuted(
    shared: tuple[Floats, Floats, Floats, tuple[float, float]], chunk: Chunk
) -> Floats:
    x, y, when, constants = shared
    generator = chunk.generator()
    orders = np.stack([generator.permutation(when) for _ in range(chunk.count)], axis=1)
    return _mantel(x, y, orders, constants)


def _jacquez_permuted(shared: tuple[Whole, Whole, Whole], chunk: Chunk) -> Floats:
    near, low, high = shared
    generator = chunk.generator()
    drawn = (generator.permutation(len(near)) for _ in range(chunk.count))
    return np.array([shared_neighbours(near, ranks, low, high) for ranks in drawn], dtype=float)


def _nearest(x: Floats, y: Floats, neighbours: int) -> Whole:
    """Return the nearest events of each, itself not among them."""
    places = np.column_stack([x, y])
    _, found = cKDTree(places).query(places, k=neighbours + 1)
    itself = found == np.arange(len(x))[:, None]
    itself[~itself.any(axis=1), -1] = True
    nearest: Whole = found[~itself].reshape(len(x), neighbours).astype(np.int64)
    return nearest


def _nearest_in_time(ordered: Floats, neighbours: int) -> tuple[Whole, Whole]:
    """Return, for each rank, the first and last rank of the nearest in time: they lie together."""
    n = len(ordered)
    low, high = np.arange(n), np.arange(n)
    for _ in range(neighbours):
        before = np.where(low > 0, ordered - ordered[np.maximum(low - 1, 0)], np.inf)
        after = np.where(high < n - 1, ordered[np.minimum(high + 1, n - 1)] - ordered, np.inf)
        earlier = before <= after
        low, high = low - earlier, high + ~earlier
    return low.astype(np.int64), high.astype(np.int64)


def _test(observed: float, expected: float, drawn: Floats, method: Method) -> InteractionTest:
    at_least = int((drawn >= observed * (1 - 1e-12)).sum())
    return InteractionTest(
        float(observed), float(expected), float(drawn.std(ddof=1)) if len(drawn) > 1 else np.nan,
        (1 + at_least) / (len(drawn) + 1), len(drawn), method,
    )  # fmt: skip

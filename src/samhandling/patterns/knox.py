"""Knox's test with any bands: whether events near in space are also near in time."""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.stats import norm, poisson

from samhandling.execution import USUAL, Chunk, Replicates
from samhandling.patterns.close_pairs import Distance, band_edges, sorted_events
from samhandling.patterns.space_time_kernels import SortedEvents, count_near, space_degrees
from samhandling.space import checked
from samhandling.space.method import Method

Floats = NDArray[np.float64]
Whole = NDArray[np.int64]

ORDERS_TOGETHER = 64
FEWEST_FOR_A_PATTERN = 30
SHORTEST_MONTH, LONGEST_MONTH = 28, 31
LONGEST_SPAN = 2**31 - 2
SAME_PLACE_M = 0.01


class DatesTooCoarse(ValueError):
    """The dates do not tell enough for bands this narrow."""


@dataclass(frozen=True, slots=True, eq=False)
class KnoxTable:
    """Pairs of events by how near they are in space (rows) and in time (columns).

    Attributes
    ----------
    space_edges, time_edges : tuple of float
        Bands hold their lower edge and not their upper.
    observed : ndarray of int64, shape (n_space, n_time)
    expected, standard_deviation : ndarray of float64, same shape
        Exact, over all orders of the times given the places.
    ratio : ndarray of float64
        Observed through expected; NaN where nothing is expected.
    p_value : ndarray of float64
        Share of permutations with at least as many, the observed order among them.
    adjusted_p_value : ndarray of float64
        The same for the largest excess of any band: holds however many bands are looked at.
    normal_p_value : ndarray of float64
        From the exact mean and variance; not to be trusted where fewer than ten are expected.
    poisson_p_value : ndarray of float64
        Knox's own, of as many pairs or more, as if pairs were independent; too small where one
        event has many near it.
    events, permutations : int
    most_at_one_place : int
        Events on the point that has most of them.
    method : Method
    """

    space_edges: tuple[float, ...]
    time_edges: tuple[float, ...]
    observed: Whole
    expected: Floats
    standard_deviation: Floats
    ratio: Floats
    p_value: Floats
    adjusted_p_value: Floats
    normal_p_value: Floats
    poisson_p_value: Floats
    events: int
    permutations: int
    most_at_one_place: int
    method: Method

    def bands(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Return the bands in words: what is in them, not what tools call them."""
        return _bands(self.space_edges, "m"), _bands(self.time_edges, "days")

    def summary(self) -> str:
        """Return one line for each band of space."""
        rows, columns = self.bands()
        lines = [f"{self.events} events; pairs observed through expected:"]
        for at, row in enumerate(rows):
            cells = ", ".join(
                f"{self.ratio[at, step]:.2f} in {column}"
                f"{' *' if self.adjusted_p_value[at, step] < 0.05 else ''}"
                for step, column in enumerate(columns)
            )
            lines.append(f"{row}: {cells}")
        return "\n".join([*lines, "* more than chance gives any band in one set of 20"])


def knox(
    x: ArrayLike,
    y: ArrayLike,
    days: ArrayLike,
    *,
    space_edges: ArrayLike,
    time_edges: ArrayLike,
    distance: Distance = Distance.STRAIGHT,
    replicates: Replicates = USUAL,
) -> KnoxTable:
    """Count pairs of events near in space and time, and hold them against all orders of the times.

    Parameters
    ----------
    x, y : array_like of float, shape (n_events,)
        Metres in a plane coordinate system.
    days : array_like of int, shape (n_events,)
        Day of each event, counted from any day (or another whole unit of time).
    space_edges, time_edges : array_like of float
        Rising edges, in metres and days. A band holds its lower edge, not its upper. For "same
        place" begin with a band that ends just above zero: [0, 0.001, 200].
    distance : Distance, default STRAIGHT
    replicates : Replicates, default 999 permutations in this process

    Returns
    -------
    KnoxTable

    Raises
    ------
    ValueError
        If a number is missing, there are fewer than two events, or edges do not rise.
    DatesTooCoarse
        If all days are the same, or no two different ones are less than 28 days apart and bands
        are narrower than a month.

    Notes
    -----
    Time and memory: every pair within the last edge is looked at once for each 64 permutations and
    none is kept, so that memory is 256 bytes an event. Places where crime rose or fell over the
    years (space and time not independent for other reasons than repetition) also give ratios above
    one: look at a short period or a stable area.

    References
    ----------
    E. G. Knox (1964), "The detection of space-time interactions", Applied Statistics 13, 25-30.

    F. N. David and D. E. Barton (1966), "Two space-time interaction tests for epidemicity", British
    Journal of Preventive and Social Medicine 20, 44-48.

    Examples
    --------
    >>> table = knox([0, 0, 500, 500], [0, 0, 0, 0], [1, 2, 40, 41],
    ...              space_edges=[0, 100], time_edges=[0, 7])
    >>> table.observed.tolist(), round(float(table.expected[0, 0]), 3)
    ([[2]], 0.667)
    """
    events = sorted_events(x, y, space_edges, distance)
    dates = _whole_days(days, len(events.x))
    steps = band_edges(time_edges, "time_edges")
    _check_dates(dates, steps)
    times = (dates - dates.min())[events.order].astype(np.int32)
    limits = np.minimum(np.ceil(steps), np.ptp(dates) + 1).astype(np.int32)
    observed = _counted(events, times[:, None], limits)[:, :, 0]
    expected, deviation = _moments(events, dates, limits)
    shared = (events, times, limits)
    drawn = np.concatenate(replicates.run(_permuted, shared, size=ORDERS_TOGETHER), axis=2)
    return _table(
        (tuple(checked.finite(space_edges, "space_edges")), tuple(steps)), observed,
        (expected, deviation), drawn, (len(times), _most_at_one_place(events)),
        Method.of("knox", "Knox (1964); David and Barton (1966)", permutations=replicates.count,
                  seed=replicates.seed, distance=distance.value, orders_together=ORDERS_TOGETHER),
    )  # fmt: skip


def _whole_days(days: ArrayLike, events: int) -> Whole:
    dates = checked.finite(days, "days")
    if len(dates) != events:
        message = f"{len(dates)} days for {events} events; give one for each."
        raise ValueError(message)
    part = np.flatnonzero(dates != np.floor(dates))
    if part.size:
        message = f"days[{part[0]}] is {dates[part[0]]:g}; give whole days (or whole hours)."
        raise ValueError(message)
    return dates.astype(np.int64)


def _check_dates(dates: Whole, steps: Floats) -> None:
    """Refuse dates that cannot fill the bands."""
    if dates.min() == dates.max():
        message = "All events are of the same day: there is no nearness in time to look for."
        raise DatesTooCoarse(message)
    if np.ptp(dates) > LONGEST_SPAN:
        message = f"days span {np.ptp(dates):,}; count in whole days or hours, not in fractions."
        raise ValueError(message)
    gap, narrowest = int(np.diff(np.unique(dates)).min()), float(np.diff(steps).min())
    if (
        len(dates) >= FEWEST_FOR_A_PATTERN
        and gap >= SHORTEST_MONTH
        and narrowest < max(gap, LONGEST_MONTH)
    ):
        message = (
            f"No two different dates are less than {gap} days apart: only the month, or less, is "
            f"known, and bands of {narrowest:g} days would be made up. Use bands of "
            f"{max(gap, LONGEST_MONTH)} days or more."
        )
        raise DatesTooCoarse(message)


def _most_at_one_place(events: SortedEvents) -> int:
    places = np.column_stack([events.x, events.y])
    return int(np.unique(places, axis=0, return_counts=True)[1].max())


def _counted(events: SortedEvents, times: NDArray[np.int32], limits: NDArray[np.int32]) -> Whole:
    counts = np.zeros((len(events.edges) - 1, len(limits) - 1, times.shape[1]), dtype=np.int64)
    count_near(events, times, limits, counts)
    return counts


def _permuted(
    shared: tuple[SortedEvents, NDArray[np.int32], NDArray[np.int32]], chunk: Chunk
) -> Whole:
    events, times, limits = shared
    generator = chunk.generator()
    orders = np.empty((len(times), chunk.count), dtype=np.int32)
    for at in range(chunk.count):
        orders[:, at] = generator.permutation(times)
    return _counted(events, orders, limits)


def _moments(
    events: SortedEvents, dates: Whole, limits: NDArray[np.int32]
) -> tuple[Floats, Floats]:
    """Return the exact mean and standard deviation over all orders of the times."""
    n = len(dates)
    near = np.zeros((len(events.edges) - 1, n), dtype=np.int64)
    space_degrees(events, near)
    soon = _time_degrees(dates, limits)
    (edges_s, paths_s), (edges_t, paths_t) = (_edges_and_paths(degrees) for degrees in (near, soon))
    pairs = n * (n - 1) / 2
    mean = np.outer(edges_s, edges_t) / pairs
    together = np.outer(2 * paths_s, paths_t) / (pairs * (n - 2)) if n > 2 else 0.0
    apart: Floats | float = 0.0
    if n > 3:
        free_s, free_t = (e**2 - e - 2 * p for e, p in ((edges_s, paths_s), (edges_t, paths_t)))
        apart = np.outer(free_s, free_t) / (pairs * (n - 2) * (n - 3) / 2)
    variance = mean + together + apart - mean**2
    return mean, np.sqrt(np.maximum(variance, 0.0))


def _time_degrees(dates: Whole, limits: NDArray[np.int32]) -> Whole:
    """Return how many events lie in each time band of each, on either side."""
    ordered = np.sort(dates)
    within = [
        np.searchsorted(ordered, dates + edge, side="left")
        - np.searchsorted(ordered, dates - edge, side="right")
        for edge in limits.astype(np.int64)
    ]
    degrees: Whole = np.diff(np.maximum(np.stack(within), 0), axis=0).astype(np.int64)
    degrees[0] -= limits[0] == 0
    return degrees


def _edges_and_paths(degrees: Whole) -> tuple[Floats, Floats]:
    sizes = degrees.astype(np.float64)
    return sizes.sum(axis=1) / 2, (sizes * (sizes - 1)).sum(axis=1) / 2


def _table(
    edges: tuple[tuple[float, ...], tuple[float, ...]],
    observed: Whole,
    moments: tuple[Floats, Floats],
    drawn: Whole,
    sizes: tuple[int, int],
    method: Method,
) -> KnoxTable:
    (expected, deviation), (events, most_at_one_place) = moments, sizes
    permutations = drawn.shape[2]
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = observed / np.where(expected > 0, expected, np.nan)
        excess = np.nan_to_num((observed - expected) / deviation, nan=0.0, posinf=0.0)
        others = np.nan_to_num(
            (drawn - expected[:, :, None]) / deviation[:, :, None], nan=0.0, posinf=0.0
        )
    largest = others.max(axis=(0, 1))
    close = 1e-9
    return KnoxTable(
        edges[0], edges[1], observed, expected, deviation, ratio,
        (1 + (drawn >= observed[:, :, None]).sum(axis=2)) / (permutations + 1),
        (1 + (largest[None, None, :] >= excess[:, :, None] - close).sum(axis=2))
        / (permutations + 1),
        np.where(deviation > 0, norm.sf(excess), 1.0),
        np.where(observed > 0, poisson.sf(observed - 1, expected), 1.0),
        events, permutations, most_at_one_place, method,
    )  # fmt: skip


def _bands(edges: tuple[float, ...], unit: str) -> tuple[str, ...]:
    """Say what each band holds; metres below a hundredth are the same place."""
    named = []
    for low, high in pairwise(edges):
        if unit == "m" and low == 0 and high < SAME_PLACE_M:
            named.append("the same place")
        elif unit == "m" and 0 < low < SAME_PLACE_M:
            named.append(f"above 0 to under {high:g} m")
        else:
            named.append(f"{low:g} to under {high:g} {unit}")
    return tuple(named)

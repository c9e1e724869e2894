"""Scan statistics: the most likely clusters among all circles and stretches of time."""

from typing import NamedTuple, TypeVar

import numpy as np
from numpy.typing import ArrayLike, NDArray

from samhandling.execution import USUAL, Chunk, Replicates
from samhandling.patterns.rates import poisson_interval
from samhandling.patterns.scan_circle_kernels import scan_circles
from samhandling.patterns.scan_clusters import (
    ScanCluster,
    ScanResult,
    gumbel_share,
    share_at_least,
)
from samhandling.patterns.scan_kernels import Law
from samhandling.patterns.scan_models import (
    ScanTable,
    bernoulli_table,
    permutation_table,
    places,
    poisson_table,
)
from samhandling.patterns.scan_time_kernels import best_around, scan_replicas
from samhandling.patterns.scan_windows import Circles, ScanOptions, Spans, circles, spans
from samhandling.space.method import Method

Floats = NDArray[np.float64]
Whole = NDArray[np.int64]
Number = TypeVar("Number", np.float64, np.int64)

TOGETHER = 128
LANES = 16
MOST_IN_SHORT = 32_000
USUAL_WINDOWS = ScanOptions()
KULLDORFF = "Kulldorff (1997)"


class Prepared(NamedTuple):
    """What every replica is scanned with."""

    table: ScanTable
    circles: Circles
    spans: Spans
    expected: Floats
    law: Law


def scan_poisson(
    x: ArrayLike,
    y: ArrayLike,
    counts: ArrayLike,
    expected: ArrayLike,
    *,
    options: ScanOptions = USUAL_WINDOWS,
    replicates: Replicates = USUAL,
) -> ScanResult:
    """Find circles, and stretches of time, with more events than expected.

    Parameters
    ----------
    x, y : array_like of float, shape (n_areas,)
        Middle of each area, in metres in a plane coordinate system.
    counts : array_like of int, shape (n_areas,) or (n_areas, n_periods)
        Events. One number for each area gives a purely spatial scan.
    expected : array_like of float, same shape
        What would be expected: residents, or residents adjusted for age, known growth and season
        (`scan_expectation`). Only proportions matter.
    options : ScanOptions
        Which windows; `prospective` for clusters that are going on in the last period.
    replicates : Replicates, default 999 in this process

    Returns
    -------
    ScanResult

    Raises
    ------
    ValueError
        If a number is missing, shapes differ, there are fewer than two events, events lie where
        none are expected, or all areas are at one point.

    Notes
    -----
    Events are taken to come independently. Where one evening gives many reports, or rates vary
    between areas for lasting reasons that `expected` does not know of, chance gives larger clusters
    than the replicas do and p is too small. A circle is a shape, not a boundary: its border is not
    known to the nearest area.

    Memory is 2 bytes for each pair of areas once they are sorted; 8, 96 and 1,295 MiB at most for
    1,000, 4,000 and 16,000 areas. Time grows with the square of the areas, times the stretches of
    time, times the replicas: 0.08, 0.7 and 13 s of one processor for those without time and 99
    replicas, 2.2 s for 4,000 areas and 999, and 6.8 s for 2,000 areas in 24 periods and 99.

    References
    ----------
    M. Kulldorff (1997), "A spatial scan statistic", Communications in Statistics 26, 1481-1496.
    M. Kulldorff (2001), "Prospective time periodic geographical disease surveillance using a scan
    statistic", Journal of the Royal Statistical Society A 164, 61-72.
    A. M. Abrams, K. Kleinman and M. Kulldorff (2010), "Gumbel based p-value approximations for
    spatial scan statistics", International Journal of Health Geographics 9, 61.

    Examples
    --------
    >>> found = scan_poisson([0, 1, 8, 9], [0, 0, 0, 0], [2, 3, 9, 8], [100, 100, 100, 100])
    >>> found.clusters[0].areas, found.clusters[0].observed, round(found.value, 3)
    ((2, 3), 17, 3.458)
    """
    return _scanned(x, y, poisson_table(counts, expected), options, replicates, KULLDORFF)


def scan_permutation(
    x: ArrayLike,
    y: ArrayLike,
    counts: ArrayLike,
    *,
    options: ScanOptions = USUAL_WINDOWS,
    replicates: Replicates = USUAL,
) -> ScanResult:
    """Find circles and stretches of time in which events meet oftener than places and times tell.

    Needs no residents: areas that always have much and seasons in which all areas have much are
    allowed for.

    Parameters
    ----------
    x, y : array_like of float, shape (n_areas,)
        Metres. Areas may be single places of events: see `tabulate_events`.
    counts : array_like of int, shape (n_areas, n_periods)
    options : ScanOptions
        `largest_share` is of the events.
    replicates : Replicates, default 999 in this process

    Returns
    -------
    ScanResult

    Raises
    ------
    ValueError
        If a number is missing, shapes differ, all events are in one area or one period, or all
        areas are at one point.

    Notes
    -----
    Where some parts of town grow faster than others the whole period through, the last stretch of
    time looks like a cluster in them: keep the time short. Time and memory as `scan_poisson`.

    References
    ----------
    M. Kulldorff, R. Heffernan, J. Hartman, R. Assunção and F. Mostashari (2005), "A space-time
    permutation scan statistic for disease outbreak detection", PLoS Medicine 2, e59.

    Examples
    --------
    >>> table = [[4, 0, 1, 0], [3, 1, 0, 1], [0, 3, 3, 3], [1, 3, 2, 4]]
    >>> found = scan_permutation([0, 1, 8, 9], [0, 0, 0, 0], table)
    >>> found.clusters[0].areas, found.clusters[0].first_period, found.clusters[0].observed
    ((0, 1), 0, 7)
    """
    table = permutation_table(counts)
    return _scanned(x, y, table, options, replicates, "Kulldorff et al. (2005)")


def scan_bernoulli(
    x: ArrayLike,
    y: ArrayLike,
    cases: ArrayLike,
    trials: ArrayLike,
    *,
    options: ScanOptions = USUAL_WINDOWS,
    replicates: Replicates = USUAL,
) -> ScanResult:
    """Find circles, and stretches of time, in which a larger share than elsewhere are cases.

    Parameters
    ----------
    x, y : array_like of float, shape (n_areas,)
        Metres.
    cases : array_like of int, shape (n_areas,) or (n_areas, n_periods)
        Such as burglaries completed.
    trials : array_like of int, same shape
        All that could have been cases, cases and others: burglaries completed or attempted.
    options : ScanOptions
        `largest_share` is of the trials.
    replicates : Replicates, default 999 in this process

    Returns
    -------
    ScanResult

    Raises
    ------
    ValueError
        If a number is missing, shapes differ, there are more cases than trials somewhere, or all
        are cases.

    Notes
    -----
    Each trial is taken to be as likely to be a case as any other, independently. Time and memory as
    `scan_poisson`.

    References
    ----------
    M. Kulldorff and N. Nagarwalla (1995), "Spatial disease clusters: detection and inference",
    Statistics in Medicine 14, 799-810.

    Examples
    --------
    >>> found = scan_bernoulli([0, 1, 8, 9], [0, 0, 0, 0], [1, 2, 8, 9], [10, 10, 10, 10])
    >>> found.clusters[0].areas, round(found.value, 3)
    ((2, 3), 10.818)
    """
    table = bernoulli_table(cases, trials)
    return _scanned(x, y, table, options, replicates, "Kulldorff and Nagarwalla (1995)")


def _scanned(
    x: ArrayLike,
    y: ArrayLike,
    table: ScanTable,
    options: ScanOptions,
    replicates: Replicates,
    reference: str,
) -> ScanResult:
    east, north = places(x, y, len(table.counts))
    prepared = _prepared(east, north, table, options)
    size = -(-replicates.count // -(-replicates.count // TOGETHER))
    maxima = np.concatenate(replicates.run(_replica_maxima, prepared, size=size))
    events, periods = int(table.counts.sum()), table.counts.shape[1]
    method = Method.of(
        f"scan_{table.model.value}", reference, replicas=replicates.count, seed=replicates.seed,
        largest_share=options.largest_share, largest_radius_m=options.largest_radius_m,
        longest=options.longest or max(periods // 2, 1), prospective=options.prospective,
        fewest_events=options.fewest_events, replicas_together=size,
    )  # fmt: skip
    found = _clusters(prepared, east, north, options, maxima)
    return ScanResult(found, maxima, events, len(east), periods, method)


def _prepared(x: Floats, y: Floats, table: ScanTable, options: ScanOptions) -> Prepared:
    weight = (table.trials if table.trials.any() else table.expected).sum(axis=1)
    around = circles(x, y, weight.astype(np.float64), options)
    if not len(around.order):
        message = (
            f"No circle holds at most {options.largest_share:.0%} of what is expected: every area "
            "is larger. Divide the areas, or raise largest_share to at most 0.5."
        )
        raise ValueError(message)
    periods = table.counts.shape[1]
    if options.longest and options.longest >= periods > 1:
        message = (
            f"longest is {options.longest} of {periods} periods; leave at least one period outside "
            "to compare with, or give one count for each area for a purely spatial scan."
        )
        raise ValueError(message)
    return Prepared(
        table, around, spans(periods, options), _from_the_first(table.expected),
        table.law(options.fewest_events),
    )  # fmt: skip


def _from_the_first(values: NDArray[Number]) -> NDArray[Number]:
    """Return sums over periods, from zero on."""
    return np.pad(np.cumsum(values, axis=1, dtype=values.dtype), ((0, 0), (1, 0)))


def _replica_maxima(prepared: Prepared, chunk: Chunk) -> Floats:
    table = prepared.table
    areas, periods = table.counts.shape
    lanes = -(-chunk.count // LANES) * LANES
    # Small numbers go many to a vector register; lanes left over stay empty.
    kind = np.int16 if prepared.law.events < MOST_IN_SHORT else np.int32
    counts = np.zeros((areas, periods + 1, lanes), dtype=kind)
    generator = chunk.generator()
    for lane in range(chunk.count):
        counts[:, 1:, lane] = np.cumsum(table.draw(generator), axis=1)
    maxima = np.full(lanes, np.inf)
    maxima[: chunk.count] = 0
    if periods == 1:
        held = counts[:, 1].copy()
        most = held.max(axis=1).astype(np.int64)
        around, expected = prepared.circles, prepared.expected[:, 1].copy()
        scan_circles(around, expected, held, most, prepared.law, maxima)
    else:
        expected = prepared.expected
        scan_replicas(prepared.circles, prepared.spans, expected, counts, prepared.law, maxima)
    return maxima[: chunk.count]


def _clusters(
    prepared: Prepared, x: Floats, y: Floats, options: ScanOptions, maxima: Floats
) -> tuple[ScanCluster, ...]:
    """Return the best window of any place, then the next best that shares no area with it, on."""
    best, where = np.zeros(len(x)), np.zeros((len(x), 3), dtype=np.int64)
    sums = _from_the_first(prepared.table.counts)
    best_around(
        prepared.circles, prepared.spans, prepared.expected, sums, prepared.law, best, where
    )
    found: list[ScanCluster] = []
    taken = np.zeros(len(x), dtype=bool)
    for centre in np.argsort(-best, kind="stable"):
        if best[centre] <= 0 or len(found) == options.most_clusters:
            break
        inside = prepared.circles.order[prepared.circles.start[centre] : where[centre, 0] + 1]
        areas = np.where(inside < 0, ~inside, inside)
        if taken[areas].any():
            continue
        taken[areas] = True
        radius = float(np.hypot(x[areas] - x[centre], y[areas] - y[centre]).max())
        window = (int(centre), areas, radius, int(where[centre, 1]), int(where[centre, 2]))
        found.append(_cluster(prepared, window, float(best[centre]), options, maxima))
    return tuple(found)


def _cluster(
    prepared: Prepared,
    window: tuple[int, NDArray[np.int32], float, int, int],
    ratio: float,
    options: ScanOptions,
    maxima: Floats,
) -> ScanCluster:
    centre, areas, radius, first, end = window
    table, events = prepared.table, prepared.law.events
    observed = int(table.counts[areas, first:end].sum())
    expected = float(table.expected[areas, first:end].sum())
    low, high = (float(bound[0]) / expected for bound in poisson_interval([observed]))
    outside = (events - observed) / (events - expected)
    p = share_at_least(maxima, ratio)
    timed = table.counts.shape[1] > 1
    return ScanCluster(
        tuple(areas.tolist()), centre, radius,
        first if timed else None, end - 1 if timed else None,
        observed, expected, observed / expected, low, high,
        observed / expected / outside if outside > 0 else float("inf"),
        ratio, p, gumbel_share(maxima, ratio), 1 / p if options.prospective else None,
    )  # fmt: skip

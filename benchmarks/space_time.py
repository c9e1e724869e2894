"""Knox tables with permutations, beside PySAL's pointpats, and how they grow."""

import gzip
from collections.abc import Iterator
from typing import Any

import numpy as np

from benchmarks.comparison import Comparison
from benchmarks.imports import real_data
from benchmarks.measuring import Measured, measured

PERMUTATIONS = 999
YEAR = 365
BURGLARIES_A_YEAR = 11_700
BURGLARIES_A_MONTH = 970
SIDE_M = 25_000
SPACE = [0, 0.001, 200, 400, 600]
TIME = [0, 7, 14, 21]
BANDS = (len(SPACE) - 1) * (len(TIME) - 1)
MEMORY_MIB = 4_000
Events = tuple[Any, Any, Any]


def knox_tables(sizes: dict[str, int]) -> Iterator[Comparison]:
    """Test a month and a year of burglaries, then ever more events at a city's density."""
    n, peer_permutations = sizes["knox_events"], sizes["knox_peer_permutations"]
    real = _chicago() if n >= BURGLARIES_A_YEAR else None
    for size in (min(n, BURGLARIES_A_MONTH), n):
        events = _first(real, size) if real else _city(size)
        yield _beside_pointpats(events, peer_permutations, "Chicago 2016" if real else "invented")
    for size in (n, 4 * n, 16 * n):
        grown = measured(_knox, lambda size=size: _warmed(_city(size)))
        yield Comparison(
            f"Knox, {BANDS} bands, {PERMUTATIONS} permutations, growing with the years",
            f"{size:,} events in {size // n} years", grown, "", None, agree=True,
        )  # fmt: skip
    million = sizes["knox_million"]
    large = measured(_knox_on_two, lambda: (_city(million), PERMUTATIONS))
    yield Comparison(
        f"Knox on two cores, {BANDS} bands, {PERMUTATIONS} permutations, under {MEMORY_MIB:,} MiB",
        f"{million:,} events in {million // BURGLARIES_A_YEAR} years", large, "", None,
        large.peak_mib < MEMORY_MIB,
    )  # fmt: skip


def _beside_pointpats(events: Events, permutations: int, source: str) -> Comparison:
    """Compare with a peer that answers one band a call, with fewer permutations, scaled to ours."""
    ours = measured(_knox, lambda: _warmed(events), times=3)
    theirs = measured(_pointpats, lambda: _imported(events, permutations))
    more = BANDS * PERMUTATIONS / permutations
    scaled = Measured(
        theirs.value, theirs.seconds * more, theirs.cpu_seconds * more, theirs.peak_mib
    )  # fmt: skip
    return Comparison(
        f"Knox, {BANDS} bands, {PERMUTATIONS} permutations",
        f"{len(events[0]):,} burglaries, {source}", ours,
        f"pointpats knox, one band with {permutations} permutations (time scaled to {BANDS} bands "
        f"and {PERMUTATIONS})", scaled, ours.value == theirs.value,
    )  # fmt: skip


def _chicago() -> Events | None:
    """Return the year of burglaries, in the order of their dates, where the file is at hand."""
    path = real_data() / "nrc_chicago_inbrott/chicago_be_2016.csv.gz"
    if not path.exists():
        return None
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        next(lines)
        rows = [row for line in lines if (row := line.strip().split(","))[2]]
    days = np.array([row[2].strip('"') for row in rows], dtype="datetime64[D]").astype(np.int64)
    order = np.argsort(days, kind="stable")
    x, y = (np.array([float(row[at]) for row in rows])[order] for at in (0, 1))
    return x, y, days[order]


def _first(events: Events, size: int) -> Events:
    x, y, days = events
    return x[:size], y[:size], days[:size]


def _city(events: int) -> Events:
    """Draw events around a hundred centres, as many a year as burglaries in a large city."""
    drawn = np.random.default_rng(events)
    centres = drawn.uniform(0, SIDE_M, (100, 2))
    places = centres[drawn.integers(0, 100, events)] + drawn.normal(0, 1_500, (events, 2))
    years = max(events / BURGLARIES_A_YEAR, 1 / 12)
    return places[:, 0], places[:, 1], drawn.integers(0, int(YEAR * years), events)


def _warmed(events: Events) -> tuple[Events, int]:
    """Have the compiled code ready, as it is after the first call of a day."""
    _knox((([1.0, 2.0], [1.0, 2.0], [1, 2]), 1))
    return events, PERMUTATIONS


def _imported(events: Events, permutations: int) -> tuple[Events, int]:
    import pointpats.spacetime  # noqa: F401 - importing is not what is measured

    return events, permutations


def _knox(ready: tuple[Events, int], **options: Any) -> int:
    from samhandling.execution import Replicates
    from samhandling.patterns import knox

    (x, y, days), permutations = ready
    table = knox(
        x, y, days, space_edges=SPACE, time_edges=TIME,
        replicates=Replicates(permutations, **options),
    )  # fmt: skip
    return int(table.observed.sum())


def _knox_on_two(ready: tuple[Events, int]) -> int:
    from samhandling.execution import Processes

    return _knox(ready, executor=Processes(2))


def _pointpats(ready: tuple[Events, int]) -> int:
    from pointpats.spacetime import knox

    (x, y, days), permutations = ready
    # Its bands hold their upper edge, ours do not: half a day less gives the same pairs.
    when = days[:, None].astype(float)
    return int(knox(np.column_stack([x, y]), when, SPACE[-1], TIME[-1] - 0.5, permutations)["stat"])

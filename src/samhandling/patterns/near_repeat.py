"""Near repeats in words: where and for how long after an event the risk is raised."""

from dataclasses import dataclass

from scipy.stats import chi2

from samhandling.patterns.knox import KnoxTable
from samhandling.space import checked

FEWEST_EVENTS = 50
FEWEST_EXPECTED = 5.0


@dataclass(frozen=True, slots=True)
class NearRepeat:
    """How far and how long the risk is raised after an event.

    Attributes
    ----------
    reach_m, days : float
        Upper edges of the window in which every band is raised; 0 when none is.
    ratio, low, high : float
        Pairs in the window through those expected, with an exact Poisson interval.
    pairs : int
        Pairs of events in the window.
    is_raised : bool
    """

    reach_m: float
    days: float
    ratio: float
    low: float
    high: float
    pairs: int
    is_raised: bool

    def confidence_interval(self) -> tuple[float, float]:
        """Return the interval of the ratio."""
        return self.low, self.high

    def summary(self) -> str:
        """Return what a planner may rely on."""
        if not self.is_raised:
            return (
                "No near repeats beyond chance: an event does not tell that another follows near "
                "it soon after."
            )
        return (
            f"After an event there are {self.ratio:.2f} times ({self.low:.2f} to {self.high:.2f}) "
            f"as many within {self.reach_m:g} m and {self.days:g} days as chance gives "
            f"({self.pairs} pairs)."
        )


def near_repeat(
    table: KnoxTable, *, significance: float = 0.05, confidence: float = 0.95
) -> NearRepeat:
    """Read the window of raised risk from a Knox table.

    The window grows from the nearest band as long as every band in it is raised by the p-value
    that is adjusted for looking at many bands.

    Parameters
    ----------
    table : KnoxTable
        With bands that begin at zero metres and zero days.
    significance : float, default 0.05
    confidence : float, default 0.95

    Raises
    ------
    ValueError
        If the bands do not begin at zero, there are fewer than 50 events, or fewer than five pairs
        are expected in the whole table: too little to read anything from.

    Notes
    -----
    Pairs share events, so the interval is somewhat too narrow where one place has many events.

    Examples
    --------
    >>> import numpy as np
    >>> from samhandling.patterns import knox
    >>> drawn = np.random.default_rng(1)
    >>> table = knox(drawn.uniform(0, 3000, 300), drawn.uniform(0, 3000, 300),
    ...              drawn.integers(0, 365, 300), space_edges=[0, 200], time_edges=[0, 14])
    >>> near_repeat(table).is_raised
    False
    """
    if table.space_edges[0] != 0 or table.time_edges[0] != 0:
        message = (
            f"The bands begin at {table.space_edges[0]:g} m and {table.time_edges[0]:g} days; a "
            "window after an event has to begin at zero."
        )
        raise ValueError(message)
    if table.events < FEWEST_EVENTS or table.expected.sum() < FEWEST_EXPECTED:
        message = (
            f"{table.events} events with {table.expected.sum():.1f} near pairs expected; near "
            f"repeats can be read from {FEWEST_EVENTS} events and {FEWEST_EXPECTED:g} pairs. Use a "
            "longer period, a larger area or wider bands."
        )
        raise ValueError(message)
    raised = table.adjusted_p_value < checked.probability(significance, "significance")
    rows, columns = _window(raised.tolist())
    if not rows:
        return NearRepeat(0.0, 0.0, float("nan"), float("nan"), float("nan"), 0, is_raised=False)
    pairs = int(table.observed[:rows, :columns].sum())
    expected = float(table.expected[:rows, :columns].sum())
    tail = (1 - checked.probability(confidence)) / 2
    low = float(chi2.ppf(tail, 2 * pairs)) / 2
    high = float(chi2.ppf(1 - tail, 2 * pairs + 2)) / 2
    return NearRepeat(
        table.space_edges[rows], table.time_edges[columns], pairs / expected, low / expected,
        high / expected, pairs, is_raised=True,
    )  # fmt: skip


def _window(raised: list[list[bool]]) -> tuple[int, int]:
    """Return rows and columns of the largest block from the corner that is raised throughout."""
    best = (0, 0)
    for rows in range(1, len(raised) + 1):
        columns = 0
        while columns < len(raised[0]) and all(row[columns] for row in raised[:rows]):
            columns += 1
        if columns * rows > best[0] * best[1]:
            best = (rows, columns)
    return best

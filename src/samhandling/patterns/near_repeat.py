"""Near repeats in words: where and for how long after an event the risk is raised."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy.stats import chi2

from samhandling.patterns.hot_spots import check_placed_exactly
from samhandling.patterns.knox import SAME_PLACE_M, DatesTooCoarse, KnoxTable
from samhandling.space import checked
from samhandling.space.method import Method

FEWEST_EVENTS = 50
FEWEST_EXPECTED = 5.0
PILED_SHARE = 0.05
NARROWEST_BAND_DAYS = {"minute": 0.0, "hour": 0.0, "day": 1.0, "month": 31.0}


class PlacesTooCoarse(ValueError):
    """The points are not where the events were."""


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
    method : Method
    """

    reach_m: float
    days: float
    ratio: float
    low: float
    high: float
    pairs: int
    is_raised: bool
    method: Method

    @property
    def value(self) -> float:
        """Return the ratio, NaN when no window is raised."""
        return self.ratio

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
        where = "at the same place" if self.reach_m < SAME_PLACE_M else f"within {self.reach_m:g} m"
        return (
            f"After an event there are {self.ratio:.2f} times ({self.low:.2f} to {self.high:.2f}) "
            f"as many {where} and less than {self.days:g} days from it as chance gives "
            f"({self.pairs} pairs)."
        )


def check_near_repeat_can_be_read(
    position_precision: ArrayLike, time_precision: ArrayLike, *, time_edges: ArrayLike
) -> None:
    """Refuse events whose places or dates are known less exactly than a near repeat asks for.

    Parameters
    ----------
    position_precision, time_precision : array_like of str, shape (n_events,)
        As in the table of events: "point" and the like, "day" and the like.
    time_edges : array_like of float
        Edges of the bands to be used, in days.

    Raises
    ------
    ValueError
        If an event is not placed as a point.
    PlacesTooCoarse
        If an event is moved to a map point near it: events at many addresses share that point.
    DatesTooCoarse
        If an event is dated less exactly than the narrowest band.

    Examples
    --------
    >>> check_near_repeat_can_be_read(["point"], ["day"], time_edges=[0, 7, 14])
    """
    places = np.asarray(position_precision, dtype=str)
    times = np.asarray(time_precision, dtype=str)
    checked.same_length(position_precision=places, time_precision=times)
    check_placed_exactly(places, "near repeats")
    snapped = np.flatnonzero(places == "snapped")
    if snapped.size:
        message = (
            f"{snapped.size} of {len(places)} events, the first at position {snapped[0]}, are "
            "moved to a map point near them; what looks like the same place is then many "
            "addresses. Ask the source for exact points, or count by cell instead."
        )
        raise PlacesTooCoarse(message)
    narrowest = float(np.diff(checked.finite(time_edges, "time_edges")).min(initial=np.inf))
    coarse = np.array([NARROWEST_BAND_DAYS.get(one, np.inf) > narrowest for one in times], bool)
    if coarse.any():
        at = int(np.flatnonzero(coarse)[0])
        message = (
            f"{int(coarse.sum())} of {len(times)} events, the first at position {at}, are dated "
            f"by {times[at]} only; bands of {narrowest:g} days would be made up. Leave them out "
            "and say how many, or use wider bands."
        )
        raise DatesTooCoarse(message)


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
    PlacesTooCoarse
        If more than one event in twenty lies on one single point, as where points are snapped.

    Notes
    -----
    Pairs share events, so the interval is somewhat too narrow where one place has many events.
    What the source says of its places and dates is held against the bands by
    `check_near_repeat_can_be_read`: ask it first, a table of numbers cannot tell.

    References
    ----------
    S. D. Johnson and others (2007), "Space-time patterns of risk: a cross national assessment of
    residential burglary victimization", Journal of Quantitative Criminology 23, 201-219.

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
    if table.most_at_one_place > PILED_SHARE * table.events:
        message = (
            f"{table.most_at_one_place} of {table.events} events lie on one single point; points "
            "are snapped to it, or one address makes the whole answer. Leave them out and say how "
            "many."
        )
        raise PlacesTooCoarse(message)
    method = Method.of(
        "near_repeat", "Johnson and others (2007)", significance=significance,
        confidence=confidence, **dict(table.method.parameters),
    )  # fmt: skip
    raised = table.adjusted_p_value < checked.probability(significance, "significance")
    rows, columns = _window(raised.tolist())
    if not rows:
        return NearRepeat(0.0, 0.0, np.nan, np.nan, np.nan, 0, is_raised=False, method=method)
    pairs = int(table.observed[:rows, :columns].sum())
    expected = float(table.expected[:rows, :columns].sum())
    tail = (1 - checked.probability(confidence)) / 2
    low = float(chi2.ppf(tail, 2 * pairs)) / 2
    high = float(chi2.ppf(1 - tail, 2 * pairs + 2)) / 2
    return NearRepeat(
        table.space_edges[rows], table.time_edges[columns], pairs / expected, low / expected,
        high / expected, pairs, is_raised=True, method=method,
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

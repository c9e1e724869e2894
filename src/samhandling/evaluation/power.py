"""The smallest effect that a planned evaluation can see, from the areas' own past."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.stats import norm
from scipy.stats import t as student

from samhandling.evaluation.demeaning import two_way_demeaned
from samhandling.evaluation.panel import NEVER, Panel
from samhandling.execution import Chunk, Replicates
from samhandling.space import checked
from samhandling.space.method import Method

Floats = NDArray[np.float64]
Whole = NDArray[np.int64]

TOGETHER = 250
SIMULATED = Replicates(1_000)


@dataclass(frozen=True, slots=True, eq=False)
class DetectableEffect:
    """The smallest effect that a planned evaluation would see as often as asked.

    Attributes
    ----------
    value : float
        In units of the outcome, in either direction.
    standard_error, low, high : float
        From the number of replicates; `low` and `high` at 95 %.
    false_positives : float
        Share of replicates without any effect that the test called significant; much above
        `significance` means that the test cannot be trusted on such a panel.
    percent : float
        `value` as a share of the mean outcome in the history.
    power, significance : float
        What was asked for.
    seen_from : ndarray of float64
        For each replicate, down and up: the smallest effect it would have shown; sorted.
    method : Method
    """

    value: float
    standard_error: float
    low: float
    high: float
    false_positives: float
    percent: float
    power: float
    significance: float
    seen_from: Floats
    method: Method

    def confidence_interval(self) -> tuple[float, float]:
        """Return the 95 % interval for `value`, from the number of replicates."""
        return self.low, self.high

    def power_of(self, effect: float) -> float:
        """Return the chance of seeing an effect of this size, either direction being as likely."""
        return float(np.searchsorted(self.seen_from, abs(effect), "left") / len(self.seen_from))

    def summary(self) -> str:
        """Return one sentence a person can read."""
        return (
            f"An effect of {self.value:.3g} ({self.percent:.0f} % of the mean) would be seen in "
            f"{self.power:.0%} of cases; with no effect the test rejects in "
            f"{self.false_positives:.1%}, where {self.significance:.0%} is meant."
        )


def minimum_detectable_effect(
    history: Panel,
    planned: ArrayLike,
    n_periods: int,
    *,
    treated_like: Sequence[int] | None = None,
    replicates: Replicates = SIMULATED,
    power: float = 0.8,
    significance: float = 0.05,
) -> DetectableEffect:
    """Return the smallest effect that a planned evaluation would see, from the areas' own past.

    Parameters
    ----------
    history : Panel
        Periods in which nobody is treated; `Panel.before` cuts them out.
    planned : array_like of int, shape (n_planned,)
        For each area of the evaluation the period of it, counted from 0, in which the measure
        starts, or `NEVER`.
    n_periods : int
        Periods in the evaluation; at most those in the history.
    treated_like : sequence of int, optional
        Places in the history of the areas that the treated resemble, and the untreated do not;
        all areas for both if not given.
    replicates : Replicates, default 1,000
        Histories to draw.
    power, significance : float
        How often it is to be seen, and the two-sided level of the test.

    Returns
    -------
    DetectableEffect

    Raises
    ------
    ValueError
        If the history holds treated cells or is shorter than the evaluation, the plan treats nobody
        or leaves nobody untreated, or an option is out of range.

    Notes
    -----
    Each replicate draws whole areas with their whole past, and a stretch of time, and estimates the
    two-way difference-in-differences with errors clustered by area. An effect that is the same in
    all treated cells moves the estimate by itself and the error not at all; each replicate
    therefore tells from which size on it would have shown an effect, and no size has to be tried.
    Wrong if the coming years are calmer or wilder than the past, or areas move together more than
    in it (areas are drawn independently). An effect in per cent of low counts makes the noise
    smaller too.

    A replicate costs areas x periods of one matrix product and one look-up for each area, whatever
    the number of effects. Memory: 250 replicates x areas at a time.

    References
    ----------
    H. S. Bloom (1995), "Minimum detectable effects", Evaluation Review 19, 547-556.
    B. Black, A. Hollingsworth, L. Nunes and K. Simon (2022), "Simulated power analyses for
    observational studies", Journal of Public Economics 213, 104713.
    """
    if history.n_treated:
        message = "The history holds treated areas; use history.before() to cut them out."
        raise ValueError(message)
    level = checked.probability(significance, "significance")
    checked.probability(power, "power")
    starts = _checked_plan(history, planned, n_periods)
    plan = _plan(history, starts, n_periods, treated_like)
    answers = replicates.run(_drawn, plan, size=TOGETHER)
    estimate, error = (np.concatenate(parts) for parts in zip(*answers, strict=True))
    reach = float(student.ppf(1 - level / 2, len(starts) - 1)) * error
    seen = np.sort(np.concatenate([reach + estimate, reach - estimate]))
    middle, low, high = _quantile(seen, power, len(estimate))
    mean = float(history.y.mean())
    method = Method.of(
        "minimum_detectable_effect", "Bloom 1995; Black et al. 2022", areas=len(starts),
        treated=int((starts != NEVER).sum()), periods=n_periods, replicates=replicates.count,
        seed=replicates.seed, power=power, significance=significance,
    )  # fmt: skip
    return DetectableEffect(
        middle, (high - low) / (2 * float(norm.ppf(0.975))), low, high,
        float(np.mean(np.abs(estimate) > reach)), 100 * middle / mean if mean else float("nan"),
        power, significance, seen, method,
    )  # fmt: skip


@dataclass(frozen=True, slots=True, eq=False)
class _Plan:
    """What a replicate looks up.

    `pattern` (n_patterns, n_periods) holds the treatment without fixed effects for each different
    start; `which` (n_planned,) the pattern of each planned area; `product` (n_patterns, n_areas,
    n_stretches) the sum over a stretch of pattern times past; `pools` the places in the history for
    the untreated and the treated.
    """

    past: Floats
    pattern: Floats
    which: Whole
    product: Floats
    pools: tuple[Whole, Whole]
    treated: NDArray[np.bool_]


def _plan(
    history: Panel, starts: Whole, n_periods: int, treated_like: Sequence[int] | None
) -> _Plan:
    different, which = np.unique(starts, return_inverse=True)
    table = np.arange(n_periods) >= starts[:, None]
    treated = starts != NEVER
    left = two_way_demeaned((table & treated[:, None]).astype(np.float64))
    first = [int(np.flatnonzero(which == at)[0]) for at in range(len(different))]
    pattern = left[first]
    stretches = np.lib.stride_tricks.sliding_window_view(history.y, n_periods, axis=1)
    product = np.einsum("ut,ast->uas", pattern, stretches)
    everyone = np.arange(history.n_areas)
    if treated_like is None:
        pools = (everyone, everyone)
    else:
        alike = np.isin(everyone, np.asarray(treated_like))
        if not alike.any() or alike.all():
            message = (
                f"treated_like names {int(alike.sum())} of {history.n_areas} areas; it must name "
                "some and leave some."
            )
            raise ValueError(message)
        pools = (everyone[~alike], everyone[alike])
    return _Plan(history.y, pattern, which, product, pools, treated)


def _drawn(plan: _Plan, chunk: Chunk) -> tuple[Floats, Floats]:
    """Return estimate and error of each replicate in the chunk."""
    rng, n, size = chunk.generator(), chunk.count, len(plan.which)
    start = rng.integers(0, plan.product.shape[2], n)
    slots = np.empty((n, size), dtype=np.int64)
    for group, places in ((~plan.treated, plan.pools[0]), (plan.treated, plan.pools[1])):
        slots[:, group] = places[rng.integers(0, len(places), (n, int(group.sum())))]
    areas = len(plan.past)
    flat = (slots + np.arange(n)[:, None] * areas).ravel()
    times = np.bincount(flat, minlength=n * areas).reshape(n, areas)
    mean = times @ plan.past / size
    length = plan.pattern.shape[1]
    stretch = mean[np.arange(n)[:, None], start[:, None] + np.arange(length)]
    shared = stretch @ plan.pattern.T
    # A row of `pattern` sums to zero, so that an area's own level need not be taken out.
    own = plan.product[plan.which, slots, start[:, None]] - shared[:, plan.which]
    square = (plan.pattern**2).sum(axis=1)[plan.which]
    estimate = own.sum(axis=1) / square.sum()
    scores = own - estimate[:, None] * square
    cells = size * length
    factor = size / (size - 1) * (cells - 1) / max(cells - size - length, 1)
    return estimate, np.sqrt((scores**2).sum(axis=1) * factor) / square.sum()


def _checked_plan(history: Panel, planned: ArrayLike, n_periods: int) -> Whole:
    if not 2 <= n_periods <= history.n_periods:
        message = (
            f"n_periods is {n_periods}; the history of {history.n_periods} periods allows 2 to "
            f"{history.n_periods}."
        )
        raise ValueError(message)
    future = Panel(np.zeros((len(np.atleast_1d(np.asarray(planned))), n_periods)), planned)
    if not (future.starts > 0).any() or future.treated.all():
        message = "The plan needs an area that starts after the first period; see NEVER for others."
        raise ValueError(message)
    if len(set(future.starts.tolist())) == 1:
        message = "All areas start at once: plan some that start later, or never."
        raise ValueError(message)
    return future.starts


def _quantile(seen: Floats, power: float, replicates: int) -> tuple[float, float, float]:
    """Return a quantile with its 95 % interval by ranks; a replicate's two count as one."""
    reach = float(norm.ppf(0.975)) * np.sqrt(power * (1 - power) / replicates)
    middle, low, high = (
        seen[int(np.clip(np.ceil(share * len(seen)) - 1, 0, len(seen) - 1))]
        for share in (power, power - reach, power + reach)
    )
    return float(middle), float(low), float(high)

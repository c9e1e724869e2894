"""Synthetic difference-in-differences: weights over areas and over periods before."""

from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations
from math import comb
from typing import Any

import numpy as np
from numpy.typing import NDArray

from samhandling.evaluation.calibration_reading import Uncalibrated, panel_reading
from samhandling.evaluation.comparison_block import ComparisonBlock, comparison_block
from samhandling.evaluation.design import About, Design, RestsOnEffect, effect_from_error
from samhandling.evaluation.panel import Panel
from samhandling.evaluation.simplex_weights import TOLERANCE, check_converged
from samhandling.evaluation.synthetic_weights import difference, many_differences
from samhandling.execution import USUAL, Chunk, Replicates
from samhandling.space.method import Method

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]

ENUMERATED_AT_MOST = 5_000
TIME_PENALTY = 1e-6
SETS_PER_CHUNK = 25


class SpreadBy(StrEnum):
    """How the standard error is found."""

    PLACEBO = "placebo"
    """From donors treated as if they had the measure; also for a single treated area."""
    JACKKNIFE = "jackknife"
    """From leaving out one area at a time with weights as they are; two treated at least."""
    BOOTSTRAP = "bootstrap"
    """From drawing areas with replacement; many treated areas."""


@dataclass(frozen=True, slots=True, eq=False)
class SyntheticDifference(RestsOnEffect):
    """An effect from weighted areas and weighted periods.

    Attributes
    ----------
    effect : Effect
    weights : ndarray of float64, shape (n_donors,)
        Of the donors.
    names : tuple
        Of the donors.
    time_weights : ndarray of float64, shape (before,)
        Of the periods before the start.
    periods : tuple
        All periods.
    before : int
    replicates : ndarray of float64
        The placebo, jackknife or bootstrap effects behind the standard error.
    enumerated : bool
        Whether every placebo was done, so that the standard error has no random part.
    """

    weights: Floats
    names: tuple[Any, ...]
    time_weights: Floats
    periods: tuple[Any, ...]
    before: int
    replicates: Floats
    enumerated: bool

    def summary(self) -> str:
        """Return a few sentences a person can read."""
        order = np.argsort(-self.weights)[:5]
        areas = ", ".join(f"{self.names[at]} {self.weights[at]:.2f}" for at in order)
        times = ", ".join(
            f"{self.periods[at]} {self.time_weights[at]:.2f}"
            for at in np.flatnonzero(self.time_weights > 0.005)
        )
        return f"{self.effect.summary()} Most weight: {areas}; periods before: {times}."


def synthetic_difference_in_differences(
    panel: Panel,
    *,
    spread_by: SpreadBy = SpreadBy.PLACEBO,
    replicates: Replicates = USUAL,
    unit: str = "units of the outcome",
    confidence: float = 0.95,
    uncalibrated: Uncalibrated = Uncalibrated.REFUSE,
) -> SyntheticDifference:
    """Compare changes with those of donors and periods weighted to be alike.

    Parameters
    ----------
    panel : Panel
        With one start and more donors than treated areas.
    spread_by : SpreadBy, default placebo
        How the standard error is found.
    replicates : Replicates
        Draws for the bootstrap, and for placebos when there are more than 5,000 sets of donors;
        up to that all are enumerated and nothing is drawn.
    unit : str
        Of the outcome.
    confidence : float, default 0.95
    uncalibrated : Uncalibrated, default refuse
        What to do with an interval that does not hold on simulated panels like this: the estimate
        comes without it, or with it and a warning.

    Returns
    -------
    SyntheticDifference

    Raises
    ------
    ValueError
        As `comparison_block`, or if the treated areas are too few for the spread asked for.

    Notes
    -----
    Weights of areas are spread by a penalty that grows with the donors' month-to-month noise, so
    that no donor decides alone; a constant difference in level is allowed. Wrong when treated and
    weighted donors would have changed differently anyway. The placebo error takes treated areas to
    vary like donors. With n donors, T periods before and B placebos, time is of the order of
    n²T + B(n² + T²) and the steps of the searches; memory is n² + Bn.

    References
    ----------
    D. Arkhangelsky, S. Athey, D. A. Hirshberg, G. W. Imbens and S. Wager (2021), "Synthetic
    difference-in-differences", American Economic Review 111, 4088-4118.
    """
    reading = panel_reading(
        Design.SYNTHETIC_DIFFERENCE_IN_DIFFERENCES, panel,
        uncalibrated=uncalibrated, usual=spread_by is SpreadBy.PLACEBO,
    )  # fmt: skip
    block = comparison_block(panel, donors=3)
    ridges = _penalties(block)
    value, weights, times = _own(block, ridges)
    found, enumerated = _SPREAD[spread_by](block, ridges, (weights, times), replicates)
    method = Method.of(
        "synthetic_difference_in_differences", "Arkhangelsky et al. 2021",
        spread_by=str(spread_by), replicates=len(found), enumerated=enumerated,
        seed=None if enumerated else replicates.seed,
        zeta=float(np.sqrt(ridges[0])), before=block.before,
    )  # fmt: skip
    about = About(
        Design.SYNTHETIC_DIFFERENCE_IN_DIFFERENCES,
        "mean effect on the treated areas, from the start on", unit, len(block.treated), method,
    )  # fmt: skip
    effect = effect_from_error(
        about, value, _error(found, spread_by), confidence=confidence
    ).calibrated_by(reading)
    return SyntheticDifference(
        effect, weights, block.names, times, block.periods, block.before, found, enumerated
    )


def _penalties(block: ComparisonBlock) -> Floats:
    """Return the squared penalties of unit and of time weights."""
    changes = np.diff(block.donors[:, : block.before], axis=1)
    noise = float(changes.std(ddof=1)) if changes.size > 1 else 0.0
    zeta = (len(block.treated) * block.after) ** 0.25 * noise
    return np.array([zeta**2, (TIME_PENALTY * noise) ** 2])


def _even(number: int) -> Floats:
    return np.full(number, 1.0 / number)


def _own(block: ComparisonBlock, ridges: Floats) -> tuple[float, Floats, Floats]:
    n = len(block.donors)
    stacked = np.vstack([block.donors, block.treated])
    sets = np.arange(n, len(stacked))[None]
    starts = (_even(len(stacked)), _even(block.before))
    value, weights, times, gaps = many_differences(
        stacked, block.before, sets, ridges, starts, TOLERANCE
    )
    check_converged(float(gaps[0]), 1.0)
    return float(value[0]), weights[0, :n], times[0]


def _placebos(
    block: ComparisonBlock, ridges: Floats, own: tuple[Floats, Floats], replicates: Replicates
) -> tuple[Floats, bool]:
    """Treat every set of donors as large as the treated group, or draw sets if there are many."""
    n, size = len(block.donors), len(block.treated)
    if size >= n:
        message = f"{size} treated areas need more than {size} donors for placebos, not {n}."
        raise ValueError(message)
    enumerated = comb(n, size) <= ENUMERATED_AT_MOST
    every = np.array(list(combinations(range(n), size))) if enumerated else None
    count = len(every) if every is not None else replicates.count
    shared = (block, ridges, own, every)
    job = Replicates(count, replicates.seed, replicates.executor, replicates.progress)
    found = np.concatenate(job.run(_placebo_chunk, shared, size=SETS_PER_CHUNK))
    return found, enumerated


def _placebo_chunk(shared: Any, chunk: Chunk) -> Floats:
    block, ridges, own, every = shared
    if every is None:
        rng, n = chunk.generator(), len(block.donors)
        sets = np.array(
            [rng.choice(n, len(block.treated), replace=False) for _ in range(chunk.count)]
        )
    else:
        sets = every[chunk.start : chunk.start + chunk.count]
    effects, _, _, gaps = many_differences(block.donors, block.before, sets, ridges, own, TOLERANCE)
    check_converged(float(gaps.max()), 1.0)
    return np.asarray(effects)


def _jackknife(
    block: ComparisonBlock, _ridges: Floats, own: tuple[Floats, Floats], _replicates: Replicates
) -> tuple[Floats, bool]:
    _check_treated(block, 2, SpreadBy.JACKKNIFE)
    weights, times = own
    if weights.max() > 1 - 1e-9:
        message = "One donor has all the weight and cannot be left out; use placebos instead."
        raise ValueError(message)
    stacked, n = np.vstack([block.donors, block.treated]), len(block.donors)
    found = []
    for out in range(len(stacked)):
        kept = np.arange(len(stacked)) != out
        whole = np.concatenate([weights, np.zeros(len(block.treated))])[kept]
        units = np.flatnonzero(np.arange(len(stacked))[kept] >= n)
        found.append(difference(stacked[kept], whole / whole.sum(), times, units, block.before))
    return np.array(found), True


def _bootstrap(
    block: ComparisonBlock, ridges: Floats, own: tuple[Floats, Floats], replicates: Replicates
) -> tuple[Floats, bool]:
    _check_treated(block, 2, SpreadBy.BOOTSTRAP)
    chunks = replicates.run(_bootstrap_chunk, (block, ridges, own), size=SETS_PER_CHUNK)
    return np.concatenate(chunks), False


def _bootstrap_chunk(shared: Any, chunk: Chunk) -> Floats:
    block, ridges, own = shared
    rng, n = chunk.generator(), len(block.donors)
    stacked = np.vstack([block.donors, block.treated])
    found = np.empty(chunk.count)
    for at in range(chunk.count):
        drawn = np.sort(rng.integers(0, len(stacked), len(stacked)))
        while not 2 <= (drawn < n).sum() < len(stacked):
            drawn = np.sort(rng.integers(0, len(stacked), len(stacked)))
        whole = np.concatenate([own[0], np.zeros(len(block.treated))])[drawn]
        sets = np.flatnonzero(drawn >= n)[None]
        effects, _, _, gaps = many_differences(
            stacked[drawn], block.before, sets, ridges, (whole, own[1]), TOLERANCE
        )
        check_converged(float(gaps[0]), 1.0)
        found[at] = effects[0]
    return found


def _check_treated(block: ComparisonBlock, number: int, spread: SpreadBy) -> None:
    if len(block.treated) < number:
        message = (
            f"The {spread} needs at least {number} treated areas, not {len(block.treated)}; "
            "use placebos instead."
        )
        raise ValueError(message)


def _error(found: Floats, spread_by: SpreadBy) -> float:
    n, squares = len(found), float(((found - found.mean()) ** 2).sum())
    if spread_by is SpreadBy.JACKKNIFE:
        return float(np.sqrt((n - 1) / n * squares))
    return float(np.sqrt(squares / n))


_SPREAD = {
    SpreadBy.PLACEBO: _placebos,
    SpreadBy.JACKKNIFE: _jackknife,
    SpreadBy.BOOTSTRAP: _bootstrap,
}

"""Tests by the draw itself: what the estimate would have been had the lots fallen otherwise."""

from dataclasses import dataclass
from itertools import combinations
from math import comb, prod

import numpy as np
from numpy.typing import ArrayLike, NDArray

from samhandling.evaluation.acceptance import acceptance_end
from samhandling.evaluation.demeaning import two_way_demeaned
from samhandling.evaluation.design import About, Design, Effect
from samhandling.evaluation.panel import Panel
from samhandling.evaluation.within_regression import check_comparable
from samhandling.execution import Chunk, Replicates
from samhandling.space import checked
from samhandling.space.method import Method

Floats = NDArray[np.float64]
Whole = NDArray[np.int64]

MOST_ENUMERATED = 50_000
TOGETHER = 2_000
DRAWN = Replicates(9_999)
TIE = 1e-9
REFERENCE = "Fisher 1935; Edgington & Onghena 2007"


@dataclass(frozen=True, slots=True, eq=False)
class _Lots:
    """What a draw looks up: `gain[kind, label, unit]` adds up to the estimate.

    Kind 0 is the outcome, kind 1 the treatment as it was; `labels` (n_units,) what each unit drew,
    `strata` the number of labels that may be exchanged: 0 for all units among themselves.
    """

    gain: Floats
    labels: Whole
    choices: tuple[int, ...]


def stepped_wedge_test(
    panel: Panel,
    *,
    replicates: Replicates = DRAWN,
    unit: str = "units of the outcome",
    confidence: float = 0.95,
) -> Effect:
    """Test a measure whose order of starting was drawn by lot among the areas.

    Parameters
    ----------
    panel : Panel
        Starts were drawn: any area might have had any other's start. Areas that never start took
        part in the draw. Weights are not used.
    replicates : Replicates, default 9,999
        Draws where there are more than 50,000 different orders; otherwise all are enumerated.
    unit : str
        Of the outcome.
    confidence : float, default 0.95
        Two-sided coverage.

    Returns
    -------
    Effect
        The two-way fixed effects estimate. The interval holds every constant effect that the test
        does not reject; there is no standard error.

    Raises
    ------
    ValueError
        If no area is treated, all start at once, or an option is out of range.

    Notes
    -----
    Needs no assumption about the outcome: independence, normality and parallel trends follow from
    the lot. Wrong if the order was not drawn, or was redrawn until it pleased. The interval assumes
    that the effect is the same everywhere. Time is draws x areas; memory 2,000 draws at a time.

    References
    ----------
    R. A. Fisher (1935), "The Design of Experiments", ch. 2.
    X. Ji, G. Fink, P. J. Robyn and D. S. Small (2017), "Randomization inference for stepped-wedge
    cluster-randomized trials", Annals of Applied Statistics 11, 1-20.

    Examples
    --------
    >>> panel = Panel([[5, 2, 2, 2], [6, 6, 3, 3], [7, 7, 7, 4]], [1, 2, 3])
    >>> effect = stepped_wedge_test(panel)
    >>> round(effect.value, 6), round(effect.p_value, 3)
    (-3.0, 0.167)
    """
    check_comparable(panel)
    different, labels = np.unique(panel.starts, return_inverse=True)
    if len(different) == 1:
        message = "All areas start in the same period, so there was nothing to draw."
        raise ValueError(message)
    treated = panel.treated.astype(np.float64)
    first = [int(np.flatnonzero(labels == at)[0]) for at in range(len(different))]
    tables = two_way_demeaned(np.stack([panel.y, treated]))
    gain = np.einsum("ut,kat->kua", treated[first], tables) / (tables[1] ** 2).sum()
    lots = _Lots(gain, labels.astype(np.int64), ())
    sizes = np.bincount(labels).tolist()
    ways = prod(comb(sum(sizes[at:]), size) for at, size in enumerate(sizes))
    everything = _orders(sizes) if ways <= MOST_ENUMERATED else None
    about = About(
        Design.STEPPED_WEDGE, "constant effect while treated", unit, panel.n_treated,
        _method("stepped_wedge_test", ways, replicates),
    )  # fmt: skip
    return _tested(lots, everything, about, replicates, confidence)


def cross_over_test(
    outcome: ArrayLike,
    schedule: ArrayLike,
    *,
    blocks: ArrayLike | None = None,
    replicates: Replicates = DRAWN,
    unit: str = "units of the outcome",
    confidence: float = 0.95,
) -> Effect:
    """Test a measure that came and went by lot, such as patrols on some evenings of the week.

    Parameters
    ----------
    outcome : array_like of float, shape (n_areas, n_periods)
        What was measured.
    schedule : array_like of bool, shape (n_areas, n_periods)
        Whether the area had the measure in the period.
    blocks : array_like, shape (n_periods,), optional
        Which periods shared a draw, such as the evenings of one week; all periods if not given.
        Within each area and block, which periods had the measure was drawn; how many was not.
    replicates : Replicates, default 9,999
        Draws where there are more than 50,000 possible schedules; otherwise all are enumerated.
    unit : str
        Of the outcome.
    confidence : float, default 0.95
        Two-sided coverage.

    Returns
    -------
    Effect
        Mean difference within area and block. There is no standard error.

    Raises
    ------
    ValueError
        If a value is missing, shapes do not match, or no block holds both kinds of periods.

    Notes
    -----
    Wrong if the measure's effect lasts into periods without it, which makes the difference too
    small, or if it moves events to them. See `stepped_wedge_test` for what the test rests on. Time
    is draws x cells; memory 2,000 draws at a time.

    References
    ----------
    E. S. Edgington and P. Onghena (2007), "Randomization Tests", 4th ed.

    Examples
    --------
    >>> outcome = [[5, 2], [6, 4], [3, 7], [1, 4]]
    >>> schedule = [[0, 1], [0, 1], [1, 0], [1, 0]]
    >>> effect = cross_over_test(outcome, schedule)
    >>> effect.value, effect.p_value
    (-3.0, 0.125)
    """
    y, d = _checked_schedule(outcome, schedule)
    lots, n_treated = _blocked(y, d, _block_of(blocks, y.shape[1]))
    ways = prod(lots.choices)
    everything = _schedules(lots.choices) if ways <= MOST_ENUMERATED else None
    about = About(
        Design.CROSS_OVER, "constant effect in periods with the measure", unit, n_treated,
        _method("cross_over_test", ways, replicates),
    )  # fmt: skip
    return _tested(lots, everything, about, replicates, confidence)


def _tested(
    lots: _Lots, everything: Whole | None, about: About, replicates: Replicates, confidence: float
) -> Effect:
    checked.probability(confidence)
    units = np.arange(len(lots.labels))
    observed = lots.gain[:, lots.labels, units].sum(axis=1)
    if everything is not None:
        drawn = lots.gain[:, everything, units].sum(axis=2)
    else:
        parts = replicates.run(_draw, lots, size=TOGETHER)
        drawn = np.concatenate([observed[:, None], *parts], axis=1)
    value = float(observed[0])
    slack = TIE * float(np.abs(lots.gain).sum())

    def p_of(effect: float) -> float:
        there = np.abs(drawn[0] - effect * drawn[1])
        return float(
            np.mean(there >= abs(value - effect * observed[1]) - slack * (1 + abs(effect)))
        )

    step = max(float(np.std(drawn[0])), abs(value) * TIE, TIE)
    low, high = (acceptance_end(p_of, value, side * step, 1 - confidence) for side in (-1, 1))
    smallest = 1 / drawn.shape[1]
    warnings: tuple[str, ...] = ()
    if smallest > 1 - confidence:
        warnings = (f"{drawn.shape[1]} possible draws cannot give a p-value below {smallest:.2g}.",)
    return Effect(value, float("nan"), low, high, confidence, p_of(0.0), about, warnings)


def _method(name: str, ways: int, replicates: Replicates) -> Method:
    exact = ways <= MOST_ENUMERATED
    return Method.of(
        name, REFERENCE, exact=exact, draws=ways if exact else replicates.count,
        seed=None if exact else replicates.seed,
    )  # fmt: skip


def _draw(lots: _Lots, chunk: Chunk) -> Floats:
    rng, units = chunk.generator(), np.arange(len(lots.labels))
    if lots.choices:
        drawn = rng.integers(0, np.array(lots.choices), (chunk.count, len(units)))
    else:
        drawn = rng.permuted(np.tile(lots.labels, (chunk.count, 1)), axis=1)
    return np.asarray(lots.gain[:, drawn, units].sum(axis=2))


def _orders(sizes: list[int]) -> Whole:
    """Return every different way to give out labels of which there are so many each."""
    total = sum(sizes)
    given = np.zeros((1, total), dtype=np.int64)
    free = np.arange(total)[None]
    for label, size in enumerate(sizes):
        picks = np.array(list(combinations(range(free.shape[1]), size))).reshape(-1, size)
        stay = np.array([np.delete(np.arange(free.shape[1]), pick) for pick in picks])
        rows = np.repeat(given, len(picks), axis=0)
        chosen = free[:, picks].reshape(-1, size)
        rows[np.arange(len(rows))[:, None], chosen] = label
        free = free[:, stay.astype(np.int64)].reshape(len(rows), -1)
        given = rows
    return given


def _schedules(choices: tuple[int, ...]) -> Whole:
    """Return every combination of one choice for each block."""
    return np.stack(np.unravel_index(np.arange(prod(choices)), choices), axis=1).astype(np.int64)


def _blocked(y: Floats, d: NDArray[np.bool_], block: Whole) -> tuple[_Lots, int]:
    """Return, for each area and block with both kinds of periods, the gain of each choice."""
    found: list[tuple[Floats, Floats, int, int]] = []
    areas = set()
    for at, (outcomes, treated) in enumerate(zip(y, d, strict=True)):
        for name in range(block.max() + 1):
            cells = np.flatnonzero(block == name)
            here, many = treated[cells], int(treated[cells].sum())
            if not 0 < many < len(cells):
                continue
            areas.add(at)
            if comb(len(cells), many) > MOST_ENUMERATED:
                message = (
                    f"Block {name} of area {at} has {len(cells)} periods; give shorter blocks, "
                    "such as weeks."
                )
                raise ValueError(message)
            picks = np.array(list(combinations(range(len(cells)), many)))
            level = np.stack([outcomes[cells] - outcomes[cells].mean(), here - here.mean()])
            own = int(np.flatnonzero((picks == np.flatnonzero(here)).all(axis=1))[0])
            found.append((level[:, picks].sum(axis=2), level[1] @ level[1], own, len(picks)))
    if not found:
        message = "No area has periods with and without the measure in one block; see `blocks`."
        raise ValueError(message)
    gain = np.zeros((2, max(one[3] for one in found), len(found)))
    for at, (values, _, _, many) in enumerate(found):
        gain[:, :many, at] = values
    gain /= sum(float(one[1]) for one in found)
    labels = np.array([one[2] for one in found], dtype=np.int64)
    return _Lots(gain, labels, tuple(one[3] for one in found)), len(areas)


def _block_of(blocks: ArrayLike | None, n_periods: int) -> Whole:
    if blocks is None:
        return np.zeros(n_periods, dtype=np.int64)
    named = np.asarray(blocks)
    if named.shape != (n_periods,):
        message = f"blocks has shape {named.shape}; name the block of each of {n_periods} periods."
        raise ValueError(message)
    return np.asarray(np.unique(named, return_inverse=True)[1], dtype=np.int64)


def _checked_schedule(outcome: ArrayLike, schedule: ArrayLike) -> tuple[Floats, NDArray[np.bool_]]:
    y, d = np.asarray(outcome, dtype=np.float64), np.asarray(schedule, dtype=np.float64)
    if y.ndim != 2 or y.size == 0 or d.shape != y.shape:
        message = (
            f"outcome has shape {y.shape} and schedule {d.shape}; give both for the same areas "
            "and periods."
        )
        raise ValueError(message)
    for name, table, good in (
        ("outcome", y, np.isfinite(y)), ("schedule", d, np.isin(d, (0, 1))),
    ):  # fmt: skip
        bad = np.argwhere(~good)
        if bad.size:
            row, column = bad[0]
            remedy = "give a number" if name == "outcome" else "give 1 with the measure, else 0"
            message = f"{name}[{row}, {column}] is {table[row, column]}; {remedy}."
            raise ValueError(message)
    return y, d.astype(np.bool_)

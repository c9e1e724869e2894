"""Sensitivity checks: what should be found if the comparison holds, and what was."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from samhandling.evaluation.comparison_block import comparison_block
from samhandling.evaluation.design import Design, Effect
from samhandling.evaluation.panel import NEVER, Panel
from samhandling.space.method import Method

Estimator = Callable[[Panel], Effect]

SYNTHETIC = frozenset({Design.SYNTHETIC_CONTROL, Design.SYNTHETIC_DIFFERENCE_IN_DIFFERENCES})
PANELS = SYNTHETIC | {
    Design.DIFFERENCE_IN_DIFFERENCES,
    Design.STAGGERED,
    Design.POISSON,
    Design.EVENT_STUDY,
}


class Verdict(StrEnum):
    """What a check says of the comparison. Values are stored: never rename or reuse one."""

    SUPPORTS = "supports"
    DOUBTS = "doubts"
    CANNOT_TELL = "cannot_tell"


class CheckDoesNotFit(ValueError):
    """The check has no meaning for the design."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What one check found.

    Attributes
    ----------
    check : str
        Slug of the check.
    verdict : Verdict
    value : float
        The figure the verdict rests on; NaN where there is none.
    standard_error : float
        Of the figure; NaN where it has none.
    words : str
        For a person to read.
    method : Method
    """

    check: str
    verdict: Verdict
    value: float
    standard_error: float
    words: str
    method: Method

    def confidence_interval(self) -> tuple[float, float]:
        """Return the figure's 95 % interval; NaN where it has no error."""
        reach = 1.959963984540054 * self.standard_error
        return self.value - reach, self.value + reach

    def summary(self) -> str:
        """Return what it found, in words."""
        return self.words


@dataclass(frozen=True, slots=True, eq=False)
class Case:
    """An evaluation to be checked.

    Attributes
    ----------
    panel : Panel
    estimate : callable
        Gives the effect for a panel; the checks call it on changed panels.
    design : Design
    unmoved : array_like of float, shape (n_areas, n_periods), optional
        An outcome that the measure cannot move but that the same faults would.
    """

    panel: Panel
    estimate: Estimator
    design: Design
    unmoved: ArrayLike | None = None


@dataclass(frozen=True, slots=True)
class Check:
    """A sensitivity check and the designs that it fits.

    Attributes
    ----------
    name : str
        Slug.
    question : str
        What it asks, in words.
    fits : frozenset of Design
    run : callable
    """

    name: str
    question: str
    fits: frozenset[Design]
    run: Callable[[Case], Finding]

    def __call__(self, case: Case) -> Finding:
        """Return what the check finds.

        Raises
        ------
        CheckDoesNotFit
            If it has no meaning for the design.
        """
        if case.design not in self.fits:
            message = (
                f"{self.name} does not fit {case.design}; it fits {', '.join(sorted(self.fits))}."
            )
            raise CheckDoesNotFit(message)
        return self.run(case)


def checks_for(design: Design) -> tuple[Check, ...]:
    """Return the checks that fit a design, in the order they are best read."""
    return tuple(check for check in CHECKS if design in check.fits)


def run_checks(case: Case) -> tuple[Finding, ...]:
    """Run every check that fits the case's design.

    Parameters
    ----------
    case : Case

    Returns
    -------
    tuple of Finding

    Raises
    ------
    ValueError
        From the estimate itself, on the panel as it is.

    Notes
    -----
    A check that supports is no proof: it had a chance to fail and did not. With many checks one in
    twenty doubts by chance. Where a changed panel cannot be estimated, the finding says so. Each
    check estimates at most once per area.
    """
    case.estimate(case.panel)
    return tuple(check(case) for check in checks_for(case.design))


def _finding(
    check: str, verdict: Verdict, words: str, figure: tuple[float, float] = (np.nan, np.nan)
) -> Finding:
    return Finding(check, verdict, *figure, words, Method.of(check))


def _cannot(check: str, why: str) -> Finding:
    return _finding(check, Verdict.CANNOT_TELL, f"Could not be done: {why}")


def _no_interval(effect: Effect) -> str:
    return (
        f"{effect.design}'s interval does not hold on such a panel; estimate with "
        "uncalibrated=Uncalibrated.WARN to have the check all the same."
    )


def _placebo_time(case: Case) -> Finding:
    """Pretend that the measure came half-way through the periods before it did."""
    name, panel = "placebo_time", case.panel
    half = panel.n_before // 2
    if half < 2 or panel.n_before - half < 1:
        return _cannot(name, f"{panel.n_before} periods before the start are too few to divide.")
    early = panel.before()
    starts = np.where(panel.ever_treated, half, NEVER)
    try:
        effect = case.estimate(Panel(
            early.y, starts, early.areas, early.periods, early.cell_weights, early.cell_exposure
        ))  # fmt: skip
    except ValueError as refused:
        return _cannot(name, str(refused))
    if effect.interval_refused:
        return _cannot(name, _no_interval(effect))
    clear = effect.low > 0 or effect.high < 0
    said = "where there should be none" if clear else "as there should be"
    return _finding(
        name, Verdict.DOUBTS if clear else Verdict.SUPPORTS,
        f"Had the measure come in {early.periods[half]}, the effect would be {effect.value:.3g} "
        f"({effect.low:.3g} to {effect.high:.3g}): {'an effect' if clear else 'none'}, {said}.",
        (effect.value, effect.standard_error),
    )  # fmt: skip


def _placebo_place(case: Case) -> Finding:
    """Pretend that each area without the measure had it, and rank the true effect among them."""
    name, panel = "placebo_place", case.panel
    donors = np.flatnonzero(~panel.ever_treated)
    if len(donors) < 4:
        return _cannot(name, f"{len(donors)} areas without the measure are too few.")
    own, found = case.estimate(panel).value, []
    for place in donors:
        starts = np.full(panel.n_areas, NEVER)
        starts[place] = panel.n_before
        try:
            found.append(case.estimate(_rows(panel, donors, starts)).value)
        except ValueError as refused:
            return _cannot(name, str(refused))
    size = np.abs(found)
    rank = 1 + int((size >= abs(own) * (1 - 1e-12)).sum())
    share = rank / (len(donors) + 1)
    verdict = Verdict.SUPPORTS if share <= 0.05 else Verdict.DOUBTS
    if 1 / (len(donors) + 1) > 0.05:
        verdict = Verdict.CANNOT_TELL
    return _finding(
        name, verdict,
        f"The effect {own:.3g} is number {rank} in size among {len(donors) + 1}, the others being "
        f"areas where nothing was done (share {share:.3f}).",
        (own, float(np.sqrt((size**2).mean()))),
    )  # fmt: skip


def _leave_one_out(case: Case) -> Finding:
    """Leave out one area without the measure at a time."""
    name, panel = "leave_one_out", case.panel
    donors = np.flatnonzero(~panel.ever_treated)
    own, found = case.estimate(panel), []
    for place in donors:
        kept = np.delete(np.arange(panel.n_areas), place)
        try:
            found.append(case.estimate(_rows(panel, kept, panel.starts)).value)
        except ValueError as refused:
            return _cannot(name, str(refused))
    worst = int(np.argmax(np.abs(np.array(found) - own.value)))
    moved = abs(found[worst] - own.value)
    turned = bool(own.value * min(found) <= 0 or own.value * max(found) <= 0)
    far = turned or moved > own.standard_error
    return _finding(
        name, Verdict.DOUBTS if far else Verdict.SUPPORTS,
        f"Leaving out one area at a time gives {min(found):.3g} to {max(found):.3g} beside "
        f"{own.value:.3g}; {panel.areas[donors[worst]]} matters most"
        f"{', so the answer hangs on single areas' if far else ''}.",
        (found[worst], np.nan),
    )  # fmt: skip


def _outcome_falsification(case: Case) -> Finding:
    """Estimate an effect on what the measure cannot move."""
    name = "outcome_falsification"
    if case.unmoved is None:
        return _cannot(name, "no outcome was named that the measure cannot move.")
    effect = case.estimate(case.panel.with_outcome(case.unmoved))
    if effect.interval_refused:
        return _cannot(name, _no_interval(effect))
    clear = effect.low > 0 or effect.high < 0
    return _finding(
        name, Verdict.DOUBTS if clear else Verdict.SUPPORTS,
        f"On the outcome that the measure cannot move the effect is {effect.value:.3g} "
        f"({effect.low:.3g} to {effect.high:.3g}){': something else happened' if clear else ''}.",
        (effect.value, effect.standard_error),
    )  # fmt: skip


def _donor_hull(case: Case) -> Finding:
    """See whether donors lie on both sides of the treated areas in every period before."""
    name = "donor_hull"
    try:
        block = comparison_block(case.panel, donors=1)
    except ValueError as refused:
        return _cannot(name, str(refused))
    earlier, goal = block.donors[:, : block.before], block.target[: block.before]
    outside = (goal < earlier.min(axis=0)) | (goal > earlier.max(axis=0))
    if outside.any():
        first = block.periods[int(np.flatnonzero(outside)[0])]
        words = (
            f"In {int(outside.sum())} of {block.before} periods before the start, first {first}, "
            "the treated areas lie outside all donors: no mixture can follow them."
        )
    else:
        words = f"In all {block.before} periods before the start donors lie on both sides."
    return _finding(
        name, Verdict.DOUBTS if outside.any() else Verdict.SUPPORTS, words,
        (float(outside.mean()), np.nan),
    )  # fmt: skip


def _rows(panel: Panel, kept: NDArray[Any], starts: NDArray[np.int64]) -> Panel:
    return Panel(
        panel.y[kept], starts[kept], tuple(panel.areas[at] for at in kept), panel.periods,
        panel.cell_weights[kept], panel.cell_exposure[kept],
    )  # fmt: skip


CHECKS: tuple[Check, ...] = (
    Check("donor_hull", "Can donors follow the treated areas at all?", SYNTHETIC, _donor_hull),
    Check("placebo_time", "Is there an effect before the measure came?", PANELS, _placebo_time),
    Check("placebo_place", "Is there an effect where nothing was done?", PANELS, _placebo_place),
    Check("leave_one_out", "Does the answer hang on one area?", PANELS, _leave_one_out),
    Check(
        "outcome_falsification", "Is there an effect on what it cannot move?",
        PANELS, _outcome_falsification,
    ),
)  # fmt: skip

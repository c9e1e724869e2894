"""Placebo inference: what the method finds in places where nothing was done."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from samhandling.evaluation.comparison_block import ComparisonBlock, comparison_block
from samhandling.evaluation.nearest_point import nearest_points
from samhandling.evaluation.panel import Panel
from samhandling.evaluation.simplex_weights import TOLERANCE, check_converged
from samhandling.space.method import Method

Floats = NDArray[np.float64]

REFERENCE = "Abadie, Diamond & Hainmueller 2010"


@dataclass(frozen=True, slots=True, eq=False)
class PlacebosInSpace:
    """Every donor evaluated as if it had been treated, in the donors' order.

    Attributes
    ----------
    names : tuple
        Of the donors.
    gaps : ndarray of float64, shape (n_donors, n_periods)
        Outcome minus synthetic control, one row per placebo.
    own_gap : ndarray of float64, shape (n_periods,)
        The same for the treated areas' mean.
    before : int
        Periods before the start.
    weights : ndarray of float64, shape (n_donors, n_donors)
        One row per placebo; its own entry is zero.
    method : Method
    """

    names: tuple[Any, ...]
    gaps: Floats
    own_gap: Floats
    before: int
    weights: Floats
    method: Method

    @property
    def effects(self) -> Floats:
        """Mean gap of each placebo from the start on."""
        return np.asarray(self.gaps[:, self.before :].mean(axis=1))

    @property
    def value(self) -> float:
        """The treated areas' ratio of error after the start to error before."""
        return float(_ratio(self.own_gap[None], self.before)[0])

    @property
    def ratios(self) -> Floats:
        """The same ratio for each placebo."""
        return _ratio(self.gaps, self.before)

    @property
    def standard_error(self) -> float:
        """Spread of the placebos' effects around zero."""
        return float(np.sqrt((self.effects**2).mean()))

    @property
    def rank(self) -> int:
        """Place of the treated areas' ratio among all, 1 for the highest; ties count against."""
        return 1 + int((self.ratios >= self.value * (1 - 1e-12)).sum())

    @property
    def p_value(self) -> float:
        """Share of all, the treated included, whose ratio is at least as high."""
        return self.rank / (len(self.gaps) + 1)

    def confidence_interval(self, confidence: float = 0.95) -> tuple[float, float]:
        """Return the range of effects that the placebos make ordinary, around the effect found.

        Unbounded when there are too few donors for the confidence asked for.
        """
        effect = float(self.own_gap[self.before :].mean())
        size = np.sort(np.abs(self.effects))
        place = int(np.ceil(confidence * (len(size) + 1))) - 1
        reach = float(size[place]) if place < len(size) else np.inf
        return effect - reach, effect + reach

    def summary(self) -> str:
        """Return one sentence a person can read."""
        return (
            f"The error after the start is {self.value:.2f} times that before: place {self.rank} "
            f"of {len(self.gaps) + 1} areas (p = {self.p_value:.3f})."
        )


def placebos_in_space(panel: Panel) -> PlacebosInSpace:
    """Give every donor a synthetic control of the other donors, and rank the treated among them.

    Parameters
    ----------
    panel : Panel
        With one start and at least three donors.

    Returns
    -------
    PlacebosInSpace

    Raises
    ------
    ValueError
        As `comparison_block`.

    Notes
    -----
    All placebos are enumerated. The treated areas are never donors: what the measure did to them
    would reach the placebos. The p-value is exact if the treated area was drawn by lot, and rests
    on likeness otherwise; with n donors it cannot be below 1 / (n + 1). Several treated areas are
    averaged, and single placebos vary more than an average: the test then errs on the safe side.
    The inner products are computed once, so time is n² for each of n placebos and memory n² in all.

    References
    ----------
    A. Abadie, A. Diamond and J. Hainmueller (2010), "Synthetic control methods for comparative case
    studies", JASA 105, 493-505.
    """
    return placebos_of(comparison_block(panel, donors=3))


def placebos_of(block: ComparisonBlock) -> PlacebosInSpace:
    """Return the placebos of a panel already split."""
    donors, before = block.donors, block.before
    own, found = all_weights(block)
    target = block.target - own @ donors
    method = Method.of("placebos_in_space", REFERENCE, placebos=len(donors), before=before)
    return PlacebosInSpace(block.names, donors - found @ donors, target, before, found, method)


def all_weights(block: ComparisonBlock) -> tuple[Floats, Floats]:
    """Return the treated mean's weights, and each donor's weights of the others."""
    n = len(block.donors)
    # Weights sum to one, so that a level common to all units may be taken out first: less rounding.
    stacked = np.vstack([block.donors, block.target])[:, : block.before]
    stacked = stacked - stacked.mean(axis=0)
    gram = np.ascontiguousarray(stacked @ stacked.T)
    own, own_gap = nearest_points(
        gram, np.array([[n]]), 0.0, np.zeros(n + 1), TOLERANCE
    )  # fmt: skip
    inner = np.ascontiguousarray(gram[:n, :n])
    found, gaps = nearest_points(
        inner, np.arange(n)[:, None], 0.0, np.ascontiguousarray(own[0, :n]), TOLERANCE
    )
    scale = 4 * max(float(np.diag(gram).max()), 1e-300)
    check_converged(max(float(own_gap[0]), float(gaps.max())), scale)
    return own[0, :n], found


def _ratio(gaps: Floats, before: int) -> Floats:
    earlier = np.sqrt((gaps[:, :before] ** 2).mean(axis=1))
    later = np.sqrt((gaps[:, before:] ** 2).mean(axis=1))
    perfect = np.where(later > 0, np.inf, 1.0)
    return np.asarray(np.divide(later, earlier, out=perfect, where=earlier > 0))

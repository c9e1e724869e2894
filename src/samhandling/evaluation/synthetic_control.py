"""Synthetic control: a weighted mean of areas without the measure that went the same way before."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from samhandling.evaluation.calibration_reading import (
    CalibrationReading,
    Uncalibrated,
    panel_reading,
)
from samhandling.evaluation.comparison_block import ComparisonBlock, comparison_block
from samhandling.evaluation.design import About, Design, RestsOnEffect, effect_from_error
from samhandling.evaluation.panel import Panel
from samhandling.evaluation.placebo import PlacebosInSpace, placebos_of
from samhandling.evaluation.predictor_weights import predictor_match
from samhandling.evaluation.ridge_augmentation import augmented_weights, chosen_ridge
from samhandling.evaluation.simplex_weights import simplex_weights
from samhandling.space.method import Method

Floats = NDArray[np.float64]

POOR_FIT = 0.5
"""Error before the start, as a share of the donors' spread, above which the reader is warned."""


@dataclass(frozen=True, slots=True, eq=False)
class SyntheticControl(RestsOnEffect):
    """The treated areas' mean beside its synthetic control.

    Attributes
    ----------
    effect : Effect
        Mean gap from the start on.
    weights : ndarray of float64, shape (n_donors,)
    names : tuple
        Of the donors, in the order of `weights`.
    periods : tuple
    before : int
        Periods before the start.
    actual, synthetic : ndarray of float64, shape (n_periods,)
    predictor_weights : ndarray of float64, shape (n_predictors,)
        How much each predictor counted; empty when outcomes alone were matched.
    placebos : PlacebosInSpace
        Of outcomes alone, whatever was matched: the yardstick of the error.
    """

    weights: Floats
    names: tuple[Any, ...]
    periods: tuple[Any, ...]
    before: int
    actual: Floats
    synthetic: Floats
    predictor_weights: Floats
    placebos: PlacebosInSpace

    @property
    def gap(self) -> Floats:
        """Actual minus synthetic outcome, by period."""
        return np.asarray(self.actual - self.synthetic)

    @property
    def error_before(self) -> float:
        """Root mean squared gap before the start."""
        return float(np.sqrt((self.gap[: self.before] ** 2).mean()))

    def largest(self, number: int = 5) -> tuple[tuple[Any, float], ...]:
        """Return the donors with most weight, largest first."""
        order = np.argsort(-np.abs(self.weights), kind="stable")[:number]
        return tuple((self.names[at], float(self.weights[at])) for at in order)

    def summary(self) -> str:
        """Return a few sentences a person can read."""
        named = ", ".join(
            f"{name} {weight:.2f}" for name, weight in self.largest() if abs(weight) >= 0.005
        )
        return (
            f"{self.effect.summary()} Compared with {named}; error before the start "
            f"{self.error_before:.3g}. {self.placebos.summary()}"
        )


def synthetic_control(
    panel: Panel,
    *,
    predictors: ArrayLike | None = None,
    predictor_weights: ArrayLike | None = None,
    unit: str = "units of the outcome",
    confidence: float = 0.95,
    uncalibrated: Uncalibrated = Uncalibrated.REFUSE,
) -> SyntheticControl:
    """Compare the treated areas' mean with the mixture of donors that was most like it before.

    Parameters
    ----------
    panel : Panel
        With one start and at least three donors.
    predictors : array_like of float, shape (n_areas, n_predictors), optional
        What to match instead of all outcomes before, such as means of covariates and of chosen
        years; scaled to unit spread over areas.
    predictor_weights : array_like of float, shape (n_predictors,), optional
        How much each counts (the diagonal of V). Chosen so that outcomes before the start are
        matched best, if not given.
    unit : str
        Of the outcome.
    confidence : float, default 0.95
    uncalibrated : Uncalibrated, default refuse
        What to do with an interval that does not hold on simulated panels like this: the estimate
        comes without it, or with it and a warning.

    Returns
    -------
    SyntheticControl

    Raises
    ------
    ValueError
        As `comparison_block`, or if predictors do not match the areas or do not vary.

    Notes
    -----
    Wrong when no mixture of donors follows the treated area before the start (then the error before
    is large and the placebos with as poor a fit vary as much), when donors were touched by the
    measure, or when something else befell the treated area at the same time. The standard error is
    the spread of the donors' placebo effects: it takes the treated area to vary like a donor.

    Every donor is a placebo; time and memory grow a little faster than the square of the donors: 1,
    21 and 510 ms of one processor and 0.1, 1 and 14 MiB for 38, 152 and 608 donors in 31 periods.

    References
    ----------
    A. Abadie, A. Diamond and J. Hainmueller (2010), "Synthetic control methods for comparative case
    studies", JASA 105, 493-505.
    """
    reading = panel_reading(
        Design.SYNTHETIC_CONTROL, panel, uncalibrated=uncalibrated, usual=predictors is None
    )
    block = comparison_block(panel, donors=3)
    placebos = placebos_of(block)
    if predictors is None:
        if predictor_weights is not None:
            message = "predictor_weights were given without predictors; give both or neither."
            raise ValueError(message)
        weights, importance = _own_weights(block), np.zeros(0)
    else:
        weights, importance = predictor_match(panel, block, predictors, predictor_weights)
    method = Method.of(
        "synthetic_control", "Abadie, Diamond & Hainmueller 2010",
        matched="outcomes" if predictors is None else "predictors", before=block.before,
    )  # fmt: skip
    return _told(block, placebos, (weights, importance), (method, unit, confidence), reading)


def augmented_synthetic_control(
    panel: Panel,
    *,
    ridge: float | None = None,
    unit: str = "units of the outcome",
    confidence: float = 0.95,
    uncalibrated: Uncalibrated = Uncalibrated.REFUSE,
) -> SyntheticControl:
    """Correct a synthetic control for what its match before the start left over.

    Parameters
    ----------
    panel : Panel
        With one start and at least three donors.
    ridge : float, optional
        Penalty of the correction, in squared units of the outcome; large means no correction. By
        leaving out one period before the start at a time, if not given.
    unit : str
        Of the outcome.
    confidence : float, default 0.95
    uncalibrated : Uncalibrated, default refuse
        As in `synthetic_control`; this method has not been simulated and only warns.

    Returns
    -------
    SyntheticControl
        Weights still sum to one but some may be negative.

    Raises
    ------
    ValueError
        As `comparison_block`, or if the ridge is not positive.

    Notes
    -----
    Negative weights reach outside the donors' range, on the strength of a linear model. The
    standard error is that of the placebos without correction, which vary at least as much when the
    correction helps.

    References
    ----------
    E. Ben-Michael, A. Feller and J. Rothstein (2021), "The augmented synthetic control method",
    JASA 116, 1789-1803.
    """
    reading = panel_reading("augmented_synthetic_control", panel, uncalibrated=uncalibrated)
    block = comparison_block(panel, donors=3)
    if ridge is not None and not 0 < ridge < np.inf:
        message = f"ridge is {ridge}; give a positive number, or none to have it chosen."
        raise ValueError(message)
    placebos = placebos_of(block)
    simple = _own_weights(block)
    earlier, goal = block.donors[:, : block.before], block.target[: block.before]
    penalty = chosen_ridge(earlier, goal) if ridge is None else float(ridge)
    weights = augmented_weights(earlier, goal, simple, penalty)
    method = Method.of(
        "augmented_synthetic_control", "Ben-Michael, Feller & Rothstein 2021",
        ridge=penalty, chosen=ridge is None, before=block.before,
    )  # fmt: skip
    return _told(block, placebos, (weights, np.zeros(0)), (method, unit, confidence), reading)


def _own_weights(block: ComparisonBlock) -> Floats:
    return simplex_weights(block.donors[:, : block.before], block.target[: block.before]).weights


def _told(
    block: ComparisonBlock,
    placebos: PlacebosInSpace,
    found: tuple[Floats, Floats],
    words: tuple[Method, str, float],
    reading: CalibrationReading,
) -> SyntheticControl:
    weights, importance = found
    method, unit, confidence = words
    synthetic = weights @ block.donors
    gap = block.target - synthetic
    about = About(
        Design.SYNTHETIC_CONTROL,
        "mean difference from the synthetic control, from the start on",
        unit, len(block.treated), method,
    )  # fmt: skip
    effect = effect_from_error(
        about, float(gap[block.before :].mean()), placebos.standard_error,
        confidence=confidence, warnings=_warnings(block, gap),
    ).calibrated_by(reading)  # fmt: skip
    return SyntheticControl(
        effect, weights, block.names, block.periods, block.before, block.target, synthetic,
        importance, placebos,
    )  # fmt: skip


def _warnings(block: ComparisonBlock, gap: Floats) -> tuple[str, ...]:
    error = float(np.sqrt((gap[: block.before] ** 2).mean()))
    spread = float(block.donors[:, : block.before].std(axis=0).mean())
    said = []
    if error > POOR_FIT * spread:
        said.append(
            f"The synthetic control misses the areas by {error:.3g} before the start, beside a "
            f"spread of {spread:.3g} between donors: no mixture of donors is like them."
        )
    if len(block.donors) < 19:
        said.append(
            f"With {len(block.donors)} donors no placebo p-value can be below "
            f"{1 / (len(block.donors) + 1):.2f}."
        )
    return tuple(said)

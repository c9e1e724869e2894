"""What a panel or a series is like: the traits by which the calibration tables are entered."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from samhandling.evaluation.panel import Panel
from samhandling.evaluation.panel_shapes import PanelShape

Floats = NDArray[np.float64]

FACTOR = 3.0
"""A trait this many times larger or smaller is unlike."""
LEAST_MEAN, LEAST_DISPERSION = 0.25, 0.02
"""Below these, differences no longer matter beside the counts' own noise."""
CORRELATION_SCALE = 4.0
"""So that autocorrelations 0.27 apart, their own error allowed for, are as unlike as a factor 3."""
SEASON_VARIANCE = 0.005
SEASON_CORRELATION = float(np.cos(2 * np.pi / 12))
"""Of the wave over twelve periods in simulated panels, which a single series keeps."""


@dataclass(frozen=True, slots=True)
class MeasuredShape:
    """Traits of a panel before the measure, as far as they can be measured.

    Attributes
    ----------
    areas, treated : int
    before, after : int
        Periods; with several starts, around the first.
    mean : float
        Events an area and period in the middle area; NaN where the outcome is no count.
    dispersion : float
        Variance beyond Poisson's, over the mean squared; NaN where the outcome is no count.
    autocorrelation : float
        Of what area and period leave over, one period apart; NaN where nothing varies.
    cells : int
        How many values the last two rest on.
    """

    areas: int
    treated: int
    before: int
    after: int
    mean: float
    dispersion: float
    autocorrelation: float
    cells: int

    def differences(self, other: "MeasuredShape") -> dict[str, float]:
        """Return how unlike the two are in each trait, on the scale of a logarithm of a ratio."""
        found = {
            "number of areas": _ratio(self.areas, other.areas),
            "number of treated areas": _ratio(self.treated, other.treated),
            "periods before": _ratio(self.before, other.before),
            "periods after": _ratio(self.after, other.after),
            "mean count": _ratio(self.mean, other.mean, floor=LEAST_MEAN),
            "over-dispersion": abs(float(
                np.log(self.dispersion + LEAST_DISPERSION)
                - np.log(other.dispersion + LEAST_DISPERSION)
            )),
            "autocorrelation": CORRELATION_SCALE * max(
                abs(self.autocorrelation - other.autocorrelation) - 2 * self.cells**-0.5, 0.0
            ),
        }  # fmt: skip
        return {trait: size for trait, size in found.items() if np.isfinite(size)}

    def distance(self, other: "MeasuredShape") -> float:
        """Return the sum of the differences."""
        return sum(self.differences(other).values())

    def unlike(self, other: "MeasuredShape") -> tuple[str, ...]:
        """Return the traits in which the two are too far apart to speak of each other."""
        far = float(np.log(FACTOR)) + 1e-9
        return tuple(trait for trait, size in self.differences(other).items() if size > far)


def measured_panel(panel: Panel) -> MeasuredShape:
    """Measure a panel from the periods before anybody is treated.

    Parameters
    ----------
    panel : Panel
        With fewer than three periods before, the areas never treated are measured instead.

    Returns
    -------
    MeasuredShape

    Notes
    -----
    Counts are compared with the product of their area's and their period's share. The variance left
    over is that of a Poisson count plus dispersion times the squared mean; both it and the
    covariance one period apart are corrected for the shares being estimated.
    """
    before = panel.n_before
    untouched = panel.y[:, :before] if before >= 3 else panel.y[~panel.ever_treated]
    if not len(untouched):
        untouched = panel.y
    counted = _is_count(untouched) and untouched.sum() > 0
    if counted:
        expected = untouched.mean(axis=1, keepdims=True) * untouched.mean(axis=0)
        expected = expected / untouched.mean()
    else:
        expected = untouched.mean(axis=1, keepdims=True) + untouched.mean(axis=0) - untouched.mean()
    free = (untouched.shape[0] - 1) * (untouched.shape[1] - 1) / untouched.size
    middle = float(np.median(untouched.mean(axis=1))) if counted else np.nan
    return MeasuredShape(
        panel.n_areas, max(panel.n_treated, 1), before, max(panel.n_periods - before, 1), middle,
        *_left_over(untouched, expected, counted=bool(counted), free=free, fitted=1),
        untouched.size,
    )  # fmt: skip


def measured_series(outcome: Floats, start: int) -> MeasuredShape:
    """Measure one series around its own trend before the start.

    Parameters
    ----------
    outcome : ndarray of float64, shape (n_periods,)
    start : int
        At least 3.

    Returns
    -------
    MeasuredShape
        Of one area, treated.
    """
    earlier = outcome[:start]
    counted = _is_count(earlier) and earlier.sum() > 0
    time = np.arange(start, dtype=np.float64)
    expected = np.polynomial.Polynomial.fit(time, earlier, 1)(time)
    if counted:
        expected = np.maximum(expected, earlier.mean() / 10)
    return MeasuredShape(
        1, 1, start, len(outcome) - start, float(earlier.mean()) if counted else np.nan,
        *_left_over(
            earlier[None], expected[None], counted=bool(counted), free=(start - 2) / start, fitted=2
        ),
        start,
    )  # fmt: skip


def of_simulated(shape: PanelShape, *, summed: bool = False) -> MeasuredShape:
    """Return what one would measure of panels drawn in a shape.

    Parameters
    ----------
    shape : PanelShape
    summed : bool
        Of the treated areas' total, as one series.

    Returns
    -------
    MeasuredShape
    """
    many = shape.treated if summed else 1
    noise = float(np.exp(-1.5 * shape.spread**2)) / shape.mean / many
    dispersion, together = _kept(shape, noise * many)
    dispersion, together = dispersion / many, together / many
    if summed:
        dispersion += SEASON_VARIANCE
        together += SEASON_VARIANCE * SEASON_CORRELATION
    return MeasuredShape(
        1 if summed else shape.areas, 1 if summed else shape.treated, shape.before, shape.after,
        shape.mean * (many * float(np.exp(shape.spread**2 / 2)) if summed else 1.0), dispersion,
        float(together / (noise + dispersion)), 1 << 30,
    )  # fmt: skip


def _kept(shape: PanelShape, noise: float) -> tuple[float, float]:
    """Return an area's dispersion and covariance one period apart, as its own mean leaves them."""
    periods, own, fresh = shape.before, shape.wobble**2, noise + shape.dispersion
    lag = np.arange(1, periods)
    # The mean over the periods takes more out of ups and downs that last than out of fresh ones.
    gone = (1 + 2 * float((1 - lag / periods) @ shape.autocorrelation**lag)) / periods
    free = 1 - 1 / periods
    variance = fresh + own * (1 - gone) / free
    together = (own * (shape.autocorrelation - gone) - fresh / periods) / free
    return variance - noise, together + variance / periods


def _ratio(own: float, other: float, floor: float = 1.0) -> float:
    if np.isnan(own) or np.isnan(other):
        return np.nan
    return abs(float(np.log(max(own, floor)) - np.log(max(other, floor))))


def _is_count(table: Floats) -> bool:
    return bool((table >= 0).all() and (table == np.floor(table)).all())


def _left_over(
    table: Floats, expected: Floats, *, counted: bool, free: float, fitted: int
) -> tuple[float, float]:
    """Return over-dispersion and autocorrelation of what is left beside what was expected."""
    left = table - expected
    # On the additive scale every cell weighs the same and there is no Poisson noise to take off.
    scale = expected if counted else np.ones_like(expected)
    poisson = expected.sum() if counted else 0.0
    squared = float((scale**2).sum())
    if free <= 0 or squared <= 0 or not (left**2).sum() > 1e-18 * (table**2).sum():
        return (0.0 if counted else np.nan), np.nan
    variance = float((left**2).sum()) / free / squared
    beside = float((scale[:, 1:] * scale[:, :-1]).sum())
    lagged = float((left[:, 1:] * left[:, :-1]).sum()) / free / beside
    # Each figure fitted over T periods takes a T-th part of the variance out of every covariance.
    correlation = lagged / variance + fitted / table.shape[1]
    dispersion = max(variance - poisson / squared, 0.0) if counted else np.nan
    return dispersion, float(np.clip(correlation, -1, 1))

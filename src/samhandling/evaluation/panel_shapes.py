"""Shapes of panels that municipalities have, and draws from them with a known effect."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from samhandling.evaluation.panel import NEVER, Panel

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class PanelShape:
    """What a panel is like, before anything is known of an effect.

    Attributes
    ----------
    name : str
        Slug, stable enough to store.
    areas, treated : int
    before, after : int
        Periods.
    mean : float
        Events an area and period, in the middle area.
    dispersion : float
        Variance is mean + dispersion times mean squared.
    autocorrelation : float
        From period to period, of an area's own ups and downs.
    wobble : float
        Standard deviation of those ups and downs, on the log scale.
    spread : float
        Standard deviation between areas, on the log scale.
    """

    name: str
    areas: int
    treated: int
    before: int
    after: int
    mean: float
    dispersion: float
    autocorrelation: float
    wobble: float
    spread: float

    def in_words(self) -> str:
        """Return the shape in a few words."""
        return (
            f"{self.treated} of {self.areas} areas treated, {self.before} + {self.after} periods, "
            f"about {self.mean:g} events each"
        )


SHAPES = (
    PanelShape("one_district_yearly", 11, 1, 8, 2, 300, 0.005, 0.5, 0.06, 0.4),
    PanelShape("one_district_quarterly", 11, 1, 16, 8, 80, 0.01, 0.4, 0.08, 0.4),
    PanelShape("one_part_of_town_monthly", 20, 1, 48, 24, 30, 0.02, 0.6, 0.10, 0.5),
    PanelShape("two_of_thirteen_quarterly", 13, 2, 12, 4, 40, 0.02, 0.4, 0.10, 0.4),
    PanelShape("six_listed_quarterly", 76, 6, 16, 4, 12, 0.05, 0.3, 0.15, 0.6),
    PanelShape("six_listed_overdispersed", 76, 6, 16, 4, 12, 0.40, 0.3, 0.15, 0.6),
    PanelShape("eight_neighbourhoods_yearly", 117, 8, 6, 2, 20, 0.03, 0.5, 0.12, 0.7),
    PanelShape("twenty_small_areas_rare", 200, 20, 8, 4, 0.5, 0.20, 0.2, 0.20, 0.8),
    PanelShape("thirty_of_seventy_monthly", 70, 30, 12, 12, 5, 0.05, 0.3, 0.10, 0.5),
    PanelShape("ten_of_forty_short", 40, 10, 3, 1, 10, 0.05, 0.3, 0.10, 0.5),
    PanelShape("six_listed_autocorrelated", 76, 6, 16, 4, 12, 0.05, 0.8, 0.30, 0.6),
)


def drawn_panel(
    shape: PanelShape, log_effect: float, rng: np.random.Generator
) -> tuple[Panel, float]:
    """Draw a panel in which the measure changes the rate by a known factor.

    Parameters
    ----------
    shape : PanelShape
    log_effect : float
        Logarithm of the factor; zero for no effect.
    rng : numpy.random.Generator

    Returns
    -------
    panel : Panel
        Treated areas last. Which areas are treated does not depend on their level.
    mean_effect : float
        The mean change in expected events an area and period, over what was treated.

    Raises
    ------
    ValueError
        If the logarithm is no finite number.
    """
    if not np.isfinite(log_effect):
        msg = f"log_effect is {log_effect}; give the logarithm of a factor, 0 for no effect."
        raise ValueError(msg)
    periods = shape.before + shape.after
    level = rng.normal(0, shape.spread, shape.areas)
    common = np.cumsum(rng.normal(0, 0.03, periods)) + 0.1 * np.sin(
        2 * np.pi * (np.arange(periods) + rng.uniform(0, 12)) / 12
    )
    own = _ups_and_downs(shape, periods, rng)
    rate = shape.mean * np.exp(level[:, None] + common + own)
    changed = rate.copy()
    changed[shape.areas - shape.treated :, shape.before :] *= np.exp(log_effect)
    counts = rng.poisson(changed * _gamma(shape, rate.shape, rng))
    starts = np.full(shape.areas, NEVER)
    starts[shape.areas - shape.treated :] = shape.before
    treated = np.s_[shape.areas - shape.treated :, shape.before :]
    mean_effect = float((changed[treated] - rate[treated]).mean())
    return Panel(counts.astype(np.float64), starts), mean_effect


def _ups_and_downs(shape: PanelShape, periods: int, rng: np.random.Generator) -> Floats:
    """Return each area's autoregressive deviation, begun in its long-run spread."""
    fresh = np.sqrt(1 - shape.autocorrelation**2) * shape.wobble
    own = np.empty((shape.areas, periods))
    own[:, 0] = rng.normal(0, shape.wobble, shape.areas)
    for at in range(1, periods):
        own[:, at] = shape.autocorrelation * own[:, at - 1] + rng.normal(0, fresh, shape.areas)
    return own


def _gamma(shape: PanelShape, size: tuple[int, ...], rng: np.random.Generator) -> Floats | float:
    if shape.dispersion == 0:
        return 1.0
    factor: Floats = rng.gamma(1 / shape.dispersion, shape.dispersion, size)
    return factor

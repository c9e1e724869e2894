"""Who lives where: residents by small area, year, sex and ten-year age band, to the last person."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from samhandling.synthetic.coverage import Ints
from samhandling.synthetic.plan import TownPlan
from samhandling.synthetic.terrain import Floats

SEXES = ("women", "men")
AGE_BANDS = ((0, 9), (10, 19), (20, 29), (30, 39), (40, 49), (50, 59), (60, 69), (70, 79), (80, 89))
"""First and last age of each band; a last band has everybody from ninety."""
AGE_FROM = (*(low for low, _ in AGE_BANDS), 90)
AGE_TO: tuple[int | None, ...] = (*(high for _, high in AGE_BANDS), None)

_ALL_AGES = np.array([11.5, 11.8, 12.9, 13.6, 12.6, 12.4, 10.6, 9.0, 4.6, 1.0])
_YOUNG = np.array([0.9, 1.0, 2.2, 1.4, 0.8, 0.7, 0.6, 0.5, 0.5, 0.5])
_FAMILIES = np.array([1.5, 1.3, 0.6, 1.3, 1.3, 0.9, 0.6, 0.5, 0.4, 0.3])
_OLDER = np.array([0.7, 0.8, 0.7, 0.7, 0.8, 1.1, 1.4, 1.7, 1.9, 2.2])
_WOMEN = np.array([0.485, 0.485, 0.485, 0.49, 0.495, 0.5, 0.505, 0.525, 0.585, 0.68])


@dataclass(frozen=True, slots=True, eq=False)
class Residents:
    """Counts of shape (years, areas, sexes, age bands); the first year is `first_year`."""

    first_year: int
    counts: NDArray[np.int64]

    @property
    def by_area(self) -> NDArray[np.int64]:
        """Residents of shape (years, areas)."""
        found: NDArray[np.int64] = self.counts.sum(axis=(2, 3))
        return found


def make_residents(plan: TownPlan, homes: Ints, rng: np.random.Generator) -> Residents:
    """Spread the plan's residents over areas, sexes and ages, with slow change.

    Notes
    -----
    The total of every year is the planned one exactly; parts are rounded by largest remainder.
    """
    years = np.arange(len(plan.years))
    totals = np.rint(plan.residents * (1 + plan.growth_percent_per_year / 100) ** years)
    drift = rng.normal(0.0, 0.009, len(homes))
    shares = np.maximum(homes, 4) * (1 + drift) ** years[:, None]
    by_area = round_to_total(shares, totals.astype(np.int64))
    mix = rng.dirichlet((1.2, 1.2, 1.2), len(homes)) @ np.stack([_YOUNG, _FAMILIES, _OLDER])
    ages = _ALL_AGES * mix
    ageing = (1 + 0.012 * years[:, None]) ** np.linspace(-0.5, 1.0, len(_ALL_AGES))
    cells = ages[None, :, None, :] * ageing[:, None, None, :]
    cells = cells * np.stack([_WOMEN, 1 - _WOMEN])[None, None]
    flat = cells.reshape(len(years), len(homes), -1)
    return Residents(plan.first_year, round_to_total(flat, by_area).reshape(cells.shape))


def round_to_total(weights: Floats, totals: NDArray[np.int64]) -> NDArray[np.int64]:
    """Split each total over the last axis in proportion to weights, by largest remainder."""
    exact = weights / weights.sum(axis=-1, keepdims=True) * totals[..., None]
    whole = np.floor(exact).astype(np.int64)
    missing = totals - whole.sum(axis=-1)
    order = np.argsort(whole - exact, axis=-1, kind="stable")
    rank = np.argsort(order, axis=-1, kind="stable")
    return np.asarray(whole + (rank < missing[..., None]), dtype=np.int64)

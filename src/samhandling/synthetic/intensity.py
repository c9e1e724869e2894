"""How many events are expected of each category, in each place and month."""

from dataclasses import dataclass
from datetime import date

import numpy as np
import shapely

from samhandling.synthetic.ground import Ground
from samhandling.synthetic.plan import CategoryPlan, TownPlan
from samhandling.synthetic.residents import Residents
from samhandling.synthetic.terrain import Floats

AREA_SPREAD = 0.35
"""Standard deviation of the logarithm of a small area's own risk."""


@dataclass(frozen=True, slots=True, eq=False)
class Intensity:
    """Relative expectations; places are the small areas followed by the hot spots.

    Attributes
    ----------
    monthly : array of float, shape (months, categories)
        Expected events, near repeats and lost records included, summing to one.
    placed : array of float, shape (categories, places)
        Share of a category's events in each place; rows sum to one.
    changed : array of float, shape (months, categories, places), values 1 or the factor
        The true effect.
    kept : array of float, shape (months, categories)
        Share of events that are recorded.
    """

    monthly: Floats
    placed: Floats
    changed: Floats
    kept: Floats

    def recorded_share(self) -> float:
        """Return the recorded share of all events that the trends and seasons alone would give."""
        effect = (self.changed * self.placed[None]).sum(axis=2)
        return float((self.monthly * effect * self.kept).sum())


def month_starts(plan: TownPlan) -> list[date]:
    """Return the first day of every month of the plan's period."""
    return [date(year, month, 1) for year in plan.years for month in range(1, 13)]


def season(category: CategoryPlan) -> Floats:
    """Return the expected number per day in each calendar month around a mean of one."""
    month = np.arange(1, 13)
    wave = np.cos(2 * np.pi * (month - category.season_peak_month) / 12)
    return np.asarray(1 + category.season_amplitude * wave, dtype=np.float64)


def make_intensity(
    plan: TownPlan,
    ground: Ground,
    residents: Residents,
    changed_areas: tuple[int, ...],
    rng: np.random.Generator,
) -> Intensity:
    """Combine trends, seasons, places, the change and the coverage breaks.

    Notes
    -----
    A hot spot lies in a small area but its events are counted for the spot alone, so that its
    share is the planned one. The change reaches the hot spots that lie in the changed areas:
    `changed_areas` holds place numbers.
    """
    starts = month_starts(plan)
    days = np.diff(
        [*(day.toordinal() for day in starts), date(plan.last_year + 1, 1, 1).toordinal()]
    )
    monthly = np.empty((len(starts), len(plan.categories)))
    kept = np.ones_like(monthly)
    passed = (np.arange(len(starts)) + 0.5) / 12
    total_weight = sum(category.weight for category in plan.categories)
    for index, category in enumerate(plan.categories):
        trend = (1 + category.trend_percent_per_year / 100) ** passed
        course = trend * np.tile(season(category), len(plan.years)) * days
        monthly[:, index] = category.weight / total_weight * course / course.sum()
        for gap in plan.coverage_breaks:
            if category.slug in gap.categories:
                inside = [gap.since <= day < gap.until for day in starts]
                kept[inside, index] *= gap.kept_share
    placed = _placed(plan, ground, residents, rng)
    changed = np.ones((len(starts), *placed.shape))
    after = np.array([day >= plan.change.day for day in starts])
    rows = np.array([c.slug in plan.change.categories for c in plan.categories])
    changed[np.ix_(after, rows, np.array(changed_areas))] = plan.change.factor
    return Intensity(monthly, placed, changed, kept)


def _placed(
    plan: TownPlan, ground: Ground, residents: Residents, rng: np.random.Generator
) -> Floats:
    homes = residents.by_area.mean(axis=0)
    homes = homes / homes.sum()
    meeting = _meeting(plan, ground, homes)
    rows = []
    for category in plan.categories:
        own = rng.lognormal(0.0, AREA_SPREAD, len(homes))
        base = ((1 - category.centre_pull) * homes + category.centre_pull * meeting) * own
        spots = np.array([s.share if category.slug in s.categories else 0 for s in plan.hot_spots])
        if spots.sum() >= 1:
            msg = (
                f"The hot spots take {spots.sum():.0%} of {category.slug}; less than 100 % is left."
            )
            raise ValueError(msg)
        rows.append(np.concatenate([base / base.sum() * (1 - spots.sum()), spots]))
    return np.array(rows)


def _meeting(plan: TownPlan, ground: Ground, homes: Floats) -> Floats:
    """Return where people meet: near the centre, and around squares and stations."""
    middle = np.hypot(ground.coverage.centroids[:, 0], ground.coverage.centroids[:, 1])
    pull = homes * np.exp(-middle / (1.1 * plan.terrain.core_m))
    tree = shapely.STRtree(ground.coverage.areas)
    for place in ground.places:
        if place.layer in {"square", "station"}:
            pull[int(tree.nearest(shapely.Point(place.point)))] += 0.15 * pull.mean()
    return np.asarray(pull / pull.sum(), dtype=np.float64)

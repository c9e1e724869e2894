"""From a plan and a seed to a town and its truth."""

from datetime import date

import numpy as np

from samhandling.synthetic.addresses import Addresses, make_addresses
from samhandling.synthetic.ground import Ground, make_ground, stream
from samhandling.synthetic.intensity import Intensity, make_intensity, season
from samhandling.synthetic.places import Place
from samhandling.synthetic.plan import TownPlan
from samhandling.synthetic.projection import Projection
from samhandling.synthetic.residents import Residents, make_residents
from samhandling.synthetic.rhythms import RHYTHMS
from samhandling.synthetic.surveys import make_surveys
from samhandling.synthetic.town import Town
from samhandling.synthetic.truth import (
    CategoryTruth,
    ChangeTruth,
    HotSpotTruth,
    NearRepeatTruth,
    TownTruth,
)


def make_town(plan: TownPlan, seed: int = 1) -> Town:
    """Build an invented town; the same plan and seed always give the same one.

    Parameters
    ----------
    plan : TownPlan
        What the town should be like, for example `GRANKOPING`.
    seed : int, default 1
        Non-negative.

    Returns
    -------
    Town
        Nothing in it is real.

    Raises
    ------
    ValueError
        If the plan asks for more hot spots in a layer than there are places.

    Notes
    -----
    Byte-identical for one version of NumPy and GEOS; another version may round a vertex or draw
    another number.

    Examples
    --------
    >>> from samhandling.synthetic import VINTERSELE
    >>> make_town(VINTERSELE, seed=3).population().column("residents").to_numpy()[:1].dtype
    dtype('int64')
    """
    ground = make_ground(plan, seed)
    residents = make_residents(plan, ground.coverage.homes, stream(plan, seed, "residents"))
    spots = _spots(plan, ground)
    addresses = _addresses(plan, ground, spots, stream(plan, seed, "addresses"))
    small = len(ground.coverage.areas)
    spot_areas = [int(addresses.area[addresses.first[small + i]]) for i in range(len(spots))]
    change = _change(plan, ground, residents, spot_areas, stream(plan, seed, "change"))
    changed_spots = [small + i for i, area in enumerate(spot_areas) if area in change.small_areas]
    changed = (*change.small_areas, *changed_spots)
    intensity = make_intensity(plan, ground, residents, changed, stream(plan, seed, "intensity"))
    surveys = make_surveys(plan, ground, residents, stream(plan, seed, "survey"))
    truth = TownTruth(
        categories=_category_truths(plan, intensity, small),
        hot_spots=_hot_spot_truths(plan, ground, spots, spot_areas),
        change=change,
        near_repeat=_near_repeat_truth(plan),
        coverage_breaks=plan.coverage_breaks,
        precision=plan.precision,
        survey=surveys.truths,
    )
    return Town(plan, seed, ground, residents, surveys, truth, addresses, intensity)


def _addresses(
    plan: TownPlan, ground: Ground, spots: list[Place], rng: np.random.Generator
) -> Addresses:
    around = [(p.point, s.radius_m) for s, p in zip(plan.hot_spots, spots, strict=True)]
    return make_addresses(ground, Projection(plan.centre), around, plan.near_repeat.reach_m, rng)


def _near_repeat_truth(plan: TownPlan) -> NearRepeatTruth:
    return NearRepeatTruth(
        reach_m=plan.near_repeat.reach_m,
        reach_days=plan.near_repeat.reach_days,
        repeats=tuple((c.slug, c.repeats) for c in plan.categories if c.repeats > 0),
    )


def _spots(plan: TownPlan, ground: Ground) -> list[Place]:
    """Return the place of each hot spot: the first of a layer that no other spot has taken."""
    free = list(ground.places)
    found = []
    for spot in plan.hot_spots:
        place = next((place for place in free if place.layer == spot.layer), None)
        if place is None:
            msg = f"{plan.name} has too few places of the layer {spot.layer} for its hot spots."
            raise ValueError(msg)
        free.remove(place)
        found.append(place)
    return found


def _change(
    plan: TownPlan,
    ground: Ground,
    residents: Residents,
    spot_areas: list[int],
    rng: np.random.Generator,
) -> ChangeTruth:
    """Choose an area of the plan's level in the upper quarter by residents, without a hot spot."""
    change = plan.change
    areas = [
        a for a in ground.of_level(change.level, change.day) if not set(a.members) & set(spot_areas)
    ]
    areas = areas or ground.of_level(change.level, change.day)
    people = residents.by_area.mean(axis=0)
    areas = sorted(areas, key=lambda a: -people[list(a.members)].sum())
    chosen = areas[int(rng.integers(0, max(len(areas) // 4, 1)))]
    return ChangeTruth(
        day=change.day,
        level=chosen.level,
        area_code=chosen.code,
        area_name=chosen.name,
        small_areas=chosen.members,
        categories=change.categories,
        factor=change.factor,
    )


def _category_truths(plan: TownPlan, intensity: Intensity, small: int) -> tuple[CategoryTruth, ...]:
    found = []
    for index, category in enumerate(plan.categories):
        background = intensity.placed[index, :small]
        found.append(
            CategoryTruth(
                slug=category.slug,
                share=float(intensity.monthly[:, index].sum()),
                trend_percent_per_year=category.trend_percent_per_year,
                month_factors=season(category),
                week=RHYTHMS[category.rhythm],
                area_shares=background / background.sum(),
                dispersion=category.dispersion,
                interval_share=category.interval_share,
                repeats=category.repeats,
            )
        )
    return tuple(found)


def _hot_spot_truths(
    plan: TownPlan, ground: Ground, spots: list[Place], spot_areas: list[int]
) -> tuple[HotSpotTruth, ...]:
    points = Projection(plan.centre).points(np.array([place.point for place in spots]))
    codes = {
        member: area.code
        for area in ground.of_level(plan.levels[-1].slug, date(plan.first_year, 1, 1))
        for member in area.members
    }
    return tuple(
        HotSpotTruth(
            number=number,
            name=place.name,
            layer=place.layer,
            lon=float(points[number, 0]),
            lat=float(points[number, 1]),
            radius_m=spot.radius_m,
            categories=spot.categories,
            share=spot.share,
            area_code=codes[spot_areas[number]],
        )
        for number, (spot, place) in enumerate(zip(plan.hot_spots, spots, strict=True))
    )

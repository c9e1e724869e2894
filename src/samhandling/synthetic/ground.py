"""The town's ground: areas of every level and vintage, streets and places, in WGS84."""

from dataclasses import dataclass
from datetime import date

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from samhandling.synthetic.coverage import Coverage, Ints, make_coverage
from samhandling.synthetic.nesting import (
    Area,
    group,
    merge_geometry,
    name_areas,
    redraw,
    walking_distances,
)
from samhandling.synthetic.overlays import make_listed_areas, make_police_areas
from samhandling.synthetic.places import NAMES, Place, genitive, make_places
from samhandling.synthetic.plan import LevelPlan, TownPlan
from samhandling.synthetic.projection import Projection
from samhandling.synthetic.streets import Streets, make_streets
from samhandling.synthetic.terrain import Floats, Land, make_land


@dataclass(frozen=True, slots=True, eq=False)
class Ground:
    """Everything of a town that can be drawn on a map.

    Attributes
    ----------
    land, coverage, streets : Land, Coverage, Streets
        Geometry in metres around the centre.
    areas : tuple of Area
        Every version of every area in WGS84: the municipality, the levels, the overlays.
    places : tuple of Place
        Squares, schools, stations, parks and tunnels, in metres.
    """

    land: Land
    coverage: Coverage
    streets: Streets
    areas: tuple[Area, ...]
    places: tuple[Place, ...]

    def of_level(self, level: str, day: date | None = None) -> list[Area]:
        """Return the areas of a level, all versions or those in force on a day."""
        return [
            area
            for area in self.areas
            if area.level == level and (day is None or area.holds_on(day))
        ]


def make_ground(plan: TownPlan, seed: int) -> Ground:
    """Draw a town's ground.

    Notes
    -----
    Each stage has its own random stream, so that a change in one leaves the others as they were.
    """
    land = make_land(plan.terrain, stream(plan, seed, "land"))
    coverage = make_coverage(land, plan.levels[-1].count, stream(plan, seed, "coverage"))
    projection = Projection(plan.centre)
    wgs84 = [projection.geometry(area) for area in coverage.areas]
    since = date(plan.first_year, 1, 1)
    levels = _nested_levels(plan, coverage, wgs84, since, stream(plan, seed, "levels"))
    streets = make_streets(land, coverage, plan, stream(plan, seed, "streets"))
    named = [areas for areas, level in zip(levels, plan.levels, strict=True) if level.names][-1]
    police = make_police_areas(plan, coverage, wgs84, since, stream(plan, seed, "police"))
    listed = make_listed_areas(plan, land, named, coverage, since)
    reformed_code = _code(plan, plan.levels[0], plan.levels[0].count)
    top = redraw(levels[0], levels[1], plan.reform, reformed_code)
    lower = [area for areas in levels[1:] for area in areas]
    whole = Area(
        level="municipality",
        code=plan.municipality_code,
        name=plan.name,
        valid_from=since,
        valid_to=None,
        members=tuple(range(len(wgs84))),
        geometry=projection.geometry(land.outline),
    )
    return Ground(
        land=land,
        coverage=coverage,
        streets=streets,
        areas=(whole, *top, *lower, *police, *listed),
        places=_named_places(plan, land, coverage, streets, named, stream(plan, seed, "places")),
    )


def stream(plan: TownPlan, seed: int, stage: str) -> np.random.Generator:
    """Return the random stream of one stage of one town."""
    return np.random.default_rng([seed, *plan.municipality_code.encode(), *stage.encode()])


def _nested_levels(
    plan: TownPlan,
    coverage: Coverage,
    wgs84: list[BaseGeometry],
    since: date,
    rng: np.random.Generator,
) -> list[list[Area]]:
    """Return the areas of each level, the largest first, every one made of whole smaller ones."""
    distances = walking_distances(coverage)
    owner: Ints = np.argsort(np.argsort(distances[_middle(distances, coverage)], kind="stable"))
    found = [_areas(plan, plan.levels[-1], owner, wgs84, since, rng)]
    weights, heads = coverage.homes, np.arange(len(wgs84))
    for level in reversed(plan.levels[:-1]):
        grouped = group(distances[np.ix_(heads, heads)], weights, level.count, rng)
        owner = grouped if len(found) == 1 else grouped[owner]
        found.append(_areas(plan, level, owner, wgs84, since, rng))
        weights = np.bincount(owner, coverage.homes).astype(np.int64)
        heads = np.array([_head(distances, owner, coverage, k) for k in range(level.count)])
    return found[::-1]


def _middle(distances: Floats, coverage: Coverage) -> int:
    return int(np.argmin((distances * coverage.homes).sum(axis=1)))


def _head(distances: Floats, owner: Ints, coverage: Coverage, label: int) -> int:
    own = np.flatnonzero(owner == label)
    cost = (distances[np.ix_(own, own)] * coverage.homes[own]).sum(axis=1)
    return int(own[np.argmin(cost)])


def _areas(
    plan: TownPlan,
    level: LevelPlan,
    owner: Ints,
    wgs84: list[BaseGeometry],
    since: date,
    rng: np.random.Generator,
) -> list[Area]:
    names = name_areas(level, level.count, rng)
    found = []
    for number in range(level.count):
        members = np.flatnonzero(owner == number)
        code = _code(plan, level, number)
        found.append(
            Area(
                level=level.slug,
                code=code,
                name=names[number] or code,
                valid_from=since,
                valid_to=None,
                members=tuple(int(i) for i in members),
                geometry=merge_geometry([wgs84[i] for i in members]),
            )
        )
    return found


def _code(plan: TownPlan, level: LevelPlan, number: int) -> str:
    return level.code_format.format(municipality=plan.municipality_code, number=number + 1)


def _named_places(
    plan: TownPlan,
    land: Land,
    coverage: Coverage,
    streets: Streets,
    named: list[Area],
    rng: np.random.Generator,
) -> tuple[Place, ...]:
    """Name each place after the neighbourhood it lies in; a second one there gets a number."""
    name_of = {member: area.name for area in named for member in area.members}
    tree = shapely.STRtree(coverage.areas)
    taken: dict[str, int] = {}
    found: list[Place] = []
    for layer, point, shape in make_places(land, coverage, streets, plan.places, rng):
        whose = genitive(name_of[int(tree.nearest(shapely.Point(point)))])
        name = NAMES[layer].format(whose=whose)
        if layer not in {place.layer for place in found}:
            name = {"square": "Stora torget", "station": f"{plan.name} C"}.get(layer, name)
        taken[name] = taken.get(name, 0) + 1
        if taken[name] > 1:
            name = f"{name} {taken[name]}"
        found.append(Place(layer, name, point, shape))
    return tuple(found)

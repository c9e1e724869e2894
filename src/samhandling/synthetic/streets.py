"""Streets, railway and bridges: what makes a map of areas look like a town."""

from dataclasses import dataclass

import numpy as np
import shapely
from shapely import LineString
from shapely.geometry.base import BaseGeometry

from samhandling.synthetic.coverage import Coverage
from samhandling.synthetic.plan import TownPlan
from samhandling.synthetic.terrain import Floats, Land, blob, make_warp

BUILT_UP_PER_KM2 = 750.0
"""Residents per square kilometre above which there are streets of houses."""
DROPPED_SHARE = 0.16
"""Share of street segments left out, so that blocks come in different sizes."""


@dataclass(frozen=True, slots=True, eq=False)
class Streets:
    """Lines in metres around the centre."""

    main: tuple[LineString, ...]
    local: tuple[BaseGeometry, ...]
    """One multilinestring per small area; empty where nobody builds."""
    railway: BaseGeometry
    bridges: tuple[BaseGeometry, ...]
    built_up: BaseGeometry


def make_streets(
    land: Land,
    coverage: Coverage,
    plan: TownPlan,
    rng: np.random.Generator,
) -> Streets:
    """Draw main streets from the centre through the suburbs, then local streets between them."""
    wide = _wide_water(land, plan.terrain.river_width_m)
    main = _main_streets(land, wide)
    railway = _railway(land, wide)
    built_up = _built_up(land, plan.residents, rng)
    traffic = shapely.union_all([*main, railway])
    bridges = [
        part
        for part in shapely.get_parts(shapely.intersection(traffic, land.water.buffer(15)))
        if part.length > 20
    ]
    return Streets(
        main=main,
        local=_local_streets(land, coverage, built_up, railway, plan.residents, rng),
        railway=railway,
        bridges=tuple(bridges),
        built_up=built_up,
    )


def settlement_centres(land: Land) -> Floats:
    """Return where the settlements' middles lie, the town's centre first."""
    return land.warp(land.settlements[:, :2])


def _wide_water(land: Land, river_width_m: float) -> BaseGeometry:
    """Return the water that no bridge crosses: the lakes, but not the river."""
    return land.water.buffer(-0.95 * river_width_m).buffer(1.2 * river_width_m)


def _main_streets(land: Land, wide: BaseGeometry) -> tuple[LineString, ...]:
    places = land.settlements
    order = np.argsort(np.arctan2(places[1:, 1], places[1:, 0])) + 1
    outer = [(places[i, 0], places[i, 1]) for i in order]
    routes = [[(0.0, 0.0), (x, y), (4 * x, 4 * y)] for x, y in outer]
    routes.append(_smooth_ring(places[order, :2]))
    angle = np.linspace(0, 2 * np.pi, 60)
    ring = 1.35 * places[0, 2] * np.column_stack([np.cos(angle), np.sin(angle)])
    routes.append([(x, y) for x, y in ring])
    found: list[LineString] = []
    for route in routes:
        line = land.warp.geometry(LineString(route), 50.0)
        dry = shapely.intersection(line, land.outline).difference(wide)
        found.extend(part for part in shapely.get_parts(dry) if part.length > 350)
    return tuple(found)


def _smooth_ring(corners: Floats) -> list[tuple[float, float]]:
    """Return a closed curve through the corners (Catmull-Rom)."""
    points = []
    for i in range(len(corners)):
        a, b, c, d = (corners[(i + k) % len(corners)] for k in (-1, 0, 1, 2))
        for t in np.linspace(0, 1, 12, endpoint=False):
            spot = b + 0.5 * t * (
                c - a + t * (2 * a - 5 * b + 4 * c - d + t * (3 * (b - c) + d - a))
            )
            points.append((float(spot[0]), float(spot[1])))
    return [*points, points[0]]


def _railway(land: Land, wide: BaseGeometry) -> BaseGeometry:
    """Return a line past the centre that meets the river at a steep angle."""
    core = land.settlements[0, 2]
    course = land.warp.back(land.river)
    middle = int(np.argmin(np.hypot(course[:, 0], course[:, 1])))
    flow = course[middle + 1] - course[middle - 1]
    turn = np.arctan2(flow[1], flow[0]) + 1.15
    heading = np.array([np.cos(turn), np.sin(turn)])
    along = np.linspace(-9, 9, 200) * core
    bend = 0.5 * core * np.cos(along / (2.3 * core))
    side = np.array([-heading[1], heading[0]])
    line = LineString(along[:, None] * heading + (bend[:, None] + 0.25 * core) * side)
    dry = shapely.intersection(land.warp.geometry(line, 60.0), land.outline).difference(wide)
    return max(shapely.get_parts(dry), key=lambda part: part.length)


def _built_up(land: Land, residents: int, rng: np.random.Generator) -> BaseGeometry:
    discs = []
    for x, y, spread, share in land.settlements:
        peak = residents * share / (2 * np.pi * spread**2) * 1e6
        reach = spread * np.sqrt(2 * np.log(max(peak / BUILT_UP_PER_KM2, 1.5)))
        discs.append(blob(rng, (x, y), reach, roughness=0.17))
    warped = land.warp.geometry(shapely.union_all(discs), 60.0)
    return shapely.intersection(warped, land.outline.buffer(-60)).difference(land.water.buffer(22))


def _local_streets(
    land: Land,
    coverage: Coverage,
    built_up: BaseGeometry,
    railway: BaseGeometry,
    residents: int,
    rng: np.random.Generator,
) -> tuple[BaseGeometry, ...]:
    curl = make_warp(rng, (900.0, 330.0), 0.85)
    ground = built_up.difference(railway.buffer(18))
    people = land.density(land.warp.back(coverage.centroids)) * residents
    found = []
    for area, density in zip(coverage.areas, people, strict=True):
        block = shapely.intersection(area, ground)
        turn = rng.uniform(0, np.pi / 2)
        spacing = float(np.clip(150 - 0.012 * density, 68, 150)) * rng.uniform(0.9, 1.1)
        if block.area < 30_000:
            found.append(shapely.MultiLineString())
            continue
        grid = shapely.intersection(_grid(block, turn, spacing, curl), block)
        edge = shapely.intersection(area.boundary, ground)
        parts = shapely.get_parts(shapely.node(grid))
        kept = parts[(rng.random(len(parts)) > DROPPED_SHARE) & (shapely.length(parts) > 25)]
        lines = [*kept, *(p for p in shapely.get_parts(edge) if p.length > 1)]
        found.append(shapely.MultiLineString([line for line in lines if line.geom_type != "Point"]))
    return tuple(found)


def _grid(block: BaseGeometry, turn: float, spacing_m: float, curl: object) -> BaseGeometry:
    """Return two families of bent lines over a block; the cross streets lie farther apart."""
    low_x, low_y, high_x, high_y = block.bounds
    middle = np.array([(low_x + high_x) / 2, (low_y + high_y) / 2])
    reach = 0.75 * np.hypot(high_x - low_x, high_y - low_y) + 80
    lines = []
    for angle, gap in ((turn, spacing_m), (turn + np.pi / 2, 1.75 * spacing_m)):
        heading = np.array([np.cos(angle), np.sin(angle)])
        side = np.array([-heading[1], heading[0]])
        for offset in np.arange(-reach, reach, gap):
            start = middle + offset * side
            lines.append([start - reach * heading, start + reach * heading])
    straight = shapely.segmentize(shapely.MultiLineString(lines), 45.0)
    return shapely.transform(straight, curl)

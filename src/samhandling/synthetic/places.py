"""Squares, schools, stations, parks and tunnels."""

from dataclasses import dataclass

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from samhandling.synthetic.coverage import Coverage
from samhandling.synthetic.streets import Streets, settlement_centres
from samhandling.synthetic.terrain import Floats, Land


@dataclass(frozen=True, slots=True, eq=False)
class Place:
    """A named place in metres around the centre; `point` is where people meet there."""

    layer: str
    name: str
    point: tuple[float, float]
    geometry: BaseGeometry


NAMES = {
    "square": "{whose} torg",
    "station": "{whose} station",
    "school": "{whose} skola",
    "park": "{whose} park",
    "tunnel": "{whose} gångtunnel",
}
"""Swedish names of places after the area they lie in."""


def genitive(name: str) -> str:
    """Return the Swedish genitive of a name: none is added after s, x or z."""
    return name if name[-1] in "sxz" else name + "s"


def make_places(
    land: Land,
    coverage: Coverage,
    streets: Streets,
    wanted: tuple[tuple[str, int], ...],
    rng: np.random.Generator,
) -> list[tuple[str, tuple[float, float], BaseGeometry]]:
    """Return layer, meeting point and shape of each place, the most central of a layer first."""
    dry = land.outline.difference(land.water.buffer(30))
    centres = settlement_centres(land)
    busy = coverage.centroids[
        np.argsort(-coverage.homes / shapely.area(np.array(coverage.areas)), kind="stable")
    ]
    sources: dict[str, Floats] = {
        "square": np.vstack([centres, busy]),
        "station": _stations(land, streets),
        "school": rng.permutation(busy[: 3 * len(busy) // 4]) + rng.uniform(-80, 80, 2),
        "park": rng.permutation(busy[: 2 * len(busy) // 3]) + rng.uniform(-150, 150, 2),
        "tunnel": _tunnels(streets),
    }
    found = []
    for layer, count in wanted:
        apart = {"square": 500, "station": 1200, "school": 350, "park": 600, "tunnel": 250}[layer]
        for x, y in _choose(sources[layer], dry, count, apart):
            shape = _shape(layer, (x, y), streets, dry, rng)
            found.append((layer, (x, y), shape))
    return found


def _choose(
    candidates: Floats, dry: BaseGeometry, count: int, apart_m: float
) -> list[tuple[float, float]]:
    """Return up to `count` dry candidates, in order, that lie `apart_m` from each other."""
    chosen: list[tuple[float, float]] = []
    for x, y in candidates[shapely.contains_xy(dry, candidates)]:
        if all(np.hypot(x - a, y - b) > apart_m for a, b in chosen):
            chosen.append((float(x), float(y)))
        if len(chosen) == count:
            break
    return chosen


def _stations(land: Land, streets: Streets) -> Floats:
    """Return points of the railway, the busiest surroundings first."""
    steps = np.arange(0, streets.railway.length, 150.0)
    line = shapely.get_coordinates(shapely.line_interpolate_point(streets.railway, steps))
    busiest = np.argsort(-land.density(land.warp.back(line)), kind="stable")
    return np.asarray(line[busiest], dtype=np.float64)


def _tunnels(streets: Streets) -> Floats:
    """Return where streets meet the railway or each other at different levels, centre first."""
    crossings = [shapely.intersection(line, streets.railway) for line in streets.main]
    near = streets.railway.buffer(30)
    ends = [shapely.intersection(local, near) for local in streets.local if not local.is_empty]
    for i, first in enumerate(streets.main):
        crossings.extend(shapely.intersection(first, other) for other in streets.main[i + 1 :])
    ends_on_line = [
        shapely.line_interpolate_point(
            streets.railway, shapely.line_locate_point(streets.railway, part.centroid)
        )
        for part in shapely.get_parts(ends)
        if not part.is_empty
    ]
    points = shapely.get_coordinates([*crossings, *ends_on_line])
    nearest = np.argsort(np.hypot(points[:, 0], points[:, 1]), kind="stable")
    return np.asarray(points[nearest], dtype=np.float64)


def _shape(
    layer: str,
    at: tuple[float, float],
    streets: Streets,
    dry: BaseGeometry,
    rng: np.random.Generator,
) -> BaseGeometry:
    x, y = at
    turn = rng.uniform(0, 180)
    size = rng.uniform(0.8, 1.3)
    if layer == "station":
        return shapely.Point(x, y)
    if layer == "tunnel":
        return _across(at, streets)
    if layer == "park":
        angle = np.linspace(0, 2 * np.pi, 40, endpoint=False)
        wave = 1 + 0.25 * np.cos(2 * angle + turn) + 0.15 * np.cos(3 * angle - turn)
        ring = 150 * size * wave[:, None] * np.column_stack([np.cos(angle), np.sin(angle)])
        return shapely.intersection(shapely.Polygon(ring + np.array(at)), dry)
    long, wide = (95, 62) if layer == "square" else (75, 40)
    box = shapely.box(x - long * size / 2, y - wide / 2, x + long * size / 2, y + wide / 2)
    return shapely.affinity.rotate(box, turn)


def _across(at: tuple[float, float], streets: Streets) -> shapely.LineString:
    """Return a 36 m line across the railway or street that passes at the point."""
    lines = [streets.railway, *streets.main]
    over = min(lines, key=lambda line: float(line.distance(shapely.Point(at))))
    here = shapely.line_locate_point(over, shapely.Point(at))
    ends = shapely.get_coordinates(
        shapely.line_interpolate_point(over, [max(here - 10, 0.0), here + 10])
    )
    along = ends[1] - ends[0]
    side = 18 * np.array([-along[1], along[0]]) / np.hypot(*along)
    return shapely.LineString([np.array(at) - side, np.array(at) + side])

"""Areas that follow no level: the police's own, and a list that is redrawn."""

from datetime import date

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from samhandling.synthetic.coverage import Coverage
from samhandling.synthetic.nesting import Area, group, merge_geometry, name_areas
from samhandling.synthetic.plan import LevelPlan, TownPlan
from samhandling.synthetic.projection import Projection
from samhandling.synthetic.terrain import Land


def make_police_areas(
    plan: TownPlan,
    coverage: Coverage,
    wgs84: list[BaseGeometry],
    since: date,
    rng: np.random.Generator,
) -> list[Area]:
    """Divide the small areas as the police would: by distance alone, across river and districts."""
    level = plan.police_areas
    apart = np.linalg.norm(coverage.centroids[:, None] - coverage.centroids[None], axis=2)
    owner = group(apart, coverage.homes, level.count, rng)
    names = name_areas(level, level.count, rng)
    found = []
    for number in range(level.count):
        members = np.flatnonzero(owner == number)
        found.append(
            Area(
                level=level.slug,
                code=_code(plan, level, number),
                name=names[number],
                valid_from=since,
                valid_to=None,
                members=tuple(int(i) for i in members),
                geometry=merge_geometry([wgs84[i] for i in members]),
            )
        )
    return found


def make_listed_areas(
    plan: TownPlan,
    land: Land,
    neighbourhoods: list[Area],
    coverage: Coverage,
    since: date,
) -> list[Area]:
    """Draw the listed areas twice: the first is later split in two, the others grow.

    Notes
    -----
    The split keeps the outline: the number of areas rises though nothing changed on the ground.
    """
    projection = Projection(plan.centre)
    level, redrawn = plan.listed_areas, plan.listed_redrawn
    found = []
    for number, base in enumerate(_dense(neighbourhoods, coverage, level.count)):
        first = _outline(base, coverage, land, 0.0)
        second = _halves(first) if number == 0 else [_outline(base, coverage, land, 140.0)]
        status = "vulnerable" if number == 0 else "risk"
        versions = [(first, since, redrawn, ""), *((g, redrawn, None, "") for g in second)]
        for part, (geometry, valid_from, valid_to, _) in enumerate(versions):
            split = number == 0 and part > 0
            ending = "-" + "AB"[part - 1] if split else ""
            found.append(
                Area(
                    level=level.slug,
                    code=_code(plan, level, number) + ending,
                    name=base.name + (f" {' AB'[part]}" if split else ""),
                    valid_from=valid_from,
                    valid_to=valid_to,
                    members=(),
                    geometry=projection.geometry(geometry),
                    attributes=(("status", status),),
                )
            )
    return found


def _code(plan: TownPlan, level: LevelPlan, number: int) -> str:
    return level.code_format.format(municipality=plan.municipality_code, number=number + 1)


def _dense(neighbourhoods: list[Area], coverage: Coverage, count: int) -> list[Area]:
    """Return the neighbourhoods outside the middle with the most homes per square metre."""
    sizes = shapely.area(np.array(coverage.areas))
    distance = np.hypot(coverage.centroids[:, 0], coverage.centroids[:, 1])
    far = np.quantile(distance, 0.35)

    def density(area: Area) -> float:
        members = list(area.members)
        return float(coverage.homes[members].sum() / sizes[members].sum())

    outside = [a for a in neighbourhoods if distance[list(a.members)].mean() > far]
    return sorted(outside, key=density, reverse=True)[:count]


def _outline(base: Area, coverage: Coverage, land: Land, grown_m: float) -> BaseGeometry:
    """Return a rounded shape over most of a neighbourhood that keeps to none of its borders."""
    parts = shapely.union_all([coverage.areas[i] for i in base.members])
    middle = max(shapely.get_parts(parts.buffer(-70).buffer(-40).buffer(130)), key=shapely.area)
    shape = shapely.affinity.translate(middle.buffer(grown_m), 45.0, -35.0)
    rounded = shape.simplify(12.0).intersection(land.outline)
    return max(shapely.get_parts(rounded), key=shapely.area)


def _halves(geometry: BaseGeometry) -> list[BaseGeometry]:
    """Cut a shape in two across its longer side, the cut's vertices in both halves."""
    low_x, low_y, high_x, high_y = geometry.bounds
    x, y = geometry.centroid.coords[0]
    ends = (
        [(x, low_y - 10), (x, high_y + 10)]
        if high_x - low_x > high_y - low_y
        else [(low_x - 10, y), (high_x + 10, y)]
    )
    lines = shapely.union_all([geometry.boundary, shapely.LineString(ends)], grid_size=0.1)
    faces = [
        face
        for face in shapely.get_parts(shapely.polygonize(shapely.get_parts(lines)))
        if geometry.buffer(1).contains(face)
    ]
    first = [f for f in faces if (f.centroid.x, f.centroid.y) < (x, y)]
    ordered = sorted(faces, key=lambda f: (f.centroid.x, f.centroid.y))
    if len(faces) == 2:
        return ordered
    return [shapely.union_all(first), shapely.union_all([f for f in faces if f not in first])]

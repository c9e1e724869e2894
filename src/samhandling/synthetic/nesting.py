"""Levels above the small areas: contiguous groups, their names, and the top level redrawn."""

from dataclasses import dataclass, replace
from datetime import date

import numpy as np
import shapely
from scipy.sparse.csgraph import dijkstra
from shapely.geometry.base import BaseGeometry

from samhandling.synthetic.coverage import Coverage, Ints
from samhandling.synthetic.plan import LevelPlan, ReformPlan
from samhandling.synthetic.terrain import Floats

BORDER_MIN_M = 25.0
CROSSING_MAX_M = 900.0


@dataclass(frozen=True, slots=True)
class Area:
    """One version of one area.

    Attributes
    ----------
    level, code, name : str
        Where it belongs and what it is called.
    valid_from, valid_to : date
        When it holds; `valid_to` is exclusive and None while it still holds.
    members : tuple of int
        The small areas it consists of, as indices; empty for areas that follow none.
    geometry : BaseGeometry
        Polygon or multipolygon in WGS84.
    attributes : tuple of (str, str)
        Further facts, in order.
    """

    level: str
    code: str
    name: str
    valid_from: date
    valid_to: date | None
    members: tuple[int, ...]
    geometry: BaseGeometry
    attributes: tuple[tuple[str, str], ...] = ()

    def holds_on(self, day: date) -> bool:
        """Whether this version is the one in force on `day`."""
        return self.valid_from <= day and (self.valid_to is None or day < self.valid_to)


def walking_distances(coverage: Coverage) -> Floats:
    """Return metres between areas from neighbour to neighbour; over water each counts as four."""
    apart = np.linalg.norm(coverage.centroids[:, None] - coverage.centroids[None], axis=2)
    geometries = np.array(coverage.areas, dtype=object)
    first, second = shapely.STRtree(geometries).query(
        geometries, predicate="dwithin", distance=CROSSING_MAX_M
    )
    step = np.zeros_like(apart)
    step[first, second] = 4 * apart[first, second]
    beside = coverage.shared_border_m > BORDER_MIN_M
    step[beside] = apart[beside]
    found: Floats = dijkstra(step, directed=False)
    return found


def group(distances: Floats, weights: Ints, count: int, rng: np.random.Generator) -> Ints:
    """Group areas around `count` medoids, so that each group hangs together.

    Parameters
    ----------
    distances : array of float, shape (n, n)
        Walking distance between areas.
    weights : array of int, shape (n,)
        Residents, or homes.
    count : int
        Number of groups.
    rng : numpy.random.Generator
        Draws the first medoids.

    Returns
    -------
    array of int, shape (n,)
        The group of each area; group 0 holds the most central area (the least total distance).
    """
    medoids = _spread(distances, weights, count, rng)
    for _ in range(30):
        owner = np.argmin(distances[:, medoids], axis=1)
        moved = medoids.copy()
        for label in range(count):
            own = np.flatnonzero(owner == label)
            cost = (distances[np.ix_(own, own)] * weights[own]).sum(axis=1)
            moved[label] = own[np.argmin(cost)]
        if (moved == medoids).all():
            break
        medoids = moved
    owner = np.argmin(distances[:, medoids], axis=1)
    by_centrality = np.argsort((distances[medoids] * weights).sum(axis=1), kind="stable")
    rank = np.empty(count, dtype=np.int64)
    rank[by_centrality] = np.arange(count)
    return np.asarray(rank[owner], dtype=np.int64)


def _spread(distances: Floats, weights: Ints, count: int, rng: np.random.Generator) -> Ints:
    """Draw first medoids: each new one likelier the farther it is and the more people it has."""
    first = int(np.argmin((distances * weights).sum(axis=1)))
    chosen = [first]
    for _ in range(count - 1):
        chance = distances[:, chosen].min(axis=1) ** 1.5 * weights
        chosen.append(int(rng.choice(len(weights), p=chance / chance.sum())))
    return np.array(chosen, dtype=np.int64)


def merge_geometry(parts: list[BaseGeometry]) -> BaseGeometry:
    """Dissolve parts of one coverage."""
    return shapely.coverage_union_all(np.array(parts, dtype=object))


def name_areas(level: LevelPlan, count: int, rng: np.random.Generator) -> list[str]:
    """Return names for areas ordered from the centre outwards; the first name stays first."""
    if not level.names:
        return [""] * count
    rest = rng.permutation(np.array(level.names[1:]))[: count - 1]
    return [level.names[0], *(str(name) for name in rest)]


def redraw(
    top: list[Area], neighbourhoods: list[Area], reform: ReformPlan, first_code: str
) -> list[Area]:
    """Return the top level before and after its reform.

    The two smallest neighbours, by number of small areas, merge into a new area, and one
    neighbourhood moves between two others. Areas that nothing happens to keep one version.

    Raises
    ------
    ValueError
        If the areas lie so that this cannot be done.
    """
    merging, (giver, receiver, moved) = _reform(top, neighbourhoods)
    found = []
    for area in top:
        changed = area in (*merging, giver, receiver)
        found.append(replace(area, valid_to=reform.day) if changed else area)
    found.append(
        replace(
            _reshaped(merging[0], [*merging]),
            code=first_code,
            name=reform.merged_name,
            valid_from=reform.day,
        )
    )
    remaining = [a for a in neighbourhoods if set(a.members) <= set(giver.members) and a != moved]
    found.append(replace(_reshaped(giver, remaining), valid_from=reform.day))
    found.append(replace(_reshaped(receiver, [receiver, moved]), valid_from=reform.day))
    return found


def _reshaped(area: Area, parts: list[Area]) -> Area:
    return replace(
        area,
        geometry=merge_geometry([part.geometry for part in parts]),
        members=tuple(sorted(member for part in parts for member in part.members)),
    )


def _reform(
    top: list[Area], neighbourhoods: list[Area]
) -> tuple[tuple[Area, Area], tuple[Area, Area, Area]]:
    """Return the two to merge, and giver, receiver and neighbourhood of the moved border."""
    for merging in _mergeable(top):
        others = [area for area in top if area not in merging]
        if moves := _moves(others, neighbourhoods):
            return merging, moves[0]
    msg = f"Among {len(top)} areas none can merge while others move a border; take another seed."
    raise ValueError(msg)


def _mergeable(top: list[Area]) -> list[tuple[Area, Area]]:
    """Return the pairs with a common border, the smallest first and those with the centre last."""
    borders = [
        (i == 0, len(a.members) + len(b.members), i, j)
        for i, a in enumerate(top)
        for j, b in enumerate(top[i + 1 :], i + 1)
        if shapely.length(shapely.intersection(a.geometry, b.geometry)) > 0
    ]
    return [(top[i], top[j]) for _, _, i, j in sorted(borders)]


def _moves(others: list[Area], neighbourhoods: list[Area]) -> list[tuple[Area, Area, Area]]:
    """Return giver, receiver and neighbourhood, the longest border to the receiver first."""
    found = []
    for giver in others:
        own = [a for a in neighbourhoods if set(a.members) <= set(giver.members)]
        for receiver in others:
            for area in own if receiver is not giver and len(own) > 1 else ():
                common = shapely.length(shapely.intersection(area.geometry, receiver.geometry))
                if common > 0:
                    found.append((common, (giver, receiver, area)))
    return [move for _, move in sorted(found, key=lambda pair: -pair[0])]

"""Gathers a week's observations at places: those of one name, or within some 150 metres."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import numpy as np
from scipy.cluster.hierarchy import fcluster, linkage

from samhandling.space import SWEREF99_TM, WGS84, transform
from samhandling_web.observe.observations.rules import Severity

SPAN_M = 150
"""No two observations gathered without a name lie farther apart than this."""


@dataclass(frozen=True, slots=True)
class SeenRow:
    """One observation as the week reads it."""

    number: int
    district: int | None
    category: str
    category_name: str
    kind: str
    severity: str
    status: str
    start: datetime
    place_name: str
    text: str = ""
    point: tuple[float, float] | None = None


@dataclass(slots=True)
class Gathered:
    """A place of the week: its name, or none where nobody gave one, and what was seen there."""

    name: str
    rows: list[SeenRow] = field(default_factory=list)

    @property
    def point(self) -> tuple[float, float] | None:
        points = [row.point for row in self.rows if row.point]
        if not points:
            return None
        longitude, latitude = np.mean(points, axis=0)
        return round(float(longitude), 5), round(float(latitude), 5)

    def as_json(self) -> dict[str, Any]:
        """Return what the compilation keeps of the place."""
        categories = Counter(row.category_name for row in self.rows)
        severities = Counter(row.severity for row in self.rows)
        return {
            "name": self.name,
            "point": self.point,
            "count": len(self.rows),
            "categories": [{"name": name, "count": n} for name, n in categories.most_common()],
            "severity": {str(one): severities[one] for one in Severity},
            "observations": [row.number for row in self.rows],
        }


def gathered(rows: Sequence[SeenRow]) -> list[Gathered]:
    """Return the places of the week, those with most first.

    What has a name is gathered by it. What has only a point joins the nearest such name within
    reach, and else those points that all lie within reach of each other.
    """
    named: dict[str, Gathered] = {}
    for row in rows:
        if row.place_name:
            key = " ".join(row.place_name.split()).casefold()
            named.setdefault(key, Gathered(row.place_name)).rows.append(row)
    unnamed = [row for row in rows if not row.place_name and row.point]
    left = _joined_to_names(list(named.values()), unnamed)
    places = [*named.values(), *_clusters(left)]
    return sorted(places, key=lambda place: (-len(place.rows), not place.name, place.name))


def _joined_to_names(named: list[Gathered], rows: list[SeenRow]) -> list[SeenRow]:
    """Put points that lie within reach of a named place there; return the rest."""
    known = [(place, row.point) for place in named for row in place.rows if row.point]
    if not known or not rows:
        return rows
    at = _metres([point for _place, point in known])
    left = []
    for row, position in zip(rows, _metres([row.point for row in rows if row.point]), strict=True):
        distances = np.hypot(*(at - position).T)
        nearest = int(distances.argmin())
        if distances[nearest] <= SPAN_M:
            known[nearest][0].rows.append(row)
        else:
            left.append(row)
    return left


def _clusters(rows: list[SeenRow]) -> list[Gathered]:
    if len(rows) < 2:
        return [Gathered("", [row]) for row in rows]
    points = _metres([row.point for row in rows if row.point])
    labels = fcluster(linkage(points, method="complete"), t=SPAN_M, criterion="distance")
    found: dict[int, Gathered] = {}
    for row, label in zip(rows, labels, strict=True):
        found.setdefault(int(label), Gathered("")).rows.append(row)
    return list(found.values())


def _metres(points: Sequence[tuple[float, float]]) -> Any:
    """Return points in SWEREF 99 TM, where distances are metres."""
    longitudes, latitudes = np.asarray(points, dtype=float).T
    return np.column_stack(transform(longitudes, latitudes, source=WGS84, target=SWEREF99_TM))

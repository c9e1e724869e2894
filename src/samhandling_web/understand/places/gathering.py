"""Gathers what proposed places are found in: observations, events and findings of twelve months."""

from dataclasses import dataclass, replace
from datetime import date, timedelta

import numpy as np
import shapely
from django.utils import timezone
from numpy.typing import NDArray

from samhandling.patterns.rates import poisson_interval
from samhandling.space.projection import SWEREF99_TM, WGS84, transform
from samhandling_web.base.areas import selectors as areas
from samhandling_web.base.areas.models import Area
from samhandling_web.observe.events.snapshot.queries import (
    EPOCH,
    NoSnapshot,
    Selection,
    snapshot_in_use,
)
from samhandling_web.observe.observations.rules import (
    RADIUS_M,
    UNSAFE_KINDS,
    Precision,
    Severity,
)
from samhandling_web.observe.walks.models import Finding
from samhandling_web.understand.places.clusters import CLUSTER_RADIUS_M, Cluster, Points
from samhandling_web.understand.places.ground import in_metres, shape_of
from samhandling_web.understand.places.models import Place
from samhandling_web.understand.places.queries.events import points_known
from samhandling_web.understand.places.scoring import (
    SEVERITY_MARKS,
    Part,
    Scored,
    reports_of_hundred,
    scored,
    times_denser,
)
from samhandling_web.understand.places.selectors import observations_open

DAYS = 365
# Reports that may be further off than this are of a neighbourhood, not of a place.
COARSEST_M = 100


@dataclass(frozen=True, slots=True, eq=False)
class Seen:
    """Observations as columns."""

    points: Points
    numbers: NDArray[np.int64]
    days: NDArray[np.int64]
    severity: NDArray[np.float64]
    per_district: dict[int | None, int]


@dataclass(frozen=True, slots=True, eq=False)
class Happened:
    """Events with a known point as columns, and how many a square holds where there are any."""

    points: Points
    days: NDArray[np.int64]
    expected_in_cell: float
    expected_by_district: dict[str, float]


@dataclass(frozen=True, slots=True)
class Found:
    """One proposed place with everything that is stored of it."""

    key: str
    longitude: float
    latitude: float
    district: Area | None
    parts: list[Scored]
    evidence: dict[str, object]
    first_day: date
    last_day: date


def observations_seen() -> Seen:
    """Return the year's observations of something unsafe that are placed well enough."""
    since = timezone.now() - timedelta(days=DAYS)
    precise = [one for one, radius in RADIUS_M.items() if radius <= COARSEST_M]
    rows = list(
        observations_open()
        .filter(start__gte=since, category__kind__in=UNSAFE_KINDS, longitude__isnull=False)
        .filter(precision__in=[str(Precision(one)) for one in precise])
        .order_by("pk")
        .values_list("longitude", "latitude", "pk", "start", "severity", "district")
    )
    if not rows:
        return Seen(_points((), ()), _whole([]), _whole([]), np.zeros(0), {})
    lon, lat, numbers, starts, severities, districts = zip(*rows, strict=True)
    per_district: dict[int | None, int] = {}
    for district in districts:
        per_district[district] = per_district.get(district, 0) + 1
    return Seen(
        points=_points(lon, lat),
        numbers=_whole(numbers),
        days=_whole([(start.date() - EPOCH).days for start in starts]),
        severity=np.array([SEVERITY_MARKS[Severity(one)] for one in severities]),
        per_district=per_district,
    )


def events_happened(today: date) -> Happened:
    """Return a year of events with a known point, from the source that has the most of them."""
    nothing = Happened(_points((), ()), _whole([]), 0.0, {})
    try:
        snapshot = snapshot_in_use()
    except NoSnapshot:
        return nothing
    known = points_known(snapshot)
    if not known:
        return nothing
    source = max(known, key=lambda slug: known[slug][1])
    last = min(today, known[source][0][1])
    first = last - timedelta(days=DAYS - 1)
    lon, lat, days = snapshot.points(Selection(start=first, end=last, sources=(source,)))
    points = _points(lon, lat)
    if not len(lon):
        return nothing
    return Happened(
        points, days.astype(np.int64), _per_cell(points), _by_district(points, lon, lat, today)
    )


def _per_cell(points: Points) -> float:
    """Return how many there are in a square that holds any."""
    return len(points.x) / len(np.unique(points.cells, axis=0))


def _by_district(
    points: Points, lon: NDArray[np.float64], lat: NDArray[np.float64], today: date
) -> dict[str, float]:
    level = areas.district_level()
    days = areas.division_days(level.slug) if level else []
    if level is None or not days:
        return {}
    districts = areas.area_as_set(level.slug, max(days[0], today))
    at = districts.assign(lon, lat)
    return {
        districts.codes[number]: _per_cell(Points(points.x[at == number], points.y[at == number]))
        for number in np.unique(at[at >= 0]).tolist()
    }


def outside_places(seen: Seen, happened: Happened) -> tuple[Seen, Happened]:
    """Leave out what lies within the radius of a place that people know already."""
    reach = [
        in_metres(shape_of(geometry)).buffer(radius)
        for geometry, radius in Place.objects.values_list("geometry", "radius_m")
    ]
    if not reach:
        return seen, happened
    tree = shapely.STRtree(reach)
    here, there = _free(tree, seen.points), _free(tree, happened.points)
    left = replace(
        seen,
        points=Points(seen.points.x[here], seen.points.y[here]),
        numbers=seen.numbers[here],
        days=seen.days[here],
        severity=seen.severity[here],
    )
    events = Points(happened.points.x[there], happened.points.y[there])
    return left, replace(happened, points=events, days=happened.days[there])


def explained(cluster: Cluster, seen: Seen, happened: Happened, today: date) -> Found:
    """Return the cluster with its score in parts and what it rests on."""
    x, y = cluster.centre
    lon, lat = transform([x], [y], SWEREF99_TM, WGS84)
    longitude, latitude = float(lon[0]), float(lat[0])
    district = areas.district_at(longitude, latitude, today)
    findings = _findings_around(x, y, longitude, latitude)
    seen_days, event_days = seen.days[cluster.observations], happened.days[cluster.events]
    days = np.concatenate([seen_days, event_days])
    parts = scored(
        {
            Part.REPORTS: reports_of_hundred(
                len(cluster.observations),
                seen.per_district.get(district.pk if district else None, 0),
            ),
            Part.EVENTS: _times_denser(cluster, happened, district),
            Part.FINDINGS: len(findings),
            Part.SEVERITY: _mean(seen.severity[cluster.observations]),
            # A source of events may end before today: its twelve months are others.
            Part.PERSISTENCE: max(_months(seen_days), _months(event_days)),
        }
    )
    evidence: dict[str, object] = {
        "observations": seen.numbers[cluster.observations].tolist(),
        "findings": findings,
        "events": len(cluster.events),
    }
    first, last = (EPOCH + timedelta(days=int(day)) for day in (days.min(), days.max()))
    return Found(cluster.key, longitude, latitude, district, parts, evidence, first, last)


def _times_denser(cluster: Cluster, happened: Happened, district: Area | None) -> float:
    if not len(cluster.events):
        return 0.0
    cells = len(np.unique(happened.points.cells[cluster.events], axis=0))
    low = float(poisson_interval([len(cluster.events)])[0][0])
    usual = happened.expected_by_district.get(
        district.code if district else "", happened.expected_in_cell
    )
    return times_denser(low, usual * cells)


def _findings_around(x: float, y: float, longitude: float, latitude: float) -> list[int]:
    """Return the unsafe findings within the cluster's radius."""
    up = CLUSTER_RADIUS_M * 1.2 / 111_000
    along = up / max(0.1, float(np.cos(np.radians(latitude))))
    rows = list(
        Finding.objects.filter(
            is_safe=False,
            longitude__range=(longitude - along, longitude + along),
            latitude__range=(latitude - up, latitude + up),
        ).values_list("pk", "longitude", "latitude")
    )
    if not rows:
        return []
    numbers, lon, lat = zip(*rows, strict=True)
    there = _points(lon, lat)
    near = np.hypot(there.x - x, there.y - y) <= CLUSTER_RADIUS_M
    return sorted(number for number, is_near in zip(numbers, near, strict=True) if is_near)


def _free(tree: shapely.STRtree, points: Points) -> NDArray[np.bool_]:
    free = np.ones(len(points.x), dtype=bool)
    if len(points.x):
        free[tree.query(shapely.points(points.x, points.y), predicate="intersects")[0]] = False
    return free


def _points(lon: object, lat: object) -> Points:
    return Points(*transform(np.asarray(lon, dtype=float), np.asarray(lat, dtype=float)))


def _whole(values: object) -> NDArray[np.int64]:
    return np.asarray(values, dtype=np.int64)


def _mean(values: NDArray[np.float64]) -> float:
    return float(values.mean()) if len(values) else 0.0


def _months(days: NDArray[np.int64]) -> int:
    months = np.unique(days.astype("datetime64[D]").astype("datetime64[M]"))
    return min(12, len(months))

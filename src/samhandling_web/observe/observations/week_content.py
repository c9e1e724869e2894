"""What a week's compilation holds for each district, from what was seen and who reported."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from samhandling_web.observe.observations import week_figures
from samhandling_web.observe.observations.rules import (
    RESTRICTED_CATEGORIES,
    UNSAFE_KINDS,
    CategoryKind,
    Severity,
    week_of,
)
from samhandling_web.observe.observations.week_figures import Effort
from samhandling_web.observe.observations.week_places import SeenRow, gathered

FORM = 1
MOST_PLACES = 40
LISTED = (CategoryKind.SAFE, CategoryKind.POSITIVE, CategoryKind.RUMOUR)


@dataclass(frozen=True, slots=True)
class WeekMaterial:
    """All that a week's compilations are made of."""

    week: date
    rows: Sequence[SeenRow]
    earlier: Sequence[SeenRow]
    coming: Sequence[SeenRow]
    efforts: Sequence[Effort]
    joined: Mapping[int | None, int]
    late: Mapping[int | None, int]
    data_version: str


def contents_of(material: WeekMaterial, districts: Iterable[int]) -> dict[int, dict[str, Any]]:
    """Return what each district's compilation holds."""
    active = {
        week: week_figures.active_in(week, material.efforts)
        for week in (*week_figures.weeks_before(material.week), material.week)
    }
    unsafe = Counter(row.district for row in material.rows if _is_unsafe(row))
    corrected = week_figures.per_ten_reporters(unsafe, active[material.week])
    return {
        district: _content(material, district, active, corrected.get(district))
        for district in districts
    }


def _content(
    material: WeekMaterial,
    district: int,
    active: Mapping[date, Mapping[int | None, int]],
    corrected: Mapping[str, float] | None,
) -> dict[str, Any]:
    rows = [row for row in material.rows if row.district == district]
    shown = [row for row in rows if row.category not in RESTRICTED_CATEGORIES]
    earlier = [row for row in material.earlier if row.district == district]
    before = week_figures.weeks_before(material.week)
    now_active = active[material.week].get(district, 0)
    active_before = [active[week].get(district, 0) for week in before]
    unsafe = [row for row in shown if _is_unsafe(row)]
    unsafe_before = _by_week([row for row in earlier if _is_unsafe(row)], before)
    return {
        "form": FORM,
        "method": week_figures.METHOD,
        "data_version": material.data_version,
        "effort": {
            "active": now_active,
            "active_before": active_before,
            "reporters": _reporters_of(material, district),
        },
        "unsafe": week_figures.compared(len(unsafe), unsafe_before, now_active, active_before),
        "per_ten": dict(corrected) if corrected else None,
        "severity": {str(one): sum(row.severity == one for row in unsafe) for one in Severity},
        "categories": _categories(shown, earlier, before, now_active, active_before),
        "places": [place.as_json() for place in gathered(unsafe)[:MOST_PLACES]],
        "listed": {str(kind): _listed(shown, kind) for kind in LISTED},
        "coming": [
            _line(row)
            for row in material.coming
            if row.district in {district, None} and row.category not in RESTRICTED_CATEGORIES
        ],
        "joined": material.joined.get(district, 0),
        "late": material.late.get(district, 0),
        "restricted": len(rows) - len(shown),
    }


def _is_unsafe(row: SeenRow) -> bool:
    return row.kind in UNSAFE_KINDS and row.category not in RESTRICTED_CATEGORIES


def _by_week(rows: Iterable[SeenRow], weeks: Sequence[date]) -> list[int]:
    counts = Counter(week_of(timezone.localdate(row.start)) for row in rows)
    return [counts[week] for week in weeks]


def _reporters_of(material: WeekMaterial, district: int) -> int:
    """Return how many reported in the week itself."""
    last = material.week + timedelta(days=6)
    return len(
        {
            effort.reporter
            for effort in material.efforts
            if effort.district == district and material.week <= effort.day <= last
        }
    )


def _categories(
    rows: Sequence[SeenRow],
    earlier: Sequence[SeenRow],
    before: Sequence[date],
    active: int,
    active_before: Sequence[int],
) -> list[dict[str, Any]]:
    """Return one line for each category seen now or before, those with most first."""
    now: dict[str, list[SeenRow]] = defaultdict(list)
    then: dict[str, list[SeenRow]] = defaultdict(list)
    for row in rows:
        now[row.category].append(row)
    for row in earlier:
        if row.category not in RESTRICTED_CATEGORIES:
            then[row.category].append(row)
    lines = []
    for slug in {*now, *then}:
        example = (now[slug] or then[slug])[0]
        counts = _by_week(then[slug], before)
        line = week_figures.compared(len(now[slug]), counts, active, active_before)
        severities = Counter(row.severity for row in now[slug])
        line |= {"slug": slug, "name": example.category_name, "kind": example.kind}
        line["severity"] = {str(one): severities[one] for one in Severity}
        lines.append(line)
    return sorted(lines, key=lambda line: (-line["count"], -(line["mean"] or 0), line["name"]))


def _listed(rows: Sequence[SeenRow], kind: CategoryKind) -> list[dict[str, Any]]:
    return [_line(row) for row in rows if row.kind == kind]


def _line(row: SeenRow) -> dict[str, Any]:
    return {
        "observation": row.number,
        "category": row.category_name,
        "place": row.place_name,
        "start": row.start.isoformat(),
        "text": row.text,
    }

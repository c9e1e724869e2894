"""What a snapshot is made from: the divisions of the municipality and the current events."""

from collections.abc import Iterator, Mapping
from datetime import date
from itertools import zip_longest

import numpy as np

from samhandling.space.areas import AreaSet
from samhandling.space.crosswalk import overlaps
from samhandling_web.base.areas import selectors as areas
from samhandling_web.base.areas.models import AreaLevel
from samhandling_web.observe.events import selectors as events
from samhandling_web.observe.events.snapshot.build import Row
from samhandling_web.observe.events.snapshot.layout import Division
from samhandling_web.observe.events.snapshot.placing import AreaKey, Links

# An area belongs to an overlay (the police's list, say) when at least half of it lies inside.
LEAST_SHARE_IN_OVERLAY = 0.5
PLACED_BY_TEXT = "neighbourhood"

TRUTH_COLUMNS = (
    "id",
    "source",
    "category",
    "start",
    "end",
    "lon",
    "lat",
    "position_precision",
    "area_level",
    "area_code",
    "count",
    "municipality_code",
    "placed_level",
    "placed_code",
)


def version() -> str:
    """Return a text that changes when events, their placing or the areas change."""
    revisions = AreaLevel.objects.order_by("slug").values_list("slug", "revision")
    return events.data_version() + "|" + "|".join(f"{s}:{r}" for s, r in revisions)


def rows() -> Iterator[Row]:
    """Stream the current events, with the place their own text tells where no other is known."""
    for row in events.current_event_rows(TRUTH_COLUMNS):
        placed_level, placed_code = row[-2:]
        if placed_code and row[5] is None and not row[9]:
            yield (*row[:7], PLACED_BY_TEXT, placed_level, placed_code, *row[10:-2])
        else:
            yield row[:-2]


def divisions() -> list[tuple[Division, bool]]:
    """Return every division of every level, and whether it is an overlay."""
    found: list[tuple[Division, bool]] = []
    for level in AreaLevel.objects.all():
        days = areas.division_days(level.slug)
        for start, end in zip_longest(days, days[1:]):
            if areas.areas_on(level.slug, start).exists():
                column = f"v{len(found)}"
                area_set = areas.area_as_set(level.slug, start)
                found.append((Division(column, area_set, start, end), level.is_overlay))
    return found


def links(all_divisions: list[tuple[Division, bool]]) -> Mapping[str, Links]:
    """Return, for each division, where every area of every other level belongs in it."""
    newest = _newest_of_each_level([division for division, _overlay in all_divisions])
    return {
        division.column: _links_into(division, newest, is_overlay=is_overlay)
        for division, is_overlay in all_divisions
    }


def _newest_of_each_level(all_divisions: list[Division]) -> dict[str, list[AreaSet]]:
    """Return each level's area sets, oldest first, so that newer ones overrule."""
    by_level: dict[str, list[tuple[date, AreaSet]]] = {}
    for division in all_divisions:
        by_level.setdefault(division.level, []).append((division.valid_from, division.areas))
    return {
        level: [areas_ for _day, areas_ in sorted(sets, key=lambda pair: pair[0])]
        for level, sets in by_level.items()
    }


def _links_into(
    division: Division, levels: dict[str, list[AreaSet]], *, is_overlay: bool
) -> dict[AreaKey, int]:
    found: dict[AreaKey, int] = {}
    for level, sets in levels.items():
        if level == division.level:
            continue
        for area_set in sets:
            found |= _largest_shares(area_set, division.areas, is_overlay=is_overlay)
    own = {(division.level, code): at for at, code in enumerate(division.areas.codes)}
    return found | own


def _largest_shares(origin: AreaSet, target: AreaSet, *, is_overlay: bool) -> dict[AreaKey, int]:
    """Return for each area of `origin` the area of `target` that holds most of it."""
    i, j, surface, origin_surface, _target_surface = overlaps(origin, target)
    share = surface / origin_surface[i]
    rising = np.argsort(share, kind="stable")
    least = LEAST_SHARE_IN_OVERLAY if is_overlay else 0.0
    return {(origin.level, origin.codes[i[at]]): int(j[at]) for at in rising if share[at] >= least}

"""What a snapshot is made from: the divisions of the municipality and the current events."""

from collections.abc import Iterator, Mapping
from datetime import date
from itertools import zip_longest

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from samhandling.space.areas import AreaSet
from samhandling.space.crosswalk import overlaps
from samhandling_web.base.areas import selectors as areas
from samhandling_web.base.areas.models import AreaLevel
from samhandling_web.observe.events import selectors as events
from samhandling_web.observe.events.rules import COARSE_PRECISIONS
from samhandling_web.observe.events.snapshot.build import EVENTS
from samhandling_web.observe.events.snapshot.layout import Division
from samhandling_web.observe.events.snapshot.placing import AreaKey, Links

# An area belongs to the area of another level that holds at least half of it, if any does: a
# municipality lies in none of its districts, and an area half outside the police's list not on it.
LEAST_SHARE = 0.5
PLACED_BY_TEXT = "neighbourhood"

TRUTH = pa.schema([*EVENTS, ("placed_level", pa.string()), ("placed_code", pa.string())])


def version() -> str:
    """Return a text that changes when events, their placing or the areas change."""
    revisions = AreaLevel.objects.order_by("slug").values_list("slug", "revision")
    return events.data_version() + "|" + "|".join(f"{s}:{r}" for s, r in revisions)


def tables() -> Iterator[pa.Table]:
    """Stream the current events, with the place their own text tells where no other is known."""
    return map(_with_told_places, events.current_event_tables(TRUTH))


def _with_told_places(table: pa.Table) -> pa.Table:
    coarse = pa.array(sorted(COARSE_PRECISIONS), pa.string())
    is_placed = pc.fill_null(pc.not_equal(table["placed_code"], ""), fill_value=False)
    told = pc.and_(is_placed, pc.is_in(table["position_precision"], value_set=coarse))
    by_text = {
        "position_precision": PLACED_BY_TEXT,
        "area_level": table["placed_level"],
        "area_code": table["placed_code"],
    }
    columns = {name: table[name] for name in EVENTS.names}
    columns |= {name: pc.if_else(told, new, columns[name]) for name, new in by_text.items()}
    return pa.table(columns, schema=EVENTS)


def divisions() -> list[Division]:
    """Return every division of every level."""
    found: list[Division] = []
    for level in AreaLevel.objects.all():
        days = areas.division_days(level.slug)
        for start, end in zip_longest(days, days[1:]):
            if areas.areas_on(level.slug, start).exists():
                column = f"v{len(found)}"
                area_set = areas.area_as_set(level.slug, start)
                found.append(Division(column, area_set, start, end))
    return found


def links(all_divisions: list[Division]) -> Mapping[str, Links]:
    """Return, for each division, where every area of every other level belongs in it."""
    newest = _newest_of_each_level(all_divisions)
    return {division.column: _links_into(division, newest) for division in all_divisions}


def _newest_of_each_level(all_divisions: list[Division]) -> dict[str, list[AreaSet]]:
    """Return each level's area sets, oldest first, so that newer ones overrule."""
    by_level: dict[str, list[tuple[date, AreaSet]]] = {}
    for division in all_divisions:
        by_level.setdefault(division.level, []).append((division.valid_from, division.areas))
    return {
        level: [areas_ for _day, areas_ in sorted(sets, key=lambda pair: pair[0])]
        for level, sets in by_level.items()
    }


def _links_into(division: Division, levels: dict[str, list[AreaSet]]) -> dict[AreaKey, int]:
    found: dict[AreaKey, int] = {}
    for level, sets in levels.items():
        if level == division.level:
            continue
        for area_set in sets:
            found |= _largest_shares(area_set, division.areas)
    own = {(division.level, code): at for at, code in enumerate(division.areas.codes)}
    return found | own


def _largest_shares(origin: AreaSet, target: AreaSet) -> dict[AreaKey, int]:
    """Return for each area of `origin` the area of `target` that holds most of it."""
    i, j, surface, origin_surface, _target_surface = overlaps(origin, target)
    share = surface / origin_surface[i]
    rising = np.argsort(share, kind="stable")
    return {
        (origin.level, origin.codes[i[at]]): int(j[at]) for at in rising if share[at] >= LEAST_SHARE
    }

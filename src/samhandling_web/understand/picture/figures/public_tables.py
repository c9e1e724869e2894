"""Counts that may be shown to everyone: one protected system of tables for each calendar year.

What an attacker can subtract is decided by what is published together, so that little is: whole
calendar years, the division of the year's last day, kinds of events for the largest areas alone,
and the areas inside them by their total only. Large areas and kinds make one two-way table with
a row for what has no area. Smaller areas make one line inside each large area whose total is
shown, with an entry for what lies in none of them; inside one whose total is withheld, nothing
is shown. Given the total, line and table tell nothing of each other.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np
from django.core.cache import cache
from numpy.typing import NDArray

from samhandling.disclosure import suppress
from samhandling_web.base.areas import selectors as areas
from samhandling_web.observe.events.snapshot import layout
from samhandling_web.observe.events.snapshot.overview import holdings
from samhandling_web.observe.events.snapshot.queries import (
    Selection,
    Snapshot,
    UnknownDivision,
    snapshot_in_use,
)

LEAST_SHOWN = 5
WITHHELD = -1
KEPT_SECONDS = 24 * 3600
FORMAT = 2
Counts = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class PublicLine:
    """The areas inside one large area by their total; the last entry lies in none of them."""

    level: str
    within: str
    codes: tuple[str, ...]
    values: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class PublicTable:
    """One source in one year: a row for each large area, for no area, and for all.

    The last column is all kinds. `WITHHELD` stands for what is not shown.
    """

    source: str
    year: int
    level: str
    codes: tuple[str, ...]
    categories: tuple[str, ...]
    values: tuple[tuple[int, ...], ...]
    lines: tuple[PublicLine, ...] = ()

    def row(self, level: str, code: str) -> dict[str, int]:
        """Return an area's figures by kind, all kinds under ""; the whole when no code."""
        if not code:
            return dict(zip((*self.categories, ""), self.values[-1], strict=True))
        if level == self.level and code in self.codes:
            values = self.values[self.codes.index(code)]
            return dict(zip((*self.categories, ""), values, strict=True))
        for line in self.lines:
            if line.level == level and code in line.codes:
                return {"": line.values[line.codes.index(code)]}
        return {}


def public_tables() -> list[PublicTable]:
    """Return every table that is published, kept until the data change."""
    folder = layout.current_folder()
    levels = public_levels()
    if folder is None or not levels:
        return []
    version = layout.meta_load(folder).data_version
    key = f"picture-public-{FORMAT}-{version[:32]}-{'-'.join(levels)}"
    tables: list[PublicTable] | None = cache.get(key)
    if tables is None:
        tables = list(_made(snapshot_in_use(), levels))
        cache.set(key, tables, KEPT_SECONDS)
    return tables


def public_levels() -> list[str]:
    """Return the levels with open pages: those that cover the municipality, save the smallest."""
    levels = areas.levels_visible_to(None).filter(is_overlay=False)
    slugs = [level.slug for level in levels if not level.is_base_unit]
    return slugs or [level.slug for level in levels[:1]]


def _made(snapshot: Snapshot, levels: Sequence[str]) -> Iterator[PublicTable]:
    for source in snapshot.meta.sources:
        for year in _whole_years(snapshot, source):
            try:
                yield _table(snapshot, source, year, levels)
            except UnknownDivision:
                continue


def _whole_years(snapshot: Snapshot, source: str) -> range:
    """Return the calendar years that the source tells of from January to December."""
    holding = holdings(snapshot).get(source)
    if holding is None:
        return range(0)
    first, last = holding.known
    return range(first.year + (first.month > 1), last.year + (last.month == 12))


def _table(snapshot: Snapshot, source: str, year: int, levels: Sequence[str]) -> PublicTable:
    whole = Selection(
        start=date(year, 1, 1), end=date(year, 12, 31), sources=(source,),
        level=levels[0], on=date(year, 12, 31),
    )  # fmt: skip
    kinds = tuple(sorted(snapshot.by_category(whole)))
    columns = [_by_area(snapshot, replace(whole, categories=(kind,)), levels[0]) for kind in kinds]
    codes = tuple(snapshot.division(levels[0], whole.on).codes)
    table = protected(source, year, levels[0], codes, kinds, np.column_stack(columns))
    crossed = [_crossed(snapshot, whole, codes, level) for level in levels[1:]]
    lines = [line for one in crossed for line in lines_within(table, *one)]
    return replace(table, lines=tuple(lines))


def _by_area(snapshot: Snapshot, selection: Selection, level: str) -> Counts:
    """Return whole counts per area, and last what lies in none."""
    found = snapshot.by_area(selection, level)
    counts: Counts = np.rint(np.append(found.counts, found.unplaced)).astype(np.int64)
    return counts


def _crossed(
    snapshot: Snapshot, whole: Selection, large: Sequence[str], level: str
) -> tuple[str, tuple[str, ...], Counts]:
    """Return a level's codes, and counts with a row for each large area and for none."""
    rows = [_by_area(snapshot, replace(whole, areas=(code,)), level) for code in large]
    everywhere = _by_area(snapshot, whole, level)
    rows.append(everywhere - np.sum(rows, axis=0))
    return level, tuple(snapshot.division(level, whole.on).codes), np.array(rows)


def protected(
    source: str,
    year: int,
    level: str,
    codes: tuple[str, ...],
    kinds: tuple[str, ...],
    counts: Counts,
) -> PublicTable:
    """Withhold small counts of a table, and what would give them away.

    `counts` has a row for each area and one for none, and a column for each kind.
    """
    safe = suppress(counts, LEAST_SHOWN)
    values = tuple(tuple(int(n) for n in row) for row in safe.value)
    return PublicTable(source, year, level, codes, kinds, values)


def lines_within(
    table: PublicTable, level: str, codes: tuple[str, ...], counts: Counts
) -> list[PublicLine]:
    """Return the protected lines of smaller areas, none when they cut across the large ones.

    `counts` has a row for each large area and one for none, a column for each smaller area and
    last one for what lies in none of them.
    """
    inside = counts[:, :-1]
    if ((inside > 0).sum(axis=0) > 1).any() or inside[-1].any():
        return []
    lines = []
    for at, within in enumerate(table.codes):
        own = np.flatnonzero(inside[at])
        if not len(own):
            continue
        entries = np.append(inside[at, own], counts[at, -1])
        total = table.values[at][-1]
        shown = suppress(entries, LEAST_SHOWN).value[:-1] if total != WITHHELD else WITHHELD
        values = tuple(int(n) for n in np.broadcast_to(shown, entries.shape))
        lines.append(PublicLine(level, within, tuple(codes[i] for i in own), values))
    return lines

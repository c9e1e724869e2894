"""Does one event tell of the next: whether more follow near it, soon after, than chance gives."""

from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

import numpy as np
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from numpy.typing import NDArray

from samhandling.execution import Replicates
from samhandling.patterns.knox import SAME_PLACE_M, KnoxTable, knox
from samhandling.patterns.near_repeat import (
    FEWEST_EVENTS,
    NearRepeat,
    check_near_repeat_can_be_read,
    near_repeat,
)
from samhandling.space.projection import transform
from samhandling_web.observe.events.models import Category
from samhandling_web.observe.events.rules import POINT_PRECISIONS
from samhandling_web.observe.events.snapshot.layout import NEVER, NOWHERE
from samhandling_web.observe.events.snapshot.queries import Snapshot
from samhandling_web.understand.picture.figures.content import Cell, Figure, FigureColumn
from samhandling_web.understand.picture.figures.coverage import months_placed_alike
from samhandling_web.understand.picture.figures.scope import Scope
from samhandling_web.understand.picture.figures.wording import number, source_label

PERMUTATIONS, SEED = 399, 1
MINUTES_A_DAY = 24 * 60
NEAR_M = (0.0, 100.0, 200.0, 400.0)
SAME_PLACE = (0.0, SAME_PLACE_M / 10, 100.0, 200.0, 400.0)
SOON_DAYS = (0.0, 7.0, 14.0, 28.0)

# The same place is a band of its own only where places do come back; an empty band tells nothing.
FEWEST_PAIRS_AT_ONE_PLACE = 200
# Too many left out for being known too roughly, and the rest are not the same events.
LEAST_PRECISE = 0.5
# Where crime moves over the years every place looks like a repeat: two years at most.
LONGEST_DAYS = 731
# Kinds are tried one by one: what repeats a burglary is not what repeats a shoplifting. With more
# kinds than this, a single one could not be told from chance by so few permutations.
MOST_KINDS, FALSE_DISCOVERY = 16, 0.05
# Pairs grow with the square of the events: a large municipality is read from fewer days.
MOST_EVENTS = 3_000

COLUMNS = (
    FigureColumn("category", gettext_lazy("Händelsetyp")),
    FigureColumn("distance", gettext_lazy("Avstånd")),
    FigureColumn("time", gettext_lazy("Tid mellan")),
    FigureColumn("observed", gettext_lazy("Antal par"), "int"),
    FigureColumn("expected", gettext_lazy("Väntat av slump"), "decimal", 1),
    FigureColumn("ratio", gettext_lazy("Kvot"), "decimal", 2),
    FigureColumn("p", gettext_lazy("p-värde, justerat"), "decimal", 3),
)


@dataclass(frozen=True, slots=True, eq=False)
class Exact:
    """Events of one kind known to the point and the day; `left_out` were known too roughly."""

    kind: str
    lon: NDArray[np.float64]
    lat: NDArray[np.float64]
    day: NDArray[np.int64]
    left_out: int


@dataclass(frozen=True, slots=True, eq=False)
class Read:
    """What the events of one kind say of repeats."""

    events: Exact
    label: str
    table: KnoxTable
    found: NearRepeat


def near_repeat_figure(scope: Scope, snapshot: Snapshot, source: str) -> Figure | None:
    """Return the bands and what they say; None where places, dates or numbers do not allow it."""
    start = max(scope.start, scope.end - timedelta(days=LONGEST_DAYS - 1))
    read = _read(_exact(replace(scope, start=start), snapshot, source))
    if not read:
        return None
    return Figure(
        slug=f"near-repeats-{source}",
        heading=_("Upprepas det i närheten: {source}").format(source=source_label(source)),
        sentence=_sentence(read),
        columns=COLUMNS,
        rows=tuple(row for one in read for row in _rows(one, is_alone=len(read) == 1)),
        source=source_label(source),
        definition=_definition(read, start, scope.end),
        uncertainty=_(
            "p-värdet är justerat för att många fält prövas ({permutations} omkastningar). Högst "
            "{share} procent av de utpekade händelsetyperna väntas vara slump "
            "(Benjamini–Hochberg). Par delar händelser, så intervallet är något för smalt. En "
            "händelse som registrerats två gånger ser ut som en upprepning, och det gör också ett "
            "område där det ökat under tiden."
        ).format(permutations=PERMUTATIONS, share=int(FALSE_DISCOVERY * 100)),
        method={
            "name": "knox, near_repeat",
            "permutations": PERMUTATIONS,
            "seed": SEED,
            "false_discovery": FALSE_DISCOVERY,
        },
    )


def _definition(read: list[Read], start: date, end: date) -> str:
    return _(
        "Par av händelser av samma typ efter avstånd och dagar emellan, {start}–{end}, mot vad som "
        "väntas om samma dagar fördelas slumpvis på samma platser (Knox 1964). {count} händelser "
        "med känd punkt och dag; {left_out} med ungefärlig punkt eller tid är inte med. De "
        "vanligaste typerna, högst {kinds}, och högst {most} händelser av var och en. Av "
        "flera typer visas alla fält bara för dem som upprepas, annars det närmaste."
    ).format(
        start=start,
        end=end,
        count=number(sum(one.table.events for one in read)),
        left_out=number(sum(one.events.left_out for one in read)),
        kinds=MOST_KINDS,
        most=number(MOST_EVENTS),
    )


def _exact(scope: Scope, snapshot: Snapshot, source: str) -> list[Exact]:
    """Return the most common kinds whose places and days are known well enough, most first."""
    months = np.arange(np.datetime64(scope.start, "M"), np.datetime64(scope.end, "M") + 1)
    if not months_placed_alike(scope, snapshot, source, months).all():
        return []
    found = _with_points(scope, snapshot, source)
    precise = found["is_point"].astype(bool) & (found["minutes"] <= MINUTES_A_DAY)
    kinds = []
    for kind in np.unique(found["category"]):
        own = found["category"] == kind
        used = own & precise
        if used.sum() < max(FEWEST_EVENTS, LEAST_PRECISE * own.sum()):
            continue
        place = np.flatnonzero(used)[-MOST_EVENTS:]
        kinds.append(
            Exact(
                snapshot.meta.categories[kind],
                found["lon"][place],
                found["lat"][place],
                found["day"][place].astype(np.int64),
                int(own.sum() - used.sum()),
            )
        )
    return sorted(kinds, key=lambda one: (-len(one.day), one.kind))[:MOST_KINDS]


def _with_points(scope: Scope, snapshot: Snapshot, source: str) -> dict[str, NDArray[Any]]:
    """Return every event with a day and a point, exact or moved, earliest first."""
    where, values = snapshot.condition(scope.selection(source=source))
    names = snapshot.meta.precisions
    placed = [at for at, name in enumerate(names) if name in POINT_PRECISIONS] or [NOWHERE]
    exact = names.index("point") if "point" in names else NOWHERE
    return snapshot.columns(
        f"SELECT category, lon, lat, day, end_minute - start_minute AS minutes, "  # noqa: S608
        f"precision = {exact} AS is_point FROM events WHERE {where} "
        f"AND precision IN ({', '.join(map(str, placed))}) AND day <> {NEVER} ORDER BY day, id",
        values,
    )


def _read(kinds: list[Exact]) -> list[Read]:
    """Read each kind that can be, by a limit that allows for how many are tried."""
    labels = dict(Category.objects.values_list("slug", "label"))
    tables = []
    for events in kinds:
        # Dates of a month, or a heap on one point, or too few pairs: that kind cannot be read.
        with suppress(ValueError):
            table = _table(events)
            near_repeat(table)
            tables.append((events, table))
    limit = _limit([float(table.adjusted_p_value.min()) for _events, table in tables])
    read = [
        Read(
            events, labels.get(events.kind, events.kind), table,
            near_repeat(table, significance=limit),
        )
        for events, table in tables
    ]  # fmt: skip
    return sorted(read, key=lambda one: not one.found.is_raised)


def _limit(p_values: list[float]) -> float:
    """Return the p-value below which a kind is raised, with false discoveries controlled."""
    if not p_values:
        return FALSE_DISCOVERY
    steps = FALSE_DISCOVERY * np.arange(1, len(p_values) + 1) / len(p_values)
    passed = np.flatnonzero(np.sort(p_values) <= steps)
    # A p-value on the limit passes, and the library wants it below.
    return float(np.nextafter(steps[passed[-1] if passed.size else 0], 1))


def _table(events: Exact) -> KnoxTable:
    known = len(events.day)
    check_near_repeat_can_be_read(
        np.full(known, "point"), np.full(known, "day"), time_edges=SOON_DAYS
    )
    x, y = transform(events.lon, events.lat)
    return knox(
        x,
        y,
        events.day,
        space_edges=SAME_PLACE if _places_come_back(x, y) else NEAR_M,
        time_edges=SOON_DAYS,
        replicates=Replicates(count=PERMUTATIONS, seed=SEED),
    )


def _places_come_back(x: NDArray[np.float64], y: NDArray[np.float64]) -> bool:
    """Tell whether enough pairs lie at the same place for a band of their own."""
    _places, times = np.unique(np.column_stack([x, y]), axis=0, return_counts=True)
    return bool((times * (times - 1) // 2).sum() >= FEWEST_PAIRS_AT_ONE_PLACE)


def _rows(read: Read, *, is_alone: bool) -> list[tuple[Cell, ...]]:
    table = read.table
    cells: list[tuple[Cell, ...]] = [
        (
            read.label,
            _distance_in_words(*table.space_edges[row : row + 2]),
            _time_in_words(*table.time_edges[column : column + 2]),
            int(table.observed[row, column]),
            float(table.expected[row, column]),
            _ratio(table, row, column),
            float(table.adjusted_p_value[row, column]),
        )
        for row in range(len(table.space_edges) - 1)
        for column in range(len(table.time_edges) - 1)
    ]
    return cells if is_alone or read.found.is_raised else cells[:1]


def _ratio(table: KnoxTable, row: int, column: int) -> float | None:
    ratio = float(table.ratio[row, column])
    return ratio if np.isfinite(ratio) else None


def _distance_in_words(low: float, high: float) -> str:
    if high < SAME_PLACE_M:
        return _("samma plats")
    if low < SAME_PLACE_M:
        return _("under {high} meter").format(high=number(high))
    return _("{low} till under {high} meter").format(low=number(low), high=number(high))


def _time_in_words(low: float, high: float) -> str:
    """Say how many whole days lie between: a band holds its lower edge and not its upper."""
    return _("{low}–{high} dagar").format(low=number(low), high=number(high - 1))


def _sentence(read: list[Read]) -> str:
    raised = [near_repeat_in_words(one.label, one.found) for one in read if one.found.is_raised]
    others = len(read) - len(raised)
    if not raised:
        return _(
            "Ingen säker upprepning i närheten ({kinds} händelsetyper prövade): en händelse säger "
            "inte att en till följer nära den snart efteråt."
        ).format(kinds=others)
    if others:
        raised.append(
            _("Ingen säker upprepning av de andra typer som prövats ({kinds}).").format(
                kinds=others
            )
        )
    return " ".join(raised)


def near_repeat_in_words(label: str, found: NearRepeat) -> str:
    """Say where and for how long after an event more follow, with the interval."""
    words = {
        "kind": label,
        "reach": number(found.reach_m),
        "ratio": number(found.ratio, 1),
        "low": number(found.low, 1),
        "high": number(found.high, 1),
        "days": number(found.days),
        "pairs": number(found.pairs),
    }
    if found.reach_m < SAME_PLACE_M:
        return _(
            "{kind}: efter en händelse följer fler på samma plats, mindre än {days} dagar ifrån: "
            "{ratio} gånger så många som slumpen ger ({low}–{high}, {pairs} par)."
        ).format(**words)
    return _(
        "{kind}: efter en händelse följer fler inom {reach} meter, mindre än {days} dagar ifrån: "
        "{ratio} gånger så många som slumpen ger ({low}–{high}, {pairs} par)."
    ).format(**words)

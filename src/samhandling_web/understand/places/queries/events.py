"""Readings of events, counted in the snapshot: in an area, or within a radius of a place."""

from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
from django.utils.translation import gettext as _

from samhandling_web.base.common.errors import DomainError
from samhandling_web.observe.events.rules import POINT_PRECISIONS
from samhandling_web.observe.events.snapshot.layout import NEVER, OWN
from samhandling_web.observe.events.snapshot.overview import holdings
from samhandling_web.observe.events.snapshot.queries import (
    NoSnapshot,
    Selection,
    Snapshot,
    snapshot_in_use,
    weight_of,
)
from samhandling_web.observe.events.snapshot.span import known_span
from samhandling_web.observe.imports.selectors import source_name
from samhandling_web.understand.picture.figures.wording import number
from samhandling_web.understand.places.ground import box_around, distances_m
from samhandling_web.understand.places.models import Place
from samhandling_web.understand.places.queries.reading import (
    CannotBeCounted,
    Reading,
    counted,
    unanswered,
)
from samhandling_web.understand.places.rules import LEAST_PRECISE_SHARE

if TYPE_CHECKING:
    from samhandling_web.understand.places.queries.question import LiveQuery
    from samhandling_web.understand.places.queries.subjects import Subjects

Period = tuple[date, date]


@dataclass(frozen=True, slots=True)
class Counted:
    """How many, and what has to be known about the number."""

    count: float
    definition: str


def events_reading(
    query: "LiveQuery", first_day: date, last_day: date, subjects: "Subjects"
) -> Reading:
    """Count the events of the period, cut to what their source covers."""
    try:
        snapshot = snapshot_in_use()
    except NoSnapshot as exc:
        return unanswered(first_day, last_day, str(exc))
    version = snapshot.meta.data_version
    source = ""
    try:
        place = _place(query, subjects)
        source = _source(query, snapshot)
        start, end = _known_part(query, snapshot, source, (first_day, last_day))
        found = (
            _within_radius(query, place, snapshot, _selection(query, snapshot, source, start, end))
            if place
            else _in_area(query, snapshot, _selection(query, snapshot, source, start, end))
        )
    except (CannotBeCounted, DomainError) as exc:
        named = subjects.source_name(source) if source else ""
        return unanswered(first_day, last_day, str(exc), source=named, data_version=version)
    frame = unanswered(start, end, "", source=subjects.source_name(source), data_version=version)
    said = _cut_in_words((start, end), (first_day, last_day))
    definition = f"{found.definition}{_hours_in_words(query)}{said} {_interval_in_words()}"
    return replace(counted(found.count, _("händelser per år"), frame), definition=definition)


def _place(query: "LiveQuery", subjects: "Subjects") -> Place | None:
    if query.place_id is None:
        return None
    place = subjects.place(query.place_id)
    if place is None:
        raise CannotBeCounted(_("Platsen finns inte. Välj en annan plats."))
    return place


def _source(query: "LiveQuery", snapshot: Snapshot) -> str:
    """Return the source to count in: the one asked for, or the largest with all the kinds.

    Sources are never added together: the same crime may stand in two of them.
    """
    held, wanted = holdings(snapshot), set(query.categories)
    if query.source and query.source not in held:
        problem = _("Källan {source} har inga händelser här. Välj en annan källa.")
        raise CannotBeCounted(problem.format(source=source_name(query.source)))
    able = [
        source
        for source, holding in held.items()
        if wanted <= set(holding.categories) and query.source in {"", source}
    ]
    if not able:
        raise CannotBeCounted(
            _("Ingen källa har alla de valda händelsetyperna. Välj typer ur samma källa.")
        )
    if query.place_id is None:
        return able[0]
    spans = points_known(snapshot)
    return max(able, key=lambda source: spans[source][1] if source in spans else 0.0)


def _known_part(query: "LiveQuery", snapshot: Snapshot, source: str, asked: Period) -> Period:
    """Return the part of the period that the source tells of, as precisely as is needed."""
    if query.place_id is not None:
        span = points_known(snapshot).get(source)
        if span is None:
            raise CannotBeCounted(_too_imprecise())
        known: Period | None = span[0]
    elif query.is_whole:
        known = holdings(snapshot)[source].known
    else:
        known = _span_of_areas(
            snapshot, source, query.level, _borders(snapshot, query.level, asked[1])
        )
    if known is None or known[1] < asked[0] or asked[1] < known[0]:
        first, last = known or holdings(snapshot)[source].known
        problem = _("Källan har inga uppgifter från perioden, bara från {first} till {last}.")
        raise CannotBeCounted(problem.format(first=first, last=last))
    return max(asked[0], known[0]), min(asked[1], known[1])


def _too_imprecise() -> str:
    return _(
        "Händelserna är inte så noga placerade att de kan räknas kring en plats. "
        "Fråga efter området i stället."
    )


def _selection(
    query: "LiveQuery", snapshot: Snapshot, source: str, start: date, end: date
) -> Selection:
    return Selection(
        start=start,
        end=end,
        sources=(source,),
        categories=query.categories,
        level=query.level,
        on=_borders(snapshot, query.level, end) if query.level else None,
        weekdays=query.weekdays,
        hours=query.hours,
    )


def _borders(snapshot: Snapshot, level: str, day: date) -> date:
    """Return the day whose borders are used: the period's last, or the first that has any."""
    days = [date.fromisoformat(d.valid_from) for d in snapshot.meta.divisions if d.level == level]
    return max(min(days, default=day), day)


def _in_area(query: "LiveQuery", snapshot: Snapshot, selection: Selection) -> Counted:
    if query.is_whole:
        return Counted(
            snapshot.total(selection),
            _("Händelser i kommunen vars tid (mitten av tidsintervallet) ligger i perioden."),
        )
    found = snapshot.by_area(selection, query.level)
    if query.code not in found.codes:
        problem = _("Området {code} finns inte bland de områden som händelserna är fördelade på.")
        raise CannotBeCounted(problem.format(code=query.code))
    placed = float(found.counts.sum())
    everywhere = placed + found.unplaced
    if everywhere and placed / everywhere < LEAST_PRECISE_SHARE:
        problem = _(
            "Bara {share} procent av händelserna går att föra till ett område på den nivån. "
            "Fråga efter ett större område."
        )
        raise CannotBeCounted(problem.format(share=number(placed / everywhere * 100)))
    definition = _(
        "Händelser vars tid (mitten av tidsintervallet) ligger i perioden och som kan föras till "
        "området. {unplaced} av kommunens {everywhere} går inte att föra till något område."
    ).format(unplaced=number(found.unplaced), everywhere=number(everywhere))
    return Counted(float(found.counts[found.codes.index(query.code)]), definition)


def _within_radius(
    query: "LiveQuery", place: Place, snapshot: Snapshot, selection: Selection
) -> Counted:
    """Count what lies near the place, and tell how much around it cannot be counted so."""
    radius = query.radius_m or place.radius_m
    around, name = _around(place, snapshot, selection)
    precise = sum(n for slug, n in around.items() if slug in POINT_PRECISIONS)
    everything = sum(around.values())
    if everything and precise / everything < LEAST_PRECISE_SHARE:
        raise CannotBeCounted(_too_imprecise())
    definition = _(
        "Händelser med känd punkt inom {radius} m från platsen. {unplaced} av {all} händelser i "
        "{area} är inte så noga placerade och kan inte räknas här."
    ).format(
        radius=radius,
        unplaced=number(everything - precise),
        all=number(everything),
        area=name,
    )
    return Counted(_near(place, radius, snapshot, selection), definition)


def _around(place: Place, snapshot: Snapshot, selection: Selection) -> tuple[dict[str, float], str]:
    """Count by precision in the place's district, or the municipality where it has none."""
    plain = replace(selection, hours=None)
    district = place.district
    if district is not None:
        level = district.level.slug
        division = snapshot.meta.division(
            level, _borders(snapshot, level, selection.end or date.max)
        )
        if division is not None and district.code in division.codes:
            name = division.names[division.codes.index(district.code)]
            on = date.fromisoformat(division.valid_from)
            asked = replace(plain, level=level, areas=(district.code,), on=on)
            return snapshot.by_precision(asked), name
    return snapshot.by_precision(plain), _("kommunen")


def _near(place: Place, radius: int, snapshot: Snapshot, selection: Selection) -> float:
    where, values = snapshot.condition(replace(selection, level="", areas=()))
    box = box_around(place.geometry, radius)
    answer = snapshot.columns(
        f"SELECT lon, lat, ({weight_of(selection)})::DOUBLE AS n FROM events WHERE {where} "  # noqa: S608
        f"AND {_is_precise(snapshot)} AND lon BETWEEN ? AND ? AND lat BETWEEN ? AND ?",
        [*values, box.west, box.east, box.south, box.north],
    )
    if not len(answer["n"]):
        return 0.0
    inside = distances_m(place.geometry, answer["lon"], answer["lat"]) <= radius
    return float(answer["n"][inside].sum())


def _is_precise(snapshot: Snapshot) -> str:
    numbers = [
        str(at) for at, name in enumerate(snapshot.meta.precisions) if name in POINT_PRECISIONS
    ]
    return f"precision IN ({', '.join(numbers)})" if numbers else "FALSE"


@lru_cache(maxsize=2)
def points_known(snapshot: Snapshot) -> dict[str, tuple[Period, float]]:
    """Return when each source gives points, and how many events have one."""
    found = snapshot.columns(
        "SELECT source, month, sum(count)::DOUBLE AS n FROM events "  # noqa: S608
        f"WHERE own = {OWN} AND day <> {NEVER} AND {_is_precise(snapshot)} "
        "GROUP BY 1, 2 ORDER BY 1, 2",
        [],
    )
    months = (found["month"].astype(np.int64) - 1970 * 12).astype("datetime64[M]")
    spans = {}
    for at in np.unique(found["source"]):
        rows = found["source"] == at
        if span := known_span(months[rows], found["n"][rows]):
            spans[snapshot.meta.sources[int(at)]] = (span, float(found["n"][rows].sum()))
    return spans


@lru_cache(maxsize=64)
def _span_of_areas(snapshot: Snapshot, source: str, level: str, on: date) -> Period | None:
    """Return from when to when the source places its events in areas of the level."""
    every = Selection(sources=(source,), on=on)
    _codes, months, table = snapshot.by_area_and_month(every, level)
    return known_span(months, table.sum(axis=0))


def _hours_in_words(query: "LiveQuery") -> str:
    if query.hours is None:
        return ""
    return " " + _(
        "En händelse med tidsintervall räknas med den andel av det som faller på klockslagen."
    )


def _cut_in_words(known: Period, asked: Period) -> str:
    if known == asked:
        return ""
    return " " + _(
        "Källan har uppgifter från {first} till {last} av perioden; värdet gäller de dagarna."
    ).format(first=known[0], last=known[1])


def _interval_in_words() -> str:
    return _("Intervallet är exakt för ett antal (Garwood 1936) och rymmer bara slumpen.")

"""Which months and weekdays stand out: each against the ordinary one, with its interval."""

from collections.abc import Callable, Sequence

import numpy as np
from django.utils.dates import MONTHS, WEEKDAYS
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from numpy.typing import NDArray

from samhandling.patterns.estimate import Direction
from samhandling.patterns.seasonality import SeasonIndex, month_index, weekday_index
from samhandling_web.observe.events.snapshot.layout import NEVER
from samhandling_web.observe.events.snapshot.queries import EPOCH, Snapshot
from samhandling_web.understand.picture.figures.content import Figure, FigureColumn
from samhandling_web.understand.picture.figures.coverage import months_placed_alike
from samhandling_web.understand.picture.figures.scope import Scope
from samhandling_web.understand.picture.figures.wording import number, source_label

FEWEST_EVENTS = 200
Names = Sequence[str]
Method = Callable[[NDArray[np.datetime64], NDArray[np.int64]], SeasonIndex]


def month_figure(scope: Scope, snapshot: Snapshot, source: str) -> Figure | None:
    """Return each month against the ordinary one; None with less than two comparable years."""
    heading = _("Årstid: {source}").format(source=source_label(source))
    found = _index(scope, snapshot, source, month_index)
    names = [str(MONTHS[number]) for number in range(1, 13)]
    return _figure(f"months-{source}", heading, source, names, found) if found else None


def weekday_figure(scope: Scope, snapshot: Snapshot, source: str) -> Figure | None:
    """Return each weekday against the ordinary one; None with too little to tell."""
    heading = _("Veckodag: {source}").format(source=source_label(source))
    found = _index(scope, snapshot, source, weekday_index)
    names = [str(WEEKDAYS[number]) for number in range(7)]
    return _figure(f"weekdays-{source}", heading, source, names, found) if found else None


def _index(scope: Scope, snapshot: Snapshot, source: str, method: Method) -> SeasonIndex | None:
    days, counts = daily(scope, snapshot, source)
    if counts.sum() < FEWEST_EVENTS:
        return None
    months = np.unique(days.astype("datetime64[M]"))
    if not months_placed_alike(scope, snapshot, source, months).all():
        return None
    try:
        return method(days, counts)
    except ValueError:
        # The period is too short for the method, or a month or weekday holds nothing at all.
        return None


def daily(
    scope: Scope, snapshot: Snapshot, source: str
) -> tuple[NDArray[np.datetime64], NDArray[np.int64]]:
    """Return every day of the period and its events, days without any as zero."""
    where, values = snapshot.condition(scope.selection(source=source))
    found = snapshot.columns(
        f"SELECT day, sum(count)::BIGINT AS n FROM events WHERE {where} "  # noqa: S608
        f"AND day <> {NEVER} GROUP BY 1",
        values,
    )
    first = (scope.start - EPOCH).days
    counts = np.zeros((scope.end - scope.start).days + 1, dtype=np.int64)
    counts[found["day"].astype(np.int64) - first] = found["n"]
    days: NDArray[np.datetime64] = np.datetime64(scope.start, "D") + np.arange(len(counts))
    return days, counts


def _figure(slug: str, heading: str, source: str, names: Names, found: SeasonIndex) -> Figure:
    rows = tuple(
        (capfirst(name), float(found.index[at]), [float(found.low[at]), float(found.high[at])])
        for at, name in enumerate(names)
    )
    return Figure(
        slug=slug,
        heading=heading,
        sentence=_in_words(names, found),
        columns=(
            FigureColumn("season", _("Tid")),
            FigureColumn("index", _("Gånger det vanliga"), "decimal", 2),
            FigureColumn("interval", _("95 % intervall"), "interval", 2),
        ),
        rows=rows,
        source=source_label(source),
        definition=_(
            "Händelser per dag mot det vanliga (geometriskt medel, 1,00). Korta månader, trend "
            "och det andra av veckodag och månad är borträknade."
        ),
        uncertainty=_(
            "Kvasi-Poisson, spridningen är {dispersion} gånger slumpens. Medel över åren: en "
            "årstid som håller på att ändras syns inte. Rörliga helger är inte borträknade."
        ).format(dispersion=number(found.dispersion, 1)),
        method={"name": found.method.name, "dispersion": round(found.dispersion, 2)},
        drawing={"chart": "bars", "label": "season", "value": "index", "interval": "interval"},
    )


def _in_words(names: Names, found: SeasonIndex) -> str:
    """Name what stands out; nothing when the whole pattern may be chance."""
    if found.p_value >= 1 - found.confidence:
        return _("Ingen säker skillnad: mönstret kan vara slump.")
    directions = found.directions()
    parts = [
        words.format(names=", ".join(names[at] for at in chosen))
        for words, direction in (
            (_("fler under {names}"), Direction.HIGHER),
            (_("färre under {names}"), Direction.LOWER),
        )
        if (chosen := [at for at, one in enumerate(directions) if one is direction])
    ]
    if not parts:
        return _("Mönstret är säkert, men ingen enskild tid skiljer sig säkert från det vanliga.")
    return _("Säkert {parts} än vanligt.").format(parts=_(" och ").join(parts))

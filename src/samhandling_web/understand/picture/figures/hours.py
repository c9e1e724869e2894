"""When it happens: hour and weekday, with intervals spread over the time they cover."""

import numpy as np
from django.utils.dates import WEEKDAYS
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from samhandling.patterns.aoristic import aoristic_hours
from samhandling_web.observe.events.snapshot.queries import Selection, Snapshot
from samhandling_web.understand.picture.figures.content import Cell, Figure, FigureColumn
from samhandling_web.understand.picture.figures.scope import Scope
from samhandling_web.understand.picture.figures.wording import number, source_label

LONGEST_HOURS = 72.0
FEWEST_EVENTS = 20


def hours_figure(scope: Scope, snapshot: Snapshot, source: str) -> Figure | None:
    """Return a week of hours; None when too few events tell their hour."""
    return week_of(snapshot, scope.selection(source=source), source)


def week_of(snapshot: Snapshot, selection: Selection, source: str) -> Figure | None:
    """Return the week of any selection; None when too few of its events tell their hour."""
    start, end, count = snapshot.intervals(selection)
    known = _tells_the_hour(start, end)
    if count[known].sum() < FEWEST_EVENTS:
        return None
    # Times are local wall-clock time already: the library counts them as UTC of the same hours.
    pattern = aoristic_hours(
        start[known], end[known], weight=count[known], timezone="UTC", longest_hours=LONGEST_HOURS
    )
    if not pattern.placed:
        return None
    columns = (
        FigureColumn("weekday", _("Veckodag")),
        *(FigureColumn(f"h{hour:02d}", f"{hour:02d}", "decimal", 1) for hour in range(24)),
    )
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (capfirst(str(WEEKDAYS[day])), *(float(value) for value in pattern.weight[day]))
        for day in range(7)
    )
    left_out = float(count.sum()) - pattern.placed
    return Figure(
        slug=f"hours-{source}",
        heading=_("När på dygnet: {source}").format(source=source_label(source)),
        sentence=_peak_in_words(pattern.weight),
        columns=columns,
        rows=rows,
        source=source_label(source),
        definition=_(
            "Händelser fördelade jämnt över tiden de kan ha skett (aoristiskt, Ratcliffe 2000). "
            "{left_out} händelser utan klockslag eller med längre spann än {hours} timmar är "
            "inte med."
        ).format(left_out=number(left_out), hours=int(LONGEST_HOURS)),
        uncertainty=_(
            "För {share} procent är timmen känd; resten är utspridd, vilket jämnar ut topparna."
        ).format(share=number(pattern.known_share() * 100)),
        method={"name": "aoristic_hours", "longest_hours": LONGEST_HOURS},
        drawing={"chart": "heat"},
    )


def _tells_the_hour(
    start: np.ndarray[tuple[int], np.dtype[np.datetime64]],
    end: np.ndarray[tuple[int], np.dtype[np.datetime64]],
) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    """Leave out events known only by their day: midnight to midnight is no hour at all."""
    minutes = (end - start).astype(np.int64)
    at_midnight = start == start.astype("datetime64[D]").astype("datetime64[m]")
    return np.asarray(~(at_midnight & (minutes >= 24 * 60 - 1)))


def _peak_in_words(weight: np.ndarray[tuple[int, int], np.dtype[np.float64]]) -> str:
    """Name the six hours of the day that hold most, and their share."""
    by_hour = weight.sum(axis=0)
    around = [by_hour[np.arange(h, h + 6) % 24].sum() for h in range(24)]
    first = int(np.argmax(around))
    share = around[first] / by_hour.sum()
    return _("Flest mellan klockan {first} och {last}: {share} procent av händelserna.").format(
        first=f"{first:02d}", last=f"{(first + 6) % 24:02d}", share=number(share * 100)
    )

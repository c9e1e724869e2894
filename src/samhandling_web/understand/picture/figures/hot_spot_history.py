"""What becomes of hot spots: cells that stay hot, turn hot or cool off, period by period."""

import calendar
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from numpy.typing import NDArray

from samhandling.patterns.hot_spot_classes import HotSpotClass, hot_spot_classes
from samhandling.patterns.hot_spots import FEWEST_EVENTS, HotSpots, hot_spots
from samhandling_web.observe.events.snapshot.queries import EPOCH, Snapshot
from samhandling_web.understand.picture.figures.content import Figure, FigureColumn
from samhandling_web.understand.picture.figures.coverage import (
    months_placed_alike,
    placed_alike,
)
from samhandling_web.understand.picture.figures.hot_spots_found import (
    CELL_M,
    FALSE_DISCOVERY,
    study_area,
)
from samhandling_web.understand.picture.figures.scope import Scope
from samhandling_web.understand.picture.figures.seasons import daily
from samhandling_web.understand.picture.figures.wording import number, source_label

FEWEST_PERIODS, MOST_PERIODS = 3, 5
YEAR, HALF_YEAR = 12, 6

# What each class is called, and which cells it holds.
CLASS_WORDS = {
    HotSpotClass.PERSISTENT: (
        gettext_lazy("Bestående"),
        gettext_lazy("het i den senaste perioden och i minst tre fjärdedelar av alla"),
    ),
    HotSpotClass.EMERGING: (
        gettext_lazy("Växande"),
        gettext_lazy(
            "het i den senaste perioden, och oftare i den senare halvan än i den tidigare"
        ),
    ),
    HotSpotClass.NEW: (
        gettext_lazy("Nya"),
        gettext_lazy("het i den senaste perioden och aldrig förut"),
    ),
    HotSpotClass.FADING: (
        gettext_lazy("Avtagande"),
        gettext_lazy("inte het i den senaste perioden, men minst två gånger förut och mest tidigt"),
    ),
    HotSpotClass.OCCASIONAL: (
        gettext_lazy("Tillfälliga"),
        gettext_lazy("het någon gång, utan mönster"),
    ),
    HotSpotClass.NEVER: (
        gettext_lazy("Aldrig heta"),
        gettext_lazy("inte het i någon period"),
    ),
}

COLUMNS = (
    FigureColumn("class", gettext_lazy("Rutor")),
    FigureColumn("meaning", gettext_lazy("Vad det är")),
    FigureColumn("cells", gettext_lazy("Antal rutor"), "int"),
    FigureColumn("events", gettext_lazy("Händelser, alla perioder"), "int"),
    FigureColumn("latest", gettext_lazy("Händelser, senaste perioden"), "int"),
)

Period = tuple[date, date]


@dataclass(frozen=True, slots=True, eq=False)
class History:
    """Cells by period: which were hot, and how many events each held."""

    periods: list[Period]
    classes: NDArray[np.str_]
    counts: NDArray[np.int64]
    months: int


def hot_spot_history_figure(scope: Scope, snapshot: Snapshot, source: str) -> Figure | None:
    """Return the classes of hot cells; None where a period has too few points or less coverage."""
    found = _history(scope, snapshot, source)
    if found is None:
        return None
    return Figure(
        slug=f"heat-over-time-{source}",
        heading=_("Var det samlas, år för år: {source}").format(source=source_label(source))
        if found.months == YEAR
        else _("Var det samlas, halvår för halvår: {source}").format(source=source_label(source)),
        sentence=_sentence(found),
        columns=COLUMNS,
        rows=tuple(_rows(found)),
        source=source_label(source),
        definition=_(
            "Heta rutor om {size} meter (Getis–Ord G*), bedömda för sig i var och en av {periods} "
            "lika långa perioder, {start}–{end}. Bara händelser med känd punkt."
        ).format(
            size=CELL_M,
            periods=len(found.periods),
            start=found.periods[0][0],
            end=found.periods[-1][1],
        ),
        uncertainty=_uncertainty(found),
        method={
            "name": "hot_spots, hot_spot_classes",
            "cell_m": CELL_M,
            "false_discovery": FALSE_DISCOVERY,
            "months": found.months,
        },
    )


def _history(scope: Scope, snapshot: Snapshot, source: str) -> History | None:
    months, periods = periods_of(scope.start, scope.end)
    lon, lat, day = snapshot.points(scope.selection(source=source))
    if not periods or len(day) < FEWEST_EVENTS * len(periods):
        return None
    if not _is_covered_alike(scope, snapshot, source, periods, day):
        return None
    area = study_area(scope)
    found: list[HotSpots] = []
    for period in periods:
        at = _within(day, period)
        try:
            found.append(
                hot_spots(
                    lon[at],
                    lat[at],
                    np.full(int(at.sum()), "point"),
                    study_area=area,
                    cell_m=CELL_M,
                    false_discovery=FALSE_DISCOVERY,
                )
            )
        except ValueError:
            # Fewer than the method's least number: that period cannot be called hot or not.
            return None
    classes = hot_spot_classes(np.column_stack([one.hot for one in found]))
    counts = np.column_stack([one.counts for one in found])
    return History(periods, np.array([one.value for one in classes]), counts, months)


def periods_of(start: date, end: date) -> tuple[int, list[Period]]:
    """Cut the time into whole years back from its end, half-years where there are too few."""
    for months in (YEAR, HALF_YEAR):
        after, periods = end + timedelta(days=1), []
        for step in range(1, MOST_PERIODS + 1):
            first = _months_before(end + timedelta(days=1), step * months)
            if first < start:
                break
            periods.append((first, after - timedelta(days=1)))
            after = first
        if len(periods) >= FEWEST_PERIODS:
            return months, periods[::-1]
    return 0, []


def _months_before(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def _is_covered_alike(
    scope: Scope,
    snapshot: Snapshot,
    source: str,
    periods: list[Period],
    day: NDArray[np.signedinteger],
) -> bool:
    """Tell whether the source gave points for about the same share of events in every period."""
    first, last = (np.datetime64(day, "M") for day in (periods[0][0], periods[-1][1]))
    if not months_placed_alike(scope, snapshot, source, np.arange(first, last + 1)).all():
        return False
    days, counts = daily(scope, snapshot, source)
    numbers = days.astype(np.int64)
    shares = [
        _within(day, period).sum() / max(1, counts[_within(numbers, period)].sum())
        for period in periods
    ]
    return placed_alike(shares)


def _within(day: NDArray[np.signedinteger], period: Period) -> NDArray[np.bool_]:
    first, last = ((one - EPOCH).days for one in period)
    return np.asarray((day >= first) & (day <= last))


def _rows(found: History) -> list[tuple[str, str, int, int, int]]:
    return [
        (
            str(name),
            str(meaning),
            int((found.classes == one).sum()),
            int(found.counts[found.classes == one].sum()),
            int(found.counts[found.classes == one, -1].sum()),
        )
        for one, (name, meaning) in CLASS_WORDS.items()
    ]


def _sentence(found: History) -> str:
    cells = {one: int((found.classes == one).sum()) for one in HotSpotClass}
    ever = len(found.classes) - cells[HotSpotClass.NEVER]
    if not ever:
        return _("Ingen ruta har varit het i någon av de {periods} perioderna.").format(
            periods=len(found.periods)
        )
    lasting = found.classes == HotSpotClass.PERSISTENT
    return _(
        "{ever} rutor har varit heta någon gång: {persistent} består, {emerging} växer, {new} är "
        "nya, {fading} avtar och {occasional} är tillfälliga. De bestående har {share} procent av "
        "händelserna i den senaste perioden."
    ).format(
        ever=number(ever),
        persistent=cells[HotSpotClass.PERSISTENT],
        emerging=cells[HotSpotClass.EMERGING],
        new=cells[HotSpotClass.NEW],
        fading=cells[HotSpotClass.FADING],
        occasional=cells[HotSpotClass.OCCASIONAL],
        share=number(found.counts[lasting, -1].sum() / found.counts[:, -1].sum() * 100),
    )


def _uncertainty(found: History) -> str:
    text = _(
        "I varje period väntas högst {share} procent av de utpekade rutorna vara slump "
        "(Benjamini–Hochberg). En ruta nära gränsen kan vara het ett år och inte nästa av bara "
        "slump: lita mer på de bestående än på de nya."
    ).format(share=int(FALSE_DISCOVERY * 100))
    if found.months == YEAR:
        return text
    return f"{text} " + _(
        "Halvår: en ruta som är het varje sommar ser tillfällig ut. Välj minst tre år för att "
        "slippa årstiden."
    )

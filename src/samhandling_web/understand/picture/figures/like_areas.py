"""Against like areas: those of the same level that are nearest in residents and in density."""

import numpy as np
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from numpy.typing import NDArray

from samhandling.patterns.comparison import LikeComparison, compare_with_like
from samhandling.patterns.estimate import Direction
from samhandling.patterns.rates import incident_rate
from samhandling_web.base.areas import selectors as areas
from samhandling_web.observe.events.snapshot.queries import Snapshot
from samhandling_web.understand.picture.figures.content import Cell, Figure, FigureColumn
from samhandling_web.understand.picture.figures.residents import residents_on
from samhandling_web.understand.picture.figures.scope import Scope
from samhandling_web.understand.picture.figures.wording import number, source_label

MOST_LIKE = 8
FEWEST_LIKE = 5
FEWEST_RESIDENTS = 100

COLUMNS = (
    FigureColumn("area", gettext_lazy("Område")),
    FigureColumn("residents", gettext_lazy("Invånare"), "int"),
    FigureColumn("density", gettext_lazy("Invånare per km²"), "int"),
    FigureColumn("count", gettext_lazy("Antal"), "int"),
    FigureColumn("rate", gettext_lazy("Per 1 000 invånare och år"), "decimal", 1),
    FigureColumn("rate_interval", gettext_lazy("95 % intervall"), "interval", 1),
)


def like_areas_figure(scope: Scope, snapshot: Snapshot, source: str) -> Figure | None:
    """Compare the area with those most like it; None for the whole or without five others."""
    people = residents_on(scope.level, scope.on)
    if scope.is_whole or people is None:
        return None
    counted = snapshot.by_area(scope.everywhere(source=source), scope.level)
    shapes = areas.area_as_set(scope.level, areas.division_day(scope.level, scope.on))
    surface = dict(zip(shapes.codes, shapes.area_km2(), strict=True))
    lived_in = [
        at
        for at, code in enumerate(counted.codes)
        if code in surface and people.by_code.get(code, 0) >= FEWEST_RESIDENTS
    ]
    codes = [counted.codes[at] for at in lived_in]
    if scope.code not in codes or len(codes) <= FEWEST_LIKE:
        return None
    residents = np.array([people.by_code[code] for code in codes])
    density = residents / np.array([surface[code] for code in codes])
    group = like(residents, density, codes.index(scope.code))
    counts = np.rint(counted.counts[lived_in]).astype(np.int64)[group]
    if not counts[1:].sum():
        return None
    found = compare_with_like(counts, residents[group] * scope.years, 0)
    names = [counted.names[lived_in[at]] for at in group]
    rows = _rows(names, residents[group], density[group], counts, scope.years)
    return _figure(scope, source, found, rows)


def like(
    residents: NDArray[np.float64], density: NDArray[np.float64], area: int
) -> NDArray[np.int64]:
    """Return the area itself, and the eight nearest to it in log residents and log density."""
    place = np.column_stack([np.log(residents), np.log(density)])
    spread = place.std(axis=0)
    scaled = place / np.where(spread > 0, spread, 1.0)
    distance = np.hypot(*(scaled - scaled[area]).T)
    distance[area] = -1.0
    return np.argsort(distance, kind="stable")[: MOST_LIKE + 1]


def _rows(
    names: list[str],
    residents: NDArray[np.float64],
    density: NDArray[np.float64],
    counts: NDArray[np.int64],
    years: float,
) -> tuple[tuple[Cell, ...], ...]:
    rate = incident_rate(counts, residents * years)
    return tuple(
        (
            name,
            round(float(residents[at])),
            round(float(density[at])),
            int(counts[at]),
            float(rate.rate[at]),
            [float(rate.low[at]), float(rate.high[at])],
        )
        for at, name in enumerate(names)
    )


def _figure(
    scope: Scope, source: str, found: LikeComparison, rows: tuple[tuple[Cell, ...], ...]
) -> Figure:
    return Figure(
        slug=f"like-areas-{source}",
        heading=_("Jämfört med liknande områden: {source}").format(source=source_label(source)),
        sentence=_in_words(scope, found),
        columns=COLUMNS,
        rows=rows,
        source=source_label(source),
        definition=_(
            "Liknande: de {others} områden på samma nivå som ligger närmast i antal invånare och "
            "invånare per kvadratkilometer (båda logaritmerade och lika vägda). Inget annat om "
            "områdena är vägt in."
        ).format(others=found.others),
        uncertainty=_(
            "Det vanliga i gruppen (gammafördelade nivåer, Clayton och Kaldor 1987) är {low} till "
            "{high} händelser. Med en annan grupp blir svaret ett annat. Besökare räknas inte."
        ).format(low=number(found.usual_low), high=number(found.usual_high)),
        method={"name": found.method.name, "others": found.others},
        drawing={"chart": "bars", "label": "area", "value": "rate", "interval": "rate_interval"},
    )


def _in_words(scope: Scope, found: LikeComparison) -> str:
    """Say whether the area lies outside what is usual in the group, and no more."""
    words = {
        Direction.HIGHER: _(
            "{area} har fler händelser ({count}) än vad som är vanligt bland {others} liknande "
            "områden ({low} till {high})."
        ),
        Direction.LOWER: _(
            "{area} har färre händelser ({count}) än vad som är vanligt bland {others} liknande "
            "områden ({low} till {high})."
        ),
        Direction.NO_CLEAR_DIFFERENCE: _(
            "{area} ({count} händelser) ligger inom det vanliga bland {others} liknande områden "
            "({low} till {high})."
        ),
    }
    return words[found.direction].format(
        area=scope.name,
        count=number(found.count),
        others=found.others,
        low=number(found.usual_low),
        high=number(found.usual_high),
    )

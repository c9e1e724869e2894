"""Where it gathers: cells with more than chance gives, only where points are precise."""

import numpy as np
import shapely
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samhandling.patterns.hot_spots import HotSpots, hot_spots
from samhandling.space.areas import AreaSet
from samhandling_web.base.areas import selectors as areas
from samhandling_web.observe.events.snapshot.queries import Snapshot
from samhandling_web.understand.picture.figures.borders import held_day
from samhandling_web.understand.picture.figures.content import Figure, FigureColumn
from samhandling_web.understand.picture.figures.scope import Scope
from samhandling_web.understand.picture.figures.wording import number, source_label

FEWEST_POINTS = 30
CELL_M = 200
FALSE_DISCOVERY = 0.05
MOST_SHOWN = 15

COLUMNS = (
    FigureColumn("place", gettext_lazy("Ruta (mitt, SWEREF 99 TM)")),
    FigureColumn("count", gettext_lazy("Antal i rutan"), "int"),
    FigureColumn("around", gettext_lazy("Antal med omgivning"), "int"),
    FigureColumn("q", gettext_lazy("q-värde"), "decimal", 4),
)


def hot_spot_figure(scope: Scope, snapshot: Snapshot, source: str) -> Figure | None:
    """Return the hot cells of the area; None when the source has too few points to tell."""
    found = _found(scope, snapshot, source)
    if found is None:
        return None
    return Figure(
        slug=f"hot-spots-{source}",
        heading=_("Var det samlas: {source}").format(source=source_label(source)),
        sentence=_sentence(found),
        columns=COLUMNS,
        rows=_rows(found),
        source=source_label(source),
        definition=_(
            "Getis–Ord G* på rutor om {size} meter, med exakt fördelning för antalen. Bara "
            "händelser med känd punkt."
        ).format(size=CELL_M),
        uncertainty=_(
            "Högst {share} procent av de utpekade rutorna väntas vara slump (Benjamini–Hochberg). "
            "Rutor kan vara heta för att mer anmäls eller fler tittar där."
        ).format(share=int(FALSE_DISCOVERY * 100)),
        method={"name": "hot_spots", "cell_m": CELL_M, "false_discovery": FALSE_DISCOVERY},
        drawing={"chart": "cells", "outline": _outline(found)},
    )


def _found(scope: Scope, snapshot: Snapshot, source: str) -> HotSpots | None:
    lon, lat, _day = snapshot.points(scope.selection(source=source))
    if len(lon) < FEWEST_POINTS:
        return None
    precision = np.full(len(lon), "point")
    study = study_area(scope)
    try:
        return hot_spots(
            lon,
            lat,
            precision,
            study_area=study,
            cell_m=CELL_M,
            false_discovery=FALSE_DISCOVERY,
        )
    except ValueError:
        # Fewer than the method's least number inside the study area: nothing can be said.
        return None


def _sentence(found: HotSpots) -> str:
    return _(
        "{hot} av {cells} rutor på {size} meter har fler händelser än slumpen ger, "
        "och rymmer {share} procent av {count} händelser."
    ).format(
        hot=int(found.hot.sum()),
        cells=number(len(found.cells)),
        size=CELL_M,
        share=number(found.share_of_events() * 100 if found.hot.any() else 0),
        count=number(int(found.counts.sum())),
    )


def study_area(scope: Scope) -> AreaSet:
    """Return the borders of the scope, or of every area of its level for the whole municipality."""
    whole = areas.area_as_set(scope.level, held_day(scope.level, scope.on))
    return whole if scope.is_whole else whole.subset([scope.code])


def _rows(found: HotSpots) -> tuple[tuple[str, int, int, float], ...]:
    hot = np.flatnonzero(found.hot)
    order = hot[np.argsort(found.local.q_high[hot], kind="stable")][:MOST_SHOWN]
    east, north = found.grid.centres(found.cells[order])
    return tuple(
        (
            f"{north[at]:.0f} N, {east[at]:.0f} E",
            int(found.counts[cell]),
            int(found.local.local_sum[cell]),
            float(found.local.q_high[cell]),
        )
        for at, cell in enumerate(order)
    )


def _outline(found: HotSpots) -> dict[str, object] | None:
    if not found.hot.any():
        return None
    outline: dict[str, object] = shapely.geometry.mapping(
        shapely.set_precision(found.outline(), 1e-5)
    )
    return outline

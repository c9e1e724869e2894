"""Where it gathers: hot cells of what is asked for, only of events with a known point."""

import hashlib
from typing import Any

import numpy as np
import shapely
from django.core.cache import cache
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from samhandling.patterns.hot_spots import HotSpots, hot_spots
from samhandling.space.areas import AreaSet
from samhandling_web.base.areas import selectors as areas
from samhandling_web.understand.picture.explore.answer import selection_of
from samhandling_web.understand.picture.explore.page import Asked
from samhandling_web.understand.picture.figures.hot_spots_found import (
    CELL_M,
    FALSE_DISCOVERY,
    FEWEST_POINTS,
)
from samhandling_web.understand.picture.figures.wording import number

KEPT_S = 24 * 3600
PRECISION_DEGREES = 1e-5


def hot_cells(asked: Asked) -> dict[str, Any]:
    """Return the hot cells as GeoJSON, with what they rest on, or why there are none, in `note`."""
    # What is noted beside the cells is in the reader's language.
    state = f"{asked.snapshot.meta.data_version}/{get_language()}?{asked.question.as_query()}"
    key = f"picture-cells-{hashlib.sha256(state.encode()).hexdigest()}"
    kept: dict[str, Any] | None = cache.get(key)
    if kept is None:
        kept = _hot_cells(asked)
        cache.set(key, kept, KEPT_S)
    return kept


def _hot_cells(asked: Asked) -> dict[str, Any]:
    lon, lat, _day = asked.snapshot.points(selection_of(asked.question, asked.border_day()))
    few = _("För få händelser med känd punkt ({count}) för att säga var det samlas.")
    if len(lon) < FEWEST_POINTS:
        return _collection([], few.format(count=number(len(lon))))
    try:
        found = hot_spots(
            lon,
            lat,
            np.full(len(lon), "point"),
            study_area=_study_area(asked),
            cell_m=CELL_M,
            false_discovery=FALSE_DISCOVERY,
        )
    except ValueError:
        # Fewer than the method's least number inside the study area.
        return _collection([], few.format(count=number(len(lon))))
    return _collection(_features(found), _note(found, has_hours=asked.question.hours is not None))


def _study_area(asked: Asked) -> AreaSet:
    within = asked.question.within
    level = within[0].level if within else asked.choices.reference_level
    whole = areas.area_as_set(level, asked.border_day())
    return whole.subset([place.code for place in within]) if within else whole


def _features(found: HotSpots) -> list[dict[str, Any]]:
    hot = np.flatnonzero(found.hot)
    shapes = shapely.set_precision(found.polygons(), PRECISION_DEGREES)
    return [
        {
            "type": "Feature",
            "properties": {"count": int(found.counts[cell])},
            "geometry": shapely.geometry.mapping(shape),
        }
        for cell, shape in zip(hot, shapes, strict=True)
    ]


def _note(found: HotSpots, *, has_hours: bool) -> str:
    note = _(
        "{hot} av {cells} rutor på {size} meter har fler händelser än slumpen ger och rymmer "
        "{share} procent av {count} händelser med känd punkt."
    ).format(
        hot=int(found.hot.sum()),
        cells=number(len(found.cells)),
        size=CELL_M,
        share=number(found.share_of_events() * 100),
        count=number(int(found.counts.sum())),
    )
    return f"{note} {_('Rutorna gäller alla klockslag.')}" if has_hours else note


def _collection(features: list[dict[str, Any]], note: str) -> dict[str, Any]:
    return {"type": "FeatureCollection", "features": features, "note": note}

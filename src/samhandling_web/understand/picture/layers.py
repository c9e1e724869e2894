"""Layers that leave the house as files: levels of areas, and events with a known point."""

from datetime import date, datetime

import shapely
from django.utils.translation import gettext as _

from samhandling import __version__
from samhandling_web.base.areas import selectors as areas
from samhandling_web.base.reports.content import Column, Kind, Layer, Provenance
from samhandling_web.observe.events import selectors as events
from samhandling_web.understand.picture.figures.assemble import data_time, data_version
from samhandling_web.understand.picture.scopes import marks

EVENT_COLUMNS = ("source", "external_id", "category", "start", "end", "position_precision")


def layer_named(name: str, day: date) -> Layer:
    """Return the layer called `name`: "events", or a level of areas as it was on `day`.

    Raises
    ------
    UnknownLevel
        If it is neither.
    """
    return _events_layer() if name == "events" else _areas_layer(name, day)


def _provenance(parameters: tuple[tuple[str, str], ...]) -> Provenance:
    return Provenance(
        data_version=data_version(),
        code_version=__version__,
        made_at=data_time(),
        made_by="samhandling export",
        parameters=parameters,
    )


def _areas_layer(level: str, day: date) -> Layer:
    known = areas.level_by_slug(level)
    frame = areas.frame_on(level, day)
    names = [name for name in frame.columns if name != "geometry"]
    return Layer(
        name=level,
        title=str(known.name_plural),
        columns=tuple(Column(name, Kind.TEXT, name=name) for name in names),
        rows=tuple(
            tuple("" if value is None else str(value) for value in row)
            for row in frame[names].itertuples(index=False, name=None)
        ),
        geometries=tuple(shapely.to_wkb(geometry) for geometry in frame.geometry),
        provenance=_provenance(((_("Gränser per"), day.isoformat()),)),
        marks=marks(),
    )


def _events_layer() -> Layer:
    wanted = (*EVENT_COLUMNS, "lon", "lat")
    found = [row for row in events.current_event_rows(wanted) if row[-1] is not None]
    rows = tuple(
        (
            *row[:3],
            *(_time(moment) for moment in row[3:5]),
            row[5],
        )
        for row in found
    )
    return Layer(
        name="events",
        title=_("Händelser med känd punkt"),
        columns=tuple(Column(name, Kind.TEXT, name=name) for name in EVENT_COLUMNS),
        rows=rows,
        geometries=tuple(shapely.to_wkb(shapely.Point(row[-2], row[-1])) for row in found),
        provenance=_provenance(()),
        marks=marks(),
    )


def _time(moment: datetime | None) -> str:
    return moment.isoformat() if moment else ""

"""The table of an answer as a file, with borders where the format holds them."""

from collections.abc import Sequence

import shapely
from django.http import HttpResponse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samhandling import __version__
from samhandling_web.base.accounts.models import User
from samhandling_web.base.areas import selectors as areas
from samhandling_web.base.audit import services as audit
from samhandling_web.base.reports.content import Cell, Column, Interval, Kind, Layer, Provenance
from samhandling_web.base.reports.formats import make_file
from samhandling_web.understand.picture.documents import LANGUAGE
from samhandling_web.understand.picture.downloads import download
from samhandling_web.understand.picture.explore import presentation
from samhandling_web.understand.picture.explore.answer import Answer
from samhandling_web.understand.picture.explore.estimates import Value
from samhandling_web.understand.picture.explore.page import Asked
from samhandling_web.understand.picture.figures.assemble import data_time, data_version
from samhandling_web.understand.picture.figures.wording import source_label
from samhandling_web.understand.picture.scopes import marks

FILE_FORMATS = (
    ("csv", "CSV"),
    ("xlsx", "Excel"),
    ("geojson", "GeoJSON"),
    ("gpkg", "GeoPackage"),
)
COLUMNS = (
    ("code", gettext_lazy("Kod"), Kind.TEXT, 0),
    ("area", gettext_lazy("Område"), Kind.TEXT, 0),
    ("residents", gettext_lazy("Invånare"), Kind.INT, 0),
    ("count", gettext_lazy("Antal"), Kind.INT, 0),
    ("rate", gettext_lazy("Per 1 000 invånare och år"), Kind.DECIMAL, 1),
    ("rate_interval", gettext_lazy("95 % intervall"), Kind.INTERVAL, 1),
    ("smoothed", gettext_lazy("Utjämnat"), Kind.DECIMAL, 1),
    ("smoothed_interval", gettext_lazy("95 % intervall, utjämnat"), Kind.INTERVAL, 1),
    ("before", gettext_lazy("Antal, jämförelseperiod"), Kind.INT, 0),
    ("ratio", gettext_lazy("Kvot mot jämförelseperioden"), Kind.DECIMAL, 2),
    ("ratio_interval", gettext_lazy("95 % intervall, kvot"), Kind.INTERVAL, 2),
    ("standing", gettext_lazy("Mot kommunen"), Kind.TEXT, 0),
)


def file_of(asked: Asked, file_format: str, actor: User) -> HttpResponse:
    """Answer with the table as a file, and record that it left the house."""
    with translation.override(LANGUAGE):
        layer = layer_of(asked, made_by=actor.email)
        made = make_file(layer, file_format)
    audit.record_export(
        actor=actor,
        kind="understand.explore.exported",
        target=asked.choices.levels[asked.question.level],
        file_name=made.name,
        row_count=len(layer.rows),
    )
    return download(made)


def layer_of(asked: Asked, *, made_by: str) -> Layer:
    """Return the areas of the table with their figures and borders."""
    found = asked.answered()
    shapes = areas.area_as_set(asked.question.level, found.on)
    borders = dict(zip(shapes.codes, shapes.geometries, strict=True))
    order = presentation.ordered(found)
    codes = [found.found.codes[at] for at in order]
    return Layer(
        name=asked.question.level,
        title=_("Händelser per {level} {start}–{end}").format(
            level=asked.choices.levels[asked.question.level].name,
            start=asked.question.start,
            end=asked.question.end,
        ),
        columns=tuple(Column(str(label), kind, n, name=name) for name, label, kind, n in COLUMNS),
        rows=tuple(_row(found, at) for at in order),
        geometries=tuple(shapely.to_wkb(borders[c]) if c in borders else None for c in codes),
        provenance=_provenance(asked, found, made_by),
        marks=marks(),
    )


def _row(found: Answer, at: int) -> tuple[Cell, ...]:
    figures, code = found.estimates, found.found.codes[at]
    rate, smoothed, change = (s.at(at) for s in (figures.rate, figures.smoothed, figures.change))
    return (
        code,
        found.names[code],
        round(float(figures.residents[at])) if figures.residents.any() else None,
        int(figures.count.value[at]),
        *_pair(rate),
        *_pair(smoothed),
        None if figures.before is None else int(figures.before[at]),
        *_pair(change),
        presentation.standing(found, at),
    )


def _pair(value: Value) -> Sequence[Cell]:
    both = value.low is not None and value.high is not None
    return value.value, Interval(value.low, value.high) if both else None  # type: ignore[arg-type]


def _provenance(asked: Asked, found: Answer, made_by: str) -> Provenance:
    words = presentation.in_words(asked.question, asked.choices, found.place_name)
    return Provenance(
        data_version=data_version(),
        code_version=__version__,
        made_at=data_time(),
        made_by=made_by,
        parameters=(
            (_("Urval"), words),
            (_("Jämförelse"), presentation.compared_in_words(asked.question)),
            (_("Gränser per"), found.on.isoformat()),
            (_("Händelser utan känt område"), f"{found.found.now.unplaced:.0f}"),
        ),
        sources=(source_label(asked.question.source),),
    )

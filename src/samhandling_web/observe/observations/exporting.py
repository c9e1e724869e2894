"""Observations as files that leave the house, and as points for a map."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import shapely
from django.db.models import QuerySet
from django.http import HttpResponse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from shapely.geometry import shape

import samhandling
from samhandling_web.base.accounts.models import User
from samhandling_web.base.common.tables import exported
from samhandling_web.base.reports.content import Cell, Column, Kind, Layer, Provenance
from samhandling_web.base.reports.formats import make_file
from samhandling_web.observe.observations import rules, selectors, services
from samhandling_web.observe.observations.models import Observation
from samhandling_web.observe.observations.selectors import weeks
from samhandling_web.observe.observations.tables import ObservationFile

MOST_ROWS = 100_000
MOST_POINTS = 2_000
TABLE_FORMATS = frozenset({"csv", "xlsx"})


def observations_export(
    *, observations: QuerySet[Observation], file_format: str, actor: User
) -> HttpResponse:
    """Return the observations as a file, and record that it left.

    Raises
    ------
    NotAllowed, TooManyToExport
        If the actor may not read the list, or it is longer than a page can hand out.
    """
    count = observations.count()
    if count > MOST_ROWS:
        raise rules.TooManyToExport(count=count, limit=MOST_ROWS)
    name = f"iakttagelser-{timezone.localdate().isoformat()}"
    services.observations_export_record(
        file_name=f"{name}.{file_format}", row_count=count, actor=actor
    )
    rows = selectors.with_names(observations)
    if file_format in TABLE_FORMATS:
        return exported(ObservationFile(rows), file_format, name)
    made = make_file(_layer(rows, actor, timezone.localtime()), file_format)
    disposition = content_disposition_header(as_attachment=True, filename=made.name)
    return HttpResponse(
        made.content,
        content_type=made.mime,
        headers={"Content-Disposition": disposition or ""},
    )


def points_of(observations: QuerySet[Observation]) -> dict[str, Any]:
    """Return the latest observations that have a point, as GeoJSON for a map."""
    columns = ("longitude", "latitude", "category__name", "place_name", "pk")
    rows = observations.filter(longitude__isnull=False).values_list(*columns)[:MOST_POINTS]
    return {
        "type": "FeatureCollection",
        "features": [
            {
                "type": "Feature",
                "geometry": {"type": "Point", "coordinates": [longitude, latitude]},
                "properties": {"count": 1, "name": name, "place": place, "id": pk},
            }
            for longitude, latitude, name, place, pk in rows
        ],
    }


def _layer(rows: QuerySet[Observation], actor: User, now: datetime) -> Layer:
    columns = (
        Column(_("Nummer"), Kind.INT, name="pk"),
        Column(_("Kategori"), name="category"),
        Column(_("Allvar"), name="severity"),
        Column(_("Läge"), name="status"),
        Column(_("Från"), Kind.DATE, name="start"),
        Column(_("Till"), Kind.DATE, name="end"),
        Column(_("Plats"), name="place_name"),
        Column(_("Lägets noggrannhet"), name="precision"),
        Column(_("Stadsdelsområde"), name="district"),
        Column(_("Rapporterad av"), name="organisation"),
        Column(_("Text"), name="text"),
    )
    cells: list[tuple[Cell, ...]] = []
    geometries: list[bytes | None] = []
    names = selectors.district_names()
    for one in rows.iterator(chunk_size=5_000):
        cells.append(_cells(one, names))
        geometries.append(shapely.to_wkb(shape(one.geometry)) if one.geometry else None)
    provenance = Provenance(
        data_version=weeks.data_version(),
        code_version=samhandling.__version__,
        made_at=now,
        made_by=str(actor),
    )
    return Layer(
        name="observations",
        title=_("Iakttagelser"),
        columns=columns,
        rows=tuple(cells),
        geometries=tuple(geometries),
        provenance=provenance,
    )


def _cells(one: Observation, names: Mapping[int, str]) -> tuple[Cell, ...]:
    return (
        one.pk, str(one.category), str(one.get_severity_display()), str(one.get_status_display()),
        one.start, one.end, one.place_name, str(one.get_precision_display()),
        names.get(one.district_id or 0, ""), str(one.sending.organisation), one.text,
    )  # fmt: skip

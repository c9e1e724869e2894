"""Events as files that leave the house, each recorded."""

from datetime import datetime

import shapely
from django.db.models import QuerySet
from django.http import HttpResponse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

import samhandling
from samhandling_web.base.accounts.models import User
from samhandling_web.base.audit import services as audit
from samhandling_web.base.common.tables import exported
from samhandling_web.base.reports.content import Cell, Column, Kind, Layer, Provenance
from samhandling_web.base.reports.formats import make_file
from samhandling_web.observe.events import permissions, selectors
from samhandling_web.observe.events.models import Category, EventRevision
from samhandling_web.observe.events.rules import TooManyToExport
from samhandling_web.observe.events.tables import EventTable

MOST_ROWS = 100_000
TABLE_FORMATS = frozenset({"csv", "xlsx"})


def events_export(
    *, events: QuerySet[EventRevision], file_format: str, actor: User
) -> HttpResponse:
    """Return the events as a file: a table, or a layer with a point only where there is one.

    Raises
    ------
    NotAllowed, TooManyToExport
        If the actor may not read events, or they are more than a page can hand out.
    """
    permissions.check_may_read_events(actor)
    count = events.count()
    if count > MOST_ROWS:
        raise TooManyToExport(count=count, limit=MOST_ROWS)
    name = f"handelser-{timezone.localdate().isoformat()}"
    if file_format in TABLE_FORMATS:
        response, name = exported(EventTable(events), file_format, name), f"{name}.{file_format}"
    else:
        made = make_file(_layer(events, actor, timezone.localtime()), file_format)
        response, name = HttpResponse(made.content, content_type=made.mime), made.name
        response["Content-Disposition"] = content_disposition_header(
            as_attachment=True, filename=name
        )
    # An export is of many events; the log ties it to the tree of kinds that they all share.
    audit.record_export(
        actor=actor,
        kind="events.events.exported",
        target=Category(label="events"),
        file_name=name,
        row_count=count,
    )
    return response


def _layer(events: QuerySet[EventRevision], actor: User, now: datetime) -> Layer:
    columns = (
        Column(_("Källa"), name="source"),
        Column(_("Källans nummer"), name="external_id"),
        Column(_("Typ"), name="category"),
        Column(_("Från"), Kind.DATE, name="start"),
        Column(_("Till"), Kind.DATE, name="end"),
        Column(_("Lägets noggrannhet"), name="position_precision"),
        Column(_("Områdeskod"), name="area_code"),
        Column(_("Antal"), Kind.INT, name="count"),
    )
    names = [column.key for column in columns]
    rows: list[tuple[Cell, ...]] = []
    geometries: list[bytes | None] = []
    for lon, lat, *cells in events.values_list("lon", "lat", *names).iterator(chunk_size=5_000):
        rows.append(tuple(cells))
        geometries.append(None if lon is None else shapely.to_wkb(shapely.Point(lon, lat)))
    provenance = Provenance(
        data_version=selectors.data_version(),
        code_version=samhandling.__version__,
        made_at=now,
        made_by=str(actor),
    )
    return Layer(
        name="events",
        title=_("Händelser"),
        columns=columns,
        rows=tuple(rows),
        geometries=tuple(geometries),
        provenance=provenance,
    )

"""Walks and findings as files that leave the house, each recorded."""

import shapely
from django.db.models import QuerySet
from django.http import HttpResponse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

import samhandling
from samhandling_web.base.accounts.models import User
from samhandling_web.base.common.tables import exported
from samhandling_web.base.reports.content import Cell, Column, Kind, Layer, Provenance, slug
from samhandling_web.base.reports.formats import make_file
from samhandling_web.observe.walks import selectors, services
from samhandling_web.observe.walks.models import Finding, Walk
from samhandling_web.observe.walks.tables import FindingTable, OwnFindingTable, WalkTable

TABLE_FORMATS = frozenset({"csv", "xlsx"})


def walks_export(*, walks: QuerySet[Walk], file_format: str, actor: User) -> HttpResponse:
    """Return the walks with their measures as a table."""
    table = WalkTable(walks)
    table.figures = selectors.figures_by_walk(actor, [walk.pk for walk in walks])
    name = f"trygghetsvandringar-{timezone.localdate().isoformat()}"
    response = exported(table, file_format, name)
    services.walks_exported(
        file_name=f"{name}.{file_format}", row_count=len(table.rows), actor=actor
    )
    return response


def own_findings_export(
    *, findings: QuerySet[Finding], file_format: str, actor: User
) -> HttpResponse:
    """Return an organisation's findings as a table."""
    name = f"vara-fynd-{timezone.localdate().isoformat()}"
    response = exported(OwnFindingTable(findings), file_format, name)
    services.walks_exported(
        file_name=f"{name}.{file_format}", row_count=findings.count(), actor=actor
    )
    return response


def findings_export(
    *, walk: Walk, findings: QuerySet[Finding], file_format: str, actor: User
) -> HttpResponse:
    """Return a walk's findings as a table, or as a layer with a point where there is one.

    Raises
    ------
    FormatUnknown, FormatNotSupported
        If findings are not written in that format.
    """
    if file_format in TABLE_FORMATS:
        stem = f"{slug(walk.title)[:60]}-{timezone.localdate().isoformat()}"
        name = f"{stem}.{file_format}"
        response = exported(FindingTable(findings), file_format, stem)
    else:
        made = make_file(_layer(walk, list(findings), actor), file_format)
        name = made.name
        response = HttpResponse(made.content, content_type=made.mime)
        response["Content-Disposition"] = content_disposition_header(
            as_attachment=True, filename=name
        )
    services.walk_exported(walk=walk, file_name=name, row_count=findings.count(), actor=actor)
    return response


def _layer(walk: Walk, findings: list[Finding], actor: User) -> Layer:
    columns = (
        Column(_("Nummer"), Kind.INT, name="number"),
        Column(_("Kategori"), name="category"),
        Column(_("Känns tryggt"), name="is_safe"),
        Column(_("Plats"), name="place_name"),
        Column(_("Vad"), name="text"),
        Column(_("Förslag"), name="suggestion"),
        Column(_("Ansvarig"), name="owner"),
        Column(_("Läge"), name="status"),
        Column(_("Skäl"), name="why"),
        Column(_("Klart senast"), Kind.DATE, name="deadline"),
        Column(_("Gjort"), Kind.DATE, name="done_on"),
    )
    return Layer(
        name="findings",
        title=walk.title,
        columns=columns,
        rows=tuple(_row(finding) for finding in findings),
        geometries=tuple(_point(finding) for finding in findings),
        provenance=Provenance(
            data_version=walk.status,
            code_version=samhandling.__version__,
            made_at=timezone.localtime(),
            made_by=str(actor),
        ),
    )


def _row(finding: Finding) -> tuple[Cell, ...]:
    return (
        finding.number,
        str(finding.category),
        _("ja") if finding.is_safe else _("nej"),
        finding.place_name,
        finding.text,
        finding.suggestion,
        str(finding.owner or ""),
        str(finding.get_status_display()),
        finding.why,
        finding.deadline,
        finding.done_on,
    )


def _point(finding: Finding) -> bytes | None:
    if finding.longitude is None or finding.latitude is None:
        return None
    point: bytes = shapely.to_wkb(shapely.Point(finding.longitude, finding.latitude))
    return point

"""Lists that leave the house as files, each recorded."""

import shapely
from django.db.models import QuerySet
from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

import samhandling
from samhandling_web.base.accounts.models import User
from samhandling_web.base.common.tables import exported
from samhandling_web.base.reports.content import Column, Kind, Layer, Provenance
from samhandling_web.base.reports.formats import make_file
from samhandling_web.understand.picture.downloads import download
from samhandling_web.understand.picture.scopes import marks
from samhandling_web.understand.places import services
from samhandling_web.understand.places.ground import shape_of
from samhandling_web.understand.places.models import Place, Problem
from samhandling_web.understand.places.queries.observations import data_version
from samhandling_web.understand.places.rules import NotHere
from samhandling_web.understand.places.tables import PlaceTable, ProblemTable

TABLE_FORMATS = frozenset({"csv", "xlsx"})


def places_exported(places: QuerySet[Place], file_format: str, actor: User) -> HttpResponse:
    """Return the places as a table or a layer. `places` are those that the person may see."""
    if file_format not in PlaceTable.exports:
        raise NotHere
    name = f"platser-{timezone.localdate().isoformat()}"
    if file_format in TABLE_FORMATS:
        answer, name = exported(PlaceTable(places), file_format, name), f"{name}.{file_format}"
    else:
        made = make_file(_layer(places, actor), file_format)
        answer, name = download(made), made.name
    services.places_export_record(actor=actor, file_name=name, row_count=places.count())
    return answer


def problems_exported(problems: QuerySet[Problem], file_format: str, actor: User) -> HttpResponse:
    """Return the problems as a table."""
    if file_format not in ProblemTable.exports:
        raise NotHere
    name = f"problem-{timezone.localdate().isoformat()}"
    answer = exported(ProblemTable(problems), file_format, name)
    services.problems_export_record(
        actor=actor, file_name=f"{name}.{file_format}", row_count=problems.count()
    )
    return answer


def _layer(places: QuerySet[Place], actor: User) -> Layer:
    columns = (
        Column(_("Plats"), name="name"),
        Column(_("Slag"), name="kind"),
        Column(_("Bedömning"), name="standing"),
        Column(_("Stadsdelsområde"), name="district"),
        Column(_("Råder över platsen"), name="responsible"),
        Column(_("Radie (m)"), Kind.INT, name="radius_m"),
        Column(_("Iakttagelser"), Kind.INT, name="observations"),
        Column(_("Öppna problem"), Kind.INT, name="open_problems"),
    )
    found = list(places)
    rows = tuple(
        (
            place.name,
            str(place.get_kind_display()),
            str(place.get_standing_display()),
            str(getattr(place, "district_name", "") or ""),
            str(place.responsible or ""),
            place.radius_m,
            int(getattr(place, "observation_count", 0) or 0),
            int(getattr(place, "open_problem_count", 0) or 0),
        )
        for place in found
    )
    return Layer(
        name="places",
        title=_("Platser"),
        columns=columns,
        rows=rows,
        geometries=tuple(shapely.to_wkb(shape_of(place.geometry)) for place in found),
        provenance=Provenance(
            data_version=data_version(),
            code_version=samhandling.__version__,
            made_at=timezone.localtime(),
            made_by=str(actor),
        ),
        marks=marks(),
    )

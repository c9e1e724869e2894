"""The open pages: figures for everyone, adopted pictures, accessibility. No login."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_GET

from samhandling import __version__
from samhandling_web.base.areas import selectors as areas
from samhandling_web.base.audit import services as audit
from samhandling_web.base.common.http import UserRequest
from samhandling_web.base.reports.content import Document, Provenance
from samhandling_web.base.reports.formats import make_file
from samhandling_web.understand.picture import public_pages, scopes, selectors
from samhandling_web.understand.picture.documents import LANGUAGE, public_document_of
from samhandling_web.understand.picture.downloads import download
from samhandling_web.understand.picture.figures.assemble import data_time, data_version
from samhandling_web.understand.picture.figures.public import public_figures
from samhandling_web.understand.picture.figures.shown import shown

QUARTER_OF_AN_HOUR = 900


@require_GET
@cache_control(max_age=QUARTER_OF_AN_HOUR)
def public_index(request: HttpRequest) -> HttpResponse:
    context = {
        "municipality": areas.municipality(),
        "levels": public_pages.open_levels(timezone.localdate()),
        "adopted": selectors.pictures_published(),
        "contact": settings.PUBLIC_CONTACT,
    }
    return render(request, "picture/public_index.html", context)


@require_GET
@cache_control(max_age=QUARTER_OF_AN_HOUR)
def public_area(request: HttpRequest, level: str, code: str) -> HttpResponse:
    scope = public_pages.open_scope(level, code, timezone.localdate())
    if scope is None:
        raise Http404
    context = {
        "scope": scope,
        "figures": [shown(figure) for figure in public_figures(scope)],
        "adopted": selectors.pictures_published_about(scope.level, scope.code),
        "contact": settings.PUBLIC_CONTACT,
        "level_name": "" if scope.is_whole else areas.level_by_slug(level).name,
    }
    return render(request, "picture/public_area.html", context)


@require_GET
def public_csv(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    """Give out every published figure in one file."""
    origin = Provenance(
        data_version=data_version(),
        code_version=__version__,
        made_at=data_time(),
        made_by="Samhandling",
    )
    with translation.override(LANGUAGE):
        table = public_pages.every_figure()
        document = Document(_("Öppna siffror"), origin, (table,), marks=scopes.marks())
    return download(make_file(document, "csv"))


@require_GET
def public_pdf(request: UserRequest, pk: int) -> HttpResponse:
    """Give out an adopted picture as everyone may read it."""
    picture = get_object_or_404(selectors.pictures_published(), pk=pk)
    document = public_document_of(picture)
    made = make_file(document, "pdf")
    audit.record_export(
        actor=request.user,
        kind="understand.picture.exported_publicly",
        target=picture,
        file_name=made.name,
        row_count=sum(len(table.rows) for table in document.tables()),
    )
    return download(made)


@require_GET
def accessibility(request: HttpRequest) -> HttpResponse:
    context = {"contact": settings.PUBLIC_CONTACT, "municipality": areas.municipality()}
    return render(request, "picture/public_accessibility.html", context)

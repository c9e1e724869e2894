"""One area in figures, and the list to choose it from."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone, translation
from django.views.decorators.http import require_GET

from samhandling_web.base.areas import selectors as areas
from samhandling_web.base.audit import services as audit
from samhandling_web.base.common.http import UserRequest
from samhandling_web.base.reports.formats import make_file
from samhandling_web.understand.picture import permissions, scopes
from samhandling_web.understand.picture.documents import LANGUAGE
from samhandling_web.understand.picture.downloads import download
from samhandling_web.understand.picture.explore import area_page
from samhandling_web.understand.picture.figures.assemble import data_time
from samhandling_web.understand.picture.figures.document import figures_document


@login_required
@require_GET
def area_list(request: UserRequest) -> HttpResponse:
    permissions.check_may_explore(request.user)
    levels = area_page.areas_by_level(request.user, timezone.localdate())
    return render(request, "picture/area_list.html", {"levels": levels})


@login_required
@require_GET
def area(request: UserRequest, level: str, code: str) -> HttpResponse:
    permissions.check_may_explore(request.user)
    found = get_object_or_404(areas.area_visible_to(request.user, level, code))
    form = area_page.period_form(request.GET.dict(), request.user)
    context = {"area": found, "form": form, "formats": area_page.FILE_FORMATS}
    if not form.is_valid():
        return render(request, "picture/area.html", context, status=422)
    page = area_page.area_page(
        found, (form.cleaned_data["first_day"], form.cleaned_data["last_day"])
    )
    return render(request, "picture/area.html", context | {"page": page})


@login_required
@require_GET
def area_file(request: UserRequest, level: str, code: str, file_format: str) -> HttpResponse:
    permissions.check_may_explore(request.user)
    found = get_object_or_404(areas.area_visible_to(request.user, level, code))
    form = area_page.period_form(request.GET.dict(), request.user)
    if not form.is_valid():
        return HttpResponse(form.errors.as_text(), status=422, content_type="text/plain")
    period = (form.cleaned_data["first_day"], form.cleaned_data["last_day"])
    with translation.override(LANGUAGE):
        page = area_page.area_page(found, period)
        document = figures_document(
            page.scope,
            page.figures,
            data_version=page.data_version,
            made_at=data_time(),
            made_by=request.user.email,
            marks=scopes.marks(),
        )
        made = make_file(document, file_format)
    audit.record_export(
        actor=request.user,
        kind="understand.area.exported",
        target=found,
        file_name=made.name,
        row_count=sum(len(figure.rows) for figure in page.figures),
    )
    return download(made)

"""Pages about areas: levels with their map and table, an area's history, and the settings."""

import json
from datetime import date
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import condition, require_GET, require_http_methods
from django_tables2 import RequestConfig

from samhandling_web.base.areas import permissions, selectors, services
from samhandling_web.base.areas.forms import AreaForm, DayForm, LevelForm
from samhandling_web.base.areas.models import AreaLevel
from samhandling_web.base.areas.tables import AreaTable
from samhandling_web.base.common.errors import DomainError
from samhandling_web.base.common.http import UserRequest
from samhandling_web.base.common.tables import exported

GEOJSON = "application/geo+json"


@require_GET
def level_list(request: HttpRequest) -> HttpResponse:
    context = {
        "levels": selectors.levels_with_counts(request.user),
        "may_manage": permissions.may_manage_areas(request.user),
        "municipality": selectors.municipality(),
    }
    return render(request, "areas/level_list.html", context)


@require_GET
def level_detail(request: HttpRequest, slug: str) -> HttpResponse:
    level = get_object_or_404(selectors.levels_visible_to(request.user), slug=slug)
    # The field shows the day that is shown, also when none was chosen.
    form = DayForm(request.GET if "dag" in request.GET else None)
    day = form.day()
    areas = selectors.areas_visible_to(request.user, slug, day).defer("geometry", "geometry_map")
    _record_protected(request, level, day)
    if file_format := request.GET.get("export"):
        return _export(request, level, day, file_format)
    table = AreaTable(areas)
    RequestConfig(request, paginate={"per_page": 50}).configure(table)
    context = {
        "level": level,
        "day": day,
        "form": form,
        "table": table,
        "days": selectors.division_days(slug),
        "happenings": selectors.happenings_of_level(slug, request.user),
        "may_manage": permissions.may_manage_areas(request.user),
    }
    return render(request, "areas/level_detail.html", context)


def _export(request: HttpRequest, level: AreaLevel, day: date, file_format: str) -> HttpResponse:
    """Answer with a file of the areas, and record that it left the house."""
    name = f"{level.slug}-{day}"
    areas = selectors.areas_visible_to(request.user, level.slug, day).defer("geometry_map")
    if file_format == "geojson":
        shown = selectors.feature_collection(
            level.slug, day, simplified=False, visible_to=request.user
        )
        response = _geojson(shown)
        response["Content-Disposition"] = content_disposition_header(
            as_attachment=True, filename=f"{name}.geojson"
        )
    else:
        kind = "xlsx" if file_format == "xlsx" else "csv"
        response, name = exported(AreaTable(areas.defer("geometry")), kind, name), f"{name}.{kind}"
    services.level_export_record(
        level=level, actor=request.user, file_name=name, row_count=areas.count()
    )
    return response


def _record_protected(request: HttpRequest, level: AreaLevel, day: date) -> None:
    if selectors.shows_protected(request.user, level.slug, day):
        services.protected_level_read(level=level, actor=request.user)


def _map_version(request: HttpRequest, slug: str) -> str:
    version = selectors.collection_version(
        slug, DayForm(request.GET).day(), visible_to=request.user
    )
    return f'"{version}"'


@require_GET
@cache_control(private=True, no_cache=True)
@condition(etag_func=_map_version)
def level_map(request: HttpRequest, slug: str) -> HttpResponse:
    level = get_object_or_404(selectors.levels_visible_to(request.user), slug=slug)
    day = DayForm(request.GET).day()
    _record_protected(request, level, day)
    return _geojson(selectors.feature_collection(slug, day, visible_to=request.user))


def _layer_version(_request: HttpRequest, kind: str) -> str | None:
    return selectors.map_layer_kinds().get(kind)


@require_GET
@cache_control(public=True, max_age=300)
@condition(etag_func=_layer_version)
def map_layer(_request: HttpRequest, kind: str) -> HttpResponse:
    layer = selectors.map_layer(kind)
    if layer is None:
        raise Http404
    return _geojson(layer.collection)


def _geojson(collection: dict[str, Any]) -> HttpResponse:
    text = json.dumps(collection, ensure_ascii=False, separators=(",", ":"))
    return HttpResponse(text, content_type=GEOJSON)


@require_GET
def area_detail(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    area = get_object_or_404(selectors.area_visible_to(request.user, slug, code))
    versions = list(selectors.versions_of(area))
    _record_protected(request, area.level, versions[0].valid_from)
    context = {
        "area": area,
        "versions": versions,
        "latest": versions[0],
        "happenings": selectors.happenings_of_area(area, request.user),
        "neighbours": selectors.neighbours_of(versions[0], request.user),
        "may_manage": permissions.may_manage_areas(request.user),
    }
    return render(request, "areas/area_detail.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def area_edit(request: UserRequest, slug: str, code: str) -> HttpResponse:
    permissions.check_may_manage_areas(request.user)
    area = get_object_or_404(selectors.area_visible_to(request.user, slug, code))
    form = AreaForm(request.POST or None, instance=area)
    if request.method == "POST" and form.is_valid():
        services.area_set(area_id=area.pk, actor=request.user, **form.cleaned_data)
        messages.success(request, _("Området är ändrat."))
        return redirect("areas:area-detail", slug, code)
    status = 422 if form.errors else 200
    return render(request, "areas/area_form.html", {"form": form, "area": area}, status=status)


@login_required
@require_http_methods(["GET", "POST"])
def level_new(request: UserRequest) -> HttpResponse:
    return _level_form(request, None)


@login_required
@require_http_methods(["GET", "POST"])
def level_edit(request: UserRequest, slug: str) -> HttpResponse:
    return _level_form(request, get_object_or_404(AreaLevel, slug=slug))


def _level_form(request: UserRequest, level: AreaLevel | None) -> HttpResponse:
    permissions.check_may_manage_areas(request.user)
    form = LevelForm(request.POST or None, instance=level)
    if request.method == "POST" and form.is_valid():
        try:
            services.level_set(actor=request.user, **form.cleaned_data)
        except DomainError as exc:
            form.add_error(None, str(exc))
        else:
            messages.success(request, _("Nivån är sparad."))
            return redirect("areas:level-list")
    status = 422 if form.errors else 200
    return render(request, "areas/level_form.html", {"form": form, "level": level}, status=status)

"""Exploring events: one question in the address; page, map values, week and files answer it."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, JsonResponse
from django.urls import reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_GET

from samhandling_web.base.common.http import UserRequest, render_part
from samhandling_web.understand.picture import permissions
from samhandling_web.understand.picture.explore import presentation, saving
from samhandling_web.understand.picture.explore.files import FILE_FORMATS, file_of
from samhandling_web.understand.picture.explore.page import Asked, asked, content_of
from samhandling_web.understand.picture.explore.places import hot_cells
from samhandling_web.understand.picture.explore.week import week_figure
from samhandling_web.understand.picture.figures import drawing


def asked_by(request: UserRequest) -> Asked:
    """Return the question in the address, from somebody who may ask it."""
    permissions.check_may_explore(request.user)
    return asked(dict(request.GET.lists()), request.user)


@login_required
@require_GET
def explore(request: UserRequest) -> HttpResponse:
    question = asked_by(request)
    context = content_of(question, request.GET.get("sida"))
    context |= {
        "saved_views": saving.views_visible_to(request.user),
        "organisations": saving.organisations_of(request.user),
        "formats": FILE_FORMATS,
    }
    response = render_part(request, "picture/explore.html", "svar", context)
    if request.htmx:
        response.headers["HX-Push-Url"] = f"{reverse('picture:explore')}?{context['query']}"
    return response


@login_required
@require_GET
@cache_control(private=True, max_age=60)
def explore_values(request: UserRequest) -> JsonResponse:
    return JsonResponse(presentation.map_values(asked_by(request).answered()))


@login_required
@require_GET
@cache_control(private=True, max_age=60)
def explore_cells(request: UserRequest) -> JsonResponse:
    cells: dict[str, Any] = hot_cells(asked_by(request))
    return JsonResponse(cells, content_type="application/geo+json")


@login_required
@require_GET
def explore_week(request: UserRequest) -> HttpResponse:
    question = asked_by(request)
    figure = week_figure(question)
    context = {
        "figure": figure,
        "svg": drawing.draw(figure) if figure else "",
        "query": question.question.as_query(),
    }
    return render_part(request, "picture/explore_week.html", "vecka", context)


@login_required
@require_GET
def explore_file(request: UserRequest, file_format: str) -> HttpResponse:
    return file_of(asked_by(request), file_format, request.user)

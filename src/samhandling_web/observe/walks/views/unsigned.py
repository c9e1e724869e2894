"""Pages without login: one finding behind a signed link, and what participants are told."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from samhandling_web.base.common.errors import DomainError
from samhandling_web.base.photos.http import photo_response
from samhandling_web.observe.walks import map_shapes, rules, selectors, services
from samhandling_web.observe.walks.forms import AnswerForm
from samhandling_web.observe.walks.models import FindingLink, FindingPhoto
from samhandling_web.observe.walks.rules import FindingStatus, LinkNotValid, TooManyTries
from samhandling_web.observe.walks.tries import ANSWERS, READINGS, check_tries

View = Callable[..., HttpResponseBase]


def kept_apart(view: View) -> View:
    """Keep a page out of search engines and caches, and its address out of other sites' logs.

    The policy for what is told to other pages is the platform's own, `same-origin`: with a
    stricter one, the browser would not say where the answer comes from, and it would be refused.
    """

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            response: HttpResponseBase = view(request, *args, **kwargs)
        except (LinkNotValid, TooManyTries) as exc:
            response = render(request, "walks/link_gone.html", {"error": exc}, status=exc.status)
        response.headers["X-Robots-Tag"] = "noindex, nofollow"
        response.headers.setdefault("Cache-Control", "private, no-store")
        return response

    return wrapped


@kept_apart
@require_GET
def link_page(request: HttpRequest, key: str) -> HttpResponse:
    """Show the finding and, while there is something to answer, the form. Nothing is changed."""
    link = _opened(request, key)
    return _page(request, link, key, _form(link))


@kept_apart
@require_POST
def link_answer(request: HttpRequest, key: str) -> HttpResponse:
    check_tries(request, ANSWERS)
    link = _opened(request, key)
    form = _form(link, request.POST, request.FILES)
    if form is None:
        return redirect("walks:link-page", key)
    if form.is_valid():
        told = form.cleaned_data
        try:
            services.finding_answer_by_link(
                key=key,
                answer=form.answer(),
                photos=told["photos"],
                nobody_recognisable=told["nobody_recognisable"],
            )
        except DomainError as exc:
            form.add_error(None, str(exc))
        else:
            return redirect("walks:link-page", key)
    return _page(request, link, key, form, status=422)


@kept_apart
@require_GET
def link_photo(request: HttpRequest, key: str, pk: int) -> HttpResponseBase:
    link = _opened(request, key)
    photos = FindingPhoto.objects.select_related("photo").filter(finding=link.finding)
    return photo_response(get_object_or_404(photos, pk=pk).photo)


@kept_apart
@require_GET
def link_point(request: HttpRequest, key: str) -> HttpResponse:
    return JsonResponse(map_shapes.points_of([_opened(request, key).finding]))


@kept_apart
@require_GET
def notice(request: HttpRequest, notice_key: UUID) -> HttpResponse:
    """Tell those who walked what became of it."""
    walk = selectors.walk_announced(notice_key)
    if walk is None:
        raise Http404
    return render(request, "walks/notice.html", {"walk": walk})


def _opened(request: HttpRequest, key: str) -> FindingLink:
    check_tries(request, READINGS)
    return selectors.link_by_key(key, timezone.now())


def _form(link: FindingLink, *data: Any) -> AnswerForm | None:
    targets = rules.LINK_ANSWERS[FindingStatus(link.finding.status)]
    if not targets or link.finding.walk.status not in rules.ANSWERING:
        return None
    return AnswerForm(*data, targets=targets, leads=False)


def _page(
    request: HttpRequest, link: FindingLink, key: str, form: AnswerForm | None, *, status: int = 200
) -> HttpResponse:
    finding = link.finding
    context = {
        "link": link,
        "key": key,
        "finding": finding,
        "walk": finding.walk,
        "form": form,
        "frame": map_shapes.frame_of(finding.walk, [finding]) if finding.longitude else None,
        "photos": finding.photos.filter(photo__removal=None).select_related("photo"),
        "answered_here": link.steps.exists(),
    }
    return render(request, "walks/link_page.html", context, status=status)

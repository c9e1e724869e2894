"""Steps of one observation: take up, answer, join and split."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from samhandling_web.base.common.errors import DomainError, NotAllowed
from samhandling_web.base.common.http import UserRequest
from samhandling_web.base.photos.http import removal_page
from samhandling_web.observe.observations import permissions, selectors, services
from samhandling_web.observe.observations.forms import AnswerForm, JoinForm
from samhandling_web.observe.observations.models import ObservationPhoto
from samhandling_web.observe.observations.page_parts import observation_context


@login_required
@require_POST
def take_up(request: UserRequest, pk: int) -> HttpResponse:
    return _answered(request, pk, services.observation_take_up)


@login_required
@require_POST
def done(request: UserRequest, pk: int) -> HttpResponse:
    return _answered(request, pk, services.observation_done)


@login_required
@require_POST
def no_action(request: UserRequest, pk: int) -> HttpResponse:
    return _answered(request, pk, services.observation_no_action)


@login_required
@require_POST
def join(request: UserRequest, pk: int) -> HttpResponse:
    visible = selectors.observations_visible_to(request.user)
    get_object_or_404(visible, pk=pk)
    form = JoinForm(request.POST)
    other = visible.filter(pk=form.cleaned_data["to"]).first() if form.is_valid() else None
    if other is None:
        form.add_error("to", form.unknown)
        return _again(request, pk, join_form=form)
    return _stepped(request, pk, services.observation_join, to_id=other.pk)


@login_required
@require_POST
def split(request: UserRequest, pk: int) -> HttpResponse:
    return _stepped(request, pk, services.observation_split)


@login_required
@require_http_methods(["GET", "POST"])
def photo_remove(request: UserRequest, pk: int) -> HttpResponse:
    visible = selectors.observations_visible_to(request.user)
    found = get_object_or_404(ObservationPhoto, pk=pk, observation__in=visible, photo__removal=None)
    permissions.check_may_remove_photo(request.user, found.observation)
    return removal_page(
        request,
        shown_at=reverse("observations:photo", args=[pk]),
        back=reverse("observations:observation-detail", args=[found.observation_id]),
        remove=partial(services.photo_remove, photo_id=pk, actor=request.user),
    )


def _answered(request: UserRequest, pk: int, step: Callable[..., object]) -> HttpResponse:
    form = AnswerForm(request.POST)
    if not form.is_valid():
        return _again(request, pk, answer_form=form)
    return _stepped(request, pk, step, answer=form.cleaned_data["answer"])


def _stepped(
    request: UserRequest, pk: int, step: Callable[..., object], **told: Any
) -> HttpResponse:
    """Take the step and go back to the page, which says why when it was refused."""
    get_object_or_404(selectors.observations_visible_to(request.user), pk=pk)
    try:
        step(observation_id=pk, actor=request.user, **told)
    except NotAllowed:
        raise
    except DomainError as error:
        return _again(request, pk, error=error, answer_form=AnswerForm(initial=told))
    return redirect("observations:observation-detail", pk)


def _again(request: UserRequest, pk: int, **told: Any) -> HttpResponse:
    visible = selectors.with_names(selectors.observations_visible_to(request.user))
    observation = get_object_or_404(visible, pk=pk)
    context = {**observation_context(request.user, observation), **told}
    return render(request, "observations/observation_detail.html", context, status=422)

"""The list of places, the page of one, and what is written about it."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from django_tables2 import RequestConfig

from samhandling_web.base.common.http import UserRequest
from samhandling_web.base.photos.http import photo_response, removal_page
from samhandling_web.understand.places import (
    exporting,
    history,
    map_layers,
    permissions,
    place_page,
    selectors,
    services,
)
from samhandling_web.understand.places.forms import (
    AssessForm,
    FactForm,
    PlaceFilterForm,
    PlaceForm,
    PlacePhotosForm,
)
from samhandling_web.understand.places.models import Place
from samhandling_web.understand.places.rules import Standing
from samhandling_web.understand.places.tables import PlaceTable
from samhandling_web.understand.places.views.saving import saved


def place_seen(request: UserRequest, pk: int) -> Place:
    """Return the place, if the person may see it."""
    permissions.check_may_read_places(request.user)
    return get_object_or_404(selectors.places_visible_to(request.user), pk=pk)


@login_required
@require_GET
def place_list(request: UserRequest) -> HttpResponse:
    permissions.check_may_read_places(request.user)
    form = PlaceFilterForm(request.GET)
    places = selectors.places_chosen(selectors.places_visible_to(request.user), form.choice())
    if file_format := request.GET.get("export"):
        return exporting.places_exported(places, file_format, request.user)
    table = PlaceTable(places)
    RequestConfig(request, paginate={"per_page": 50}).configure(table)
    context = {
        "form": form,
        "table": table,
        "query": request.GET.urlencode(),
        "may_write": permissions.may_write_somewhere(request.user),
    }
    return render(request, "places/place_list.html", context)


@login_required
@require_GET
def place_detail(request: UserRequest, pk: int) -> HttpResponse:
    return detail_page(request, place_seen(request, pk))


def detail_page(
    request: UserRequest, place: Place, *, status: int = 200, **forms: Any
) -> HttpResponse:
    """Show the place's page; a form that was refused comes back with its reasons."""
    page = place_page.place_page(place, request.user, timezone.localdate())
    context = {
        "place": place,
        "page": page,
        "history": history.told(page.history),
        "bounds": map_layers.bounds_of(place),
        "assess_form": AssessForm(),
        "fact_form": FactForm(initial={"known_on": timezone.localdate()}),
        "photos_form": PlacePhotosForm(initial={"moment": "before"}),
        "may_propose": permissions.may_propose_problem(request.user),
    }
    return render(request, "places/place_detail.html", context | forms, status=status)


@login_required
@require_http_methods(["GET", "POST"])
def place_new(request: UserRequest) -> HttpResponse:
    permissions.check_may_write_somewhere(request.user)
    form = PlaceForm(request.POST or None, actor=request.user)
    place = saved(form, lambda: services.place_create(details=form.details(), actor=request.user))
    if place:
        messages.success(request, _("Platsen är upplagd. Bedöm den nu, medan du minns varför."))
        return redirect("places:place-detail", place.pk)
    status = 422 if form.errors else 200
    return render(request, "places/place_form.html", {"form": form}, status=status)


@login_required
@require_http_methods(["GET", "POST"])
def place_edit(request: UserRequest, pk: int) -> HttpResponse:
    place = place_seen(request, pk)
    permissions.check_may_write_place(request.user, place)
    initial = PlaceForm.initial_of(place)
    form = PlaceForm(request.POST or None, actor=request.user, initial=initial)
    done = saved(
        form,
        lambda: services.place_edit(place_id=pk, details=form.details(), actor=request.user),
    )
    if done:
        messages.success(request, _("Platsen är ändrad."))
        return redirect("places:place-detail", pk)
    status = 422 if form.errors else 200
    return render(request, "places/place_form.html", {"form": form, "place": place}, status=status)


@login_required
@require_POST
def place_assess(request: UserRequest, pk: int) -> HttpResponse:
    place = place_seen(request, pk)
    form = AssessForm(request.POST)
    done = saved(
        form,
        lambda: services.place_assess(
            place_id=pk,
            standing=Standing(form.cleaned_data["standing"]),
            reason=form.cleaned_data["reason"],
            actor=request.user,
        ),
    )
    if done is None:
        return detail_page(request, place, status=422, assess_form=form)
    messages.success(request, _("Bedömningen är sparad."))
    return redirect("places:place-detail", pk)


@login_required
@require_POST
def place_fact(request: UserRequest, pk: int) -> HttpResponse:
    place = place_seen(request, pk)
    form = FactForm(request.POST)
    done = saved(
        form, lambda: services.place_fact_add(place_id=pk, **form.values(), actor=request.user)
    )
    if done is None:
        return detail_page(request, place, status=422, fact_form=form)
    messages.success(request, _("Uppgiften är sparad."))
    return redirect("places:place-detail", pk)


@login_required
@require_POST
def place_photos(request: UserRequest, pk: int) -> HttpResponse:
    place = place_seen(request, pk)
    form = PlacePhotosForm(request.POST, request.FILES)
    done = saved(form, lambda: _photos_kept(form, pk, request))
    if done is None:
        return detail_page(request, place, status=422, photos_form=form)
    messages.success(request, _("Bilderna är sparade."))
    return redirect("places:place-detail", pk)


def _photos_kept(form: PlacePhotosForm, pk: int, request: UserRequest) -> list[Any]:
    told = form.cleaned_data
    return services.place_photos_add(
        place_id=pk,
        files=told["photos"],
        nobody_recognisable=told["nobody_recognisable"],
        moment=told["moment"],
        caption=told["caption"],
        actor=request.user,
    )


@login_required
@require_GET
def place_photo(request: UserRequest, pk: int, photo: int) -> FileResponse:
    place = place_seen(request, pk)
    return photo_response(get_object_or_404(place.photos.select_related("photo"), pk=photo).photo)


@login_required
@require_http_methods(["GET", "POST"])
def place_photo_remove(request: UserRequest, pk: int, photo: int) -> HttpResponse:
    place = place_seen(request, pk)
    permissions.check_may_remove_photo(request.user, place)
    get_object_or_404(place.photos, pk=photo, photo__removal=None)
    return removal_page(
        request,
        shown_at=reverse("places:place-photo", args=[pk, photo]),
        back=reverse("places:place-detail", args=[pk]),
        remove=partial(
            services.place_photo_remove, place_id=pk, photo_id=photo, actor=request.user
        ),
    )

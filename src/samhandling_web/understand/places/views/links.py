"""Linking observations and findings to a place, and away from it."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from samhandling_web.base.common.http import UserRequest
from samhandling_web.understand.places import permissions, rules, selectors, services
from samhandling_web.understand.places.forms import LinkForm
from samhandling_web.understand.places.models import Place
from samhandling_web.understand.places.views.places import place_seen
from samhandling_web.understand.places.views.saving import saved

Link = Callable[..., int]


@login_required
@require_http_methods(["GET", "POST"])
def place_link(request: UserRequest, pk: int) -> HttpResponse:
    """Show what lies within the radius and let the person say what belongs here."""
    place = place_seen(request, pk)
    permissions.check_may_write_place(request.user, place)
    observations = selectors.observations_nearby(place)
    findings = selectors.findings_nearby(place)
    form = _form(request, [one for one, _m in observations], [one for one, _m in findings])
    links = (services.observations_link, services.findings_link)
    if request.method == "POST":
        count = saved(form, lambda: _applied(form, place, links, request))
        if count is not None:
            said = ngettext("{count} rad kopplades.", "{count} rader kopplades.", count)
            messages.success(request, said.format(count=count))
            return redirect("places:place-detail", pk)
    context = {"place": place, "form": form, "observations": observations, "findings": findings}
    status = 422 if form.errors else 200
    return render(request, "places/place_link.html", context, status=status)


@login_required
@require_POST
def place_unlink(request: UserRequest, pk: int) -> HttpResponse:
    place = place_seen(request, pk)
    permissions.check_may_write_place(request.user, place)
    form = _form(
        request, list(selectors.observations_of(place)), list(selectors.findings_of(place))
    )
    links = (services.observations_unlink, services.findings_unlink)
    if saved(form, lambda: _applied(form, place, links, request)) is None:
        messages.warning(request, str(rules.NothingChosen()))
    else:
        messages.success(request, _("Det som kryssades hör inte längre till platsen."))
    return redirect("places:place-detail", pk)


def _form(request: UserRequest, observations: list[Any], findings: list[Any]) -> LinkForm:
    return LinkForm(
        request.POST or None,
        observations=[one.pk for one in observations],
        findings=[one.pk for one in findings],
    )


def _applied(form: LinkForm, place: Place, links: tuple[Link, Link], request: UserRequest) -> int:
    """Do what was asked with what was ticked, and return how many rows it was."""
    told = form.cleaned_data
    if not told["observations"] and not told["findings"]:
        raise rules.NothingChosen
    done = 0
    for name, key, link in (
        ("observations", "observation_ids", links[0]),
        ("findings", "finding_ids", links[1]),
    ):
        if told[name]:
            done += link(place_id=place.pk, **{key: told[name]}, actor=request.user)
    return done

"""Reporting: the page, with and without scripts, and what a telephone sends and asks."""

import json
from typing import Any
from uuid import uuid5

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.csrf import ensure_csrf_cookie
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from samhandling_web.base.common.errors import DomainError
from samhandling_web.base.common.http import UserRequest
from samhandling_web.base.photos.rules import PhotoRefused
from samhandling_web.observe.observations import offline, permissions, rules, selectors, services
from samhandling_web.observe.observations.forms import NearForm, PhotoForm, ReportForm, sent
from samhandling_web.observe.observations.models import Observation, Sending
from samhandling_web.observe.observations.page_parts import near_as_json, report_context
from samhandling_web.observe.observations.seen import Seen, SendingRefused
from samhandling_web.observe.observations.selectors import Near


@login_required
@ensure_csrf_cookie
@require_http_methods(["GET", "POST"])
def report(request: UserRequest) -> HttpResponse:
    permissions.check_may_report(request.user)
    organisations = selectors.organisations_reported_for(request.user)
    if request.method == "GET":
        form = ReportForm(organisations=organisations)
        return render(request, "observations/report.html", report_context(request.user, form))
    form = ReportForm(request.POST, request.FILES, organisations=organisations)
    near: list[Observation] = []
    if form.is_valid():
        seen = form.seen(timezone.now())
        if not form.has_decided:
            near = selectors.near_places(request.user, _near(seen))
        if not near and _plain_received(request, form, seen):
            return redirect("report:mine")
    context = report_context(request.user, form, near)
    return render(request, "observations/report.html", context, status=200 if near else 422)


def _near(seen: Seen) -> Near:
    return Near(seen.category, seen.start, seen.end, None, seen.place_name)


def _plain_received(request: UserRequest, form: ReportForm, seen: Seen) -> bool:
    """Receive what was typed on the page, and then its photos; say what was refused."""
    told = form.cleaned_data
    try:
        services.sending_receive(
            client_id=told["client_id"],
            observations=[seen],
            typed_at=timezone.now(),
            actor=request.user,
            organisation_id=told.get("organisation"),
        )
    except SendingRefused as refused:
        form.take_faults(refused.faults)
        return False
    except DomainError as refused:
        form.add_error(None, str(refused))
        return False
    messages.success(request, _("Tack! Iakttagelsen är mottagen."))
    for number, file in enumerate(told["photos"]):
        try:
            services.photo_receive(
                sending_client_id=told["client_id"],
                number=1,
                client_id=uuid5(told["client_id"], str(number)),
                file=file,
                nobody_recognisable=told["nobody_recognisable"],
                actor=request.user,
            )
        except PhotoRefused as refused:
            messages.warning(request, str(refused))
    return True


@login_required
@require_POST
def nothing_report(request: UserRequest) -> HttpResponse:
    form = ReportForm(request.POST, organisations=[])
    form.is_valid()
    if "client_id" not in form.cleaned_data:
        raise Http404
    own = selectors.organisations_reported_for(request.user)
    services.sending_receive(
        client_id=form.cleaned_data["client_id"],
        observations=[],
        typed_at=timezone.now(),
        actor=request.user,
        organisation_id=own[0].pk if own else None,
        nothing=True,
    )
    messages.success(request, _("Tack! Också att inget hände är en rapport."))
    return redirect("report:mine")


@login_required
@require_POST
def sending_receive(request: UserRequest) -> HttpResponse:
    """Receive a telephone's sending; the same one again gets the same receipt."""
    permissions.check_may_report(request.user)
    content = sent(_json(request))
    if content.faults:
        return _refused(SendingRefused(content.faults))
    told = content.told
    if told["reporter"] != request.user.pk:
        return JsonResponse({"error": str(rules.WrittenByAnother())}, status=403)
    is_new = not Sending.objects.filter(client_id=told["client_id"]).exists()
    try:
        sending = services.sending_receive(
            client_id=told["client_id"],
            observations=content.observations,
            typed_at=told["typed_at"],
            actor=request.user,
            organisation_id=told["organisation"],
            nothing=told["nothing"],
        )
    except DomainError as error:
        return _refused(error)
    return JsonResponse(selectors.receipt_of(sending), status=201 if is_new else 200)


@login_required
@require_POST
def photo_receive(request: UserRequest, client_id: Any, number: int) -> HttpResponse:
    form = PhotoForm(request.POST, request.FILES)
    if not form.is_valid():
        return JsonResponse({"error": " ".join(map(str, form.errors.values()))}, status=422)
    told = form.cleaned_data
    try:
        services.photo_receive(
            sending_client_id=client_id,
            number=number,
            client_id=told["client_id"],
            file=told["photo"],
            nobody_recognisable=told["nobody_recognisable"],
            actor=request.user,
        )
    except Observation.DoesNotExist:
        raise Http404 from None
    except DomainError as error:
        return _refused(error)
    return JsonResponse({"client_id": str(told["client_id"])})


@login_required
@require_GET
def near_list(request: UserRequest) -> HttpResponse:
    """Answer with observations near where somebody is about to report one."""
    permissions.check_may_report(request.user)
    form = NearForm(request.GET)
    if not form.is_valid():
        return JsonResponse({"near": []})
    told = form.cleaned_data
    place = (told["longitude"], told["latitude"])
    point = None if None in place else place
    near = Near(told["category"], told["start"], told["end"], point, told["place_name"])
    found = selectors.near_places(request.user, near)
    return JsonResponse({"near": [near_as_json(one) for one in found]})


@require_GET
@cache_control(no_cache=True)
def worker(_request: HttpRequest) -> HttpResponse:
    """Answer with the service worker; it holds addresses, and nothing of anybody's."""
    return HttpResponse(offline.worker_script(), content_type="text/javascript; charset=utf-8")


def _json(request: UserRequest) -> Any:
    try:
        return json.loads(request.body)
    except ValueError:
        return None


def _refused(error: DomainError) -> JsonResponse:
    """Say why, and beside which field of which observation."""
    faults = error.faults if isinstance(error, SendingRefused) else ()
    rows = [{"number": f.number, "field": f.field, "message": f.message} for f in faults]
    return JsonResponse({"error": str(error), "faults": rows}, status=error.status)

"""The page to walk with: findings added in few taps, also where the network is gone."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from samhandling_web.base.common.errors import DomainError
from samhandling_web.base.common.http import UserRequest
from samhandling_web.observe.walks import permissions, selectors, services
from samhandling_web.observe.walks.forms import FindingForm
from samhandling_web.observe.walks.models import Finding, Walk

RECEIVED = 201


@login_required
@require_GET
def walking(request: UserRequest, pk: int) -> HttpResponse:
    """Show the form for the next finding; `?igen=` fills in one of the previous walk."""
    walk = _walked_by(request, pk)
    initial: dict[str, Any] = {}
    number = request.GET.get("igen", "")
    if number.isdecimal() and walk.previous_id:
        before = selectors.findings_visible_to(request.user).filter(walk=walk.previous_id)
        initial = FindingForm.again(get_object_or_404(before, pk=number))
    return _page(request, walk, FindingForm(initial=initial, walk=walk))


@login_required
@require_POST
def finding_add(request: UserRequest, pk: int) -> HttpResponse:
    """Receive a finding: from the form as it is, or from the telephone's store as JSON is asked."""
    walk = _walked_by(request, pk)
    form = FindingForm(request.POST, request.FILES, walk=walk)
    finding = _received(request, walk, form) if form.is_valid() else None
    if "application/json" in request.headers.get("Accept", ""):
        return _told(form, finding)
    if finding is None:
        return _page(request, walk, form, status=422)
    messages.success(request, _("Fynd {number} är mottaget.").format(number=finding.number))
    return redirect("walks:walking", pk)


def _received(request: UserRequest, walk: Walk, form: FindingForm) -> Finding | None:
    told = form.cleaned_data
    try:
        return services.finding_add(
            walk_id=walk.pk,
            found=form.found(),
            photos=told["photos"],
            nobody_recognisable=told["nobody_recognisable"],
            actor=request.user,
        )
    except DomainError as exc:
        form.add_error(None, str(exc))
        return None


def _told(form: FindingForm, finding: Finding | None) -> JsonResponse:
    if finding is not None:
        text = _("Fynd {number} är mottaget.").format(number=finding.number)
        return JsonResponse({"number": finding.number, "text": text}, status=RECEIVED)
    errors = [
        f"{form.fields[name].label}: {error}" if name in form.fields else str(error)
        for name, found in form.errors.items()
        for error in found
    ]
    return JsonResponse({"errors": errors}, status=422)


def _walked_by(request: UserRequest, pk: int) -> Walk:
    walk = get_object_or_404(selectors.walks_visible_to(request.user), pk=pk)
    permissions.check_may_add_finding(request.user, walk)
    return walk


def _page(
    request: UserRequest, walk: Walk, form: FindingForm, *, status: int = 200
) -> HttpResponse:
    found = selectors.findings_visible_to(request.user).filter(walk=walk).order_by("-number")
    context = {
        "walk": walk,
        "form": form,
        "found": found,
        "again": selectors.found_again_from(request.user, walk),
        "has_categories": form.fields["category"].queryset.exists(),  # type: ignore[attr-defined]
    }
    return render(request, "walks/walking.html", context, status=status)

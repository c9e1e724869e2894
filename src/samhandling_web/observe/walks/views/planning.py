"""Planning a walk and changing its plan."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from samhandling_web.base.common.errors import DomainError
from samhandling_web.base.common.http import UserRequest
from samhandling_web.observe.walks import permissions, selectors, services
from samhandling_web.observe.walks.forms import InvitationFormSet, PlanForm, asked_in

PREFIX = "asked"


@login_required
@require_http_methods(["GET", "POST"])
def walk_new(request: UserRequest) -> HttpResponse:
    """Plan a walk, or the repetition of one (`?upprepa=`)."""
    permissions.check_may_begin(request.user)
    if request.method == "GET":
        initial = {"previous": request.GET.get("upprepa", "")}
        form = PlanForm(initial=initial, actor=request.user)
        return _page(request, form, InvitationFormSet(prefix=PREFIX))
    form = PlanForm(request.POST, actor=request.user)
    asked = InvitationFormSet(request.POST, prefix=PREFIX)
    if form.is_valid() and asked.is_valid():
        try:
            walk = services.walk_plan(
                plan=form.plan(), invitations=asked_in(asked), actor=request.user
            )
        except DomainError as exc:
            form.add_error(None, str(exc))
        else:
            messages.success(request, _("Vandringen är planerad."))
            return redirect("walks:walk-detail", walk.pk)
    return _page(request, form, asked, status=422)


@login_required
@require_http_methods(["GET", "POST"])
def walk_edit(request: UserRequest, pk: int) -> HttpResponse:
    walk = get_object_or_404(selectors.walks_visible_to(request.user), pk=pk)
    permissions.check_may_lead(request.user, walk)
    if request.method == "GET":
        rows = list(walk.invitations.values("role", "organisation", "invited"))
        asked = InvitationFormSet(initial=rows, prefix=PREFIX)
        return _page(request, PlanForm.of(walk, actor=request.user), asked, walk=walk)
    form = PlanForm(request.POST, actor=request.user, walk=walk)
    asked = InvitationFormSet(request.POST, prefix=PREFIX)
    if form.is_valid() and asked.is_valid():
        try:
            services.walk_edit(
                walk_id=pk, plan=form.plan(), invitations=asked_in(asked), actor=request.user
            )
        except DomainError as exc:
            form.add_error(None, str(exc))
        else:
            return redirect("walks:walk-detail", pk)
    return _page(request, form, asked, status=422, walk=walk)


def _page(
    request: UserRequest, form: PlanForm, asked: object, *, status: int = 200, walk: object = None
) -> HttpResponse:
    context = {"form": form, "asked": asked, "walk": walk}
    return render(request, "walks/walk_plan.html", context, status=status)

"""The list of plans, beginning one, reading one, and its files."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from samhandling_web.agree.measures import permissions, plan_page, services
from samhandling_web.agree.measures.documents import document_of
from samhandling_web.agree.measures.forms.plans import (
    NewPlanForm,
    PlanDecisionForm,
    PlanFollowUpForm,
    PlanForm,
    PlanItemsForm,
)
from samhandling_web.agree.measures.models import ActionPlan
from samhandling_web.agree.measures.selectors import plans as selectors
from samhandling_web.agree.measures.services.plans import Decision
from samhandling_web.base.audit import services as audit
from samhandling_web.base.common.errors import DomainError
from samhandling_web.base.common.http import UserRequest
from samhandling_web.base.reports.formats import make_file
from samhandling_web.understand.picture.downloads import download
from samhandling_web.understand.picture.scopes import area_answered_for

PLAN_PAGE = "measures/plan_detail.html"


@login_required
@require_GET
def plan_list(request: UserRequest) -> HttpResponse:
    permissions.check_may_read_plans(request.user)
    plans = list(selectors.plans_visible_to(request.user))
    context = {
        "drafts": [plan for plan in plans if plan.content is None],
        "adopted": [plan for plan in plans if plan.content is not None],
        "standing": selectors.plan_standing(timezone.localdate()),
        "may_begin": permissions.may_begin_plan(request.user),
    }
    return render(request, "measures/plan_list.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def plan_new(request: UserRequest) -> HttpResponse:
    permissions.check_may_begin_plan(request.user)
    form = NewPlanForm(request.POST or None, actor=request.user, initial=_proposal(request))
    if request.method == "POST" and form.is_valid():
        told = dict(form.cleaned_data)
        period = (told.pop("period_start"), told.pop("period_end"))
        try:
            plan = services.plan_draft(actor=request.user, period=period, **told)
            return redirect("measures:plan-detail", plan.pk)
        except DomainError as error:
            form.add_error(None, str(error))
    status = 422 if form.errors else 200
    return render(request, "measures/plan_new.html", {"form": form}, status=status)


def _proposal(request: UserRequest) -> dict[str, Any]:
    """Propose the person's own district, for two years from the next turn of the year."""
    today = timezone.localdate()
    own = permissions.organisations_planned_for(request.user).first()
    area = area_answered_for(own, today)
    first = date(today.year + 1, 1, 1)
    period = {"period_start": first, "period_end": date(first.year + 1, 12, 31)}
    return period | ({"district": str(area)} if area else {})


@login_required
@require_GET
def plan_detail(request: UserRequest, pk: int) -> HttpResponse:
    return _page(request, found(request, pk))


def _page(
    request: UserRequest, plan: ActionPlan, *, status: int = 200, **more: Any
) -> HttpResponse:
    context = plan_page.page_of(plan, request.user) | more
    return render(request, PLAN_PAGE, context, status=status)


def found(request: UserRequest, pk: int) -> ActionPlan:
    """Return the plan that the person may read, or answer that there is none."""
    return get_object_or_404(selectors.plans_visible_to(request.user), pk=pk)


@login_required
@require_POST
def plan_save(request: UserRequest, pk: int) -> HttpResponse:
    """Save the words of a draft."""
    plan = found(request, pk)
    form = PlanForm(request.POST, plan=plan)
    if form.is_valid():
        try:
            services.plan_edit(plan_id=pk, changes=form.cleaned_data, actor=request.user)
        except DomainError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Planen är sparad."))
            return redirect("measures:plan-detail", pk)
    return _page(request, found(request, pk), status=422, form=form)


@login_required
@require_POST
def plan_measures(request: UserRequest, pk: int) -> HttpResponse:
    """Say which measures the plan holds."""
    plan = found(request, pk)
    form = PlanItemsForm(request.POST, plan=plan)
    error = None
    if form.is_valid():
        chosen = [measure.pk for measure in form.cleaned_data["measures"]]
        try:
            services.plan_items_set(plan_id=pk, measure_ids=chosen, actor=request.user)
        except DomainError as exc:
            error = exc
        else:
            messages.success(request, _("Planens åtgärder är valda."))
            return redirect("measures:plan-detail", pk)
    return _page(request, plan, status=422, items_error=error or form.errors)


@login_required
@require_POST
def plan_adopt(request: UserRequest, pk: int) -> HttpResponse:
    """Register that a body has adopted the plan."""
    plan = found(request, pk)
    form = PlanDecisionForm(request.POST)
    status = 422
    if form.is_valid():
        told = form.cleaned_data
        decision = Decision(told["adopted_by"], told["adopted_on"], told["case_number"])
        try:
            services.plan_adopt(plan_id=pk, decision=decision, actor=request.user)
        except DomainError as error:
            status = error.status
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Åtgärdsplanen är antagen och kan inte längre ändras."))
            return redirect("measures:plan-detail", pk)
    return _page(request, plan, status=status, adopt_form=form)


@login_required
@require_POST
def plan_next(request: UserRequest, pk: int) -> HttpResponse:
    """Begin the version that replaces this one."""
    old = found(request, pk)
    first = date(timezone.localdate().year + 1, 1, 1)
    period = (first, date(first.year + 1, 12, 31))
    try:
        plan = services.plan_new_version(plan_id=pk, period=period, actor=request.user)
    except DomainError as error:
        messages.error(request, str(error))
        return redirect("measures:plan-detail", old.pk)
    return redirect("measures:plan-detail", plan.pk)


@login_required
@require_POST
def plan_follow_up(request: UserRequest, pk: int) -> HttpResponse:
    """Keep the statutory follow-up of an adopted plan."""
    plan = found(request, pk)
    form = PlanFollowUpForm(request.POST)
    status = 422
    if form.is_valid():
        told = form.cleaned_data
        decision = Decision(told["decided_by"], told["on"], told["case_number"])
        try:
            services.plan_follow_up(
                plan_id=pk, decision=decision, conclusion=told["conclusion"], actor=request.user
            )
        except DomainError as error:
            status = error.status
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Uppföljningen är sparad."))
            return redirect("measures:plan-detail", pk)
    return _page(request, plan, status=status, follow_up_form=form)


@login_required
@require_GET
def plan_compare(request: UserRequest, pk: int) -> HttpResponse:
    plan = found(request, pk)
    context = {"plan": plan, "differences": selectors.compared_with_previous(plan)}
    return render(request, "measures/plan_compare.html", context)


@login_required
@require_GET
def plan_file(request: UserRequest, pk: int, file_format: str) -> HttpResponse:
    """Give out the plan as a file, and record that it left the house."""
    plan = found(request, pk)
    document = document_of(plan)
    made = make_file(document, file_format)
    audit.record_export(
        actor=request.user,
        kind="agree.plan.exported",
        target=plan,
        file_name=made.name,
        row_count=sum(len(table.rows) for table in document.tables()),
    )
    return download(made)

"""One measure, and every step it takes."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from samhandling_web.agree.measures import measure_page, services
from samhandling_web.agree.measures.forms import doing
from samhandling_web.agree.measures.models import Measure
from samhandling_web.agree.measures.rules import STATUSES, Status
from samhandling_web.agree.measures.selectors import measures as selectors
from samhandling_web.base.common.errors import DomainError
from samhandling_web.base.common.http import UserRequest

DETAIL_PAGE = "measures/measure_detail.html"


@login_required
@require_GET
def measure_detail(request: UserRequest, pk: int) -> HttpResponse:
    measure = found(request, pk)
    return render(request, DETAIL_PAGE, measure_page.page_of(measure, request.user))


def found(request: UserRequest, pk: int) -> Measure:
    """Return the measure that the person may read, or answer that there is none."""
    visible = selectors.measures_visible_to(request.user)
    wanted = visible.select_related("cause", "priority", "decided_at_item__meeting", "follows")
    return get_object_or_404(wanted.prefetch_related("cause__whys"), pk=pk)


def _step(request: UserRequest, pk: int, target: Status) -> HttpResponse:
    """Take a step. Whatever goes wrong, what was typed comes back with the reason."""
    measure = found(request, pk)
    form = measure_page.step_form(target, request.POST) or forms.Form(request.POST)
    status = 422
    if form.is_valid():
        try:
            _take(measure, target, form.cleaned_data, request)
        except DomainError as error:
            status = error.status
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Åtgärden är nu {status}.").format(status=STATUSES[target]))
            return redirect("measures:measure-detail", pk)
    context = measure_page.page_of(measure, request.user, {target: form})
    return render(request, DETAIL_PAGE, context | {"opened": target}, status=status)


def _take(measure: Measure, target: Status, told: dict[str, Any], request: UserRequest) -> None:
    actor, pk = request.user, measure.pk
    if target is Status.APPROVED:
        services.measure_approve(measure_id=pk, actor=actor, **told)
    elif target is Status.STARTED:
        services.measure_start(measure_id=pk, actor=actor, **told)
    elif target is Status.WITHDRAWN:
        services.measure_withdraw(measure_id=pk, actor=actor, **told)
    else:
        services.measure_end(measure_id=pk, actor=actor, outcome=target, **told)


@login_required
@require_POST
def measure_approve(request: UserRequest, pk: int) -> HttpResponse:
    return _step(request, pk, Status.APPROVED)


@login_required
@require_POST
def measure_withdraw(request: UserRequest, pk: int) -> HttpResponse:
    return _step(request, pk, Status.WITHDRAWN)


@login_required
@require_POST
def measure_start(request: UserRequest, pk: int) -> HttpResponse:
    return _step(request, pk, Status.STARTED)


@login_required
@require_POST
def measure_done(request: UserRequest, pk: int) -> HttpResponse:
    return _step(request, pk, Status.DONE)


@login_required
@require_POST
def measure_stop(request: UserRequest, pk: int) -> HttpResponse:
    return _step(request, pk, Status.STOPPED)


@login_required
@require_POST
def dose_plan(request: UserRequest, pk: int) -> HttpResponse:
    """Decide what is counted while the measure goes on."""
    measure = found(request, pk)
    form = doing.DosePlanForm(request.POST, auto_id="id_plan_%s")
    status = 422
    if form.is_valid():
        try:
            services.dose_plan_set(measure_id=pk, amounts=form.amounts(), actor=request.user)
        except DomainError as error:
            status = error.status
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Det är bestämt vad som räknas."))
            return redirect("measures:measure-detail", pk)
    again = measure_page.doses(measure, request.user, plan_form=form)
    context = measure_page.page_of(measure, request.user) | again
    return render(request, DETAIL_PAGE, context, status=status)


@login_required
@require_POST
def dose_add(request: UserRequest, pk: int) -> HttpResponse:
    """Write in what was done on a day."""
    measure = found(request, pk)
    doses = selectors.doses_of(measure)
    form = doing.DoseForm(request.POST, doses=doses, auto_id="id_dose_%s")
    status = 422
    if form.is_valid():
        told = dict(form.cleaned_data)
        try:
            services.dose_record(plan_id=told.pop("plan"), actor=request.user, **told)
        except DomainError as error:
            status = error.status
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Det gjorda är inskrivet."))
            return redirect("measures:measure-detail", pk)
    again = measure_page.doses(measure, request.user, dose_form=form)
    context = measure_page.page_of(measure, request.user) | again
    return render(request, DETAIL_PAGE, context, status=status)

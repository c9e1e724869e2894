"""Pages of the week's compilation: all districts, and one."""

from datetime import date

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from samhandling_web.base.common.http import UserRequest
from samhandling_web.observe.observations import permissions, selectors, services
from samhandling_web.observe.observations.week_pages import district_context, week_context


@login_required
@require_GET
def week_latest(request: UserRequest) -> HttpResponse:
    permissions.check_may_read_weeks(request.user)
    weeks = selectors.weeks_compiled()
    if weeks:
        return redirect("weeks:week", weeks[0])
    context = {"may_compile": permissions.may_compile_weeks(request.user)}
    return render(request, "observations/week_none.html", context)


@login_required
@require_GET
def week_detail(request: UserRequest, week: date) -> HttpResponse:
    permissions.check_may_read_weeks(request.user)
    rows = selectors.compilations_of_week(week)
    if not rows:
        raise Http404
    return render(request, "observations/week_detail.html", week_context(request.user, week, rows))


@login_required
@require_GET
def week_district(request: UserRequest, week: date, code: str) -> HttpResponse:
    permissions.check_may_read_weeks(request.user)
    compilation = selectors.compilation_of(week, code)
    if compilation is None:
        raise Http404
    context = district_context(request.user, compilation)
    return render(request, "observations/week_district.html", context)


@login_required
@require_POST
def weeks_compile(request: UserRequest) -> HttpResponse:
    permissions.check_may_compile_weeks(request.user)
    made = services.weeks_compile_lacking(today=timezone.localdate(), actor=request.user)
    text = _("Sammanställda veckor: {count}.") if made else _("Inga veckor saknas.")
    messages.success(request, text.format(count=len(made)))
    return redirect("weeks:latest")

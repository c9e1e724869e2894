"""Pages where people follow, stop and restart background work."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from samhandling_web.base.common.http import UserRequest, render_part
from samhandling_web.base.jobs import permissions, selectors, services


@login_required
@require_GET
def job_list(request: UserRequest) -> HttpResponse:
    may_see_schedule = permissions.may_see_schedule(request.user)
    context = {
        "jobs": selectors.jobs_visible_to(request.user)[:100],
        "recurring": selectors.recurring_work() if may_see_schedule else [],
    }
    return render(request, "jobs/job_list.html", context)


@login_required
@require_GET
def job_detail(request: UserRequest, pk: int) -> HttpResponse:
    job = get_object_or_404(selectors.jobs_visible_to(request.user), pk=pk)
    context = {"job": job, "may_steer": permissions.may_steer(request.user, job)}
    return render_part(request, "jobs/job_detail.html", "progress", context)


@login_required
@require_POST
def job_cancel(request: UserRequest, pk: int) -> HttpResponse:
    get_object_or_404(selectors.jobs_visible_to(request.user), pk=pk)
    services.job_cancel(job_id=pk, actor=request.user)
    return redirect("jobs:job-detail", pk)


@login_required
@require_POST
def job_retry(request: UserRequest, pk: int) -> HttpResponse:
    get_object_or_404(selectors.jobs_visible_to(request.user), pk=pk)
    services.job_retry(job_id=pk, actor=request.user)
    return redirect("jobs:job-detail", pk)

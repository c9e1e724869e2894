"""The list of problems, the page of one, and where it stands."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from django_tables2 import RequestConfig

from samhandling_web.base.common.http import UserRequest, render_part
from samhandling_web.understand.places import (
    exporting,
    permissions,
    problem_page,
    selectors,
    services,
)
from samhandling_web.understand.places.forms import ProblemFilterForm, ProblemForm, StepForm
from samhandling_web.understand.places.models import Problem
from samhandling_web.understand.places.rules import ProblemStatus
from samhandling_web.understand.places.tables import ProblemTable
from samhandling_web.understand.places.views.saving import saved


def problem_seen(request: UserRequest, pk: int) -> Problem:
    """Return the problem, if the person may read it."""
    permissions.check_may_read_problems(request.user)
    return get_object_or_404(selectors.problems_visible_to(request.user), pk=pk)


@login_required
@require_GET
def problem_list(request: UserRequest) -> HttpResponse:
    permissions.check_may_read_problems(request.user)
    form = ProblemFilterForm(request.GET)
    problems = selectors.problems_chosen(selectors.problems_visible_to(request.user), form.choice())
    if file_format := request.GET.get("export"):
        return exporting.problems_exported(problems, file_format, request.user)
    table = ProblemTable(problems)
    RequestConfig(request, paginate={"per_page": 50}).configure(table)
    may_propose = permissions.may_propose_problem(request.user)
    context = {"form": form, "table": table, "may_propose": may_propose}
    return render(request, "places/problem_list.html", context)


@login_required
@require_GET
def problem_detail(request: UserRequest, pk: int) -> HttpResponse:
    return detail_page(request, problem_seen(request, pk))


def detail_page(
    request: UserRequest, problem: Problem, *, step_form: StepForm | None = None, status: int = 200
) -> HttpResponse:
    """Show the problem's page; a step that was refused comes back with its reasons."""
    context = {
        "problem": problem,
        "page": problem_page.problem_page(problem, request.user, timezone.localdate()),
        "step_form": step_form or StepForm(current=ProblemStatus(problem.status)),
    }
    return render(request, "places/problem_detail.html", context, status=status)


@login_required
@require_http_methods(["GET", "POST"])
def problem_new(request: UserRequest) -> HttpResponse:
    permissions.check_may_propose_problem(request.user)
    if "search" in request.POST:
        return _searched(request)
    form = ProblemForm(request.POST or None, actor=request.user, initial=_begun(request))
    problem = saved(
        form, lambda: services.problem_create(details=form.details(), actor=request.user)
    )
    if problem:
        messages.success(request, _("Problemet är upplagt. Fråga nu varför det händer just här."))
        return redirect("places:problem-detail", problem.pk)
    status = 422 if form.errors else 200
    return render(request, "places/problem_form.html", {"form": form}, status=status)


def _searched(request: UserRequest, problem: Problem | None = None) -> HttpResponse:
    """Show the form as it was filled in, with the places that were searched for."""
    form = ProblemForm.searched(request.POST, request.user)
    context = {"form": form, "problem": problem}
    return render_part(request, "places/problem_form.html", "places", context)


def _begun(request: UserRequest) -> dict[str, Any]:
    """Return what the form begins with: the place or the observation that somebody came from."""
    asked = request.GET
    return selectors.problem_begun_from(
        request.user, place=asked.get("plats", ""), observation=asked.get("iakttagelse", "")
    )


@login_required
@require_http_methods(["GET", "POST"])
def problem_edit(request: UserRequest, pk: int) -> HttpResponse:
    problem = problem_seen(request, pk)
    permissions.check_may_write_problem(request.user, problem)
    if "search" in request.POST:
        return _searched(request, problem)
    initial = ProblemForm.initial_of(problem, request.user)
    form = ProblemForm(request.POST or None, actor=request.user, initial=initial)
    done = saved(
        form,
        lambda: services.problem_edit(problem_id=pk, details=form.details(), actor=request.user),
    )
    if done:
        messages.success(request, _("Problemet är ändrat."))
        return redirect("places:problem-detail", pk)
    context = {"form": form, "problem": problem}
    return render(request, "places/problem_form.html", context, status=422 if form.errors else 200)


@login_required
@require_POST
def problem_step(request: UserRequest, pk: int) -> HttpResponse:
    problem = problem_seen(request, pk)
    form = StepForm(request.POST, current=ProblemStatus(problem.status))
    step = saved(
        form,
        lambda: services.problem_step(
            problem_id=pk,
            target=ProblemStatus(form.cleaned_data["target"]),
            reason=form.cleaned_data["reason"],
            actor=request.user,
        ),
    )
    if step is None:
        return detail_page(request, problem, step_form=form, status=422)
    status = step.get_status_display()
    messages.success(request, _("Problemet är nu {status}.").format(status=status))
    return redirect("places:problem-detail", pk)

"""Joint priorities on pages: what they lack, how their indicator stands, setting one."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from samhandling_web.agree.partnership import permissions
from samhandling_web.agree.partnership.forms.attempt import attempted
from samhandling_web.agree.partnership.forms.priorities import PriorityForm, ProblemForm
from samhandling_web.agree.partnership.models import Priority
from samhandling_web.agree.partnership.selectors import priorities as selectors
from samhandling_web.agree.partnership.selectors.history import history
from samhandling_web.agree.partnership.services import priorities as services
from samhandling_web.base.common.http import UserRequest
from samhandling_web.understand.places.forms.live_query import LiveQueryForm
from samhandling_web.understand.places.models import Place, Problem
from samhandling_web.understand.places.queries import LiveQuery, QueryKind, answered
from samhandling_web.understand.places.rules import EVIDENCE_KINDS, EvidenceKind
from samhandling_web.understand.places.selectors import places_visible_to

FIELDS = ("title", "description", "valid_from", "valid_to", "indicator_name")
KINDS = {kind: EVIDENCE_KINDS[EvidenceKind(kind)] for kind in QueryKind}


@login_required
@require_GET
def priority_list(request: UserRequest) -> HttpResponse:
    permissions.check_may_read(request.user)
    found = selectors.priorities_visible_to(request.user)
    shows_all = request.GET.get("visa") == "alla"
    if not shows_all:
        found = found.filter(selectors.in_force_on(timezone.localdate()))
    context = {
        "rows": selectors.priorities_listed(found),
        "shows_all": shows_all,
        "may_begin": permissions.may_begin_priorities(request.user),
    }
    return render(request, "partnership/priority_list.html", context)


@login_required
@require_GET
def priority_detail(request: UserRequest, pk: int) -> HttpResponse:
    return _priority_page(request, found(request, pk))


def _priority_page(
    request: UserRequest, priority: Priority, *, status: int = 200, **more: Any
) -> HttpResponse:
    problems = list(selectors.problems_of(priority))
    measures = selectors.measures_of(priority, request.user)
    context = {
        "priority": priority,
        "followed": selectors.indicator_of(priority, timezone.localdate()),
        "problems": problems,
        "measures": measures,
        "may_set": permissions.may_set_priorities(request.user, priority.agreement.owner),
        "history": history(priority),
        "problem_form": ProblemForm(problems=selectors.problems_to_link(priority)),
    }
    page = "partnership/priority_detail.html"
    return render(request, page, context | more, status=status)


@login_required
@require_http_methods(["GET", "POST"])
def priority_start(request: UserRequest) -> HttpResponse:
    permissions.check_may_begin_priorities(request.user)
    kind = _kind(request, QueryKind.EVENTS)
    initial = {"agreement": request.GET.get("enligt"), "valid_from": timezone.localdate()}
    form = PriorityForm(request.POST or None, is_new=True, initial=initial)
    query_form = LiveQueryForm(
        request.POST or None, actor=request.user, kind=kind, places=_places(request)
    )

    def keep(agreement: Any, **values: Any) -> Priority:
        return services.priority_set(agreement_id=agreement.pk, actor=request.user, **values)

    if (made := _kept(request, form, query_form, keep)) is not None:
        messages.success(request, _("Prioriteringen är sparad. Knyt den till ett problem."))
        return redirect("partnership:priority-detail", made.pk)
    return _form_page(request, form, query_form, kind, None)


@login_required
@require_http_methods(["GET", "POST"])
def priority_edit(request: UserRequest, pk: int) -> HttpResponse:
    priority = found(request, pk)
    permissions.check_may_set_priorities(request.user, priority.agreement.owner)
    stored = LiveQuery.from_json(priority.indicator)
    kind = _kind(request, stored.kind)
    form = PriorityForm(
        request.POST or None, is_new=False, initial={n: getattr(priority, n) for n in FIELDS}
    )
    query_form = LiveQueryForm(
        request.POST or None, actor=request.user, kind=kind, places=_places(request, stored),
        initial=LiveQueryForm.initial_of(stored) if kind is stored.kind else None,
    )  # fmt: skip

    def keep(**changes: Any) -> Priority:
        return services.priority_edit(priority_id=pk, changes=changes, actor=request.user)

    if _kept(request, form, query_form, keep) is not None:
        return redirect("partnership:priority-detail", pk)
    return _form_page(request, form, query_form, kind, priority)


def _kept(
    request: UserRequest,
    form: PriorityForm,
    query_form: LiveQueryForm,
    keep: Callable[..., Priority],
) -> Priority | None:
    """Keep what both forms say; None where they are only looked at, or say no."""
    if request.method != "POST" or "preview" in request.POST or not query_form.is_valid():
        return None
    return attempted(form, keep, indicator=query_form.query.as_json())


def _form_page(
    request: UserRequest,
    form: PriorityForm,
    query_form: LiveQueryForm,
    kind: QueryKind,
    priority: Priority | None,
) -> HttpResponse:
    asked = query_form.is_bound and query_form.is_valid()
    context = {
        "form": form,
        "query_form": query_form,
        "answer": answered(query_form.query, timezone.localdate()) if asked else None,
        "priority": priority,
        "kinds": [(slug, label, slug == kind) for slug, label in KINDS.items()],
        "kind": kind,
        "asked": request.GET.get("enligt", ""),
    }
    is_refused = "preview" not in request.POST and (form.errors or query_form.errors)
    status = 422 if is_refused else 200
    return render(request, "partnership/priority_form.html", context, status=status)


def _kind(request: UserRequest, usual: QueryKind) -> QueryKind:
    asked = request.POST.get("slag") or request.GET.get("slag", "")
    return QueryKind(asked) if asked in set(QueryKind) else usual


def _places(request: UserRequest, query: LiveQuery | None = None) -> list[Place]:
    """Offer the place that is asked about already, and the one that the link names."""
    keys = [request.GET.get("plats", ""), str(query.place_id or "") if query else ""]
    wanted = [int(key) for key in keys if key.isdigit()]
    return list(places_visible_to(request.user).filter(pk__in=wanted)) if wanted else []


@login_required
@require_POST
def problem_link(request: UserRequest, pk: int) -> HttpResponse:
    priority = found(request, pk)
    permissions.check_may_set_priorities(request.user, priority.agreement.owner)
    form = ProblemForm(request.POST, problems=selectors.problems_to_link(priority))

    def link(problem: Problem) -> Priority:
        return services.problem_link(priority_id=pk, problem=problem, actor=request.user)

    if attempted(form, link) is None:
        return _priority_page(request, priority, status=422, problem_form=form)
    return redirect("partnership:priority-detail", pk)


@login_required
@require_POST
def problem_unlink(request: UserRequest, pk: int, problem: int) -> HttpResponse:
    priority = found(request, pk)
    get_object_or_404(priority.problems, pk=problem)
    services.problem_unlink(priority_id=pk, problem_id=problem, actor=request.user)
    return redirect("partnership:priority-detail", pk)


def found(request: UserRequest, pk: int) -> Priority:
    """Return the priority that the person may read, or answer that there is none."""
    return get_object_or_404(selectors.priorities_visible_to(request.user), pk=pk)

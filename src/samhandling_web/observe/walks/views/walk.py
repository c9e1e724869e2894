"""A walk's own page: its plan, its next step, its findings, what came of them, its history."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST
from django_tables2 import RequestConfig

from samhandling_web.base.common.errors import DomainError
from samhandling_web.base.common.http import UserRequest
from samhandling_web.observe.walks import (
    exporting,
    map_shapes,
    notices,
    permissions,
    rules,
    selectors,
    services,
)
from samhandling_web.observe.walks.forms import (
    CancelForm,
    FeedbackForm,
    NoticeForm,
    RecordForm,
)
from samhandling_web.observe.walks.models import Walk
from samhandling_web.observe.walks.rules import Status
from samhandling_web.observe.walks.tables import FindingTable


@login_required
@require_GET
def walk_detail(request: UserRequest, pk: int) -> HttpResponse:
    walk = _visible(request, pk)
    if file_format := request.GET.get("export"):
        findings = selectors.findings_in_table(request.user, walk)
        return exporting.findings_export(
            walk=walk, findings=findings, file_format=file_format, actor=request.user
        )
    return _page(request, walk)


@login_required
@require_GET
def walk_paper(request: UserRequest, pk: int) -> HttpResponse:
    """Show the plan with a sheet for the protocol, to print and take along."""
    walk = _visible(request, pk)
    context = {
        "walk": walk,
        "invitations": walk.invitations.select_related("organisation"),
        "invited": sum(walk.invitations.values_list("invited", flat=True)),
        "again": selectors.found_again_from(request.user, walk),
        "frame": map_shapes.frame_of(walk, ()),
        "corners": map_shapes.corners_of(walk.route),
        "sexes": list(rules.SEXES.values()),
        "age_bands": list(rules.AGE_BANDS.items()),
        "rows": range(1, 13),
    }
    return render(request, "walks/walk_paper.html", context)


@login_required
@require_POST
def walk_record(request: UserRequest, pk: int) -> HttpResponse:
    form = RecordForm(request.POST)
    return _step(request, pk, form, "record_form", _("Vandringen är registrerad."))


@login_required
@require_POST
def walk_cancel(request: UserRequest, pk: int) -> HttpResponse:
    form = CancelForm(request.POST)
    return _step(request, pk, form, "cancel_form", _("Vandringen är inställd."))


@login_required
@require_POST
def walk_feed_back(request: UserRequest, pk: int) -> HttpResponse:
    form = FeedbackForm(request.POST)
    return _step(request, pk, form, "feedback_form", _("Återkopplingsmötet är registrerat."))


@login_required
@require_POST
def walk_notify(request: UserRequest, pk: int) -> HttpResponse:
    form = NoticeForm(request.POST)
    return _step(request, pk, form, "notice_form", _("Beskedet finns på sin adress."))


@login_required
@require_POST
def walk_close(request: UserRequest, pk: int) -> HttpResponse:
    return _step(request, pk, Form(request.POST), "close_form", _("Vandringen är avslutad."))


SERVICES: dict[str, Callable[..., Walk]] = {
    "record_form": services.walk_record,
    "cancel_form": services.walk_cancel,
    "feedback_form": services.walk_feed_back,
    "notice_form": services.walk_notify,
    "close_form": services.walk_close,
}


def _step(request: UserRequest, pk: int, form: Form, name: str, told: str) -> HttpResponse:
    """Take the step that the form asks for, or show the page with why it was not taken."""
    walk = _visible(request, pk)
    permissions.check_may_lead(request.user, walk)
    if form.is_valid():
        values = form.recorded() if isinstance(form, RecordForm) else form.cleaned_data
        try:
            SERVICES[name](walk_id=pk, actor=request.user, **values)
        except DomainError as exc:
            form.add_error(None, str(exc))
        else:
            messages.success(request, told)
            return redirect("walks:walk-detail", pk)
    return _page(request, walk, status=422, **{name: form})


def _visible(request: UserRequest, pk: int) -> Walk:
    return get_object_or_404(selectors.walks_visible_to(request.user), pk=pk)


def _page(request: UserRequest, walk: Walk, *, status: int = 200, **forms: Form) -> HttpResponse:
    findings = selectors.findings_in_table(request.user, walk)
    table = FindingTable(findings)
    RequestConfig(request, paginate={"per_page": 100}).configure(table)
    asked = selectors.findings_visible_to(request.user).filter(walk=walk)
    participants = list(walk.participants.all())
    invitations = list(walk.invitations.select_related("organisation"))
    context = {
        "walk": walk,
        "table": table,
        "frame": map_shapes.frame_of(walk, asked),
        "figures": selectors.figures_of_findings(asked),
        "compared": selectors.compared_with_previous(request.user, walk),
        "participants": participants,
        "came": sum(row.count for row in participants),
        "invitations": invitations,
        "invited": sum(row.invited for row in invitations),
        "most_participants": rules.MOST_PARTICIPANTS,
        "history": selectors.history_of(walk),
        "may_lead": permissions.may_lead(request.user, walk),
        "may_walk": _may_walk(request, walk),
        **_next_step(request, walk),
    }
    for name, form in forms.items():
        # A step that the page no longer offers has its reason told above those that it does.
        context[name if name in context else "refused"] = form
    return render(request, "walks/walk_detail.html", context, status=status)


def _may_walk(request: UserRequest, walk: Walk) -> bool:
    is_time = timezone.localdate(walk.planned_at) <= timezone.localdate()
    takes = walk.status in rules.TAKING_FINDINGS and is_time
    return takes and permissions.may_add_finding(request.user, walk)


def _next_step(request: UserRequest, walk: Walk) -> dict[str, Any]:
    """Return the forms of what comes next, for those who lead the walk."""
    if not permissions.may_lead(request.user, walk):
        return {}
    waiting = list(selectors.findings_unanswered(walk).select_related("category", "owner"))
    context: dict[str, Any] = {"unanswered": waiting}
    if walk.status == Status.PLANNED:
        context["record_form"] = RecordForm(initial={"walked_at": walk.planned_at})
        context["cancel_form"] = CancelForm()
    elif walk.status == Status.WALKED:
        context["feedback_form"] = FeedbackForm(initial={"feedback_on": walk.feedback_on})
        day = timezone.localdate(walk.walked_at) if walk.walked_at else timezone.localdate()
        context["feed_back_by"] = day + rules.FEEDBACK_WITHIN
    elif walk.status in rules.NOTIFYING:
        findings = selectors.findings_of_walk(walk)
        text = walk.notice or notices.notice_proposed(walk, findings)
        context["notice_form"] = NoticeForm(initial={"notice": text})
        told_at = selectors.notified_at(walk)
        context["notice_is_old"] = told_at and selectors.answered_since(walk, told_at)
    return context

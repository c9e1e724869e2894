"""One finding: what it is, who answers, the answers, and links for those without an account."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.forms import Form
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from samhandling_web.base.common.errors import DomainError
from samhandling_web.base.common.http import UserRequest
from samhandling_web.base.photos.http import removal_page
from samhandling_web.observe.walks import map_shapes, permissions, rules, selectors, services
from samhandling_web.observe.walks.forms import AnswerForm, LinkForm, OwnerForm
from samhandling_web.observe.walks.models import Finding, FindingLink
from samhandling_web.observe.walks.rules import FindingStatus

# Three forms stand on one page, and each field has an id of its own.
OWNER_IDS, LINK_IDS = "owner_%s", "link_%s"


@login_required
@require_GET
def finding_detail(request: UserRequest, pk: int) -> HttpResponse:
    return _page(request, _visible(request, pk))


@login_required
@require_POST
def finding_answer(request: UserRequest, pk: int) -> HttpResponse:
    finding = _visible(request, pk)
    permissions.check_may_answer(request.user, finding)
    form = _answer_form(request, finding, request.POST, request.FILES)
    if form.is_valid():
        told = form.cleaned_data
        try:
            services.finding_answer(
                finding_id=pk,
                answer=form.answer(),
                photos=told["photos"],
                nobody_recognisable=told["nobody_recognisable"],
                actor=request.user,
            )
        except DomainError as exc:
            form.add_error(None, str(exc))
        else:
            messages.success(request, _("Svaret är sparat."))
            return redirect("walks:finding-detail", pk)
    return _page(request, finding, status=422, answer_form=form)


@login_required
@require_http_methods(["GET", "POST"])
def photo_remove(request: UserRequest, pk: int) -> HttpResponse:
    photo = selectors.photo_visible_to(request.user, pk)
    if photo is None or hasattr(photo.photo, "removal"):
        raise Http404
    permissions.check_may_remove_photo(request.user, photo.finding)
    return removal_page(
        request,
        shown_at=reverse("walks:finding-photo", args=[pk]),
        back=reverse("walks:finding-detail", args=[photo.finding_id]),
        remove=partial(services.photo_remove, photo_id=pk, actor=request.user),
    )


@login_required
@require_POST
def finding_assign(request: UserRequest, pk: int) -> HttpResponse:
    finding = _led(request, pk)
    form = OwnerForm(request.POST, auto_id=OWNER_IDS)
    if form.is_valid():
        services.finding_assign(finding_id=pk, owner=form.cleaned_data["owner"], actor=request.user)
        return redirect("walks:finding-detail", pk)
    return _page(request, finding, status=422, owner_form=form)


@login_required
@require_POST
def link_send(request: UserRequest, pk: int) -> HttpResponse:
    finding = _led(request, pk)
    form = LinkForm(request.POST, auto_id=LINK_IDS)
    if form.is_valid():
        site = request.build_absolute_uri("/").rstrip("/")
        try:
            services.link_send(finding_id=pk, site=site, actor=request.user, **form.cleaned_data)
        except DomainError as exc:
            form.add_error(None, str(exc))
        else:
            messages.success(request, _("Länken är skickad."))
            return redirect("walks:finding-detail", pk)
    return _page(request, finding, status=422, link_form=form)


@login_required
@require_POST
def link_withdraw(request: UserRequest, pk: int) -> HttpResponse:
    found = selectors.findings_visible_to(request.user)
    link = get_object_or_404(FindingLink.objects.filter(finding__in=found), pk=pk)
    services.link_withdraw(link_id=pk, actor=request.user)
    messages.success(request, _("Länken är återkallad."))
    return redirect("walks:finding-detail", link.finding_id)


def _visible(request: UserRequest, pk: int) -> Finding:
    return get_object_or_404(selectors.findings_visible_to(request.user), pk=pk)


def _led(request: UserRequest, pk: int) -> Finding:
    finding = _visible(request, pk)
    permissions.check_may_lead(request.user, finding.walk)
    return finding


def _answer_form(request: UserRequest, finding: Finding, *data: Any) -> AnswerForm:
    targets = rules.FINDING_TRANSITIONS[FindingStatus(finding.status)]
    leads = permissions.may_lead(request.user, finding.walk)
    initial = {"owner": finding.owner_id, "done_on": None}
    return AnswerForm(*data, targets=targets, leads=leads, initial=initial)


def _page(
    request: UserRequest, finding: Finding, *, status: int = 200, **forms: Form
) -> HttpResponse:
    walk, context = finding.walk, dict[str, Any]()
    is_walked = walk.status in rules.ANSWERING
    may_lead = permissions.may_lead(request.user, walk)
    current = FindingStatus(finding.status)
    if is_walked and rules.FINDING_TRANSITIONS[current]:
        if permissions.may_answer(request.user, finding):
            context["answer_form"] = _answer_form(request, finding)
        if may_lead and rules.LINK_ANSWERS[current]:
            context["link_form"] = LinkForm(
                auto_id=LINK_IDS, initial={"organisation": finding.owner_id}
            )
    if may_lead and current == FindingStatus.OPEN:
        context["owner_form"] = OwnerForm(auto_id=OWNER_IDS, initial={"owner": finding.owner_id})
    context |= {
        "finding": finding,
        "walk": walk,
        "frame": map_shapes.frame_of(walk, [finding]),
        "photos": finding.photos.select_related("photo__removal__removed_by"),
        "may_remove": permissions.may_remove_photo(request.user, finding),
        "steps": finding.steps.select_related("actor", "through__organisation", "owner"),
        "links": finding.links.select_related("organisation", "sent_by") if may_lead else (),
        "now": timezone.now(),
        "may_lead": may_lead,
        "answer_due": _answer_due(finding),
        **forms,
    }
    return render(request, "walks/finding_detail.html", context, status=status)


def _answer_due(finding: Finding) -> Any:
    """Return by when an open finding should have its answer; None where none is asked for."""
    walk = finding.walk
    asked = rules.needs_answer(is_safe=finding.is_safe, suggestion=finding.suggestion)
    if finding.status != FindingStatus.OPEN or walk.walked_at is None or not asked:
        return None
    return rules.answer_due(timezone.localdate(walk.walked_at), walk.feedback_on)

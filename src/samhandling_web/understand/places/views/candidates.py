"""Proposed places: the list, one with its score in parts, and the decision."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from samhandling_web.base.common.http import UserRequest
from samhandling_web.understand.places import permissions, selectors, services
from samhandling_web.understand.places.forms import CandidateForm, ReasonForm
from samhandling_web.understand.places.models import Candidate
from samhandling_web.understand.places.rules import CANDIDATE_STATUSES, CandidateStatus
from samhandling_web.understand.places.scoring import PARTS, Part
from samhandling_web.understand.places.views.saving import saved

PER_PAGE = 25


@login_required
@require_GET
def candidate_list(request: UserRequest) -> HttpResponse:
    permissions.check_may_read_problems(request.user)
    asked = request.GET.get("lage", "")
    status = CandidateStatus(asked) if asked in set(CandidateStatus) else CandidateStatus.PROPOSED
    candidates = selectors.candidates_visible_to(request.user)
    counts = selectors.candidate_counts(candidates)
    address = request.path
    context = {
        "page": Paginator(candidates.filter(status=status), PER_PAGE).get_page(
            request.GET.get("page")
        ),
        "status": status,
        "tabs": [
            (str(text).capitalize(), f"{address}?lage={one}", counts.get(one, 0))
            for one, text in CANDIDATE_STATUSES.items()
        ],
        "here": f"{address}?lage={status}",
        "parts": PARTS,
        "may_find": permissions.may_write_somewhere(request.user),
    }
    return render(request, "places/candidate_list.html", context)


@login_required
@require_POST
def candidate_find(request: UserRequest) -> HttpResponse:
    job = services.candidates_find_enqueue(actor=request.user)
    return redirect("jobs:job-detail", job.pk)


def candidate_seen(request: UserRequest, pk: int) -> Candidate:
    """Return the proposal, if the person may read it."""
    permissions.check_may_read_problems(request.user)
    return get_object_or_404(selectors.candidates_visible_to(request.user), pk=pk)


@login_required
@require_GET
def candidate_detail(request: UserRequest, pk: int) -> HttpResponse:
    return _page(request, candidate_seen(request, pk))


@login_required
@require_POST
def candidate_accept(request: UserRequest, pk: int) -> HttpResponse:
    candidate = candidate_seen(request, pk)
    form = CandidateForm(request.POST, actor=request.user)
    place = saved(
        form,
        lambda: services.candidate_accept(
            candidate_id=pk, details=form.details(), actor=request.user
        ),
    )
    if place is None:
        return _page(request, candidate, accept_form=form, status=422)
    messages.success(request, _("Förslaget är nu en plats med sina iakttagelser och fynd."))
    return redirect("places:place-detail", place.pk)


@login_required
@require_POST
def candidate_dismiss(request: UserRequest, pk: int) -> HttpResponse:
    candidate = candidate_seen(request, pk)
    form = ReasonForm(request.POST, prefix="avfarda")
    done = saved(
        form,
        lambda: services.candidate_dismiss(
            candidate_id=pk, reason=form.cleaned_data["reason"], actor=request.user
        ),
    )
    if done is None:
        return _page(request, candidate, dismiss_form=form, status=422)
    messages.success(
        request, _("Förslaget är avfärdat och kommer tillbaka bara om något nytt hänt.")
    )
    return redirect("places:candidate-list")


def _page(
    request: UserRequest,
    candidate: Candidate,
    *,
    accept_form: CandidateForm | None = None,
    dismiss_form: ReasonForm | None = None,
    status: int = 200,
) -> HttpResponse:
    initial = CandidateForm.initial_from(candidate)
    is_open = candidate.status == CandidateStatus.PROPOSED
    context = {
        "candidate": candidate,
        "parts": [(PARTS[Part(part["part"])], part) for part in candidate.parts],
        "observations": selectors.observations_of_candidate(candidate),
        "findings": selectors.findings_of_candidate(candidate),
        "accept_form": accept_form or CandidateForm(actor=request.user, initial=initial),
        "dismiss_form": dismiss_form or ReasonForm(prefix="avfarda"),
        "may_decide": is_open and permissions.may_write_at(request.user, candidate.district),
    }
    return render(request, "places/candidate_detail.html", context, status=status)

"""Writing causes and choosing what they rest on, with the answer shown before it is kept."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from samhandling_web.base.common.http import UserRequest
from samhandling_web.understand.places import permissions, selectors, services
from samhandling_web.understand.places.forms import (
    CauseForm,
    FindingEvidenceForm,
    LiveQueryForm,
    NoteForm,
)
from samhandling_web.understand.places.models import Cause, CauseEvidence
from samhandling_web.understand.places.queries import QueryKind, answered
from samhandling_web.understand.places.rules import EVIDENCE_KINDS, EvidenceKind
from samhandling_web.understand.places.views.problems import problem_seen
from samhandling_web.understand.places.views.saving import saved


def cause_seen(request: UserRequest, pk: int) -> Cause:
    """Return the cause, if the person writes about its problem."""
    permissions.check_may_read_problems(request.user)
    cause = get_object_or_404(Cause.objects.select_related("problem__district__level"), pk=pk)
    permissions.check_may_write_problem(request.user, cause.problem)
    return cause


@login_required
@require_http_methods(["GET", "POST"])
def cause_new(request: UserRequest, pk: int) -> HttpResponse:
    problem = problem_seen(request, pk)
    permissions.check_may_write_problem(request.user, problem)
    form = CauseForm(request.POST or None)
    done = saved(
        form,
        lambda: services.cause_add(problem_id=pk, details=form.details(), actor=request.user),
    )
    if done:
        messages.success(request, _("Orsaken är sparad. Lägg nu till vad den bygger på."))
        return redirect("places:problem-detail", pk)
    context = {"form": form, "problem": problem}
    return render(request, "places/cause_form.html", context, status=422 if form.errors else 200)


@login_required
@require_http_methods(["GET", "POST"])
def cause_edit(request: UserRequest, pk: int) -> HttpResponse:
    cause = cause_seen(request, pk)
    form = CauseForm(request.POST or None, initial=CauseForm.initial_of(cause))
    done = saved(
        form, lambda: services.cause_edit(cause_id=pk, details=form.details(), actor=request.user)
    )
    if done:
        messages.success(request, _("Orsaken är ändrad."))
        return redirect("places:problem-detail", cause.problem_id)
    context = {"form": form, "problem": cause.problem, "cause": cause}
    return render(request, "places/cause_form.html", context, status=422 if form.errors else 200)


@login_required
@require_POST
def cause_remove(request: UserRequest, pk: int) -> HttpResponse:
    cause_seen(request, pk)
    problem = services.cause_remove(cause_id=pk, actor=request.user)
    messages.success(request, _("Orsaken är borttagen. Vad den sade står kvar i loggen."))
    return redirect("places:problem-detail", problem.pk)


@login_required
@require_http_methods(["GET", "POST"])
def evidence_new(request: UserRequest, pk: int) -> HttpResponse:
    """Ask a live question, see its answer, and keep the question."""
    cause = cause_seen(request, pk)
    kind = EvidenceKind(asked) if (asked := request.GET.get("slag")) in set(EvidenceKind) else None
    if kind is EvidenceKind.FINDING:
        return _finding_page(request, cause)
    places = selectors.places_of(cause.problem, request.user)
    form = LiveQueryForm(
        request.POST or None,
        actor=request.user,
        kind=QueryKind(kind or EvidenceKind.EVENTS),
        places=places,
    )
    note = NoteForm(request.POST or None)
    answer = None
    if request.method == "POST" and form.is_valid() and note.is_valid():
        if "preview" not in request.POST and _kept(form, note, cause, request):
            return redirect("places:problem-detail", cause.problem_id)
        answer = None if form.errors else answered(form.query, timezone.localdate())
    return _evidence_page(request, cause, kind or EvidenceKind.EVENTS, form, note, answer)


def _kept(form: LiveQueryForm, note: NoteForm, cause: Cause, request: UserRequest) -> bool:
    evidence = saved(
        form,
        lambda: services.evidence_add(
            cause_id=cause.pk,
            query=form.query,
            note=note.cleaned_data["note"],
            actor=request.user,
        ),
    )
    return evidence is not None


def _finding_page(request: UserRequest, cause: Cause) -> HttpResponse:
    findings = selectors.findings_for(cause.problem, request.user)
    form = FindingEvidenceForm(request.POST or None, findings=findings)
    done = saved(
        form,
        lambda: services.evidence_add(
            cause_id=cause.pk,
            finding_id=form.cleaned_data["finding"],
            note=form.cleaned_data["note"],
            actor=request.user,
        ),
    )
    if done:
        return redirect("places:problem-detail", cause.problem_id)
    return _evidence_page(request, cause, EvidenceKind.FINDING, form, None, None)


def _evidence_page(
    request: UserRequest,
    cause: Cause,
    kind: EvidenceKind,
    form: LiveQueryForm | FindingEvidenceForm,
    note: NoteForm | None,
    answer: object,
) -> HttpResponse:
    tabs = [
        (str(text).capitalize(), f"{request.path}?slag={one}", one)
        for one, text in EVIDENCE_KINDS.items()
    ]
    context = {
        "cause": cause,
        "problem": cause.problem,
        "kind": kind,
        "tabs": tabs,
        "form": form,
        "note_form": note,
        "answer": answer,
    }
    status = 422 if form.errors or (note and note.errors) else 200
    return render(request, "places/evidence_form.html", context, status=status)


@login_required
@require_POST
def evidence_remove(request: UserRequest, pk: int) -> HttpResponse:
    evidence = get_object_or_404(CauseEvidence, pk=pk)
    cause_seen(request, evidence.cause_id)
    problem = services.evidence_remove(evidence_id=pk, actor=request.user)
    messages.success(request, _("Underlaget är borttaget."))
    return redirect("places:problem-detail", problem.pk)

"""Proposing a measure and writing it, section by section, until it can be decided on."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from samhandling_web.agree.measures import indicators, permissions, services
from samhandling_web.agree.measures.forms.doing import TypedFigureForm
from samhandling_web.agree.measures.forms.measures import MeasureForm, NewMeasureForm
from samhandling_web.agree.measures.models import Measure
from samhandling_web.agree.measures.selectors import measures as selectors
from samhandling_web.base.common.errors import DomainError
from samhandling_web.base.common.http import UserRequest, render_part
from samhandling_web.understand.places.selectors import problems_visible_to

EDIT_PAGE = "measures/measure_edit.html"


@login_required
@require_http_methods(["GET", "POST"])
def measure_new(request: UserRequest) -> HttpResponse:
    permissions.check_may_propose(request.user)
    asked = request.GET.get("problem", "")
    problem = (
        problems_visible_to(request.user).filter(pk=asked).first() if asked.isdigit() else None
    )
    form = NewMeasureForm(request.POST or None, actor=request.user, initial={"problem": problem})
    if request.method == "POST" and form.is_valid():
        try:
            measure = services.measure_propose(actor=request.user, **form.cleaned_data)
            return redirect("measures:measure-edit", measure.pk)
        except DomainError as error:
            form.add_error(None, str(error))
    context = {"form": form, "problem": problem}
    status = 422 if form.errors else 200
    return render(request, "measures/measure_new.html", context, status=status)


@login_required
@require_GET
def measure_edit(request: UserRequest, pk: int) -> HttpResponse:
    measure = writable(request, pk)
    words = request.GET.get("plats", "")
    form = MeasureForm(measure=measure, actor=request.user, words=words)
    return render(request, EDIT_PAGE, edit_context(measure, form))


def edit_context(measure: Measure, form: MeasureForm) -> dict[str, Any]:
    """Return what the page for writing shows, and what is still missing."""
    return {
        "measure": measure,
        "form": form,
        "sections": form.sections(),
        "indicator_words": indicators.in_words(measure.indicator),
        "missing": selectors.missing_for_approval(measure),
    }


@login_required
@require_POST
def measure_save(request: UserRequest, pk: int) -> HttpResponse:
    """Save what there is. A save by itself answers with what is missing; the fields stay."""
    measure = writable(request, pk)
    form = MeasureForm(request.POST, measure=measure, actor=request.user)
    more: dict[str, Any] = {}
    if form.is_valid():
        try:
            measure = services.measure_edit(
                measure_id=pk, changes=form.changes(), actor=request.user
            )
        except DomainError as error:
            form.add_error(None, str(error))
        else:
            if not request.htmx:
                return _saved(request, measure)
            more = {"saved_at": timezone.localtime()}
            words = form.cleaned_data["place_words"]
            form = MeasureForm(measure=writable(request, pk), actor=request.user, words=words)
    context = edit_context(measure, form) | more
    status = 422 if form.errors and not request.htmx else 200
    return render_part(request, EDIT_PAGE, "state", context, status=status)


def _saved(request: UserRequest, measure: Measure) -> HttpResponse:
    """Go where the button that was pressed leads."""
    messages.success(request, _("Förslaget är sparat."))
    if "search" in request.POST:
        asked = urlencode({"plats": request.POST.get("place_words", "")})
        address = reverse("measures:measure-edit", args=[measure.pk])
        return redirect(f"{address}?{asked}#falt-place_words")
    if "indicator" in request.POST:
        return redirect("measures:measure-indicator", measure.pk)
    if "stay" in request.POST:
        return redirect("measures:measure-edit", measure.pk)
    return redirect("measures:measure-detail", measure.pk)


def writable(request: UserRequest, pk: int) -> Measure:
    """Return a proposal that the person may read and write."""
    measure = get_object_or_404(selectors.measures_visible_to(request.user), pk=pk)
    permissions.check_may_edit(request.user, measure)
    return measure


def typed_form(measure: Measure, posted: Any = None) -> TypedFigureForm:
    """Return the form for a typed figure, with the one that is stored."""
    initial: dict[str, Any] = {"what": measure.indicator_name}
    if measure.indicator and indicators.is_typed(measure.indicator):
        initial = dict(measure.indicator)
    return TypedFigureForm(posted, initial=initial, prefix="typed")

"""Choosing what is to change: a live question, tried before it is kept, or a typed figure."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from samhandling_web.agree.measures import indicators, services
from samhandling_web.agree.measures.models import Measure
from samhandling_web.agree.measures.views.proposing import typed_form, writable
from samhandling_web.base.common.errors import DomainError
from samhandling_web.base.common.http import UserRequest
from samhandling_web.understand.places.forms.live_query import LiveQueryForm
from samhandling_web.understand.places.models import Place
from samhandling_web.understand.places.queries import LiveQuery, QueryKind, Reading
from samhandling_web.understand.places.rules import QUERY_KINDS
from samhandling_web.understand.places.selectors import places_visible_to

INDICATOR_PAGE = "measures/measure_indicator.html"


@login_required
@require_http_methods(["GET", "POST"])
def measure_indicator(request: UserRequest, pk: int) -> HttpResponse:
    """Ask a live question: see what it gives, then keep it as the indicator."""
    measure = writable(request, pk)
    kind = _kind(request, measure)
    form = _query_form(request, measure, kind)
    answer = None
    if request.method == "POST" and form.is_valid():
        if "keep" in request.POST:
            return _kept(request, measure, form.query.as_json())
        answer = {"words": form.query.in_words(), "reading": _tried(measure, form.query)}
    context = _context(measure, kind) | {"form": form, "answer": answer}
    status = 422 if form.errors else 200
    return render(request, INDICATOR_PAGE, context, status=status)


@login_required
@require_POST
def measure_indicator_type(request: UserRequest, pk: int) -> HttpResponse:
    """Keep a typed figure as the indicator."""
    measure = writable(request, pk)
    form = typed_form(measure, request.POST)
    if form.is_valid():
        try:
            return _kept(request, measure, form.figure().as_json())
        except DomainError as error:
            form.add_error(None, str(error))
    kind = _kind(request, measure)
    context = _context(measure, kind) | {"form": _query_form(request, measure, kind, sent=False)}
    return render(request, INDICATOR_PAGE, context | {"typed_form": form}, status=422)


def _context(measure: Measure, kind: QueryKind) -> dict[str, Any]:
    kinds = [(one, label, one is kind) for one, label in QUERY_KINDS.items()]
    return {
        "measure": measure,
        "kinds": kinds,
        "kind": kind,
        "now": indicators.in_words(measure.indicator),
        "typed_form": typed_form(measure),
    }


def _kind(request: UserRequest, measure: Measure) -> QueryKind:
    stored = measure.indicator or {}
    asked = request.POST.get("kind") or request.GET.get("kind") or stored.get("kind")
    return QueryKind(asked) if asked in set(QueryKind) else QueryKind.EVENTS


def _query_form(
    request: UserRequest, measure: Measure, kind: QueryKind, *, sent: bool = True
) -> LiveQueryForm:
    stored = measure.indicator or {}
    initial = {}
    if stored.get("kind") == kind:
        initial = LiveQueryForm.initial_of(LiveQuery.from_json(stored))
    posted = request.POST if sent and request.method == "POST" else None
    places = _places(request, measure)
    return LiveQueryForm(posted, actor=request.user, kind=kind, places=places, initial=initial)


def _places(request: UserRequest, measure: Measure) -> list[Place]:
    """Return the measure's own place and its problem's, as far as the person may see them."""
    visible = places_visible_to(request.user)
    of_problem = visible.filter(problems=measure.problem_id) if measure.problem_id else None
    own = visible.filter(pk=measure.place_id or 0)
    rows = [*own, *(of_problem or [])]
    return list({place.pk: place for place in rows}.values())


def _tried(measure: Measure, query: LiveQuery) -> Reading:
    """Read what the baseline would be if the measure were decided today."""
    today = timezone.localdate()
    return indicators.baseline(query.as_json(), measure.start_on or today, today)


def _kept(request: UserRequest, measure: Measure, stored: dict[str, Any]) -> HttpResponse:
    changes: dict[str, Any] = {"indicator": stored}
    if not measure.indicator_name.strip():
        changes["indicator_name"] = indicators.in_words(stored)[:200]
    services.measure_edit(measure_id=measure.pk, changes=changes, actor=request.user)
    messages.success(request, _("Indikatorn är vald."))
    return redirect("measures:measure-edit", measure.pk)

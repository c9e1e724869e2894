"""Following a measure up: the dose and the change are counted before anybody writes."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from samhandling_web.agree.measures import (
    indicator_figure,
    indicators,
    permissions,
    results,
    rules,
    services,
)
from samhandling_web.agree.measures.forms.doing import FollowUpForm
from samhandling_web.agree.measures.models import Measure
from samhandling_web.agree.measures.rules import EvaluationLevel, Status
from samhandling_web.agree.measures.services.follow_ups import outcome_of
from samhandling_web.agree.measures.views.steps import found
from samhandling_web.base.common.errors import DomainError
from samhandling_web.base.common.http import UserRequest


@login_required
@require_http_methods(["GET", "POST"])
def measure_follow_up(request: UserRequest, pk: int) -> HttpResponse:
    measure = found(request, pk)
    permissions.check_may_carry_out(request.user, measure)
    rules.check_transition(Status(measure.status), Status.FOLLOWED_UP)
    is_typed = indicators.is_typed(measure.indicator)
    form = FollowUpForm(request.POST or None, measure=measure, is_typed=is_typed)
    if request.method == "POST" and form.is_valid():
        try:
            return _followed_up(request, measure, form)
        except DomainError as error:
            form.add_error(None, str(error))
    return _page(request, measure, form)


def _followed_up(request: UserRequest, measure: Measure, form: FollowUpForm) -> HttpResponse:
    services.measure_follow_up(
        measure_id=measure.pk,
        on=form.cleaned_data["on"],
        told=form.told(),
        typed=form.typed(),
        actor=request.user,
    )
    follower = measure.followed_by.order_by("-pk").first()
    if follower is None:
        messages.success(request, _("Åtgärden är uppföljd."))
        return redirect("measures:measure-detail", measure.pk)
    messages.success(request, _("Åtgärden är uppföljd. Här är förslaget som följer på den."))
    return redirect("measures:measure-edit", follower.pk)


def _page(request: UserRequest, measure: Measure, form: FollowUpForm) -> HttpResponse:
    outcome = outcome_of(measure, timezone.localdate())
    level = EvaluationLevel(measure.evaluation_level or 0)
    context = {
        "measure": measure,
        "form": form,
        "outcome": outcome,
        "change_words": results.in_words(outcome.change),
        "reservations": outcome.reservations(level),
        "drawing": indicator_figure.drawing_of(measure, outcome.before, outcome.after),
        "is_typed": indicators.is_typed(measure.indicator),
    }
    status = 422 if form.errors else 200
    return render(request, "measures/measure_follow_up.html", context, status=status)

"""Citizen promises on pages, and the open page where anybody reads them."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from samhandling_web.agree.partnership import permissions, refusals
from samhandling_web.agree.partnership.forms.attempt import attempted
from samhandling_web.agree.partnership.forms.fields import likely_owner
from samhandling_web.agree.partnership.forms.promises import PromiseForm, VerdictForm
from samhandling_web.agree.partnership.models import CitizenPromise
from samhandling_web.agree.partnership.rules import PROMISE_STATUSES, PromiseStatus
from samhandling_web.agree.partnership.selectors import promises as selectors
from samhandling_web.agree.partnership.selectors.agreements import area_names
from samhandling_web.agree.partnership.selectors.history import history
from samhandling_web.agree.partnership.services import promises as services
from samhandling_web.base.areas import selectors as areas
from samhandling_web.base.common.http import UserRequest

PER_PAGE = 50
QUARTER_OF_AN_HOUR = 900


@login_required
@require_GET
def promise_list(request: UserRequest) -> HttpResponse:
    permissions.check_may_read(request.user)
    today = timezone.localdate()
    found = selectors.promises_visible_to(request.user)
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    names = area_names([one.district_id for one in page], today)
    context = {
        "page": page,
        "rows": [(one, names.get(one.district_id or 0, "")) for one in page],
        "waiting": selectors.promises_without_verdict(today),
        "may_begin": permissions.may_begin(request.user),
    }
    return render(request, "partnership/promise_list.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def promise_start(request: UserRequest) -> HttpResponse:
    permissions.check_may_begin(request.user)
    initial = {"owner": likely_owner(request.user), "agreement": request.GET.get("enligt")}
    form = PromiseForm(request.POST or None, actor=request.user, initial=initial)
    if request.method == "POST":
        made = attempted(form, services.promise_draft, actor=request.user)
        if made is not None:
            return redirect("partnership:promise-detail", made.pk)
    status = 422 if form.errors else 200
    return render(request, "partnership/promise_form.html", {"form": form}, status=status)


@login_required
@require_GET
def promise_detail(request: UserRequest, pk: int) -> HttpResponse:
    return _promise_page(request, found(request, pk))


def _promise_page(
    request: UserRequest, promise: CitizenPromise, *, status: int = 200, **more: Any
) -> HttpResponse:
    names = area_names([promise.district_id], timezone.localdate())
    context = {
        "promise": promise,
        "place": names.get(promise.district_id or 0, ""),
        "may_write": permissions.may_write(request.user, promise.owner),
        "history": history(promise),
        "verdict_form": VerdictForm(),
    }
    page = "partnership/promise_detail.html"
    return render(request, page, context | more, status=status)


@login_required
@require_http_methods(["GET", "POST"])
def promise_edit(request: UserRequest, pk: int) -> HttpResponse:
    promise = found(request, pk)
    permissions.check_may_write(request.user, promise.owner)
    if promise.status != PromiseStatus.DRAFT:
        raise refusals.PromiseIsFixed(current=PROMISE_STATUSES[PromiseStatus(promise.status)])
    stored = {name: getattr(promise, name) for name in services.EDITABLE}
    form = PromiseForm(request.POST or None, actor=request.user, promise=promise, initial=stored)

    def edit(**changes: Any) -> CitizenPromise:
        return services.promise_edit(promise_id=pk, changes=changes, actor=request.user)

    if request.method == "POST" and attempted(form, edit) is not None:
        return redirect("partnership:promise-detail", pk)
    context = {"form": form, "promise": promise}
    status = 422 if form.errors else 200
    return render(request, "partnership/promise_form.html", context, status=status)


@login_required
@require_POST
def promise_give(request: UserRequest, pk: int) -> HttpResponse:
    found(request, pk)
    services.promise_give(promise_id=pk, actor=request.user)
    messages.success(request, _("Löftet är lämnat och står nu på den öppna sidan."))
    return redirect("partnership:promise-detail", pk)


@login_required
@require_POST
def promise_judge(request: UserRequest, pk: int) -> HttpResponse:
    promise = found(request, pk)
    permissions.check_may_write(request.user, promise.owner)
    form = VerdictForm(request.POST)

    def judge(verdict: str, evidence: str) -> CitizenPromise:
        return services.promise_judge(
            promise_id=pk, verdict=PromiseStatus(verdict), evidence=evidence, actor=request.user
        )

    if attempted(form, judge) is None:
        return _promise_page(request, promise, status=422, verdict_form=form)
    messages.success(request, _("Utfallet är sparat och står på den öppna sidan."))
    return redirect("partnership:promise-detail", pk)


def found(request: UserRequest, pk: int) -> CitizenPromise:
    """Return the promise that the person may read, or answer that there is none."""
    return get_object_or_404(selectors.promises_visible_to(request.user), pk=pk)


@require_GET
@cache_control(max_age=QUARTER_OF_AN_HOUR)
def public_promises(request: HttpRequest) -> HttpResponse:
    """Show everybody what has been promised and how it went. No login, and never a draft."""
    page = Paginator(selectors.promises_public(), PER_PAGE).get_page(request.GET.get("page"))
    names = area_names([one.district_id for one in page], timezone.localdate())
    context = {
        "page": page,
        "rows": [(one, names.get(one.district_id or 0, "")) for one in page],
        "municipality": areas.municipality(),
    }
    return render(request, "partnership/public_promises.html", context)

"""Groups that meet, on pages: the list, one group with its seats, setting one up."""

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
from samhandling_web.agree.partnership.forms.fields import likely_owner
from samhandling_web.agree.partnership.forms.meetings import CouncilForm, SeatForm
from samhandling_web.agree.partnership.models import Council
from samhandling_web.agree.partnership.selectors import councils as selectors
from samhandling_web.agree.partnership.selectors.agreements import area_names
from samhandling_web.agree.partnership.services import councils as services
from samhandling_web.base.common.http import UserRequest

MEETINGS_SHOWN = 12


@login_required
@require_GET
def council_list(request: UserRequest) -> HttpResponse:
    permissions.check_may_read(request.user)
    found = selectors.councils_listed(request.user)
    names = area_names([one.district_id for one in found], timezone.localdate())
    context = {
        "rows": [(one, names.get(one.district_id or 0, "")) for one in found],
        "may_begin": permissions.may_begin(request.user),
    }
    return render(request, "partnership/council_list.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def council_start(request: UserRequest) -> HttpResponse:
    permissions.check_may_begin(request.user)
    initial = {"organisation": likely_owner(request.user)}
    form = CouncilForm(request.POST or None, actor=request.user, initial=initial)
    if request.method == "POST":
        made = attempted(form, services.council_set_up, actor=request.user)
        if made is not None:
            messages.success(request, _("Rådet är upplagt. Lägg till vilka som har en plats."))
            return redirect("partnership:council-detail", made.pk)
    status = 422 if form.errors else 200
    return render(request, "partnership/council_form.html", {"form": form}, status=status)


@login_required
@require_GET
def council_detail(request: UserRequest, pk: int) -> HttpResponse:
    return _council_page(request, found(request, pk))


def _council_page(
    request: UserRequest, council: Council, *, status: int = 200, **more: Any
) -> HttpResponse:
    meetings = selectors.meetings_visible_to(request.user).filter(council=council)
    names = area_names([council.district_id], timezone.localdate())
    context = {
        "council": council,
        "place": names.get(council.district_id or 0, ""),
        "seats": selectors.seats_of(council),
        "meetings": selectors.meetings_listed(meetings)[:MEETINGS_SHOWN],
        "may_write": permissions.may_write(request.user, council.organisation),
        "seat_form": SeatForm(),
    }
    return render(request, "partnership/council_detail.html", context | more, status=status)


@login_required
@require_http_methods(["GET", "POST"])
def council_edit(request: UserRequest, pk: int) -> HttpResponse:
    council = found(request, pk)
    permissions.check_may_write(request.user, council.organisation)
    stored = {name: getattr(council, name) for name in services.EDITABLE}
    form = CouncilForm(request.POST or None, actor=request.user, council=council, initial=stored)

    def edit(**changes: Any) -> Council:
        return services.council_edit(council_id=pk, changes=changes, actor=request.user)

    if request.method == "POST" and attempted(form, edit) is not None:
        return redirect("partnership:council-detail", pk)
    context = {"form": form, "council": council}
    status = 422 if form.errors else 200
    return render(request, "partnership/council_form.html", context, status=status)


@login_required
@require_POST
def seat_add(request: UserRequest, pk: int) -> HttpResponse:
    council = found(request, pk)
    permissions.check_may_write(request.user, council.organisation)
    form = SeatForm(request.POST)
    if attempted(form, services.seat_add, council_id=pk, actor=request.user) is None:
        return _council_page(request, council, status=422, seat_form=form)
    return redirect("partnership:council-detail", pk)


@login_required
@require_POST
def seat_remove(request: UserRequest, pk: int, seat: int) -> HttpResponse:
    council = found(request, pk)
    get_object_or_404(council.members, pk=seat)
    services.seat_remove(council_id=pk, seat_id=seat, actor=request.user)
    return redirect("partnership:council-detail", pk)


def found(request: UserRequest, pk: int) -> Council:
    """Return the group that the person may read of, or answer that there is none."""
    return get_object_or_404(selectors.councils_visible_to(request.user), pk=pk)

"""Meetings on pages: the list, planning one, and the one page used before, during and after."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from samhandling_web.agree.partnership import documents, panels, permissions
from samhandling_web.agree.partnership.forms.attempt import attempted
from samhandling_web.agree.partnership.forms.meetings import (
    AttendanceForm,
    DecisionForm,
    ItemForm,
    MeetingForm,
    proposed_time,
)
from samhandling_web.agree.partnership.models import Meeting
from samhandling_web.agree.partnership.rules import MEETING_TRANSITIONS, MeetingStatus
from samhandling_web.agree.partnership.selectors import councils as selectors
from samhandling_web.agree.partnership.selectors import items as items_read
from samhandling_web.agree.partnership.selectors.history import history
from samhandling_web.agree.partnership.services import meetings as services
from samhandling_web.base.audit import services as audit
from samhandling_web.base.common.errors import DomainError
from samhandling_web.base.common.http import UserRequest
from samhandling_web.base.reports.formats import make_file
from samhandling_web.understand.picture.downloads import download

PER_PAGE = 30
STEPS = {
    "kalla": services.meeting_call,
    "borja": services.meeting_hold,
    "avsluta": services.meeting_close,
    "stall-in": services.meeting_cancel,
}


@login_required
@require_GET
def meeting_list(request: UserRequest) -> HttpResponse:
    permissions.check_may_read(request.user)
    today = timezone.localdate()
    found = selectors.meetings_listed(selectors.meetings_visible_to(request.user))
    coming = found.filter(status__in=selectors.UNFINISHED).order_by("starts_at")
    past = found.exclude(status__in=selectors.UNFINISHED)
    context = {
        "coming": coming[:PER_PAGE],
        "page": Paginator(past, PER_PAGE).get_page(request.GET.get("page")),
        "overdue": items_read.overdue_by_owner(request.user, today),
        "may_begin": permissions.may_begin(request.user),
    }
    return render(request, "partnership/meeting_list.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def meeting_start(request: UserRequest) -> HttpResponse:
    permissions.check_may_begin(request.user)
    own = permissions.organisations_written_for(request.user)
    councils = selectors.councils_visible_to(request.user)
    councils = councils.filter(organisation__in=own, is_active=True)
    initial = proposed_time(timezone.localdate()) | {"council": request.GET.get("rad")}
    form = MeetingForm(request.POST or None, councils=councils, initial=initial)

    def plan(council: Any, **values: Any) -> Meeting:
        return services.meeting_plan(council_id=council.pk, actor=request.user, **values)

    if request.method == "POST" and (made := attempted(form, plan)) is not None:
        messages.success(request, _("Mötet är planerat, med det som är på tur på dagordningen."))
        return redirect("partnership:meeting-detail", made.pk)
    status = 422 if form.errors else 200
    return render(request, "partnership/meeting_form.html", {"form": form}, status=status)


@login_required
@require_GET
def meeting_detail(request: UserRequest, pk: int) -> HttpResponse:
    return meeting_page(request, found(request, pk))


def meeting_page(
    request: UserRequest, meeting: Meeting, *, status: int = 200, **more: Any
) -> HttpResponse:
    """Show a meeting with what the reader may do at this time of it."""
    context = meeting_context(request, meeting, more.pop("bound", {}))
    return render(request, "partnership/meeting_detail.html", context | more, status=status)


def meeting_context(
    request: UserRequest, meeting: Meeting, bound: dict[int, DecisionForm]
) -> dict[str, Any]:
    """Return what the page shows; `bound` holds forms that came back with faults."""
    organisation = meeting.council.organisation
    may_write = permissions.may_write(request.user, organisation)
    is_held = meeting.status == MeetingStatus.HELD
    rows = list(items_read.items_of(meeting))
    forms = may_write and is_held
    done = panels.measures_of_items(rows, request.user)
    return {
        "meeting": meeting,
        "entries": [(row, bound.get(row.pk) or (DecisionForm.of(row) if forms else None),
                     done.get(row.pk, [])) for row in rows],
        "undecided": [row for row in rows if row.status == "open"],
        "seats": selectors.seats_of(meeting.council),
        "attendance": selectors.attendance_of(meeting),
        "attendance_form": AttendanceForm(meeting=meeting) if forms else None,
        "item_form": ItemForm(),
        "may_write": may_write,
        "may_bring_up": permissions.may_bring_up(request.user, organisation),
        "may_become": MEETING_TRANSITIONS[MeetingStatus(meeting.status)],
        "is_coming": meeting.status in services.COMING,
        "is_held": is_held,
        "is_open": meeting.status in selectors.UNFINISHED,
        "files": documents.FORMATS,
        "history": history(meeting),
    }  # fmt: skip


@login_required
@require_http_methods(["GET", "POST"])
def meeting_edit(request: UserRequest, pk: int) -> HttpResponse:
    meeting = found(request, pk)
    permissions.check_may_write(request.user, meeting.council.organisation)
    stored = {name: getattr(meeting, name) for name in services.SEEN_IN_CALENDARS}
    form = MeetingForm(request.POST or None, initial=stored)

    def move(**changes: Any) -> Meeting:
        return services.meeting_move(meeting_id=pk, changes=changes, actor=request.user)

    if request.method == "POST" and attempted(form, move) is not None:
        messages.success(request, _("Mötet är ändrat. Kalendrar som hämtar det får den nya tiden."))
        return redirect("partnership:meeting-detail", pk)
    context = {"form": form, "meeting": meeting}
    status = 422 if form.errors else 200
    return render(request, "partnership/meeting_form.html", context, status=status)


@login_required
@require_POST
def meeting_step(request: UserRequest, pk: int, step: str) -> HttpResponse:
    """Call, begin, close or cancel a meeting; a refusal stands on its page."""
    meeting = found(request, pk)
    if step not in STEPS:
        raise Http404
    permissions.check_may_write(request.user, meeting.council.organisation)
    try:
        STEPS[step](meeting_id=pk, actor=request.user)
    except DomainError as refusal:
        return meeting_page(request, meeting, status=refusal.status, refusal=refusal)
    return redirect("partnership:meeting-detail", pk)


@login_required
@require_POST
def agenda_make(request: UserRequest, pk: int) -> HttpResponse:
    found(request, pk)
    made = services.agenda_make(meeting_id=pk, actor=request.user)
    words = ngettext("{count} punkt hämtad.", "{count} punkter hämtade.", len(made))
    nothing = _("Inget nytt är på tur: allt som väntar står redan på en dagordning.")
    messages.success(request, words.format(count=len(made)) if made else nothing)
    return redirect("partnership:meeting-detail", pk)


@login_required
@require_POST
def attendance_record(request: UserRequest, pk: int) -> HttpResponse:
    meeting = found(request, pk)
    permissions.check_may_write(request.user, meeting.council.organisation)
    form = AttendanceForm(request.POST, meeting=meeting)
    if form.is_valid():
        services.attendance_record(meeting_id=pk, came=form.came(), actor=request.user)
        messages.success(request, _("Närvaron är sparad."))
        return redirect("partnership:meeting-detail", pk)
    return meeting_page(request, meeting, status=422, attendance_form=form)


@login_required
@require_GET
def minutes(request: UserRequest, pk: int, file_format: str) -> HttpResponse:
    """Give out the minutes as a file, and record that they left the house."""
    meeting = found(request, pk)
    if file_format not in documents.FORMATS or meeting.status not in {
        MeetingStatus.HELD,
        MeetingStatus.CLOSED,
    }:
        raise Http404
    document = documents.minutes_document(meeting)
    made = make_file(document, file_format)
    audit.record_export(
        actor=request.user,
        kind="partnership.meeting.exported",
        target=meeting,
        file_name=made.name,
        row_count=sum(len(table.rows) for table in document.tables()),
    )
    return download(made)


def found(request: UserRequest, pk: int) -> Meeting:
    """Return the meeting that the person may read, or answer that there is none."""
    return get_object_or_404(selectors.meetings_visible_to(request.user), pk=pk)

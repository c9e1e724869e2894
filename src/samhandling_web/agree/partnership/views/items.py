"""Items of meetings: added, ordered, decided one by one, reported, and listed by who answers."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from django_tables2 import RequestConfig

from samhandling_web.agree.partnership import panels, permissions
from samhandling_web.agree.partnership.exporting import table_export
from samhandling_web.agree.partnership.forms.attempt import attempted
from samhandling_web.agree.partnership.forms.meetings import (
    DecisionForm,
    ItemFilterForm,
    ItemForm,
    ReportForm,
)
from samhandling_web.agree.partnership.models import AgendaItem, Meeting
from samhandling_web.agree.partnership.rules import CouncilKind, ItemStatus
from samhandling_web.agree.partnership.selectors import items as selectors
from samhandling_web.agree.partnership.selectors.history import history
from samhandling_web.agree.partnership.selectors.items import SHOWN, Shown
from samhandling_web.agree.partnership.services import items as services
from samhandling_web.agree.partnership.tables import ItemTable
from samhandling_web.agree.partnership.views import meetings
from samhandling_web.base.common.errors import NotAllowed
from samhandling_web.base.common.http import UserRequest, render_part

DIRECTIONS = {"upp": -1, "ner": 1}
MEETING_PAGE = "partnership/meeting_detail.html"


@login_required
@require_GET
def item_list(request: UserRequest) -> HttpResponse:
    permissions.check_may_see_own_items(request.user)
    today = timezone.localdate()
    asked = request.GET.get("visa", Shown.OVERDUE)
    shown = Shown(asked) if asked in set(Shown) else Shown.OVERDUE
    form = ItemFilterForm(request.GET)
    owner = form.cleaned_data["ansvarig"] if form.is_valid() else None
    found = selectors.items_shown(request.user, shown, today)
    table = ItemTable(found.filter(owner=owner) if owner else found, today=today)
    if file_format := request.GET.get("export"):
        name = f"motespunkter-{shown}-{today}"
        return table_export(
            table, file_format, name, kind="partnership.items.exported",
            target=AgendaItem(title=str(SHOWN[shown])), actor=request.user,
        )  # fmt: skip
    RequestConfig(request, paginate={"per_page": 50}).configure(table)
    context = {
        "table": table,
        "tabs": [(label, f"{reverse('partnership:item-list')}?visa={slug}", slug == shown)
                 for slug, label in SHOWN.items()],
        "by_owner": selectors.overdue_by_owner(request.user, today),
        "owner": owner,
    }  # fmt: skip
    return render(request, "partnership/item_list.html", context)


@login_required
@require_GET
def item_detail(request: UserRequest, pk: int) -> HttpResponse:
    return _item_page(request, found(request, pk))


def _item_page(
    request: UserRequest, item: AgendaItem, *, status: int = 200, **more: Any
) -> HttpResponse:
    may_report = item.status == ItemStatus.DECIDED and _reports(request, item)
    may_read_meeting = permissions.may_read_meetings_of(
        request.user, CouncilKind(item.meeting.council.kind)
    )
    context = {
        "item": item,
        "may_report": may_report,
        "may_read_meeting": may_read_meeting,
        "may_read_agreed": permissions.may_read(request.user),
        "measures": panels.measures_of_items([item], request.user).get(item.pk, []),
        "finding": selectors.finding_of(item, request.user),
        "history": history(item) if may_read_meeting else [],
        "report_form": ReportForm(),
        "today": timezone.localdate(),
    }
    return render(request, "partnership/item_detail.html", context | more, status=status)


def _reports(request: UserRequest, item: AgendaItem) -> bool:
    """Whether the person says what comes of the item: its owner's people, and who leads."""
    is_owners = item.owner is not None and permissions.may_report(request.user, item.owner)
    return is_owners or permissions.may_write(request.user, item.meeting.council.organisation)


@login_required
@require_POST
def item_add(request: UserRequest, pk: int) -> HttpResponse:
    meeting = meetings.found(request, pk)
    permissions.check_may_bring_up(request.user, meeting.council.organisation)
    form = ItemForm(request.POST)
    if attempted(form, services.item_add, meeting_id=pk, actor=request.user) is None:
        return meetings.meeting_page(request, meeting, status=422, item_form=form)
    return redirect(f"{reverse('partnership:meeting-detail', args=[pk])}#punkter")


@login_required
@require_POST
def item_save(request: UserRequest, pk: int) -> HttpResponse:
    """Keep what is typed of one item; decide it when the decision is whole."""
    item = found(request, pk)
    permissions.check_may_write(request.user, item.meeting.council.organisation)
    form = DecisionForm.of(item, request.POST)
    saved = attempted(form, _saving(item, request))
    if saved is None:
        return _saved_part(request, item.meeting, item, form, status=422)
    return _saved_part(request, item.meeting, saved, None, status=200)


def _saving(item: AgendaItem, request: UserRequest) -> Any:
    """Return the step that what was typed amounts to."""

    def save(
        notes: str, decision: str, owner: Any, deadline: Any, no_action_because: str
    ) -> AgendaItem:
        who: dict[str, Any] = {"item_id": item.pk, "actor": request.user, "notes": notes}
        if no_action_because:
            return services.item_take_no_action(because=no_action_because, **who)
        is_whole = bool(decision and owner and deadline)
        if is_whole or item.status != ItemStatus.OPEN:
            return services.item_decide(decision=decision, owner=owner, deadline=deadline, **who)
        return services.item_note(decision=decision, owner=owner, deadline=deadline, **who)

    return save


def _saved_part(
    request: UserRequest,
    meeting: Meeting,
    item: AgendaItem,
    form: DecisionForm | None,
    *,
    status: int,
) -> HttpResponse:
    """Answer htmx with the item alone, anyone else with the meeting's page at the item."""
    if not request.htmx:
        if form is None:
            address = reverse("partnership:meeting-detail", args=[meeting.pk])
            return redirect(f"{address}#punkt-{item.pk}")
        return meetings.meeting_page(request, meeting, status=status, bound={item.pk: form})
    context = meetings.meeting_context(request, meeting, {})
    measures = panels.measures_of_items([item], request.user).get(item.pk, [])
    entry = (item, form or DecisionForm.of(item), measures)
    context |= {"entry": entry, "is_part": True, "saved_at": None if form else timezone.localtime()}
    return render_part(request, MEETING_PAGE, "entry", context, status=status)


@login_required
@require_POST
def item_move(request: UserRequest, pk: int, direction: str) -> HttpResponse:
    item = found(request, pk)
    services.item_move(item_id=pk, step=DIRECTIONS.get(direction, 1), actor=request.user)
    return redirect(f"{reverse('partnership:meeting-detail', args=[item.meeting_id])}#punkter")


@login_required
@require_http_methods(["POST"])
def item_strike(request: UserRequest, pk: int) -> HttpResponse:
    item = found(request, pk)
    services.item_strike(item_id=pk, actor=request.user)
    messages.success(request, _("Punkten {title} är struken.").format(title=item.title))
    return redirect(f"{reverse('partnership:meeting-detail', args=[item.meeting_id])}#punkter")


@login_required
@require_POST
def item_report(request: UserRequest, pk: int) -> HttpResponse:
    item = found(request, pk)
    if not _reports(request, item):
        raise NotAllowed
    form = ReportForm(request.POST)

    def report(status: str, result: str) -> AgendaItem:
        return services.item_report(
            item_id=pk, status=ItemStatus(status), result=result, actor=request.user
        )

    if attempted(form, report) is None:
        return _item_page(request, item, status=422, report_form=form)
    messages.success(request, _("Tack. Resultatet är sparat och mötet får veta."))
    return redirect("partnership:item-detail", pk)


def found(request: UserRequest, pk: int) -> AgendaItem:
    """Return the item that the person may see, or answer that there is none."""
    return get_object_or_404(selectors.items_visible_to(request.user), pk=pk)

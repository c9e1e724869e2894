"""Pages of events: the list, one event with its history, and placements to judge."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST
from django_tables2 import RequestConfig

from samhandling_web.base.common.http import UserRequest
from samhandling_web.observe.events import exporting, permissions, selectors, services
from samhandling_web.observe.events.forms import EventFilterForm, PlacementForm
from samhandling_web.observe.events.selectors import EventChoice
from samhandling_web.observe.events.snapshot import rebuild
from samhandling_web.observe.events.tables import EventTable, PlacementTable


@login_required
@require_GET
def event_list(request: UserRequest) -> HttpResponse:
    permissions.check_may_read_events(request.user)
    # A page or an export of the list as it came unasked is of the same events.
    is_asked = not request.GET.keys().isdisjoint(EventFilterForm.base_fields)
    unasked = EventChoice(first_day=None if is_asked else selectors.latest_month())
    form = EventFilterForm(request.GET if is_asked else {"first_day": unasked.first_day})
    choice = EventChoice(**form.cleaned_data) if form.is_valid() else unasked
    events = selectors.events_chosen(choice)
    if file_format := request.GET.get("export"):
        return exporting.events_export(events=events, file_format=file_format, actor=request.user)
    table = EventTable(events)
    RequestConfig(request, paginate={"per_page": 50}).configure(table)
    context = {
        "form": form,
        "table": table,
        "may_place": permissions.may_place_events(request.user),
    }
    return render(request, "events/event_list.html", context)


@login_required
@require_GET
def event_detail(request: UserRequest, source: str, external_id: str) -> HttpResponse:
    permissions.check_may_read_events(request.user)
    revisions = list(selectors.revisions_of(source, external_id))
    if not revisions:
        raise Http404
    placement = selectors.placement_of(source, external_id)
    chosen = f"{placement.area_level}:{placement.area_code}" if placement else ""
    context = {
        "event": selectors.events_current().filter(source=source, external_id=external_id).first(),
        "latest": revisions[0],
        "revisions": revisions,
        "placement": placement,
        "placements": selectors.placements_of(source, external_id).select_related("actor"),
        "may_place": permissions.may_place_events(request.user),
        "form": PlacementForm(
            initial={"area": chosen if placement and placement.area_code else ""}
        ),
    }
    return render(request, "events/event_detail.html", context)


@login_required
@require_POST
def event_place(request: UserRequest, source: str, external_id: str) -> HttpResponse:
    permissions.check_may_place_events(request.user)
    form = PlacementForm(request.POST)
    if form.is_valid():
        level, code = form.place()
        services.event_place(
            source=source,
            external_id=external_id,
            area_level=level,
            area_code=code,
            actor=request.user,
        )
        # Counted where it now is on maps and charts too.
        rebuild.rebuild_enqueue(request.user)
    return redirect("events:event-detail", source, external_id)


@login_required
@require_GET
def placement_list(request: UserRequest) -> HttpResponse:
    permissions.check_may_place_events(request.user)
    table = PlacementTable(selectors.placements_to_review())
    RequestConfig(request, paginate={"per_page": 50}).configure(table)
    return render(request, "events/placement_list.html", {"table": table})


@login_required
@require_POST
def placing_start(request: UserRequest) -> HttpResponse:
    job = services.placing_start(actor=request.user)
    return redirect("jobs:job-detail", job.pk)

"""The list of walks, and what an organisation has to answer."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET
from django_tables2 import RequestConfig

from samhandling_web.base.common.http import UserRequest
from samhandling_web.base.photos.http import photo_response
from samhandling_web.observe.walks import exporting, map_shapes, permissions, selectors
from samhandling_web.observe.walks.forms import WalkFilterForm
from samhandling_web.observe.walks.rules import FindingStatus
from samhandling_web.observe.walks.tables import OwnFindingTable, WalkTable

WAITING = (FindingStatus.OPEN, FindingStatus.WILL_DO)
PER_PAGE = 25


@login_required
@require_GET
def walk_list(request: UserRequest) -> HttpResponse:
    permissions.check_may_read_walks(request.user)
    form = WalkFilterForm(request.GET)
    walks = selectors.walks_with_counts(request.user)
    if form.is_valid():
        walks = selectors.walks_chosen(walks, **form.cleaned_data)
    if file_format := request.GET.get("export"):
        return exporting.walks_export(walks=walks, file_format=file_format, actor=request.user)
    table = WalkTable(walks)
    RequestConfig(request, paginate={"per_page": PER_PAGE}).configure(table)
    shown = [row.record.pk for row in table.paginated_rows]
    table.figures = selectors.figures_by_walk(request.user, shown)
    context = {
        "form": form,
        "table": table,
        "may_begin": permissions.may_begin(request.user),
        "may_see_own": permissions.may_see_own(request.user),
    }
    return render(request, "walks/walk_list.html", context)


@login_required
@require_GET
def own_findings(request: UserRequest) -> HttpResponse:
    """Show what the person's organisations have to answer and do, or have answered and done."""
    permissions.check_may_see_own(request.user)
    is_past = request.GET.get("visa") == "klara"
    every = selectors.findings_of_own(request.user)
    findings = every.exclude(status__in=WAITING) if is_past else every.filter(status__in=WAITING)
    if file_format := request.GET.get("export"):
        return exporting.own_findings_export(
            findings=findings, file_format=file_format, actor=request.user
        )
    table = OwnFindingTable(findings)
    RequestConfig(request, paginate={"per_page": PER_PAGE}).configure(table)
    here = reverse("walks:own-findings")
    tabs = [(_("Väntar på oss"), here), (_("Klara"), f"{here}?visa=klara")]
    context = {
        "table": table,
        "tabs": tabs,
        "figures": selectors.figures_of_findings(every),
        "organisations": permissions.organisations_answered_for(request.user),
    }
    return render(request, "walks/own_findings.html", context)


@login_required
@require_GET
def walk_points(request: UserRequest, pk: int) -> JsonResponse:
    """Give a walk's findings as numbered points for the map."""
    walk = get_object_or_404(selectors.walks_visible_to(request.user), pk=pk)
    return JsonResponse(
        map_shapes.points_of(selectors.findings_visible_to(request.user).filter(walk=walk))
    )


@login_required
@require_GET
def walk_route(request: UserRequest, pk: int) -> JsonResponse:
    """Give a walk's route for the map."""
    walk = get_object_or_404(selectors.walks_visible_to(request.user), pk=pk)
    return JsonResponse(map_shapes.route_of(walk))


@login_required
@require_GET
def finding_point(request: UserRequest, pk: int) -> JsonResponse:
    """Give one finding as a point for the map."""
    finding = get_object_or_404(selectors.findings_visible_to(request.user), pk=pk)
    return JsonResponse(map_shapes.points_of([finding]))


@login_required
@require_GET
def finding_photo(request: UserRequest, pk: int) -> HttpResponseBase:
    photo = selectors.photo_visible_to(request.user, pk)
    if photo is None:
        raise Http404
    return photo_response(photo.photo)

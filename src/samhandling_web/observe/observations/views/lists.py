"""Lists of observations, one observation, its photos and its points on a map."""

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import FileResponse, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET
from django_tables2 import RequestConfig

from samhandling_web.base.common.http import UserRequest
from samhandling_web.base.photos.http import photo_response
from samhandling_web.observe.observations import exporting, offline, permissions, selectors
from samhandling_web.observe.observations.forms import ObservationFilterForm
from samhandling_web.observe.observations.models import ObservationPhoto
from samhandling_web.observe.observations.page_parts import observation_context
from samhandling_web.observe.observations.selectors import ObservationChoice
from samhandling_web.observe.observations.tables import ObservationTable

GEOJSON = "application/geo+json"


@login_required
@require_GET
def observation_list(request: UserRequest) -> HttpResponse:
    permissions.check_may_read_observations(request.user)
    form, choice = _choice(request)
    found = selectors.observations_chosen(request.user, choice)
    if file_format := request.GET.get("export"):
        return exporting.observations_export(
            observations=found, file_format=file_format, actor=request.user
        )
    table = ObservationTable(selectors.with_names(found))
    RequestConfig(request, paginate={"per_page": 50}).configure(table)
    context = {
        "form": form,
        "table": table,
        "layers": offline.map_layers(),
        "query": request.GET.urlencode(),
        "most_points": exporting.MOST_POINTS,
        "waiting": selectors.unanswered_for(request.user).count(),
        "may_report": permissions.may_report(request.user),
    }
    return render(request, "observations/observation_list.html", context)


@login_required
@require_GET
def points(request: UserRequest) -> HttpResponse:
    """Answer with the points of the list that the same query gives, or of one observation."""
    _form, choice = _choice(request)
    found = selectors.observations_chosen(request.user, choice)
    if (number := request.GET.get("nummer", "")).isdecimal():
        found = found.filter(pk=int(number))
    return JsonResponse(exporting.points_of(found), content_type=GEOJSON)


def _choice(request: UserRequest) -> tuple[ObservationFilterForm, ObservationChoice]:
    form = ObservationFilterForm(request.GET)
    return form, ObservationChoice(**form.cleaned_data) if form.is_valid() else ObservationChoice()


@login_required
@require_GET
def my_observations(request: UserRequest) -> HttpResponse:
    permissions.check_may_report(request.user)
    own = selectors.observations_of_reporter(request.user)
    page = Paginator(own, 25).get_page(request.GET.get("page"))
    return render(request, "observations/my_observations.html", {"page": page})


@login_required
@require_GET
def observation_detail(request: UserRequest, pk: int) -> HttpResponse:
    visible = selectors.with_names(selectors.observations_visible_to(request.user))
    observation = get_object_or_404(visible, pk=pk)
    context = observation_context(request.user, observation)
    return render(request, "observations/observation_detail.html", context)


@login_required
@require_GET
def photo(request: UserRequest, pk: int) -> FileResponse:
    found = get_object_or_404(ObservationPhoto.objects.select_related("photo"), pk=pk)
    visible = selectors.observations_visible_to(request.user)
    get_object_or_404(visible, pk=found.observation_id)
    return photo_response(found.photo)

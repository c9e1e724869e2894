"""What the maps of this room draw, as GeoJSON."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, JsonResponse
from django.views.decorators.http import require_GET

from samhandling_web.base.common.http import UserRequest
from samhandling_web.understand.places import map_layers, permissions, selectors
from samhandling_web.understand.places.forms import PlaceFilterForm
from samhandling_web.understand.places.rules import CandidateStatus
from samhandling_web.understand.places.views.places import place_seen


@login_required
@require_GET
def place_points(request: UserRequest) -> HttpResponse:
    permissions.check_may_read_places(request.user)
    choice = PlaceFilterForm(request.GET).choice()
    places = selectors.places_chosen(selectors.places_visible_to(request.user), choice)
    return JsonResponse(map_layers.points_of_places(places))


@login_required
@require_GET
def candidate_points(request: UserRequest) -> HttpResponse:
    permissions.check_may_read_problems(request.user)
    waiting = selectors.candidates_visible_to(request.user).filter(status=CandidateStatus.PROPOSED)
    return JsonResponse(map_layers.points_of_candidates(waiting))


@login_required
@require_GET
def place_reach(request: UserRequest, pk: int) -> HttpResponse:
    return JsonResponse(map_layers.reach_of(place_seen(request, pk)))


@login_required
@require_GET
def place_observations(request: UserRequest, pk: int) -> HttpResponse:
    return JsonResponse(map_layers.seen_at(place_seen(request, pk), request.user))

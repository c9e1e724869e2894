"""Pages that compose several rooms."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from samhandling_web.base.common import navigation
from samhandling_web.base.jobs import selectors as jobs
from samhandling_web.base.jobs.rules import State


@require_GET
def start(request: HttpRequest) -> HttpResponse:
    """What waits for somebody signed in; for everyone else, what this is."""
    rooms = [
        room for room in navigation.rooms_for(request.user) if room.room is not navigation.Room.BASE
    ]
    if not request.user.is_authenticated:
        return render(request, "pages/welcome.html", {"rooms": rooms})
    mine = jobs.jobs_visible_to(request.user)
    context = {
        "rooms": rooms,
        "running": mine.filter(state__in=[State.QUEUED, State.RUNNING])[:5],
        "failed": mine.filter(state=State.FAILED)[:5],
        "finished": mine.filter(state=State.DONE)[:3],
    }
    return render(request, "pages/start.html", context)

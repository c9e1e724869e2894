"""Pages that compose several rooms."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from samhandling_web.base.accounts.permissions import is_person
from samhandling_web.base.common import navigation
from samhandling_web.base.common.http import UserRequest
from samhandling_web.faces.pages import selectors


@require_GET
def start(request: HttpRequest) -> HttpResponse:
    """What waits for somebody signed in; for everyone else, what this is."""
    all_rooms = navigation.rooms_for(request.user)
    rooms = [room for room in all_rooms if room.room is not navigation.Room.BASE]
    if not is_person(request.user):
        return render(request, "pages/welcome.html", {"rooms": rooms})
    # A card links to the first page of its room's app, where the person may see one.
    pages = {item.namespace: item.url for room in rooms for item in reversed(room.items)}
    page = selectors.start_page_of(request.user, timezone.localdate())
    return render(request, "pages/start.html", {"rooms": rooms, "pages": pages, "start": page})


@login_required
@require_GET
def inbox(request: UserRequest) -> HttpResponse:
    """Show everything that waits for the person, the most pressing first."""
    dated = selectors.inbox_dated(request.user, timezone.localdate())
    return render(request, "pages/inbox.html", {"dated": dated})

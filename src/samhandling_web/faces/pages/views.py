"""Pages that compose several rooms."""

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from samhandling_web.base.accounts.permissions import is_person
from samhandling_web.base.common import navigation
from samhandling_web.base.common.http import UserRequest
from samhandling_web.faces.pages import permissions, selectors
from samhandling_web.faces.pages import search as search_results
from samhandling_web.faces.pages.overview.indicators import INDICATORS
from samhandling_web.faces.pages.overview.opened import Part, part_opened
from samhandling_web.faces.pages.overview.table import districts_on
from samhandling_web.faces.pages.overview.table import overview as overview_table
from samhandling_web.faces.pages.thread.drawing import drawing
from samhandling_web.faces.pages.thread.links import LINKS, Link
from samhandling_web.faces.pages.thread.shown import node_of, thread_from


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


@login_required
@require_GET
def thread(request: UserRequest, link: str, number: int) -> HttpResponse:
    """Show the thread from one object, both ways."""
    found = thread_from(Link(link), number, request.user)
    if found is None:
        raise Http404
    context = {
        "thread": found,
        "graph": drawing(found),
        "missing_labels": [LINKS[one] for one in found.missing],
        "unseen_labels": [LINKS[one] for one in found.unseen],
    }
    return render(request, "pages/thread.html", context)


@login_required
@require_GET
def search(request: UserRequest) -> HttpResponse:
    words = request.GET.get("q", "").strip()
    groups = search_results.found(words, request.user)
    return render(request, "pages/search.html", {"words": words, "groups": groups})


@login_required
@require_GET
def overview(request: UserRequest) -> HttpResponse:
    """How the work goes, district by district."""
    permissions.check_may_read_overview(request.user)
    today = timezone.localdate()
    districts = districts_on(today)
    context = {
        "districts": districts,
        "rows": overview_table(today, districts),
        "today": today,
    }
    return render(request, "pages/overview.html", context)


@login_required
@require_GET
def overview_part(request: UserRequest, slug: str, part: str) -> HttpResponse:
    """Open what a share counts: above the line or below it, in one district or in all."""
    permissions.check_may_read_overview(request.user)
    if slug not in INDICATORS:
        raise Http404
    indicator, today = INDICATORS[slug], timezone.localdate()
    district = request.GET.get("stadsdel", "")
    rows = part_opened(indicator, Part(part), request.user, today, district)
    page = Paginator(rows, 50).get_page(request.GET.get("page"))
    context = {
        "indicator": indicator,
        "part": part,
        "district": districts_on(today).get(int(district)) if district.isdigit() else "",
        "page": page,
        "nodes": [node_of(indicator.link, one) for one in page],
    }
    return render(request, "pages/overview_part.html", context)

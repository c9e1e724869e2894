"""A person's calendar of meetings: the page where the key is made, and what the key opens."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from samhandling_web.agree.partnership import calendars, permissions
from samhandling_web.agree.partnership.forms.attempt import attempted
from samhandling_web.agree.partnership.forms.meetings import CalendarForm
from samhandling_web.agree.partnership.minutes import LANGUAGE
from samhandling_web.agree.partnership.models import CalendarKey, Meeting
from samhandling_web.agree.partnership.rules import CalendarScope
from samhandling_web.agree.partnership.selectors.councils import meetings_fetched_by
from samhandling_web.agree.partnership.services import calendars as services
from samhandling_web.base.common.http import UserRequest


@login_required
@require_http_methods(["GET", "POST"])
def calendar(request: UserRequest) -> HttpResponse:
    """Show the person's address for the calendar, or make a new one."""
    permissions.check_may_read(request.user)
    form = CalendarForm(request.POST or None, initial={"scope": CalendarScope.OWN})

    def make(scope: str) -> CalendarKey:
        return services.calendar_key_make(scope=CalendarScope(scope), actor=request.user)

    if request.method == "POST" and attempted(form, make) is not None:
        messages.success(request, _("Adressen är gjord. Den förra slutade gälla."))
        return redirect("partnership:calendar")
    key = CalendarKey.objects.filter(user=request.user, revoked_at=None).first()
    address = reverse("partnership:calendar-feed", args=[calendars.signed(key)]) if key else ""
    context = {
        "key": key,
        "address": request.build_absolute_uri(address) if key else "",
        "form": form,
    }
    return render(request, "partnership/calendar.html", context, status=422 if form.errors else 200)


@login_required
@require_POST
def calendar_revoke(request: UserRequest) -> HttpResponse:
    services.calendar_key_revoke(actor=request.user)
    messages.success(request, _("Adressen är återkallad. Kalendern hämtar inget mer."))
    return redirect("partnership:calendar")


@require_GET
def calendar_feed(request: HttpRequest, key: str) -> HttpResponse:
    """Give the key's owner the meetings she may see today. The key is all that is asked for."""
    known = calendars.key_of(key)
    if known is None:
        raise Http404
    today = timezone.localdate()
    found = meetings_fetched_by(known.user, CalendarScope(known.scope), today)

    def address_of(meeting: Meeting) -> str:
        path = reverse("partnership:meeting-detail", args=[meeting.pk])
        return request.build_absolute_uri(path)

    with translation.override(LANGUAGE):
        name = _("Möten i Samhandling")
    content = calendars.calendar_of(found, name=name, address_of=address_of)
    response = HttpResponse(content, content_type=calendars.MIME)
    response.headers["Cache-Control"] = "private, max-age=900"
    response.headers["Referrer-Policy"] = "no-referrer"
    return response

"""The frame around every page: header, navigation, breadcrumbs, messages and icons."""

from collections.abc import Sequence
from typing import Any

from django import template
from django.template import Context
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from samhandling_web.base.common import navigation
from samhandling_web.base.common.navigation import Room
from samhandling_web.base.common.served import Served, served

register = template.Library()

TOAST_TONES = {"error": "danger", "warning": "warning", "success": "success"}


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """Draw an icon from the sprite; without a label it is decoration and stays unspoken."""
    address = static("common/icons.svg")
    if label:
        return format_html(
            '<svg class="sam-icon" role="img" aria-label="{}"><use href="{}#{}"></use></svg>',
            label,
            address,
            name,
        )
    return format_html(
        '<svg class="sam-icon" aria-hidden="true" focusable="false"><use href="{}#{}"></use></svg>',
        address,
        name,
    )


@register.simple_tag(takes_context=True)
def municipality(context: Context | dict[str, Any]) -> str:
    """Return the name of the municipality that this installation serves."""
    known: Served = context.get("served") or served()
    return known.name


@register.inclusion_tag("common/components/header.html", takes_context=True)
def page_frame_header(context: dict[str, Any]) -> dict[str, Any]:
    """Everything above a page's content: product, rooms, language and who is signed in."""
    request = context.get("request")
    user = getattr(request, "user", None)
    match = getattr(request, "resolver_match", None)
    rooms = navigation.rooms_for(user, match.view_name if match else "")
    loop = [room for room in rooms if room.room is not Room.BASE]
    system = next((room for room in rooms if room.room is Room.BASE), None)
    return {
        "request": request,
        "csrf_token": context.get("csrf_token"),
        "municipality_name": municipality(context),
        "rooms": loop,
        "current_room": next((room for room in loop if room.is_current), None),
        "system_items": [one for one in system.items if not one.icon] if system else (),
        "tools": [one for one in system.items if one.icon] if system else (),
        "here": match.view_name if match else "",
        "memberships": getattr(user, "memberships_today", ()),
    }


@register.simple_tag
def thread_button(link: str, number: int) -> SafeString:
    """Lead to the thread from the object of a page: `{% thread_button "plats" place.pk %}`."""
    address = navigation.thread_address(link, number)
    if not address:
        return SafeString("")
    return format_html(
        '<a class="ds-button" data-variant="secondary" href="{}">{}</a>', address, _("Följ tråden")
    )


@register.inclusion_tag("common/components/breadcrumbs.html")
def breadcrumbs(*steps: str) -> dict[str, Any]:
    """Show the way here: `{% breadcrumbs label url label url "This page" %}`."""
    *pairs, here = steps
    trail = list(zip(pairs[::2], pairs[1::2], strict=True))
    return {"trail": trail, "here": here}


@register.inclusion_tag("common/components/toast.html")
def toast(message: str, level: str = "info") -> dict[str, Any]:
    return {"message": message, "tone": TOAST_TONES.get(level, "info")}


@register.inclusion_tag("common/components/tabs.html", takes_context=True)
def tabs(context: dict[str, Any], items: Sequence[Sequence[Any]], label: str) -> dict[str, Any]:
    """Links between views of one thing: rows of (label, address[, count]); the open one is marked.

    Each tab is an address of its own, so it can be shared, printed and opened without scripts.
    """
    request = context["request"]
    shown = [
        {
            "label": row[0],
            "url": row[1],
            "count": row[2] if len(row) > 2 else None,
            "here": row[1] in {request.path, request.get_full_path()},
        }
        for row in items
    ]
    return {"tabs": shown, "label": label}


@register.inclusion_tag("common/components/pagination.html", takes_context=True)
def pagination(context: dict[str, Any], page: Any, parameter: str = "page") -> dict[str, Any]:
    """Steps between the pages of a `django.core.paginator.Page`, keeping the rest of the query."""
    request = context["request"]

    def address(number: int) -> str:
        query = request.GET.copy()
        query[parameter] = str(number)
        return f"?{query.urlencode()}"

    numbers = page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    steps = [(n, address(n) if isinstance(n, int) else "") for n in numbers]
    return {
        "page": page,
        "steps": steps,
        "previous": address(page.number - 1) if page.has_previous() else "",
        "next": address(page.number + 1) if page.has_next() else "",
    }

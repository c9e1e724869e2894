"""Answers to requests: a part for htmx, the whole page for everyone else."""

from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

if TYPE_CHECKING:
    from django_htmx.middleware import HtmxDetails

    from samhandling_web.base.accounts.models import User


class UserRequest(HttpRequest):
    """A request from somebody who is signed in (for annotations only)."""

    user: "User"
    htmx: "HtmxDetails"


def render_part(
    request: HttpRequest,
    template: str,
    part: str,
    context: dict[str, Any] | None = None,
    *,
    status: int = 200,
) -> HttpResponse:
    """Render the named part of `template` for htmx, and the whole page for anyone else."""
    htmx = getattr(request, "htmx", None)
    # Going back in the browser asks for the address again, and then for all of the page.
    is_part = htmx and not htmx.history_restore_request
    name = f"{template}#{part}" if is_part else template
    response = render(request, name, context, status=status)
    response.headers["Vary"] = "HX-Request"
    return response

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
    htmx = getattr(request, "htmx", False)
    name = f"{template}#{part}" if htmx else template
    response = render(request, name, context, status=status)
    response.headers["Vary"] = "HX-Request"
    return response

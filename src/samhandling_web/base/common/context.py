"""What every page's frame needs to know."""

from django.conf import settings
from django.http import HttpRequest


def shell(request: HttpRequest) -> dict[str, object]:
    """Say whether this is the demonstration, and where the reader stands."""
    match = request.resolver_match
    room = match.namespace if match else ""
    return {"is_demo": settings.DEMO, "room": room}

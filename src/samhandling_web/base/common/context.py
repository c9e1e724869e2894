"""What every page's frame needs to know."""

from django.http import HttpRequest

from samhandling_web.base.common.served import served


def shell(request: HttpRequest) -> dict[str, object]:
    """Say whether this is the demonstration, and where the reader stands."""
    match = request.resolver_match
    room = match.namespace if match else ""
    return {"is_demo": served().is_invented, "room": room}

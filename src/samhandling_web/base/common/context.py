"""What every page's frame needs to know."""

from django.http import HttpRequest

from samhandling_web.base.common.served import served


def shell(request: HttpRequest) -> dict[str, object]:
    """Say whether this is the demonstration, and where the reader stands."""
    match = request.resolver_match
    room = match.namespace if match else ""
    known = served()
    return {"is_demo": known.is_invented, "served": known, "room": room}

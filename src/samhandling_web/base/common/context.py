"""What every page's frame needs to know."""

from django.http import HttpRequest

from samhandling_web.base.common.served import served


def shell(_request: HttpRequest) -> dict[str, object]:
    """Say whom the installation serves, and whether all of it is invented."""
    known = served()
    return {"is_demo": known.is_invented, "served": known}

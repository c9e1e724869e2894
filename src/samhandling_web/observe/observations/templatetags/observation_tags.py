"""States and seriousness of observations as colour, icon and word together."""

from datetime import datetime
from typing import Any

from django import template
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from samhandling_web.observe.observations.rules import GOOD_KINDS, Severity, Status

register = template.Library()

SEVERITY_TONES = {Severity.GREEN: "success", Severity.YELLOW: "warning", Severity.RED: "danger"}
STATUS_TONES = {
    Status.RECEIVED: "warning",
    Status.TAKEN_UP: "info",
    Status.DONE: "success",
    Status.NO_ACTION: "neutral",
    Status.JOINED: "neutral",
}
DIRECTION_TONES = {"higher": "danger", "lower": "success", "no_clear_difference": "neutral"}


@register.inclusion_tag("common/components/status_tag.html")
def severity_tag(observation: Any) -> dict[str, Any]:
    if observation.category.kind in GOOD_KINDS:
        return {
            "tone": "success",
            "text": observation.category.get_kind_display(),
            "symbol": "check",
        }
    tone = SEVERITY_TONES[Severity(observation.severity)]
    return {"tone": tone, "text": observation.get_severity_display(), "symbol": "dot"}


@register.inclusion_tag("common/components/status_tag.html")
def observation_status(observation: Any) -> dict[str, Any]:
    tone = STATUS_TONES[Status(observation.status)]
    symbol = {"success": "check", "warning": "clock"}.get(tone, "dot")
    return {"tone": tone, "text": observation.get_status_display(), "symbol": symbol}


@register.filter
def moment(stored: str) -> datetime | None:
    """Read a time that was kept in a compilation."""
    found = parse_datetime(stored)
    return timezone.localtime(found) if found else None

"""Background work of the pages."""

from typing import Any

from django.utils import timezone

from samhandling_web.base.jobs.registry import Progress
from samhandling_web.faces.pages import services

REMINDERS = "pages.reminders"


def reminders(_progress: Progress, _parameters: dict[str, Any]) -> dict[str, Any]:
    """Send the day's reminders."""
    return {"letters": services.reminders_send(today=timezone.localdate())}

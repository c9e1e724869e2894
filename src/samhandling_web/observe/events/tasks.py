"""The background work of events."""

from typing import Any

from samhandling_web.base.jobs.registry import Progress
from samhandling_web.observe.events import services

PLACING = services.JOB_KIND


def run_placing(progress: Progress, parameters: dict[str, Any]) -> dict[str, Any]:  # noqa: ARG001
    """Place events by their texts."""
    outcome = services.events_place(actor=None, progress=progress)
    return {"read": outcome.read, "placed": outcome.placed}

"""Background work of this room: looking for places to propose."""

from typing import Any

from django.utils import timezone

from samhandling_web.base.jobs.models import Job
from samhandling_web.base.jobs.registry import Progress
from samhandling_web.understand.places import services


def candidates_find(progress: Progress, _parameters: dict[str, Any]) -> dict[str, Any]:
    """Look for places to propose, for whoever asked; safe to run again."""
    job = Job.objects.select_related("created_by").get(pk=progress.job_id)
    progress.check()
    search = services.candidates_find(actor=job.created_by, today=timezone.localdate())
    return {"proposed": search.proposed, "again": search.again, "withdrawn": search.withdrawn}

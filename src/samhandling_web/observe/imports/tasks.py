"""The background work of imports."""

from typing import Any

from samhandling_web.base.jobs.registry import Progress
from samhandling_web.observe.imports import services

BATCH = services.JOB_KIND


def run_batch(progress: Progress, parameters: dict[str, Any]) -> dict[str, Any]:
    """Read the batch into the database and let it count."""
    batch = services.batch_run(batch_id=parameters["batch_id"], progress=progress)
    return {"batch_id": batch.pk, "state": str(batch.state), "rows_read": batch.rows_read}

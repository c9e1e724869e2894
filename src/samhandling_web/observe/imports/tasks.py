"""The background work of imports."""

import random
import time
from typing import Any

import httpx
from django.utils import timezone

from samhandling_web.base.jobs.registry import Progress
from samhandling_web.observe.imports import fetching, rules, services
from samhandling_web.observe.imports.models import FeedState

BATCH, FEEDS = services.JOB_KIND, "imports.feeds"


def run_batch(progress: Progress, parameters: dict[str, Any]) -> dict[str, Any]:
    """Read the batch into the database and let it count."""
    batch = services.batch_run(batch_id=parameters["batch_id"], progress=progress)
    return {"batch_id": batch.pk, "state": str(batch.state), "rows_read": batch.rows_read}


def fetch_feeds(progress: Progress, _parameters: dict[str, Any]) -> dict[str, Any]:
    """Fetch what is new from every feed that somebody has fetched from before.

    A feed that does not answer is noted beside it and asked again later; the others go on.
    """
    sources = list(FeedState.objects.order_by("source").values_list("source", flat=True))
    outcome: dict[str, Any] = {}
    with httpx.Client(timeout=60, follow_redirects=True) as client:
        world = fetching.Surroundings(client, timezone.now, time.sleep, random.SystemRandom())
        for done, source in enumerate(sources):
            progress.report(done, len(sources), source)
            outcome[source] = _fetched(source, world, progress)
    return outcome


def _fetched(source: str, world: fetching.Surroundings, progress: Progress) -> int | str | None:
    try:
        batch = fetching.feed_fetch(source=source, surroundings=world, actor=None)
    except rules.FetchFailed as error:
        return str(error)
    if batch is None:
        return None
    return services.batch_run(batch_id=batch.pk, progress=progress).pk

"""Every write to imports."""

from samhandling_web.observe.imports.services.correcting import (
    is_correctable,
    rejected_row_correct,
    rejected_row_dismiss,
)
from samhandling_web.observe.imports.services.feeds import feed_failed, feed_fetched, feed_of
from samhandling_web.observe.imports.services.mapping import mapping_save
from samhandling_web.observe.imports.services.receiving import (
    JOB_KIND,
    batch_receive,
    batch_start,
)
from samhandling_web.observe.imports.services.running import batch_run
from samhandling_web.observe.imports.services.stopping import batch_cancel, batch_undo
from samhandling_web.observe.imports.services.trying import DryRun, batch_dry_run, batch_preview

__all__ = [
    "JOB_KIND",
    "DryRun",
    "batch_cancel",
    "batch_dry_run",
    "batch_preview",
    "batch_receive",
    "batch_run",
    "batch_start",
    "batch_undo",
    "feed_failed",
    "feed_fetched",
    "feed_of",
    "is_correctable",
    "mapping_save",
    "rejected_row_correct",
    "rejected_row_dismiss",
]

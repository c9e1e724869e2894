"""Putting work in the queue, steering it, and starting what recurs."""

from samhandling_web.base.jobs.services.jobs import (
    job_cancel,
    job_enqueue,
    job_retry,
    jobs_take_up_again,
)
from samhandling_web.base.jobs.services.schedule import scheduled_start, scheduled_start_due

__all__ = [
    "job_cancel",
    "job_enqueue",
    "job_retry",
    "jobs_take_up_again",
    "scheduled_start",
    "scheduled_start_due",
]

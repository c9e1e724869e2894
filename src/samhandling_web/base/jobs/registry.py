"""Which kinds of background work there are. Each room registers its own when it starts."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol


class Progress(Protocol):
    """What a running job sees of its surroundings."""

    job_id: int

    def report(self, done: int, total: int | None = None, message: str = "") -> None:
        """Say how far the work has come; raises JobCancelled when it should stop."""

    def check(self) -> None:
        """Raise JobCancelled when somebody asked the job to stop."""


Work = Callable[[Progress, dict[str, Any]], dict[str, Any] | None]


@dataclass(frozen=True, slots=True)
class JobKind:
    """A kind of work. It must be safe to run again from its parameters after any crash."""

    slug: str
    work: Work


_kinds: dict[str, JobKind] = {}


def register(slug: str, work: Work) -> None:
    """Make `work` runnable under `slug`; registering the same work twice is harmless."""
    _kinds[slug] = JobKind(slug, work)


def get(slug: str) -> JobKind:
    """Return the kind; KeyError names it when its room is not installed."""
    return _kinds[slug]

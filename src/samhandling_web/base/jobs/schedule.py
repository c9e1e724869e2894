"""Which work recurs by itself. Each room registers its own when it starts."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from samhandling_web.base.common.text import Text
from samhandling_web.base.jobs.rhythms import Occasion, Rhythm

Parameters = Callable[[Occasion], dict[str, Any] | None]


def period_of(occasion: Occasion) -> dict[str, Any] | None:
    """The parameters that work gets unless its room says otherwise: the period and its day."""
    return {"period": occasion.period, "day": occasion.day.isoformat()}


@dataclass(frozen=True, slots=True)
class Scheduled:
    """Work of a registered kind of job, in a rhythm.

    `parameters` makes the job's of the occasion; None means that the period has nothing to do.
    """

    slug: str
    label: Text
    job_kind: str
    rhythm: Rhythm
    parameters: Parameters = period_of


_scheduled: dict[str, Scheduled] = {}


def register(
    slug: str, job_kind: str, rhythm: Rhythm, *, label: Text, parameters: Parameters = period_of
) -> None:
    """Let the worker start jobs of `job_kind` in this rhythm; once per slug.

    The slug is stored with every run: never rename or reuse one.
    """
    _scheduled[slug] = Scheduled(slug, label, job_kind, rhythm, parameters)


def get(slug: str) -> Scheduled:
    """Return the scheduled work; KeyError names it when its room is not installed."""
    return _scheduled[slug]


def all_scheduled() -> list[Scheduled]:
    return [_scheduled[slug] for slug in sorted(_scheduled)]

"""How many findings are answered and done, and how long it took. Plain Python."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from statistics import median

from samhandling_web.observe.walks.rules import FindingStatus

FEWEST_DAYS = 5
"""A median of fewer than so many says more of the single finding than of the work."""


@dataclass(frozen=True, slots=True)
class Share:
    """A part of a whole, both told."""

    part: int
    whole: int

    @property
    def percent(self) -> float | None:
        return 100 * self.part / self.whole if self.whole else None


@dataclass(frozen=True, slots=True)
class Days:
    """How many days something took: the middle one, and from the quickest to the slowest."""

    count: int
    median: float | None
    shortest: int | None
    longest: int | None


@dataclass(frozen=True, slots=True)
class Told:
    """What is reckoned from one finding that needs an answer."""

    status: str
    walked_on: date | None
    answered_on: date | None
    done_on: date | None


@dataclass(frozen=True, slots=True)
class Figures:
    """The measures of one walk, or of many together."""

    answered: Share
    done: Share
    to_answer: Days
    to_fix: Days


def figures_of(findings: Iterable[Told]) -> Figures:
    """Reckon the measures of findings that need an answer."""
    told = list(findings)
    answered = sum(one.status != FindingStatus.OPEN for one in told)
    done = sum(one.status == FindingStatus.DONE for one in told)
    return Figures(
        answered=Share(answered, len(told)),
        done=Share(done, len(told)),
        to_answer=days_of(_between(one.walked_on, one.answered_on) for one in told),
        to_fix=days_of(_between(one.walked_on, one.done_on) for one in told),
    )


def days_of(days: Iterable[int | None]) -> Days:
    """Reckon the median and the range; of fewer than FEWEST_DAYS only their number is told."""
    known: Sequence[int] = [day for day in days if day is not None]
    if len(known) < FEWEST_DAYS:
        return Days(len(known), None, None, None)
    return Days(len(known), float(median(known)), min(known), max(known))


def _between(first: date | None, last: date | None) -> int | None:
    return (last - first).days if first and last else None

"""The demo's own clock and diary, with which a half year is lived in a minute.

The services ask `django.utils.timezone` what time it is, and so do the columns that note when a
row was made. While the town's history is played that one question is answered with the day that is
being lived; deadlines, answers within a week and the log then come out as if it had been so. The
function is replaced for the whole process. It is therefore used only here, where the town is made
before anything is served, and it is put back whatever happens.
"""

import heapq
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from functools import partial
from typing import Any

import numpy as np
from django.utils import timezone

WEEKS = 26
Act = Callable[..., Any]
Written = tuple[datetime, int, Callable[[], Any]]


@contextmanager
def living_at(moment: datetime) -> Iterator[None]:
    """Let it be `moment` for everyone who asks Django what time it is."""
    if timezone.is_naive(moment):
        msg = f"The moment {moment} has no time zone."
        raise ValueError(msg)
    real = timezone.now
    timezone.now = lambda: moment
    try:
        yield
    finally:
        timezone.now = real


def at_hour(day: date, hour: float) -> datetime:
    """Return an hour of a day here; 18.5 is half past six."""
    return timezone.make_aware(datetime.combine(day, time.min) + timedelta(hours=hour))


class Diary:
    """What is to happen and when. Acts may write in what follows from them, later on.

    Acts happen in order of time; those of the same moment in the order in which they were written.
    What would happen after `until` has not happened yet, and is left out.
    """

    def __init__(self, first: date, until: datetime, rng: np.random.Generator) -> None:
        self.first = first
        self.until = until
        self.rng = rng
        self._written: list[Written] = []
        self._count = 0

    def day(self, week: float, weekday: int = 0) -> date:
        """Return a day by its week (0 is the first) and its weekday (Monday is 0)."""
        return self.first + timedelta(days=int(week) * 7 + weekday)

    def write(self, day: date, hour: float, act: Act, *given: Any) -> None:
        """Let `act(*given)` happen on a day at about an hour."""
        moment = at_hour(day, hour) + timedelta(minutes=int(self.rng.integers(0, 25)))
        self._count += 1
        entry: Written = (moment, self._count, partial(act, *given))
        heapq.heappush(self._written, entry)

    def write_office(self, day: date, act: Act, *given: Any) -> None:
        """Let `act(*given)` happen in office hours of a day, or of the Monday after a weekend."""
        later = max(0, 7 - day.weekday()) if day.weekday() > 4 else 0
        self.write(day + timedelta(days=later), float(self.rng.uniform(8, 16)), act, *given)

    def play(self) -> int:
        """Let everything happen that is written up to `until`; return how much it was."""
        happened = 0
        while self._written and self._written[0][0] <= self.until:
            moment, _count, act = heapq.heappop(self._written)
            with living_at(moment):
                act()
            happened += 1
        return happened

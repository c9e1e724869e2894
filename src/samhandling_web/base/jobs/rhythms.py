"""When recurring work falls due, by the municipality's clock. Plain Python."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo

from samhandling_web.base.common.text import Text, _

WEEKDAYS: tuple[Text, ...] = (
    _("måndag"),
    _("tisdag"),
    _("onsdag"),
    _("torsdag"),
    _("fredag"),
    _("lördag"),
    _("söndag"),
)
EVERY_DAY = _("varje dag kl. {at}")
EVERY_WEEK = _("varje {weekday} kl. {at}")
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Occasion:
    """One time at which work falls due.

    `period` names the day (2026-11-24) or the ISO week (2026-W48) in which it does; there is one
    occasion in each. `moment` is in UTC, `day` by the municipality's calendar.
    """

    period: str
    day: date
    moment: datetime


@dataclass(frozen=True, slots=True)
class Rhythm:
    """Every day, or every week on `weekday` (0 is Monday), at `at` by the clock on the wall."""

    at: time
    weekday: int | None = None

    def __post_init__(self) -> None:
        if self.weekday is not None and self.weekday not in range(7):
            msg = f"weekday must be 0 (Monday) to 6 (Sunday), not {self.weekday}."
            raise ValueError(msg)
        if self.at.tzinfo is not None:
            msg = (
                f"at is a time by the municipality's clock and has no zone of its own: {self.at!r}."
            )
            raise ValueError(msg)

    def latest(self, now: datetime, zone: tzinfo) -> Occasion:
        """Return the occasion that fell due last, at `now` or before."""
        first = now.astimezone(zone).date() + ONE_DAY
        return next(found for found in self._from(first, -ONE_DAY, zone) if found.moment <= now)

    def following(self, now: datetime, zone: tzinfo) -> Occasion:
        """Return the occasion that falls due next, after `now`."""
        first = now.astimezone(zone).date() - ONE_DAY
        return next(found for found in self._from(first, ONE_DAY, zone) if found.moment > now)

    def __str__(self) -> str:
        at = f"{self.at:%H:%M}"
        if self.weekday is None:
            return EVERY_DAY.format(at=at)
        return EVERY_WEEK.format(weekday=WEEKDAYS[self.weekday], at=at)

    def _from(self, day: date, step: timedelta, zone: tzinfo) -> Iterator[Occasion]:
        while True:
            if self.weekday is None or day.weekday() == self.weekday:
                yield self._occasion(day, zone)
            day += step

    def _occasion(self, day: date, zone: tzinfo) -> Occasion:
        # An hour that the clock skips in spring comes an hour later; of an hour that it shows
        # twice in autumn, the first counts (PEP 495). In UTC, for clocks of one zone are compared
        # by what they show.
        moment = datetime.combine(day, self.at, tzinfo=zone).astimezone(UTC)
        year, week, _weekday = day.isocalendar()
        period = day.isoformat() if self.weekday is None else f"{year}-W{week:02}"
        return Occasion(period, day, moment)


def daily(*, at: time) -> Rhythm:
    """Every day at `at`."""
    return Rhythm(at)


def weekly(*, weekday: int, at: time) -> Rhythm:
    """Every week on `weekday` (0 is Monday) at `at`."""
    return Rhythm(at, weekday)

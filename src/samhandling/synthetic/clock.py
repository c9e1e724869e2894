"""The town's own clock: minutes of a local month to UTC, summer time included."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

_MARGIN_HOURS = 72


@dataclass(frozen=True, slots=True, eq=False)
class MonthClock:
    """One month of local time.

    Attributes
    ----------
    year, month, days : int
        Which month, and its length.
    first_weekday : int
        Weekday of its first day; Monday is 0.
    """

    year: int
    month: int
    days: int
    first_weekday: int
    _start_minute: int
    _offsets: NDArray[np.int64]

    def to_utc(self, local_minutes: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return minutes since 1970 (UTC) of minutes since the month's first local midnight.

        Notes
        -----
        Up to three days before and after the month are known. Minutes that summer time skips
        are read as winter time; minutes that come twice are read as the first of the two.
        """
        hours = np.floor_divide(local_minutes, 60) + _MARGIN_HOURS
        shifted: NDArray[np.int64] = local_minutes + self._start_minute - self._offsets[hours]
        return shifted


def month_clock(year: int, month: int, zone: ZoneInfo) -> MonthClock:
    """Return the clock of one month in a time zone."""
    first_weekday, days = monthrange(year, month)
    start = datetime(year, month, 1, tzinfo=UTC)
    hours = range(-_MARGIN_HOURS, days * 24 + _MARGIN_HOURS)
    ends = {_offset(start, hour, zone) for hour in (hours[0], hours[-1])}
    if len(ends) == 1:
        offsets = np.full(len(hours), ends.pop(), dtype=np.int64)
    else:
        offsets = np.array([_offset(start, hour, zone) for hour in hours], dtype=np.int64)
    return MonthClock(
        year=year,
        month=month,
        days=days,
        first_weekday=first_weekday,
        _start_minute=int(start.timestamp()) // 60,
        _offsets=offsets,
    )


def _offset(start: datetime, hour: int, zone: ZoneInfo) -> int:
    """Return the zone's minutes ahead of UTC at a local hour counted from a local midnight."""
    local = (start + timedelta(hours=hour)).replace(tzinfo=zone)
    offset = local.utcoffset()
    if offset is None:
        msg = f"The time zone {zone} has no offset at {local}."
        raise ValueError(msg)
    return int(offset.total_seconds()) // 60

"""Local times and dates as they are written, turned into UTC with summer time minded."""

import re
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from samhandling.sources.codes import NoticeCode
from samhandling.sources.schema import TimePrecision

MONTH_NAMES = (
    "januari",
    "februari",
    "mars",
    "april",
    "maj",
    "juni",
    "juli",
    "augusti",
    "september",
    "oktober",
    "november",
    "december",
)
MONTH_NUMBERS = {name: number for number, name in enumerate(MONTH_NAMES, start=1)}
EARLIEST_YEAR, LATEST_YEAR = 1900, 2200
MOST_AHEAD = timedelta(hours=14)
"""No zone is farther from UTC than this."""
CLOCK_SLACK = timedelta(minutes=10)
"""How much a publisher's clock may be ahead of ours before a time counts as future."""

_FORMS = (
    re.compile(
        r"(?P<y>\d{4})-(?P<m>\d{1,2})-(?P<d>\d{1,2})"
        r"(?:[T ]+(?P<h>\d{1,2})[:.](?P<min>\d{2})(?:[:.](?P<s>\d{2})(?:[.,]\d+)?)?)?"
        r"\s*(?P<zone>Z|[+-]\d{2}:?\d{2})?"
    ),
    re.compile(
        r"(?P<d>\d{1,2})[./](?P<m>\d{1,2})[./ ]+(?P<y>\d{4})"
        r"(?:[ ,]+(?:kl\.? *)?(?P<h>\d{1,2})[:.](?P<min>\d{2})(?:[:.](?P<s>\d{2}))?)?(?P<zone>)"
    ),
    re.compile(
        r"(?P<y>\d{4})(?P<m>\d{2})(?P<d>\d{2})"
        r"(?:[T ]*(?P<h>\d{2}):?(?P<min>\d{2})(?::?(?P<s>\d{2}))?)?(?P<zone>)"
    ),
)


class LocalClock:
    """Turns local clock times of one zone into UTC.

    Notes
    -----
    A time in the hour that occurs twice in autumn is taken as the first of the two; a time in
    the hour that is skipped in spring is moved forward an hour. Both are told. If the publisher
    keeps normal time all year, every summer time comes out an hour early.
    """

    def __init__(self, timezone: str) -> None:
        self.zone = ZoneInfo(timezone)
        self._steady: dict[int, timedelta | None] = {}

    def to_utc(self, local: datetime) -> tuple[datetime, NoticeCode | None]:
        """Convert a naive local time.

        Raises
        ------
        ValueError
            If the year is outside 1900 to 2200.
        """
        if not EARLIEST_YEAR <= local.year <= LATEST_YEAR:
            msg = f"{local.isoformat()} is outside the years {EARLIEST_YEAR} to {LATEST_YEAR}."
            raise ValueError(msg)
        day = local.toordinal()
        if day not in self._steady:
            self._steady[day] = self._steady_offset(local)
        steady = self._steady[day]
        if steady is not None:
            return (local - steady).replace(tzinfo=UTC), None
        first = local.replace(tzinfo=self.zone).utcoffset() or timedelta()
        second = local.replace(tzinfo=self.zone, fold=1).utcoffset() or timedelta()
        moment = (local - first).replace(tzinfo=UTC)
        if first == second:
            return moment, None
        ambiguous = first > second
        code = NoticeCode.AMBIGUOUS_LOCAL_TIME if ambiguous else NoticeCode.MISSING_LOCAL_TIME
        return moment, code

    def _steady_offset(self, local: datetime) -> timedelta | None:
        """Return the offset of a whole local day, None on the days it changes."""
        midnight = datetime(local.year, local.month, local.day, tzinfo=self.zone)
        offset = midnight.utcoffset()
        return offset if (midnight + timedelta(days=1)).utcoffset() == offset else None

    def day(self, day: date) -> tuple[datetime, datetime]:
        """Return when a local day begins and when the next one does, in UTC."""
        begins = datetime(day.year, day.month, day.day)  # noqa: DTZ001 - local, converted below
        return self.to_utc(begins)[0], self.to_utc(begins + timedelta(days=1))[0]


def parse_moment(text: str) -> tuple[datetime, TimePrecision] | None:
    """Read a date or a time in the forms Swedish authorities write.

    Parameters
    ----------
    text : str
        "2025-04-14 6:31:22 +02:00", "2025-04-14", "14.4.2025 06:31", "20250414".

    Returns
    -------
    tuple of datetime and TimePrecision, or None
        The time, aware in UTC when the text says its zone and naive otherwise, with the
        precision of the text; None when it cannot be read.
    """
    text = text.strip()
    for form in _FORMS:
        found = form.fullmatch(text)
        if found:
            return _moment(found)
    return None


def _moment(found: re.Match[str]) -> tuple[datetime, TimePrecision] | None:
    parts = [int(found[name] or 0) for name in ("y", "m", "d", "h", "min", "s")]
    precision = TimePrecision.MINUTE if found["h"] else TimePrecision.DAY
    if not EARLIEST_YEAR <= parts[0] <= LATEST_YEAR:
        return None
    try:
        moment = datetime(*parts)  # type: ignore[arg-type] # noqa: DTZ001 - zone added below
    except ValueError:
        return None
    zone = found["zone"]
    if not zone:
        return moment, precision
    if zone != "Z":
        sign = -1 if zone[0] == "-" else 1
        ahead = timedelta(hours=int(zone[1:3]), minutes=int(zone[-2:]))
        if ahead > MOST_AHEAD or int(zone[-2:]) > 59:
            return None
        moment -= sign * ahead
    return moment.replace(tzinfo=UTC), precision


def parse_day(text: str) -> date | None:
    """Read a date, or the date part of a time as it is written; None when it cannot be read.

    Examples
    --------
    >>> parse_day("2025-04-14 00:30 +02:00")
    datetime.date(2025, 4, 14)
    """
    text = text.strip()
    if parse_moment(text) is None:
        return None
    found = next(match for form in _FORMS if (match := form.fullmatch(text)))
    return date(int(found["y"]), int(found["m"]), int(found["d"]))

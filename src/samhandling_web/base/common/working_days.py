"""Working days: not Saturdays, Sundays or Swedish holidays, nor the eves that are free as those.

Midsummer's, Christmas and New Year's eves count as Sundays: lag (1930:173) om beräkning av
lagstadgad tid, 2 §. Holidays: lag (1989:253) om allmänna helgdagar, by the `holidays` library.
"""

from datetime import date, timedelta
from functools import lru_cache

from holidays import country_holidays

SATURDAY = 5


@lru_cache(maxsize=32)
def free_days(year: int) -> frozenset[date]:
    """Return the year's holidays, Sundays left out, and the three eves."""
    days = set(country_holidays("SE", years=year, include_sundays=False))
    midsummer_day = next(
        date(year, 6, day) for day in range(20, 27) if date(year, 6, day).weekday() == SATURDAY
    )
    eves = {midsummer_day - timedelta(days=1), date(year, 12, 24), date(year, 12, 31)}
    return frozenset(days | eves)


def is_working_day(day: date) -> bool:
    return day.weekday() < SATURDAY and day not in free_days(day.year)


def add_working_days(day: date, count: int) -> date:
    """Return the day that lies `count` working days after `day`; before it if negative."""
    step = timedelta(days=1 if count >= 0 else -1)
    left = abs(count)
    while left:
        day += step
        left -= is_working_day(day)
    return day


def working_days_between(first: date, last: date) -> int:
    """Count the working days after `first` up to and including `last`; 0 if none."""
    days = (last - first).days
    return sum(is_working_day(first + timedelta(days=1 + at)) for at in range(max(days, 0)))

"""Periods as statistics name them: a year, a quarter, a month or a day."""

import re
from datetime import date, timedelta

_FORM = re.compile(
    r"(?P<year>(?:19|20|21)\d{2})"
    r"(?:[KkQq](?P<quarter>[1-4])|[Mm-]?(?P<month>0[1-9]|1[0-2])(?:-?(?P<day>\d{2}))?)?"
)


def parse_period(text: str) -> tuple[date, date] | None:
    """Read a period.

    Parameters
    ----------
    text : str
        "2023", "2023K1", "2023Q1", "2023M05", "2023-05" or "2023-05-17".

    Returns
    -------
    tuple of date, or None
        First and last day, both inside the period; None when it cannot be read.

    Examples
    --------
    >>> parse_period("2023K2")
    (datetime.date(2023, 4, 1), datetime.date(2023, 6, 30))
    """
    found = _FORM.fullmatch(text.strip())
    if found is None:
        return None
    year = int(found["year"])
    if found["quarter"]:
        first = int(found["quarter"]) * 3 - 2
        return date(year, first, 1), _before_month(year, first + 3)
    if found["day"]:
        try:
            day = date(year, int(found["month"]), int(found["day"]))
        except ValueError:
            return None
        return day, day
    if found["month"]:
        month = int(found["month"])
        return date(year, month, 1), _before_month(year, month + 1)
    return date(year, 1, 1), date(year, 12, 31)


def _before_month(year: int, month: int) -> date:
    following = date(year + 1, 1, 1) if month > 12 else date(year, month, 1)
    return following - timedelta(days=1)

"""What a week is called: v. 47 2026."""

from datetime import date

from samhandling_web.base.common.text import _

NAME = _("vecka {week}, {year}")


def week_name(week: date) -> str:
    """Return the week's number and year, as calendars here count them (ISO 8601)."""
    year, number, _day = week.isocalendar()
    return NAME.format(week=number, year=year)

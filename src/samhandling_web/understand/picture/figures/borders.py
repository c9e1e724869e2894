"""Whose borders are used on days before a level had any."""

from datetime import date

from samhandling_web.base.areas import selectors as areas


def held_day(level: str, day: date) -> date:
    """Return `day`, or the level's first day when it has no borders that early."""
    days = areas.division_days(level)
    return max(days[0], day) if days else day

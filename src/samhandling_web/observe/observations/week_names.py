"""What a week is called, and how it was against the weeks before it."""

from datetime import date

from samhandling_web.base.common.text import Text, _

NAME = _("vecka {week}, {year}")
DIRECTIONS: dict[str, Text] = {
    "higher": _("fler än vanligt"),
    "lower": _("färre än vanligt"),
    "no_clear_difference": _("ingen säker skillnad"),
    "": _("går inte att jämföra"),
}
TOO_FEW = _("för få för att säga något")


def week_name(week: date) -> str:
    """Return the week's number and year, as calendars here count them (ISO 8601)."""
    year, number, _day = week.isocalendar()
    return NAME.format(week=number, year=year)

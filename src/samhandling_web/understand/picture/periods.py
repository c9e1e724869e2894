"""Which period a new picture is most likely about. Plain Python."""

from datetime import date, timedelta

from samhandling_web.base.common.text import _
from samhandling_web.understand.picture.rules import Kind

Period = tuple[date, date]


def proposed(kind: Kind, today: date) -> Period:
    """Return the last whole period of the kind: ISO week, quarter, or two calendar years."""
    match kind:
        case Kind.WEEKLY:
            monday = today - timedelta(days=today.weekday() + 7)
            return monday, monday + timedelta(days=6)
        case Kind.QUARTERLY:
            this_quarter = date(today.year, 3 * ((today.month - 1) // 3) + 1, 1)
            end = this_quarter - timedelta(days=1)
            return date(end.year, end.month - 2, 1), end
        case Kind.STATUTORY:
            return date(today.year - 2, 1, 1), date(today.year - 1, 12, 31)


def following(kind: Kind, previous: Period, today: date) -> Period:
    """Return the period of the version that replaces one about `previous`.

    It starts where the last one ended, so that nothing falls between two pictures.
    """
    proposal = proposed(kind, today)
    start = previous[1] + timedelta(days=1)
    return (start, proposal[1]) if start <= proposal[1] else proposal


def in_words(kind: Kind, period: Period) -> str:
    """Write the period as people say it: a week, a quarter, or from one day to another."""
    start, end = period
    year, week, weekday = start.isocalendar()
    if kind == Kind.WEEKLY and weekday == 1 and (end - start).days == 6:
        return _("vecka {week} {year}").format(week=week, year=year)
    quarter = (start.month - 1) // 3 + 1
    if kind == Kind.QUARTERLY and _is_quarter(start, end):
        return _("kvartal {quarter} {year}").format(quarter=quarter, year=start.year)
    return f"{start} – {end}"


def _is_quarter(start: date, end: date) -> bool:
    after = end + timedelta(days=1)
    months = (after.year - start.year) * 12 + after.month - start.month
    return start.day == after.day == 1 and months == 3 and start.month % 3 == 1

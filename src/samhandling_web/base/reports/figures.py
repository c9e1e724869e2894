"""How the cells of a table are written for people. Plain Python."""

from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from samhandling_web.base.common.charts import swedish
from samhandling_web.base.reports.content import Cell, Column, Hidden, Interval, Kind
from samhandling_web.base.reports.text import one_line

LOCAL_TIME = ZoneInfo("Europe/Stockholm")
MISSING = ".."
SUPPRESSED = "x"
LEGEND = {
    MISSING: ".. = uppgift saknas",
    SUPPRESSED: "x = visas inte (för få bakom siffran)",
}
NUMERIC = frozenset({Kind.INT, Kind.DECIMAL, Kind.PERCENT, Kind.INTERVAL})


def decimals_of(column: Column) -> int:
    """How many decimals the column's figures have."""
    return 0 if column.kind is Kind.INT else column.decimals


def written(cell: Cell, column: Column) -> str:
    """Write a cell as a Swede reads it; a percentage and a unit stand in the head of the column."""
    if cell is None:
        return MISSING
    if isinstance(cell, Hidden):
        return SUPPRESSED
    if isinstance(cell, Interval):
        return swedish.between(cell.low, cell.high, decimals_of(column))
    if isinstance(cell, date):
        return day_or_moment(cell)
    if isinstance(cell, str) or column.kind is Kind.TEXT:
        return one_line(str(cell))
    return swedish.number(cell, decimals_of(column))


def day_or_moment(cell: date) -> str:
    """Write a day, or a moment in Swedish time."""
    if isinstance(cell, datetime):
        return local(cell).strftime("%Y-%m-%d %H:%M")
    return cell.isoformat()


def with_unit(cell: Cell, column: Column) -> str:
    """Write a figure that stands alone, with its unit."""
    words = written(cell, column)
    if not isinstance(cell, int | float | Decimal | Interval):
        return words
    if column.kind is Kind.PERCENT:
        return f"{words}{swedish.NO_BREAK_SPACE}%"
    return f"{words}{swedish.NO_BREAK_SPACE}{column.unit}" if column.unit else words


def head(column: Column) -> str:
    """The head of a column, with the unit of its figures."""
    label = one_line(column.label)
    if column.kind is Kind.PERCENT and "%" not in label and "procent" not in label.casefold():
        return f"{label} (%)"
    return f"{label} ({one_line(column.unit)})" if column.unit else label


def local(moment: datetime) -> datetime:
    """A moment in Swedish time; one without time zone is taken as Swedish already."""
    return moment.astimezone(LOCAL_TIME) if moment.tzinfo else moment


def moment_in_words(moment: datetime) -> str:
    """Write a moment, "24 november 2026 kl. 07.03"."""
    when = local(moment)
    return f"{swedish.long_date(when.date())} kl.{swedish.NO_BREAK_SPACE}{when:%H.%M}"

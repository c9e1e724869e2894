"""Numbers and dates as Swedes write them. Plain Python."""

import math
from datetime import date
from decimal import ROUND_HALF_UP, Context, Decimal

from samhandling_web.base.common.text import _

# A float has at most 309 digits before the point; halves go away from zero, as in a spreadsheet.
EXACT = Context(prec=340, rounding=ROUND_HALF_UP)
NO_BREAK_SPACE = "\u00a0"
MINUS = "\u2212"
EN_DASH = "\u2013"

MONTHS = (
    _("januari"),
    _("februari"),
    _("mars"),
    _("april"),
    _("maj"),
    _("juni"),
    _("juli"),
    _("augusti"),
    _("september"),
    _("oktober"),
    _("november"),
    _("december"),
)
SHORT_MONTHS = (
    _("jan"),
    _("feb"),
    _("mars"),
    _("apr"),
    _("maj"),
    _("juni"),
    _("juli"),
    _("aug"),
    _("sep"),
    _("okt"),
    _("nov"),
    _("dec"),
)
WEEKDAYS = (
    _("måndag"),
    _("tisdag"),
    _("onsdag"),
    _("torsdag"),
    _("fredag"),
    _("lördag"),
    _("söndag"),
)
SHORT_WEEKDAYS = (_("mån"), _("tis"), _("ons"), _("tors"), _("fre"), _("lör"), _("sön"))


def number(value: float | Decimal, decimals: int = 0) -> str:
    """Write a number with decimal comma, no-break space between thousands and a true minus sign.

    Raises
    ------
    ValueError
        If the value is not finite; a missing figure is written by its table, not as a number.

    Examples
    --------
    >>> number(-1234.5, 1).replace(chr(160), "_")
    '−1_234,5'
    """
    if not math.isfinite(value):
        msg = f"{value} is not a number that can be written."
        raise ValueError(msg)
    exact = value if isinstance(value, Decimal | int) else Decimal(repr(float(value)))
    rounded = Decimal(exact).quantize(Decimal(1).scaleb(-decimals), context=EXACT)
    text = f"{abs(rounded):,.{decimals}f}".replace(",", NO_BREAK_SPACE).replace(".", ",")
    return MINUS + text if rounded < 0 else text


def percent(value: float | Decimal, decimals: int = 0) -> str:
    """Write a percentage given in percent, with a no-break space before the sign."""
    return number(value, decimals) + NO_BREAK_SPACE + "%"


def between(low: float, high: float, decimals: int = 0) -> str:
    """Write an interval; with "till" when a dash could be read as a minus sign."""
    dash = f"{NO_BREAK_SPACE}till{NO_BREAK_SPACE}" if low < 0 or high < 0 else EN_DASH
    return number(low, decimals) + dash + number(high, decimals)


def long_date(day: date) -> str:
    """Write a date in words, "3 mars 2025"."""
    return f"{day.day}{NO_BREAK_SPACE}{MONTHS[day.month - 1]} {day.year}"


def short_month(day: date) -> str:
    """Write a month, "mars 2025"."""
    return f"{SHORT_MONTHS[day.month - 1]} {day.year}"

"""How figures are put in words: never a direction without an interval that allows it."""

import math

from django.utils.translation import gettext as _

from samhandling_web.observe.imports.selectors import source_name
from samhandling_web.understand.picture.figures.content import Cell

THIN_SPACE = "\u00a0"
MOST_DECIMALS = 4


def number(value: float, decimals: int = 0) -> str:
    """Write a number as Swedes do."""
    text = f"{value:,.{decimals}f}".replace(",", THIN_SPACE).replace(".", ",")
    return text.replace("-", "−")


def decimals_for(rate: float) -> int:
    """Return how many decimals show two digits of a rate; at least one, at most four."""
    if not rate > 0:
        return 1
    return max(1, min(MOST_DECIMALS, 1 - math.floor(math.log10(rate))))


def source_label(slug: str) -> str:
    """Return a source's name as people know it."""
    return source_name(slug)


def change_in_words(ratio: Cell, interval: Cell) -> str:
    """Say what a rate ratio and its interval allow, and no more."""
    if not isinstance(ratio, float) or not isinstance(interval, list):
        return _("Underlaget räcker inte för att jämföra med tiden före.")
    low, high = (number((bound - 1) * 100) for bound in interval)
    if interval[0] > 1:
        return _("Klart fler än före: mellan {low} och {high} procent fler.").format(
            low=low, high=high
        )
    if interval[1] < 1:
        fewer = sorted(((1 - interval[1]) * 100, (1 - interval[0]) * 100))
        return _("Klart färre än före: mellan {low} och {high} procent färre.").format(
            low=number(fewer[0]), high=number(fewer[1])
        )
    return _(
        "Ingen säker förändring: skillnaden mot före kan vara allt från {low} till {high} procent."
    ).format(low=low, high=high)


def trend_in_words(value: float, low: float, high: float) -> str:
    """Say what a yearly change in percent and its interval allow."""
    span = _("mellan {low} och {high} procent per år").format(
        low=number(low, 1), high=number(high, 1)
    )
    if low > 0:
        return _("Ökar, {span}.").format(span=span)
    if high < 0:
        return _("Minskar, {span}.").format(span=span)
    return _("Ingen säker trend ({value} procent per år, {span}).").format(
        value=number(value, 1), span=span
    )


def finite(low: float, high: float) -> list[float] | None:
    """Return an interval with both ends, None when one of them is boundless."""
    return [float(low), float(high)] if math.isfinite(low) and math.isfinite(high) else None

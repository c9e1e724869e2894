"""Rates so small that one decimal would show nothing are given more."""

from dataclasses import replace

from samhandling_web.understand.picture.figures.content import Figure
from samhandling_web.understand.picture.figures.wording import decimals_for

RATES = {"rate", "rate_interval", "limits", "smoothed", "smoothed_interval"}


def with_enough_decimals(figure: Figure) -> Figure:
    """Return the figure with two digits of its largest rate, in every column of rates."""
    if not any(column.name == "rate" for column in figure.columns):
        return figure
    known = [value for value in figure.column("rate") if isinstance(value, float)]
    if not known:
        return figure
    decimals = decimals_for(max(known))
    columns = tuple(
        replace(column, decimals=decimals) if column.name in RATES else column
        for column in figure.columns
    )
    return replace(figure, columns=columns)

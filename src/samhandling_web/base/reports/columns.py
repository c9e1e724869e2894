"""How wide the columns of a table need to be, from an estimate of its letters. Plain Python."""

import math
from collections.abc import Sequence

from samhandling_web.base.common.charts.canvas import text_width

# In points. Heads are bold, and some office type is wider than the estimate is made for.
UPRIGHT_WIDTH = 459.0
SIDEWAYS_WIDTH = 705.0
MOST_LINES_HELD = 22
LARGE_TYPE, SMALL_TYPE = 9.0, 7.5
CELL_INSET = 9.0
BREAKABLE_WIDTH = 90.0
HEAD_WIDTH = 90.0
SPACIOUS = 1.25
BOLD = 1.15
TOLERANCE = 0.01

Rows = Sequence[Sequence[str]]


def needed(rows: Rows, numeric: Sequence[bool], size: float) -> list[float]:
    """The room each column needs: figures in one piece, texts broken between words."""
    widths: list[float] = []
    for is_number, cells in zip(numeric, zip(*rows, strict=True), strict=True):
        head, *figures = cells
        word = max(text_width(part, size) for part in head.split(" ")) * BOLD
        whole = max((text_width(cell, size) for cell in figures), default=0.0)
        widths.append(max(word, whole if is_number else min(whole, BREAKABLE_WIDTH)) + CELL_INSET)
    return widths


def comfortable(rows: Rows, numeric: Sequence[bool], size: float) -> list[float]:
    """The room each column would like: short heads on one line, with air."""
    heads = [text_width(head, size) * BOLD for head in rows[0]]
    least = needed(rows, numeric, size)
    return [
        max(width, head + CELL_INSET if head <= HEAD_WIDTH else 0.0) * SPACIOUS
        for width, head in zip(least, heads, strict=True)
    ]


def is_wide(rows: Rows, numeric: Sequence[bool]) -> bool:
    """Whether the table, set small, needs the page on its side."""
    return sum(needed(rows, numeric, SMALL_TYPE)) > UPRIGHT_WIDTH


def type_size(rows: Rows, numeric: Sequence[bool], available: float) -> float:
    """Large type where the columns fit with it, else small."""
    return LARGE_TYPE if sum(needed(rows, numeric, LARGE_TYPE)) <= available else SMALL_TYPE


def shared_out(rows: Rows, numeric: Sequence[bool], available: float) -> list[float]:
    """Column widths that fill `available`: texts take what figures leave."""
    size = type_size(rows, numeric, available)
    least, best = needed(rows, numeric, size), comfortable(rows, numeric, size)
    share = max(0.0, min(1.0, (available - sum(least)) / max(sum(best) - sum(least), 1.0)))
    widths = [low + share * (high - low) for low, high in zip(least, best, strict=True)]
    left = available - sum(widths)
    if left < -TOLERANCE:
        return [width * available / sum(widths) for width in widths]
    texts = [index for index, is_number in enumerate(numeric) if not is_number]
    takers = texts or list(range(len(widths)))
    wishes = [max(0.0, _longest(rows, index, size) - widths[index]) for index in takers]
    whole = sum(wishes)
    for index, wish in zip(takers, wishes, strict=True):
        widths[index] += left * (wish / whole if whole else 1 / len(takers))
    return widths


def _longest(rows: Rows, index: int, size: float) -> float:
    """The room that the longest text of a column would take on one line."""
    return max(text_width(row[index], size) for row in rows) + CELL_INSET


def lines_needed(rows: Rows, widths: Sequence[float], size: float) -> int:
    """Estimate how many lines of text the table's rows take, the head among them."""
    return sum(
        max(
            math.ceil(text_width(cell, size) / max(width - CELL_INSET, size))
            for cell, width in zip(row, widths, strict=True)
        )
        or 1
        for row in rows
    )

"""Draws a thread as a small graph: a column for each kind, lines between what hangs together."""

from collections.abc import Sequence
from html import escape

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from samhandling_web.faces.pages.thread.links import Link
from samhandling_web.faces.pages.thread.shown import Column, Node, Thread

BOX_WIDTH, BOX_HEIGHT, ACROSS, DOWN = 130, 40, 32, 10
TOP, MARGIN, MOST_DRAWN, LETTERS = 26, 4, 5, 19


def drawing(thread: Thread) -> SafeString:
    """Return the thread as SVG; every box is a link, and a list of the same stands below it."""
    columns = [column for column in thread.columns if column.nodes]
    height = TOP + max(_rows(column) for column in columns) * (BOX_HEIGHT + DOWN) + MARGIN
    width = len(columns) * (BOX_WIDTH + ACROSS) - ACROSS + 2 * MARGIN
    places = _places(columns)
    label = escape(_("Tråden som bild"))
    size = f'viewBox="0 0 {width} {height}" width="{width}" height="{height}"'
    parts = [
        f'<svg class="thread-graph" {size} role="group" aria-label="{label}">',
        *(_line(places, *pair) for pair in thread.pairs),
    ]
    for at, column in enumerate(columns):
        parts.extend(_column(at, column))
    return mark_safe("".join([*parts, "</svg>"]))  # noqa: S308 - every text is escaped above


def _rows(column: Column) -> int:
    return min(len(column.nodes), MOST_DRAWN) + (_left_out(column) > 0)


def _left_out(column: Column) -> int:
    return max(0, len(column.nodes) - MOST_DRAWN) + column.hidden


def _places(columns: Sequence[Column]) -> dict[tuple[Link, int], tuple[int, int]]:
    """Return where each drawn box begins."""
    return {
        node.key: (
            MARGIN + at * (BOX_WIDTH + ACROSS),
            TOP + row * (BOX_HEIGHT + DOWN),
        )
        for at, column in enumerate(columns)
        for row, node in enumerate(column.nodes[:MOST_DRAWN])
    }


def _line(places: dict[tuple[Link, int], tuple[int, int]], one: Node, other: Node) -> str:
    if one.key not in places or other.key not in places:
        return ""
    (x1, y1), (x2, y2) = places[one.key], places[other.key]
    start, end, half = x1 + BOX_WIDTH, x2, BOX_HEIGHT // 2
    bend = ACROSS // 2
    return (
        f'<path class="thread-graph__line" d="M{start} {y1 + half}C{start + bend} {y1 + half} '
        f'{end - bend} {y2 + half} {end} {y2 + half}"/>'
    )


def _column(at: int, column: Column) -> list[str]:
    left = MARGIN + at * (BOX_WIDTH + ACROSS)
    parts = [_text("label", left, 16, str(column.label))]
    parts += [
        _box(left, TOP + row * (BOX_HEIGHT + DOWN), node)
        for row, node in enumerate(column.nodes[:MOST_DRAWN])
    ]
    if left_out := _left_out(column):
        y = TOP + MOST_DRAWN * (BOX_HEIGHT + DOWN) + 16
        parts.append(_text("more", left, y, _("och {count} till").format(count=left_out)))
    return parts


def _box(left: int, top: int, node: Node) -> str:
    here = " thread-graph__box--here" if node.is_here else ""
    title = node.title if len(node.title) <= LETTERS else node.title[: LETTERS - 1] + "…"
    below = node.state or (node.day.isoformat() if node.day else "")
    return (
        f'<a href="{escape(node.url)}"><title>{escape(node.title)}</title>'
        f'<rect class="thread-graph__box{here}" x="{left}" y="{top}" width="{BOX_WIDTH}"'
        f' height="{BOX_HEIGHT}" rx="4"/>{_text("title", left + 8, top + 17, title)}'
        f"{_text('state', left + 8, top + 32, str(below))}</a>"
    )


def _text(what: str, x: int, y: int, text: str) -> str:
    return f'<text class="thread-graph__{what}" x="{x}" y="{y}">{escape(text)}</text>'

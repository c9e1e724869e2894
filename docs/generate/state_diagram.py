"""Draws states in a row with arrows between them, as plain SVG."""

from collections.abc import Sequence
from html import escape

BOX_WIDTH, BOX_HEIGHT, GAP, MARGIN = 116, 46, 40, 16
ARC_STEP = 22


def diagram(
    states: Sequence[tuple[str, str]], arrows: Sequence[tuple[int, int]], title: str
) -> str:
    """Draw `states` (slug, label) in order; forward arrows above, backward ones below."""
    above = max((end - start for start, end in arrows if end > start + 1), default=0) * ARC_STEP
    below = max((start - end for start, end in arrows if end < start), default=0) * ARC_STEP
    width = 2 * MARGIN + len(states) * BOX_WIDTH + (len(states) - 1) * GAP
    height = 2 * MARGIN + BOX_HEIGHT + above + below
    top = MARGIN + above
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}"',
        f' width="{width}" height="{height}" role="img" font-family="sans-serif" font-size="13">',
        f"<title>{escape(title)}</title>",
        '<defs><marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8"',
        ' markerHeight="8" orient="auto"><path d="M0 0L8 4L0 8z" fill="#44546a"/></marker></defs>',
        f'<rect width="{width}" height="{height}" fill="#ffffff"/>',
        *(_box(index, top, *state) for index, state in enumerate(states)),
        *(_arrow(start, end, top) for start, end in arrows),
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


def _left(index: int) -> int:
    return MARGIN + index * (BOX_WIDTH + GAP)


def _box(index: int, top: int, slug: str, label: str) -> str:
    left = _left(index)
    middle = left + BOX_WIDTH // 2
    return (
        f'<rect x="{left}" y="{top}" width="{BOX_WIDTH}" height="{BOX_HEIGHT}" rx="8"'
        ' fill="#eef3f8" stroke="#44546a"/>'
        f'<text x="{middle}" y="{top + 19}" text-anchor="middle" fill="#1b2733">'
        f"{escape(label)}</text>"
        f'<text x="{middle}" y="{top + 36}" text-anchor="middle" fill="#5a6b7d" font-size="11">'
        f"{escape(slug)}</text>"
    )


def _arrow(start: int, end: int, top: int) -> str:
    line = 'fill="none" stroke="#44546a" stroke-width="1.4" marker-end="url(#tip)"'
    if end == start + 1:
        level = top + BOX_HEIGHT // 2
        return f'<path d="M{_left(start) + BOX_WIDTH} {level}L{_left(end)} {level}" {line}/>'
    # Arrows leave and arrive a little apart, more so the farther they go.
    reach = abs(end - start)
    shift = min(6 * reach, BOX_WIDTH // 2 - 8)
    towards = 1 if end > start else -1
    leave = _left(start) + BOX_WIDTH // 2 + towards * shift
    arrive = _left(end) + BOX_WIDTH // 2 - towards * shift
    edge = top if end > start else top + BOX_HEIGHT
    # A cubic curve reaches three quarters of the way to its control points.
    control = edge - towards * reach * ARC_STEP * 4 // 3
    return (
        f'<path d="M{leave} {edge}C{leave} {control} {arrive} {control} {arrive} {edge}" {line}/>'
    )

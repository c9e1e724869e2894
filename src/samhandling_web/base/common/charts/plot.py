"""What charts share: axes, grid, dots, intervals and labels that do not collide."""

from collections.abc import Sequence
from dataclasses import dataclass

from samhandling_web.base.common.charts import palette, swedish
from samhandling_web.base.common.charts.canvas import Canvas, element, text_width
from samhandling_web.base.common.charts.content import NOT_KNOWN, Estimate, Frame
from samhandling_web.base.common.charts.scales import Scale, Ticks

TOP = 30.0
LINE_HEIGHT = 15.0


@dataclass(frozen=True, slots=True)
class Plot:
    """The rectangle inside the axes."""

    left: float
    top: float
    right: float
    bottom: float


def canvas_for(kind: str, frame: Frame, height: float | None = None) -> Canvas:
    """Start a chart with its unit in the upper left corner."""
    canvas = Canvas(kind, frame.title, frame.description, frame.width, height or frame.height)
    if frame.unit:
        canvas.text((0, 13), frame.unit, kind="sam-chart__unit", fill=palette.QUIET_INK)
    return canvas


def value_grid(canvas: Canvas, plot: Plot, scale: Scale, ticks: Ticks) -> None:
    """Draw level grid lines with their values to the left; zero is drawn stronger."""
    for value, label in zip(ticks.values, ticks.labels, strict=True):
        height = scale(value)
        is_zero = value == 0
        canvas.line(
            (plot.left, height),
            (plot.right, height),
            kind="sam-chart__axis" if is_zero else "sam-chart__grid",
            stroke=palette.AXIS if is_zero else palette.GRID,
        )
        canvas.text((plot.left - 8, height + 4), label, anchor="end", fill=palette.QUIET_INK)


def value_columns(canvas: Canvas, plot: Plot, scale: Scale, ticks: Ticks) -> None:
    """Draw upright grid lines with their values underneath; zero is drawn stronger."""
    for value, label in zip(ticks.values, ticks.labels, strict=True):
        place = scale(value)
        is_zero = value == 0
        canvas.line(
            (place, plot.top),
            (place, plot.bottom),
            kind="sam-chart__axis" if is_zero else "sam-chart__grid",
            stroke=palette.AXIS if is_zero else palette.GRID,
        )
        canvas.text((place, plot.bottom + 16), label, anchor="middle", fill=palette.QUIET_INK)


def ticks_width(ticks: Ticks) -> float:
    """The room that the values of an axis need."""
    return max(text_width(label) for label in ticks.labels) + 12


def marker(shape: str, at: tuple[float, float], colour: str, size: float = 4) -> str:
    """One point in a shape that can be told from the others without colour."""
    x, y = at
    ink: dict[str, str | float] = {
        "class": "sam-chart__marker",
        "fill": colour,
        "stroke": palette.PAPER,
    }
    if shape in {"circle", "ring"}:
        if shape == "ring":
            ink |= {"fill": palette.PAPER, "stroke": colour, "stroke-width": 2}
        return element("circle", {"cx": x, "cy": y, "r": size, **ink})
    corners = {
        "square": ((-1, -1), (1, -1), (1, 1), (-1, 1)),
        "triangle": ((0, -1.2), (1.15, 0.9), (-1.15, 0.9)),
        "diamond": ((0, -1.35), (1.35, 0), (0, 1.35), (-1.35, 0)),
        "cross": (
            *((-1.2, -0.4), (-0.4, -0.4), (-0.4, -1.2), (0.4, -1.2), (0.4, -0.4), (1.2, -0.4)),
            *((1.2, 0.4), (0.4, 0.4), (0.4, 1.2), (-0.4, 1.2), (-0.4, 0.4), (-1.2, 0.4)),
        ),
    }[shape]
    points = " ".join(f"{x + size * dx:.2f},{y + size * dy:.2f}" for dx, dy in corners)
    return element("polygon", {"points": points, **ink})


def whisker(start: tuple[float, float], end: tuple[float, float], colour: str) -> str:
    """The interval of one figure: a line with small ends."""
    (x1, y1), (x2, y2) = start, end
    ends = f"M{x1 - 4:.2f} {y1:.2f}h8M{x2 - 4:.2f} {y2:.2f}h8"
    if y1 == y2:
        ends = f"M{x1:.2f} {y1 - 4:.2f}v8M{x2:.2f} {y2 - 4:.2f}v8"
    path = f"M{x1:.2f} {y1:.2f}L{x2:.2f} {y2:.2f}{ends}"
    # Paper behind the ink: half of a whisker lies on its own, often dark, bar.
    return "".join(
        element(
            "path", {"d": path, "class": name, "stroke": ink, "stroke-width": width, "fill": "none"}
        )
        for name, ink, width in (
            ("sam-chart__halo", palette.PAPER, 3.6),
            ("sam-chart__whisker", colour, 1.4),
        )
    )


def halo() -> dict[str, str | float]:
    """Paper around letters that stand on something drawn."""
    ink: dict[str, str | float] = {"stroke": palette.PAPER, "stroke_width": 3}
    return {**ink, "stroke_linejoin": "round", "paint_order": "stroke"}


def spread(places: Sequence[float], gap: float, low: float, high: float) -> list[float]:
    """Move labels as little as needed so that they stand `gap` apart between `low` and `high`."""
    order = sorted(range(len(places)), key=lambda index: (places[index], index))
    moved = list(places)
    lowest = low
    for index in order:
        moved[index] = lowest = max(moved[index], lowest)
        lowest += gap
    highest = high
    for index in reversed(order):
        moved[index] = highest = min(moved[index], highest)
        highest -= gap
    return moved


def wrapped(words: str, width: float, size: float = 12, lines: int = 2) -> list[str]:
    """Break a label between words; what does not fit in the last line ends with an ellipsis."""
    rows: list[str] = [""]
    for word in words.split():
        longer = f"{rows[-1]} {word}".strip()
        if rows[-1] and text_width(longer, size) > width and len(rows) < lines:
            rows.append(word)
        else:
            rows[-1] = longer
    return [shortened(row, width, size) for row in rows]


def shortened(words: str, width: float, size: float = 12) -> str:
    """Cut a label that is too long and say so with an ellipsis."""
    if text_width(words, size) <= width:
        return words
    while words and text_width(words + "…", size) > width:
        words = words[:-1]
    return words.rstrip() + "…"


def spoken(label: str, estimate: Estimate, frame: Frame) -> str:
    """A figure in words, for the pointer and for who listens."""
    if estimate.value is None:
        return f"{label}: {NOT_KNOWN}"
    words = f"{label}: {swedish.number(estimate.value, frame.decimals)}"
    if estimate.low is not None and estimate.high is not None:
        words += f" ({swedish.between(estimate.low, estimate.high, frame.decimals)})"
    return words

"""Dots with intervals, one row each: who differs from whom, and how surely."""

from samhandling_web.base.common.charts import palette, swedish
from samhandling_web.base.common.charts.bars import draw_upright_reference
from samhandling_web.base.common.charts.canvas import Canvas, text_width
from samhandling_web.base.common.charts.content import (
    NOT_KNOWN,
    Comparison,
    ComparisonRow,
    Estimate,
)
from samhandling_web.base.common.charts.plot import (
    Plot,
    canvas_for,
    marker,
    spoken,
    value_columns,
    whisker,
    wrapped,
)
from samhandling_web.base.common.charts.scales import Scale, bounds, round_ticks

ROW = 28.0
LABEL_WIDTH = 200.0


def comparison(chart: Comparison) -> str:
    """Draw one row per area or group; the height follows the number of rows."""
    has_before = any(row.before for row in chart.rows)
    top = 52.0 if has_before else 34.0
    bottom = top + ROW * len(chart.rows) + 4
    canvas = canvas_for("comparison", chart.frame, bottom + 26)
    left = max((min(text_width(row.label), LABEL_WIDTH) for row in chart.rows), default=0) + 16
    figures = [figure(row, chart) for row in chart.rows]
    room = max((text_width(words) for words in figures), default=0) + 16
    plot = Plot(left, top, chart.frame.width - room, bottom)
    ticks = round_ticks(*limits(chart))
    across = Scale(ticks.values[0], ticks.values[-1], plot.left + 4, plot.right - 4)
    value_columns(canvas, plot, across, ticks)
    if chart.reference:
        draw_upright_reference(canvas, plot, across(chart.reference[0]), chart.reference[1])
    for number, (row, words) in enumerate(zip(chart.rows, figures, strict=True)):
        draw_row(canvas, chart, row, top + ROW * (number + 0.5) + 2, across)
        draw_words(canvas, chart, row, words, (left, top + ROW * (number + 0.5) + 6))
    if has_before:
        draw_legend(canvas, chart, left)
    return canvas.svg()


def limits(chart: Comparison) -> tuple[float, float]:
    """The figures to hold. Dots are read by place, so the axis need not start at zero."""
    also = [chart.reference[0]] if chart.reference else []
    estimates = [row.now for row in chart.rows] + [row.before for row in chart.rows if row.before]
    return bounds(estimates, also=also)


def figure(row: ComparisonRow, chart: Comparison) -> str:
    """The row's value and interval in figures."""
    if row.now.value is None:
        return row.note or str(NOT_KNOWN)
    words = swedish.number(row.now.value, chart.frame.decimals)
    if row.now.low is not None and row.now.high is not None:
        words += f" ({swedish.between(row.now.low, row.now.high, chart.frame.decimals)})"
    return words


def draw_words(
    canvas: Canvas, chart: Comparison, row: ComparisonRow, words: str, at: tuple[float, float]
) -> None:
    """Write the row's name to the left and its figures to the right."""
    left, base = at
    weight = 600 if row.focus else 400
    name = wrapped(row.label, LABEL_WIDTH, lines=1)[0]
    canvas.text((left - 12, base), name, anchor="end", font_weight=weight)
    ink = palette.QUIET_INK if row.now.value is None else palette.INK
    place = chart.frame.width, base
    canvas.text(place, words, anchor="end", font_weight=weight, fill=ink)


def draw_row(
    canvas: Canvas, chart: Comparison, row: ComparisonRow, middle: float, across: Scale
) -> None:
    """Draw what was, hollow and a little lower, and what is, filled."""
    chosen = any(other.focus for other in chart.rows)
    colour = palette.FOCUS if row.focus or not chosen else palette.QUIET_INK
    if row.before and row.before.value is not None:
        shapes = dot("ring", row.before, middle + 5, across, palette.REST)
        name = f"{row.label}, {chart.before_label}"
        canvas.group(spoken(name, row.before, chart.frame), shapes)
    if row.now.value is not None:
        lifted = middle - 4 if row.before else middle
        name = f"{row.label}, {chart.now_label}" if row.before else row.label
        shapes = dot("circle", row.now, lifted, across, colour)
        canvas.group(spoken(name, row.now, chart.frame), shapes)


def dot(shape: str, estimate: Estimate, height: float, across: Scale, colour: str) -> list[str]:
    """A dot on its interval."""
    shapes: list[str] = []
    if estimate.low is not None and estimate.high is not None:
        shapes.append(
            whisker((across(estimate.low), height), (across(estimate.high), height), colour)
        )
    at = across(estimate.value or 0.0), height
    return [*shapes, marker(shape, at, colour, 3.6 if shape == "ring" else 5)]


def draw_legend(canvas: Canvas, chart: Comparison, left: float) -> None:
    """Say which dot is now and which is before."""
    place = left + 8
    for shape, colour, label in (
        ("circle", palette.FOCUS, str(chart.now_label)),
        ("ring", palette.REST, str(chart.before_label)),
    ):
        canvas.shapes.append(marker(shape, (place, 27), colour, 4))
        canvas.text((place + 10, 31), label, fill=palette.QUIET_INK)
        place += text_width(label) + 34

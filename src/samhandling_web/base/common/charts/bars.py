"""Bars from zero with the interval of each, lying or standing."""

from samhandling_web.base.common.charts import palette, swedish
from samhandling_web.base.common.charts.canvas import Canvas, Ink, element, text_width
from samhandling_web.base.common.charts.content import NOT_KNOWN, Bar, BarChart
from samhandling_web.base.common.charts.plot import (
    TOP,
    Plot,
    canvas_for,
    spoken,
    ticks_width,
    value_columns,
    value_grid,
    whisker,
    wrapped,
)
from samhandling_web.base.common.charts.scales import Scale, bounds, round_ticks

ROW = 26.0
LABEL_WIDTH = 190.0


def horizontal_bars(chart: BarChart) -> str:
    """Draw lying bars, one row each; the height follows the number of bars."""
    bottom = TOP + ROW * len(chart.bars) + 6
    canvas = canvas_for("bars", chart.frame, bottom + 26)
    values = [shown_value(bar, chart) for bar in chart.bars]
    left = max((min(text_width(bar.label), LABEL_WIDTH) for bar in chart.bars), default=0) + 14
    right = chart.frame.width - max((text_width(value) for value in values), default=0) - 14
    plot = Plot(left, TOP, right, bottom)
    ticks = round_ticks(*limits(chart), count=5)
    across = Scale(ticks.values[0], ticks.values[-1], plot.left, plot.right)
    value_columns(canvas, plot, across, ticks)
    for number, (bar, value) in enumerate(zip(chart.bars, values, strict=True)):
        middle = TOP + ROW * (number + 0.5) + 3
        draw_lying(canvas, chart, bar, middle, across)
        label = wrapped(bar.label, LABEL_WIDTH, lines=1)[0]
        weight = 600 if bar.focus else 400
        canvas.text((left - 10, middle + 4), label, anchor="end", font_weight=weight)
        ink = palette.INK if bar.estimate.value is not None else palette.QUIET_INK
        place = chart.frame.width, middle + 4
        canvas.text(place, value, anchor="end", font_weight=weight, fill=ink)
    if chart.reference:
        draw_upright_reference(canvas, plot, across(chart.reference[0]), chart.reference[1])
    return canvas.svg()


def vertical_bars(chart: BarChart) -> str:
    """Draw standing bars; for a few categories with short names, such as years."""
    canvas = canvas_for("bars", chart.frame)
    ticks = round_ticks(*limits(chart), count=5)
    plot = Plot(ticks_width(ticks), TOP, float(chart.frame.width), chart.frame.height - 40.0)
    up = Scale(ticks.values[0], ticks.values[-1], plot.bottom, plot.top)
    value_grid(canvas, plot, up, ticks)
    step = (plot.right - plot.left) / max(len(chart.bars), 1)
    for number, bar in enumerate(chart.bars):
        middle = plot.left + step * (number + 0.5)
        draw_standing(canvas, chart, bar, middle, min(step * 0.62, 56), up)
        for row, name in enumerate(wrapped(bar.label, step - 4)):
            place = middle, plot.bottom + 17 + row * 14
            canvas.text(place, name, anchor="middle", font_weight=600 if bar.focus else 400)
    if chart.reference:
        height = up(chart.reference[0])
        style = {"stroke": palette.INK, "stroke_dasharray": "5 4"}
        canvas.line((plot.left, height), (plot.right, height), kind="sam-chart__reference", **style)
        words = {"anchor": "end", "fill": palette.QUIET_INK, "font_style": "italic"}
        canvas.text((plot.right, height - 6), chart.reference[1], **words)
    return canvas.svg()


def limits(chart: BarChart) -> tuple[float, float]:
    """Bars start at zero, always: their length is what is read."""
    also = [0.0] + ([chart.reference[0]] if chart.reference else [])
    return bounds((bar.estimate for bar in chart.bars), also=also)


def shown_value(bar: Bar, chart: BarChart) -> str:
    """The figure written at the end of its row."""
    if bar.estimate.value is None:
        return bar.note or str(NOT_KNOWN)
    return swedish.number(bar.estimate.value, chart.frame.decimals)


def colour_of(bar: Bar, chart: BarChart) -> str:
    """Grey for the others only where one bar is the one the reader came for."""
    if not any(other.focus for other in chart.bars):
        return palette.FOCUS
    return palette.FOCUS if bar.focus else palette.REST


def draw_lying(canvas: Canvas, chart: BarChart, bar: Bar, middle: float, across: Scale) -> None:
    """Draw one lying bar with its interval."""
    if bar.estimate.value is None:
        return
    zero, end = across(0), across(bar.estimate.value)
    box = {"x": min(zero, end), "y": middle - 8, "width": abs(end - zero), "height": 16}
    ink = {"class": "sam-chart__bar", "fill": colour_of(bar, chart)}
    shapes = [element("rect", {**box, **ink})]
    if bar.estimate.low is not None and bar.estimate.high is not None:
        ends = (across(bar.estimate.low), middle), (across(bar.estimate.high), middle)
        shapes.append(whisker(*ends, palette.INK))
    canvas.group(spoken(bar.label, bar.estimate, chart.frame), shapes)


def draw_standing(
    canvas: Canvas, chart: BarChart, bar: Bar, middle: float, width: float, up: Scale
) -> None:
    """Draw one standing bar with its interval, or say why there is none."""
    if bar.estimate.value is None:
        note: Ink = {"anchor": "middle", "fill": palette.QUIET_INK, "size": 11}
        canvas.text((middle, up(0) - 6), "–", **note)
        return
    zero, end = up(0), up(bar.estimate.value)
    box = {"x": middle - width / 2, "y": min(zero, end), "width": width, "height": abs(end - zero)}
    ink = {"class": "sam-chart__bar", "fill": colour_of(bar, chart)}
    shapes = [element("rect", {**box, **ink})]
    highest = end
    if bar.estimate.low is not None and bar.estimate.high is not None:
        ends = (middle, up(bar.estimate.low)), (middle, up(bar.estimate.high))
        shapes.append(whisker(*ends, palette.INK))
        highest = min(end, ends[1][1])
    canvas.group(spoken(bar.label, bar.estimate, chart.frame), shapes)
    value = swedish.number(bar.estimate.value, chart.frame.decimals)
    if text_width(value, 11.5) < width * 1.5:
        canvas.text((middle, highest - 6), value, anchor="middle", size=11.5)


def draw_upright_reference(canvas: Canvas, plot: Plot, place: float, label: str) -> None:
    """Draw a level that lying bars are compared with, named above the plot."""
    style = {"stroke": palette.INK, "stroke_dasharray": "5 4"}
    canvas.line((place, plot.top - 2), (place, plot.bottom), kind="sam-chart__reference", **style)
    words = {"fill": palette.QUIET_INK, "font_style": "italic"}
    past_middle = place > (plot.left + plot.right) / 2
    anchor = "end" if past_middle else "start"
    canvas.text((place + (3 if past_middle else -3), plot.top - 7), label, anchor=anchor, **words)

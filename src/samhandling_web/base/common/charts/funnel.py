"""Areas by size and value inside what chance alone would give: instead of a ranking."""

from itertools import pairwise

from samhandling_web.base.common.charts import palette, swedish
from samhandling_web.base.common.charts.canvas import Canvas, Ink, text_width
from samhandling_web.base.common.charts.content import (
    Estimate,
    FunnelLimit,
    FunnelPlot,
    FunnelPoint,
)
from samhandling_web.base.common.charts.line import joined
from samhandling_web.base.common.charts.plot import (
    TOP,
    Plot,
    canvas_for,
    marker,
    spoken,
    ticks_width,
    value_grid,
)
from samhandling_web.base.common.charts.scales import Scale, round_ticks

RIGHT = 64.0
BOTTOM = 44.0
LABEL_ROOM = 13.0


def funnel_plot(chart: FunnelPlot) -> str:
    """Draw a funnel plot; areas outside the widest limits, and those in focus, are named."""
    canvas = canvas_for("funnel", chart.frame)
    low, high = value_span(chart)
    up_ticks = round_ticks(low, high)
    plot = Plot(ticks_width(up_ticks), TOP, chart.frame.width - RIGHT, chart.frame.height - BOTTOM)
    sizes = [point.size for point in chart.points] + [
        size for limit in chart.limits for size in limit.sizes
    ]
    across_ticks = round_ticks(0, max(sizes, default=1.0))
    across = Scale(0, across_ticks.values[-1], plot.left, plot.right)
    up = Scale(up_ticks.values[0], up_ticks.values[-1], plot.bottom, plot.top)
    value_grid(canvas, plot, up, up_ticks)
    draw_sizes(canvas, chart, plot, across)
    for index, limit in enumerate(chart.limits):
        draw_limit(canvas, limit, palette.DASHES[index + 1], plot, (across, up))
    draw_centre(canvas, chart, plot, up(chart.centre))
    draw_points(canvas, chart, plot, across, up)
    return canvas.svg()


def value_span(chart: FunnelPlot) -> tuple[float, float]:
    """The values to show: every area and the centre; limits may leave the plot at small sizes."""
    values = [point.value for point in chart.points] + [chart.centre]
    return min(0.0, *values), max(values) * 1.08


def draw_sizes(canvas: Canvas, chart: FunnelPlot, plot: Plot, across: Scale) -> None:
    """Write sizes under the plot and what they are sizes of."""
    ticks = round_ticks(0, across.high)
    for value, label in zip(ticks.values, ticks.labels, strict=True):
        place = across(value)
        canvas.line(
            (place, plot.bottom),
            (place, plot.bottom + 5),
            kind="sam-chart__tick",
            stroke=palette.AXIS,
        )
        canvas.text((place, plot.bottom + 18), label, anchor="middle", fill=palette.QUIET_INK)
    at = plot.right, plot.bottom + 36
    canvas.text(at, chart.size_label, anchor="end", kind="sam-chart__unit", fill=palette.QUIET_INK)


def draw_limit(
    canvas: Canvas, limit: FunnelLimit, dash: str, plot: Plot, scales: tuple[Scale, Scale]
) -> None:
    """Draw a pair of limits, cut at the plot's edge, with their coverage at the right end."""
    across, up = scales
    for values in (limit.low, limit.high):
        pairs = sorted(zip(limit.sizes, values, strict=True))
        inside = [(across(size), up(value)) for size, value in pairs if up.low <= value <= up.high]
        if len(inside) > 1:
            ink = {"fill": "none", "stroke": palette.QUIET_INK, "stroke_dasharray": dash}
            canvas.path(joined(inside), kind="sam-chart__limit", **ink)
    if limit.high:
        end = max(up(limit.high[-1]), plot.top)
        words: Ink = {"fill": palette.QUIET_INK, "size": 11}
        canvas.text((plot.right + 5, end + 4), limit.label, **words)


def draw_centre(canvas: Canvas, chart: FunnelPlot, plot: Plot, height: float) -> None:
    """Draw the level that all areas are held against."""
    ends = (plot.left, height), (plot.right, height)
    canvas.line(*ends, kind="sam-chart__reference", stroke=palette.INK, stroke_width=1.2)
    at = plot.right + 5, height + 4
    canvas.text(at, chart.centre_label, size=11, font_weight=600)


def is_outside(point: FunnelPoint, limits: tuple[FunnelLimit, ...]) -> bool:
    """Whether the area lies outside the widest limits, read off between their given sizes."""
    if not limits:
        return False
    widest = limits[-1]
    low = between_sizes(point.size, widest.sizes, widest.low)
    high = between_sizes(point.size, widest.sizes, widest.high)
    return not low <= point.value <= high


def between_sizes(size: float, sizes: tuple[float, ...], values: tuple[float, ...]) -> float:
    """Interpolate a limit at a size; outside the given sizes its nearest value holds."""
    pairs = sorted(zip(sizes, values, strict=True))
    if size <= pairs[0][0]:
        return pairs[0][1]
    for (left, before), (right, after) in pairwise(pairs):
        if size <= right:
            return before + (after - before) * (size - left) / (right - left)
    return pairs[-1][1]


def draw_points(canvas: Canvas, chart: FunnelPlot, plot: Plot, across: Scale, up: Scale) -> None:
    """Draw every area; name those that the limits or the reader single out."""
    named = [point for point in chart.points if point.focus or is_outside(point, chart.limits)]
    taken = [
        (up(point.value) + 4, across(point.size) - 6, across(point.size) + 6) for point in named
    ]
    ordered = sorted(chart.points, key=lambda point: (point.focus, point.value, point.label))
    for point in ordered:
        at = across(point.size), up(point.value)
        outside = is_outside(point, chart.limits)
        colour = palette.QUALITATIVE[1] if outside else palette.REST
        shape = "diamond" if outside else "circle"
        if point.focus:
            colour = palette.FOCUS
        words = spoken(point.label, Estimate(point.value), chart.frame)
        words += f"; {chart.size_label}: {swedish.number(point.size)}"
        canvas.group(words, [marker(shape, at, colour, 4.5)])
        if outside or point.focus:
            draw_name(canvas, point, at, plot, taken)


def is_clear(row: float, start: float, end: float, taken: list[tuple[float, float, float]]) -> bool:
    """Whether no dot or name stands where this one would."""
    return all(
        abs(row - other) >= LABEL_ROOM or end < left or start > right
        for other, left, right in taken
    )


def draw_name(
    canvas: Canvas,
    point: FunnelPoint,
    at: tuple[float, float],
    plot: Plot,
    taken: list[tuple[float, float, float]],
) -> None:
    """Write a name beside its dot where no other name stands; else the pointer tells it."""
    width = text_width(point.label, 11.5)
    anchor, x = ("start", at[0] + 8) if at[0] + 8 + width < plot.right else ("end", at[0] - 8)
    start = x if anchor == "start" else x - width
    for shift in (4.0, -8.0, 16.0, -20.0, 28.0):
        row = at[1] + shift
        if is_clear(row, start, start + width, taken):
            taken.append((row, start, start + width))
            weight = 600 if point.focus else 400
            canvas.text((x, row), point.label, anchor=anchor, size=11.5, font_weight=weight)
            return

"""The same small chart many times over, and a line the size of a word."""

from samhandling_web.base.common.charts import palette, swedish
from samhandling_web.base.common.charts.canvas import Canvas, Ink, element
from samhandling_web.base.common.charts.content import Line, SmallMultiples, Sparkline
from samhandling_web.base.common.charts.line import draw_band, joined, places, stretches
from samhandling_web.base.common.charts.plot import Plot, canvas_for, marker, shortened, spoken
from samhandling_web.base.common.charts.scales import Scale, Ticks, bounds, round_ticks

PANEL_HEIGHT = 112.0
GAP = 22.0
HEAD = 24.0
AXIS_WIDTH = 38.0


def small_multiples(chart: SmallMultiples) -> str:
    """Draw one small line chart per panel; the height follows the number of panels."""
    rows = -(-len(chart.panels) // chart.columns)
    canvas = canvas_for("multiples", chart.frame, HEAD + rows * (PANEL_HEIGHT + GAP))
    width = (chart.frame.width - GAP * (chart.columns - 1)) / chart.columns
    common = ticks_for(chart.panels) if chart.common_scale else None
    days = [day.toordinal() for panel in chart.panels for day, _ in panel.points] or [0]
    span = min(days), max(*days, min(days) + 1)
    for index, panel in enumerate(chart.panels):
        left = (index % chart.columns) * (width + GAP)
        top = HEAD + (index // chart.columns) * (PANEL_HEIGHT + GAP)
        plot = Plot(left + AXIS_WIDTH, top + 24, left + width - 4, top + PANEL_HEIGHT - 10)
        name = shortened(panel.label, width - 4)
        canvas.text((left, top + 11), name, font_weight=600, kind="sam-chart__label")
        draw_panel(canvas, panel, plot, common or ticks_for((panel,)), span, chart)
    return canvas.svg()


def ticks_for(panels: tuple[Line, ...]) -> Ticks:
    """A few round values that hold all panels, from zero."""
    estimates = (estimate for panel in panels for _, estimate in panel.points)
    return round_ticks(*bounds(estimates, also=[0.0]), count=3)


def draw_panel(
    canvas: Canvas,
    panel: Line,
    plot: Plot,
    ticks: Ticks,
    span: tuple[int, int],
    chart: SmallMultiples,
) -> None:
    """Draw one panel: grid, band, line and the last value."""
    across = Scale(*span, plot.left, plot.right - 4)
    up = Scale(ticks.values[0], ticks.values[-1], plot.bottom, plot.top)
    for value, label in zip(ticks.values, ticks.labels, strict=True):
        colour = palette.AXIS if value == 0 else palette.GRID
        ends = (plot.left, up(value)), (plot.right, up(value))
        canvas.line(*ends, kind="sam-chart__grid", stroke=colour)
        place = plot.left - 5, up(value) + 3.5
        canvas.text(place, label, anchor="end", size=10, fill=palette.QUIET_INK)
    draw_small_line(canvas, panel, across, up, chart)
    ordered = sorted(day for day, _ in panel.points)
    if ordered:
        foot, quiet = plot.bottom + 13, palette.QUIET_INK
        canvas.text((plot.left, foot), swedish.short_month(ordered[0]), size=10, fill=quiet)
        last = swedish.short_month(ordered[-1])
        canvas.text((plot.right, foot), last, anchor="end", size=10, fill=quiet)


def draw_small_line(
    canvas: Canvas, panel: Line, across: Scale, up: Scale, chart: SmallMultiples
) -> None:
    """Draw the band and the line of one panel with its last value marked."""
    draw_band(canvas, panel, across, up, palette.FOCUS)
    parts = stretches(panel.points)
    shapes = [stroke(joined(places(part, across, up)), 1.75) for part in parts]
    if not parts:
        return
    day, estimate = parts[-1][-1]
    shapes.append(marker("circle", places(parts[-1], across, up)[-1], palette.FOCUS, 3))
    label = f"{panel.label}, {swedish.long_date(day)}"
    canvas.group(spoken(label, estimate, chart.frame), shapes)


def stroke(path: str, width: float) -> str:
    """One line in the main colour."""
    ink: Ink = {
        "fill": "none",
        "stroke": palette.FOCUS,
        "stroke-width": width,
        "stroke-linejoin": "round",
    }
    return element(
        "path", {"d": path, "class": "sam-chart__line", **ink, "stroke-linecap": "round"}
    )


def sparkline(chart: Sparkline) -> str:
    """Draw a line the size of a word. It has no axis: the value stands beside it in the text."""
    canvas = Canvas("sparkline", chart.title, chart.description, chart.width, chart.height)
    low, high = bounds((estimate for _, estimate in chart.points), also=[])
    days = [day.toordinal() for day, _ in chart.points] or [0]
    across = Scale(min(days), max(*days, min(days) + 1), 3, chart.width - 5.0)
    up = Scale(low, high if high > low else low + 1, chart.height - 4.0, 4)
    parts = stretches(chart.points)
    canvas.shapes.extend(stroke(joined(places(part, across, up)), 1.5) for part in parts)
    if parts:
        canvas.shapes.append(marker("circle", places(parts[-1], across, up)[-1], palette.FOCUS, 3))
    return canvas.svg()

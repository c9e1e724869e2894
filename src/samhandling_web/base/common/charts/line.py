"""Series over time with their intervals, each named where it ends."""

from datetime import date

from samhandling_web.base.common.charts import palette, swedish
from samhandling_web.base.common.charts.canvas import Canvas, Ink, element, text_width
from samhandling_web.base.common.charts.content import Estimate, Line, LineChart
from samhandling_web.base.common.charts.plot import (
    LINE_HEIGHT,
    TOP,
    Plot,
    canvas_for,
    halo,
    marker,
    spoken,
    spread,
    ticks_width,
    value_grid,
    wrapped,
)
from samhandling_web.base.common.charts.scales import Scale, bounds, day_ticks, round_ticks

MOST_LINES = len(palette.QUALITATIVE)
LABEL_WIDTH = 150.0
FEW_POINTS = 16

Point = tuple[date, Estimate]


def line_chart(chart: LineChart) -> str:
    """Draw series over time.

    Raises
    ------
    ValueError
        If there are more series than can be told apart; use small multiples instead.
    """
    if len(chart.lines) > MOST_LINES:
        msg = f"{len(chart.lines)} lines in one chart cannot be told apart; use small multiples."
        raise ValueError(msg)
    canvas = canvas_for("line", chart.frame)
    days = sorted(day for line in chart.lines for day, _ in line.points) or [date(2000, 1, 1)]
    low, high = extent(chart)
    ticks = round_ticks(low, high)
    labels = [wrapped(line.label, LABEL_WIDTH) for line in chart.lines]
    room = max((text_width(row, 12.5) for rows in labels for row in rows), default=0) + 16
    top = TOP + (LINE_HEIGHT if chart.marks else 0)
    plot = Plot(ticks_width(ticks), top, chart.frame.width - room, chart.frame.height - 26.0)
    across = Scale(
        days[0].toordinal(),
        max(days[-1].toordinal(), days[0].toordinal() + 1),
        plot.left + 6,
        plot.right - 6,
    )
    up = Scale(ticks.values[0], ticks.values[-1], plot.bottom, plot.top)

    value_grid(canvas, plot, up, ticks)
    draw_days(canvas, plot, across, (days[0], days[-1]))
    for mark in chart.marks:
        draw_mark(canvas, plot, across(mark.day.toordinal()), mark.label)
    if chart.reference:
        draw_reference(canvas, plot, up(chart.reference[0]), chart.reference[1])
    for index, line in enumerate(chart.lines):
        draw_band(canvas, line, across, up, palette.QUALITATIVE[index])
    for index, line in enumerate(chart.lines):
        draw_line(canvas, line, index, across, up, chart)
    draw_labels(canvas, chart.lines, labels, plot, up)
    return canvas.svg()


def extent(chart: LineChart) -> tuple[float, float]:
    """The figures that the upright axis must hold."""
    also = [0.0] if chart.from_zero else []
    if chart.reference:
        also.append(chart.reference[0])
    return bounds((estimate for line in chart.lines for _, estimate in line.points), also=also)


def draw_days(canvas: Canvas, plot: Plot, across: Scale, span: tuple[date, date]) -> None:
    """Write days under the plot, with a small tick each."""
    for day, name in day_ticks(*span, plot.right - plot.left):
        place = across(day.toordinal())
        foot = (place, plot.bottom + 5)
        canvas.line((place, plot.bottom), foot, kind="sam-chart__tick", stroke=palette.AXIS)
        is_last = place + text_width(name) / 2 > plot.right + 12
        canvas.text(
            (place, plot.bottom + 19),
            name,
            anchor="end" if is_last else "middle",
            fill=palette.QUIET_INK,
        )


def draw_mark(canvas: Canvas, plot: Plot, place: float, label: str) -> None:
    """Draw what happened as a thin upright line with its name on top."""
    style = {"stroke": palette.QUIET_INK, "stroke_dasharray": "2 3"}
    canvas.line((place, plot.top - 4), (place, plot.bottom), kind="sam-chart__mark", **style)
    past_middle = place > (plot.left + plot.right) / 2
    shift, anchor = (-5, "end") if past_middle else (5, "start")
    words = {"anchor": anchor, "fill": palette.QUIET_INK, "font_style": "italic"}
    canvas.text((place + shift, plot.top - 6), label, **words)


def draw_reference(canvas: Canvas, plot: Plot, height: float, label: str) -> None:
    """Draw a level that the series are compared with."""
    style = {"stroke": palette.INK, "stroke_dasharray": "5 4"}
    canvas.line((plot.left, height), (plot.right, height), kind="sam-chart__reference", **style)
    canvas.text(
        (plot.left + 6, height - 6), label, fill=palette.QUIET_INK, font_style="italic", **halo()
    )


def stretches(points: tuple[Point, ...], *, banded: bool = False) -> list[list[Point]]:
    """Split a series at its gaps, so that no line is drawn over what is not known."""
    parts: list[list[Point]] = [[]]
    for day, estimate in sorted(points, key=lambda point: point[0]):
        known = (
            estimate.low is not None and estimate.high is not None
            if banded
            else estimate.value is not None
        )
        if known:
            parts[-1].append((day, estimate))
        elif parts[-1]:
            parts.append([])
    return [part for part in parts if part]


def draw_band(canvas: Canvas, line: Line, across: Scale, up: Scale, colour: str) -> None:
    """Draw the interval as a pale band behind the line."""
    for part in stretches(line.points, banded=True):
        upper = [(across(day.toordinal()), up(estimate.high or 0.0)) for day, estimate in part]
        lower = [(across(day.toordinal()), up(estimate.low or 0.0)) for day, estimate in part]
        outline = upper + lower[::-1]
        canvas.path(joined(outline) + "Z", kind="sam-chart__band", fill=colour, fill_opacity=0.16)


def draw_line(
    canvas: Canvas, line: Line, index: int, across: Scale, up: Scale, chart: LineChart
) -> None:
    """Draw one series; points too few to be crowded get their marker."""
    colour = palette.QUALITATIVE[index]
    shapes: list[str] = []
    known = stretches(line.points)
    for part in known:
        spots = places(part, across, up)
        style: Ink = {
            "fill": "none",
            "stroke": colour,
            "stroke-width": 2.25,
            "stroke-linejoin": "round",
        }
        style |= {"stroke-linecap": "round", "stroke-dasharray": palette.DASHES[index]}
        shapes.append(element("path", {"d": joined(spots), "class": "sam-chart__line", **style}))
        every = len(line.points) <= FEW_POINTS
        for number, spot in enumerate(spots):
            if every or len(spots) == 1 or (part is known[-1] and number == len(spots) - 1):
                shapes.append(marker(palette.MARKERS[index], spot, colour))
    if known:
        day, estimate = known[-1][-1]
        canvas.group(
            spoken(f"{line.label}, {swedish.long_date(day)}", estimate, chart.frame), shapes
        )


def places(part: list[Point], across: Scale, up: Scale) -> list[tuple[float, float]]:
    """Where the values of one stretch lie."""
    return [(across(day.toordinal()), up(estimate.value or 0.0)) for day, estimate in part]


def joined(spots: list[tuple[float, float]]) -> str:
    """A path through all places."""
    return "M" + "L".join(f"{x:.2f} {y:.2f}" for x, y in spots)


def draw_labels(
    canvas: Canvas, lines: tuple[Line, ...], labels: list[list[str]], plot: Plot, up: Scale
) -> None:
    """Name each line at its right end, moved apart where they would collide."""
    ends: list[float] = []
    for line in lines:
        known = [
            estimate.value
            for _, estimate in sorted(line.points, key=lambda p: p[0])
            if estimate.value is not None
        ]
        ends.append(up(known[-1]) if known else plot.bottom)
    tallest = max((len(rows) for rows in labels), default=1)
    places = spread(ends, LINE_HEIGHT * tallest, plot.top, plot.bottom)
    for index, rows in enumerate(labels):
        for number, row in enumerate(rows):
            height = places[index] + 4 + LINE_HEIGHT * (number - (len(rows) - 1) / 2)
            ink: Ink = {"fill": palette.QUALITATIVE_TEXT[index], "font_weight": 600, "size": 12.5}
            canvas.text((plot.right + 6, height), row, kind="sam-chart__label", **ink)

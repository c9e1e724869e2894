"""Hour by weekday: when in the week it happens."""

from samhandling_web.base.common.charts import palette, swedish
from samhandling_web.base.common.charts.canvas import Canvas, Ink, element, text_width
from samhandling_web.base.common.charts.content import Estimate, HeatMatrix
from samhandling_web.base.common.charts.plot import canvas_for, spoken
from samhandling_web.base.common.charts.scales import round_ticks
from samhandling_web.base.common.text import _

LEFT = 44.0
TOP = 44.0
ROW = 26.0
LEGEND = 40.0
HIDDEN = _("visas inte")


def heat_matrix(chart: HeatMatrix) -> str:
    """Draw the week as seven rows of twenty-four cells, with figures where they fit."""
    canvas = canvas_for("heat", chart.frame, TOP + 7 * ROW + LEGEND)
    width = (chart.frame.width - LEFT) / 24
    greatest = max(
        (value for row in chart.values for value in row if value is not None), default=1.0
    )
    ceiling = round_ticks(0, greatest or 1.0, count=12).values[-1]
    for hour in range(0, 24, 3):
        canvas.text((LEFT + hour * width, TOP - 7), f"{hour:02d}", fill=palette.QUIET_INK)
    for day, row in enumerate(chart.values):
        middle = TOP + day * ROW + ROW / 2 + 4
        canvas.text((LEFT - 8, middle), str(swedish.SHORT_WEEKDAYS[day]), anchor="end")
        for hour, value in enumerate(row):
            draw_cell(canvas, chart, (day, hour), value, width, ceiling)
    draw_legend(canvas, chart, ceiling)
    return canvas.svg()


def class_of(value: float, ceiling: float) -> int:
    """Which of the even classes from zero to the ceiling a value falls in."""
    steps = len(palette.SEQUENTIAL)
    return min(steps - 1, max(0, int(value / ceiling * steps)))


def draw_cell(
    canvas: Canvas,
    chart: HeatMatrix,
    place: tuple[int, int],
    value: float | None,
    width: float,
    ceiling: float,
) -> None:
    """Draw one hour of one weekday, with its figure where there is room."""
    day, hour = place
    corner = LEFT + hour * width, TOP + day * ROW
    box: Ink = {"x": corner[0], "y": corner[1], "width": width, "height": ROW}
    ink: Ink = {"class": "sam-chart__cell", "stroke": palette.PAPER, "stroke-width": 1.5}
    name = f"{swedish.WEEKDAYS[day]} {hour:02d}–{hour + 1:02d}"
    if value is None:
        shapes = [element("rect", {**box, **ink, "fill": palette.NO_DATA})]
        shapes.append(element("rect", {**box, **ink, "fill": canvas.hatch()}))
        canvas.group(f"{name}: {HIDDEN}", shapes)
        return
    step = class_of(value, ceiling)
    shapes = [element("rect", {**box, **ink, "fill": palette.SEQUENTIAL[step]})]
    written = swedish.number(value, chart.frame.decimals)
    if text_width(written, 10) < width - 2:
        dark = step >= 3
        words: Ink = {
            "x": corner[0] + width / 2,
            "y": corner[1] + ROW / 2 + 3.5,
            "text-anchor": "middle",
        }
        words |= {"font-size": 10, "fill": palette.PAPER if dark else palette.INK}
        shapes.append(element("text", {"class": "sam-chart__figure", **words}, written))
    canvas.group(spoken(name, Estimate(value), chart.frame), shapes)


def draw_legend(canvas: Canvas, chart: HeatMatrix, ceiling: float) -> None:
    """Say what the shades stand for, from zero to the ceiling."""
    top, width, steps = TOP + 7 * ROW + 12, 34.0, len(palette.SEQUENTIAL)
    for step, colour in enumerate(palette.SEQUENTIAL):
        corner = LEFT + step * width, top
        canvas.rectangle(corner, (width, 8), kind="sam-chart__swatch", fill=colour)
    at = top + 22
    ends = (
        (LEFT, "0", "start"),
        (LEFT + steps * width, swedish.number(ceiling, chart.frame.decimals), "end"),
    )
    for x, words, anchor in ends:
        canvas.text((x, at), words, anchor=anchor, size=11, fill=palette.QUIET_INK)
    if any(value is None for row in chart.values for value in row):
        x = LEFT + steps * width + 28
        canvas.rectangle((x, top - 2), (18, 12), fill=palette.NO_DATA)
        canvas.rectangle((x, top - 2), (18, 12), kind="sam-chart__swatch", fill=canvas.hatch())
        canvas.text(
            (x + 25, top + 8), str(_("Visas inte (för få)")), size=11, fill=palette.QUIET_INK
        )

"""From a figure to a drawn chart. Frozen figures are drawn anew from their own numbers."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from samhandling_web.base.common import charts
from samhandling_web.understand.picture.figures.content import Cell, Figure

MOST_BARS = 20


def draw(figure: Figure) -> str:
    """Return the figure's chart as SVG, an empty text when it is a table alone."""
    drawer = DRAWERS.get(str(figure.drawing.get("chart", "")))
    return drawer(figure) if drawer and figure.rows else ""


def estimate(value: Cell, interval: Cell = None) -> charts.Estimate:
    """Return a cell and its interval as the charts want them; anything but a number is a gap."""
    number = float(value) if isinstance(value, int | float) else None
    if number is None or not isinstance(interval, list):
        return charts.Estimate(number)
    return charts.Estimate(number, interval[0], interval[1])


def _frame(figure: Figure, **other: Any) -> charts.Frame:
    return charts.Frame(title=figure.heading, description=figure.sentence, **other)


def _value_column(figure: Figure, name: str) -> tuple[str, int]:
    column = next(column for column in figure.columns if column.name == name)
    return str(column.label), column.decimals


def _pairs(figure: Figure) -> list[tuple[Cell, charts.Estimate]]:
    """Return label and estimate of every row, by the columns the drawing names."""
    drawing = figure.drawing
    labels = figure.column(str(drawing.get("label") or drawing.get("x")))
    values = figure.column(str(drawing["value"]))
    name = drawing.get("interval")
    intervals = figure.column(str(name)) if name else [None] * len(values)
    return [
        (label, estimate(value, interval))
        for label, value, interval in zip(labels, values, intervals, strict=True)
    ]


def _bars(figure: Figure) -> str:
    unit, decimals = _value_column(figure, str(figure.drawing["value"]))
    bars = tuple(charts.Bar(str(label), value) for label, value in _pairs(figure)[:MOST_BARS])
    height = 60 + 30 * len(bars)
    frame = _frame(figure, unit=unit, decimals=decimals, height=height)
    return charts.horizontal_bars(charts.BarChart(frame, bars))


def _line(figure: Figure) -> str:
    points = tuple((date.fromisoformat(str(day)), value) for day, value in _pairs(figure))
    unit, decimals = _value_column(figure, str(figure.drawing["value"]))
    line = charts.Line(unit, points)
    return charts.line_chart(
        charts.LineChart(_frame(figure, unit=unit, decimals=decimals), (line,))
    )


def _heat(figure: Figure) -> str:
    values = tuple(
        tuple(float(v) if isinstance(v, int | float) else None for v in row[1:])
        for row in figure.rows
    )
    frame = _frame(figure, unit=_("händelser"), decimals=1)
    return charts.heat_matrix(charts.HeatMatrix(frame, values))


def _funnel(figure: Figure) -> str:
    focus, curve = figure.drawing["focus"], figure.drawing["curve"]
    points = tuple(
        charts.FunnelPoint(str(name), float(size), float(rate), focus=name == focus)
        for name, size, rate in zip(
            figure.column("area"), figure.column("residents"), figure.column("rate"), strict=True
        )
        if isinstance(size, int | float) and isinstance(rate, int | float)
    )
    limits = tuple(
        charts.FunnelLimit(
            label, tuple(curve["sizes"]), tuple(curve[f"{name}_low"]), tuple(curve[f"{name}_high"])
        )
        for label, name in (("95 %", "inner"), ("99,8 %", "outer"))
    )
    unit, decimals = _("per 1 000 invånare och år"), _value_column(figure, "rate")[1]
    frame = _frame(figure, unit=unit, decimals=decimals, height=420)
    return charts.funnel_plot(
        charts.FunnelPlot(
            frame,
            points,
            centre=float(figure.drawing["target"]),
            centre_label=_("hela kommunen"),
            limits=limits,
            size_label=_("Invånare"),
        )
    )


def _comparison(figure: Figure) -> str:
    waves, questions = figure.column("wave"), figure.column("question")
    rows = tuple(
        charts.ComparisonRow(f"{question} {label} {wave}", value)
        for (label, value), wave, question in zip(_pairs(figure), waves, questions, strict=True)
    )
    frame = _frame(figure, unit="%", decimals=1, height=60 + 28 * len(rows))
    return charts.comparison(charts.Comparison(frame, rows))


DRAWERS: dict[str, Callable[[Figure], str]] = {
    "bars": _bars,
    "line": _line,
    "heat": _heat,
    "funnel": _funnel,
    "comparison": _comparison,
}

"""Charts drawn on the server as SVG that reads, prints and needs no script or style sheet."""

from samhandling_web.base.common.charts.bars import horizontal_bars, vertical_bars
from samhandling_web.base.common.charts.choropleth import choropleth
from samhandling_web.base.common.charts.comparison import comparison
from samhandling_web.base.common.charts.content import (
    Bar,
    BarChart,
    Choropleth,
    Comparison,
    ComparisonRow,
    Estimate,
    Frame,
    FunnelLimit,
    FunnelPlot,
    FunnelPoint,
    HeatMatrix,
    Line,
    LineChart,
    MapArea,
    Mark,
    SmallMultiples,
    Sparkline,
)
from samhandling_web.base.common.charts.funnel import funnel_plot
from samhandling_web.base.common.charts.heat import heat_matrix
from samhandling_web.base.common.charts.line import line_chart
from samhandling_web.base.common.charts.multiples import small_multiples, sparkline

__all__ = [
    "Bar",
    "BarChart",
    "Choropleth",
    "Comparison",
    "ComparisonRow",
    "Estimate",
    "Frame",
    "FunnelLimit",
    "FunnelPlot",
    "FunnelPoint",
    "HeatMatrix",
    "Line",
    "LineChart",
    "MapArea",
    "Mark",
    "SmallMultiples",
    "Sparkline",
    "choropleth",
    "comparison",
    "funnel_plot",
    "heat_matrix",
    "horizontal_bars",
    "line_chart",
    "small_multiples",
    "sparkline",
    "vertical_bars",
]

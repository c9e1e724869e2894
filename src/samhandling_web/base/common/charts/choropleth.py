"""A still map of areas coloured by class, for paper: north is up and the scale bar is true."""

from collections.abc import Sequence
from itertools import pairwise

import pyproj
from shapely.geometry import MultiPolygon, Polygon, shape
from shapely.geometry.base import BaseGeometry
from shapely.ops import transform

from samhandling_web.base.common.charts import palette, swedish
from samhandling_web.base.common.charts.canvas import Canvas, Ink, element, text_width
from samhandling_web.base.common.charts.content import Choropleth, Estimate, MapArea
from samhandling_web.base.common.charts.plot import canvas_for, halo, shortened, spoken
from samhandling_web.base.common.text import _

LEGEND_WIDTH = 190.0
TOP = 24.0
# Detail finer than this share of a pixel cannot be seen and only makes the file larger.
TOLERANCE_PIXELS = 0.4

Place = tuple[float, float]


def choropleth(chart: Choropleth) -> str:
    """Draw areas by class with legend and scale bar.

    Raises
    ------
    ValueError
        If there is no area, or more classes than the palette can tell apart.
    """
    classes = len(chart.breaks) + 1
    if not chart.areas or classes > len(palette.SEQUENTIAL):
        most = len(palette.SEQUENTIAL)
        msg = f"A map has areas and up to {most} classes; got {len(chart.areas)} and {classes}."
        raise ValueError(msg)
    canvas = canvas_for("map", chart.frame)
    projected = [to_sweref(area) for area in chart.areas]
    fit = Fit.for_geometries(
        projected, chart.frame.width - LEGEND_WIDTH - 16, chart.frame.height - TOP - 8
    )
    for area, geometry in zip(chart.areas, projected, strict=True):
        draw_area(canvas, chart, area, fit.path(geometry))
    for area, geometry in zip(chart.areas, projected, strict=True):
        if area.focus:
            outline: Ink = {"fill": "none", "stroke": palette.INK, "stroke_width": 2.4}
            canvas.path(fit.path(geometry), kind="sam-chart__outline", **outline)
    if chart.label_areas:
        draw_names(canvas, chart.areas, projected, fit)
    draw_legend(canvas, chart, chart.frame.width - LEGEND_WIDTH)
    draw_scale_bar(canvas, chart, fit)
    return canvas.svg()


def to_sweref(area: MapArea) -> BaseGeometry:
    """The area's geometry in metres, SWEREF 99 TM."""
    geometry = shape(area.geometry)
    if not isinstance(geometry, Polygon | MultiPolygon):
        msg = f"{area.label!r} is a {geometry.geom_type}; a coloured map needs polygons."
        raise TypeError(msg)
    project = pyproj.Transformer.from_crs(4326, 3006, always_xy=True).transform
    return transform(project, geometry)


class Fit:
    """From metres to pixels, the same scale both ways."""

    __slots__ = ("left", "pixels_per_m", "top", "x0", "y1")

    def __init__(self, origin: Place, pixels_per_m: float, corner: Place) -> None:
        self.x0, self.y1 = origin
        self.pixels_per_m = pixels_per_m
        self.left, self.top = corner

    @classmethod
    def for_geometries(
        cls, geometries: Sequence[BaseGeometry], width: float, height: float
    ) -> "Fit":
        """Fill the room with all geometries, centred across."""
        boxes = [geometry.bounds for geometry in geometries]
        x0, y0 = min(box[0] for box in boxes), min(box[1] for box in boxes)
        x1, y1 = max(box[2] for box in boxes), max(box[3] for box in boxes)
        scale = min(width / max(x1 - x0, 1.0), height / max(y1 - y0, 1.0))
        left = (width - (x1 - x0) * scale) / 2
        return cls((x0, y1), scale, (left, TOP))

    def place(self, x: float, y: float) -> Place:
        """Where a point in metres lies."""
        scale = self.pixels_per_m
        return self.left + (x - self.x0) * scale, self.top + (self.y1 - y) * scale

    def path(self, geometry: BaseGeometry) -> str:
        """The outline of an area, holes included, without detail too fine to see."""
        simple = geometry.simplify(TOLERANCE_PIXELS / self.pixels_per_m)
        parts = simple.geoms if isinstance(simple, MultiPolygon) else [simple]
        rings = (ring for part in parts for ring in (part.exterior, *part.interiors))
        return "".join(self.ring(ring.coords) for ring in rings)

    def ring(self, points: Sequence[tuple[float, ...]]) -> str:
        """One closed ring with one decimal of a pixel."""
        places = (self.place(point[0], point[1]) for point in points)
        return "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in places) + "Z"


def colour_of(value: float | None, breaks: tuple[float, ...]) -> str:
    """The colour of the class that a value falls in; a value on a break is in the lower class."""
    if value is None:
        return palette.NO_DATA
    number = sum(value > limit for limit in breaks)
    return shades(len(breaks) + 1)[number]


def shades(classes: int) -> tuple[str, ...]:
    """So many colours of the sequential palette, spread from its palest to its darkest."""
    last = len(palette.SEQUENTIAL) - 1
    if classes == 1:
        return (palette.SEQUENTIAL[last // 2],)
    return tuple(
        palette.SEQUENTIAL[round(number * last / (classes - 1))] for number in range(classes)
    )


def draw_area(canvas: Canvas, chart: Choropleth, area: MapArea, path: str) -> None:
    """Draw one area in its colour, hatched where the value is uncertain or not shown."""
    ink: Ink = {
        "class": "sam-chart__area",
        "stroke": palette.PAPER,
        "stroke-width": 0.8,
        "fill-rule": "evenodd",
    }
    shapes = [element("path", {"d": path, **ink, "fill": colour_of(area.value, chart.breaks)})]
    if area.uncertain or area.value is None:
        shapes.append(element("path", {"d": path, **ink, "fill": canvas.hatch()}))
    words = spoken(area.label, Estimate(area.value), chart.frame)
    if area.value is None:
        words = f"{area.label}: {chart.missing_label}"
    elif area.uncertain:
        words += f" ({chart.uncertain_label})"
    canvas.group(words, shapes)


def draw_names(
    canvas: Canvas, areas: Sequence[MapArea], geometries: Sequence[BaseGeometry], fit: Fit
) -> None:
    """Name the areas inside them, largest first; a name without room is left to the table."""
    taken: list[tuple[float, float, float]] = []
    order = sorted(
        range(len(areas)), key=lambda i: (-areas[i].focus, -geometries[i].area, areas[i].label)
    )
    for index in order:
        point = geometries[index].representative_point()
        x, y = fit.place(point.x, point.y)
        half = text_width(areas[index].label, 11) / 2
        clear = all(
            abs(y - row) >= 12 or x + half < left or x - half > right for row, left, right in taken
        )
        if clear and x - half >= 0:
            taken.append((y, x - half, x + half))
            weight = 600 if areas[index].focus else 400
            canvas.text(
                (x, y + 4),
                areas[index].label,
                anchor="middle",
                size=11,
                font_weight=weight,
                **halo(),
            )


def class_labels(chart: Choropleth) -> tuple[str, ...]:
    """The classes in words, from the lowest."""
    decimals = chart.frame.decimals
    if not chart.breaks:
        return (str(_("Alla värden")),)
    inner = [swedish.number(limit, decimals) for limit in chart.breaks]
    middle = [
        _("över {low} till {high}").format(low=low, high=high) for low, high in pairwise(inner)
    ]
    lowest = _("till och med {high}").format(high=inner[0])
    highest = _("över {low}").format(low=inner[-1])
    return (lowest, *middle, highest)


def draw_legend(canvas: Canvas, chart: Choropleth, left: float) -> None:
    """Say what the colours and hatches stand for, highest class on top."""
    top = TOP + 8
    colours = shades(len(chart.breaks) + 1)
    for colour, label in reversed(list(zip(colours, class_labels(chart), strict=True))):
        draw_swatch(canvas, (left, top), (colour,), label)
        top += 21
    top += 8
    if any(area.uncertain and area.value is not None for area in chart.areas):
        draw_swatch(
            canvas, (left, top), (palette.SEQUENTIAL[1], canvas.hatch()), str(chart.uncertain_label)
        )
        top += 21
    if any(area.value is None for area in chart.areas):
        draw_swatch(
            canvas, (left, top), (palette.NO_DATA, canvas.hatch()), str(chart.missing_label)
        )


def draw_swatch(canvas: Canvas, at: Place, paints: tuple[str, ...], label: str) -> None:
    """One row of the legend."""
    for paint in paints:
        canvas.rectangle(at, (22, 14), kind="sam-chart__swatch", fill=paint, stroke=palette.GRID)
    words = shortened(label, LEGEND_WIDTH - 32)
    canvas.text((at[0] + 30, at[1] + 11.5), words, fill=palette.INK)


def draw_scale_bar(canvas: Canvas, chart: Choropleth, fit: Fit) -> None:
    """Draw a bar of a round length and a small arrow to the north under the legend."""
    longest = 110 / fit.pixels_per_m
    length_m = max(
        part * 10**power for power in range(7) for part in (1, 2, 5) if part * 10**power <= longest
    )
    left, base = chart.frame.width - LEGEND_WIDTH, chart.frame.height - 12.0
    width = length_m * fit.pixels_per_m
    ink: Ink = {"fill": "none", "stroke": palette.QUIET_INK, "stroke_width": 1.2}
    canvas.path(f"M{left:.2f} {base - 5:.2f}v5h{width:.2f}v-5", kind="sam-chart__scale", **ink)
    label = f"{swedish.number(length_m / 1000)} km" if length_m >= 1000 else f"{length_m} m"
    canvas.text((left + width + 7, base), label, size=11, fill=palette.QUIET_INK)
    north = left + 158
    canvas.path(f"M{north} {base - 20}l5 14l-5 -3.5l-5 3.5Z", fill=palette.QUIET_INK)
    canvas.text((north, base + 6), "N", anchor="middle", size=10, fill=palette.QUIET_INK)

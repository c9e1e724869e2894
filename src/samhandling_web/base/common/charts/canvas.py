"""The paper under a chart: well-formed, escaped, deterministic SVG text. Plain Python.

Every shape carries presentation attributes, so that it looks right in a PDF or Word file, and a
class, so that a page's style sheet can restyle it. There is no style attribute and no style
element: the content security policy allows neither.
"""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from xml.sax.saxutils import escape, quoteattr

from samhandling_web.base.common.charts import palette

FONT = "Inter, 'Inter Variable', 'Libertinus Serif', 'Segoe UI', sans-serif"
TEXT_SIZE = 12
# Characters that XML 1.0 cannot hold, not even escaped.
FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
# Mean advance of the narrow, the usual and the wide letters, as a share of the font size.
NARROW, USUAL, WIDE = 0.30, 0.55, 0.78

Attributes = Mapping[str, str | float]
Ink = dict[str, str | float]


def shown(value: float) -> str:
    """Write a coordinate with at most two decimals and no negative zero."""
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text in {"-0", ""} else text


def text_width(text: str, size: float = TEXT_SIZE) -> float:
    """Estimate the width of a label, a little generously, without a font at hand."""
    shares = (
        NARROW
        if letter in "iljtfr.,:;'|!()[] \u00a0"
        else WIDE
        if letter in "mwMWÅÄÖQO@%"  # not shown
        else USUAL
        for letter in text
    )
    return sum(shares) * size


def clean(text: str) -> str:
    """Drop what XML cannot hold."""
    return FORBIDDEN.sub("", text)


@dataclass(slots=True)
class Canvas:
    """Collects the shapes of one chart, back to front."""

    kind: str
    title: str
    description: str
    width: float
    height: float
    definitions: list[str] = field(default_factory=list)
    shapes: list[str] = field(default_factory=list)

    def add(self, tag: str, attributes: Attributes, content: str | None = None) -> None:
        """Add one element; `content` is text and is escaped."""
        self.shapes.append(element(tag, attributes, content))

    def line(
        self, start: tuple[float, float], end: tuple[float, float], **style: str | float
    ) -> None:
        """Draw a straight line."""
        ends = {"x1": start[0], "y1": start[1], "x2": end[0], "y2": end[1]}
        self.add("line", {**ends, **dashed(style)})

    def rectangle(
        self, corner: tuple[float, float], size: tuple[float, float], **style: str | float
    ) -> None:
        """Draw a rectangle from its upper left corner."""
        box = {"x": corner[0], "y": corner[1], "width": size[0], "height": size[1]}
        self.add("rect", {**box, **dashed(style)})

    def path(self, points: str, **style: str | float) -> None:
        """Draw a path."""
        self.add("path", {"d": points, **dashed(style)})

    def text(self, at: tuple[float, float], words: str, **style: str | float) -> None:
        """Write words; `anchor` is start, middle or end, `size` is in pixels."""
        anchor = style.pop("anchor", "start")
        size = style.pop("size", TEXT_SIZE)
        given = {"class": "sam-chart__text", "fill": palette.INK, **dashed(style)}
        place = {"x": at[0], "y": at[1], "text-anchor": anchor, "font-size": size}
        self.add("text", {**place, **given}, words)

    def group(self, words: str, shapes: list[str]) -> None:
        """Add shapes under one name that shows when pointed at and is read aloud."""
        self.shapes.append(f"<g>{element('title', {}, words)}{''.join(shapes)}</g>")

    def hatch(self) -> str:
        """Define the hatch once and return the paint that uses it."""
        name = f"{self.identity()}-hatch"
        course: Ink = {"d": "M0 6L6 0M-1 1L1 -1M5 7L7 5"}
        paper: Ink = {"class": "sam-chart__halo", "stroke": palette.PAPER, "stroke-width": 2.4}
        ink: Ink = {"class": "sam-chart__hatch", "stroke": palette.HATCH, "stroke-width": 1.1}
        line = element("path", {**course, **paper}) + element("path", {**course, **ink})
        frame: Ink = {"id": name, "width": 6, "height": 6, "patternUnits": "userSpaceOnUse"}
        pattern = f"<pattern{written(frame)}>{line}</pattern>"
        if pattern not in self.definitions:
            self.definitions.append(pattern)
        return f"url(#{name})"

    def identity(self) -> str:
        """A name for this chart's parts, the same every time and unlikely to be another chart's."""
        facts = f"{self.kind}|{self.title}|{self.description}|{self.width}x{self.height}"
        return "sam-" + hashlib.sha256(facts.encode("utf-8", "replace")).hexdigest()[:10]

    def svg(self) -> str:
        """The finished drawing."""
        name = self.identity()
        root: Attributes = {
            "xmlns": "http://www.w3.org/2000/svg",
            "class": f"sam-chart sam-chart--{self.kind}",
            "role": "img",
            "aria-labelledby": f"{name}-title {name}-desc",
            "viewBox": f"0 0 {shown(self.width)} {shown(self.height)}",
            "width": self.width,
            "height": self.height,
            "font-family": FONT,
            "font-size": TEXT_SIZE,
        }
        words = element("title", {"id": f"{name}-title"}, self.title)
        words += element("desc", {"id": f"{name}-desc"}, self.description)
        definitions = f"<defs>{''.join(self.definitions)}</defs>" if self.definitions else ""
        return f"<svg{written(root)}>{words}{definitions}{''.join(self.shapes)}</svg>"


def element(tag: str, attributes: Attributes, content: str | None = None) -> str:
    """Write one element, its attributes in the order given."""
    start = f"<{tag}{written(attributes)}"
    return f"{start}/>" if content is None else f"{start}>{escape(clean(content))}</{tag}>"


def written(attributes: Attributes) -> str:
    """Write attributes, escaped."""
    pairs = (
        f"{name}={quoteattr(clean(value) if isinstance(value, str) else shown(value))}"
        for name, value in attributes.items()
        if value != ""
    )
    return "".join(f" {pair}" for pair in pairs)


def dashed(style: Mapping[str, str | float]) -> dict[str, str | float]:
    """Turn keywords into attributes: `stroke_width` is `stroke-width`, `kind` is the class."""
    names = {"kind": "class"}
    return {names.get(name, name.replace("_", "-")): value for name, value in style.items()}

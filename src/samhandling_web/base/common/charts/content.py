"""What each kind of chart is drawn from. Plain Python."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from samhandling_web.base.common.text import Text, _

NOW, BEFORE = _("Nu"), _("Före")
UNCERTAIN, MISSING = _("Osäkert"), _("Visas inte")
NOT_KNOWN = _("uppgift saknas")


@dataclass(frozen=True, slots=True)
class Frame:
    """What every chart has: its name, what it says in words, its unit and its size.

    `title` and `description` are read aloud; a caption on the page shows them to the eye.
    """

    title: str
    description: str
    unit: str = ""
    decimals: int = 0
    width: int = 720
    height: int = 360


@dataclass(frozen=True, slots=True)
class Estimate:
    """A value and, where it is uncertain, its interval. None is a gap, never a zero."""

    value: float | None
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """One series over time: a day (the first of its period) and an estimate each."""

    label: str
    points: tuple[tuple[date, Estimate], ...]


@dataclass(frozen=True, slots=True)
class Mark:
    """Something that happened on a day, drawn as a thin upright line with its name."""

    day: date
    label: str


@dataclass(frozen=True, slots=True)
class LineChart:
    """Up to six series over time, each named where it ends."""

    frame: Frame
    lines: tuple[Line, ...]
    marks: tuple[Mark, ...] = ()
    reference: tuple[float, str] | None = None
    from_zero: bool = True


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar. `focus` is the one the reader came for; `note` explains a missing value."""

    label: str
    estimate: Estimate
    focus: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True)
class BarChart:
    """Bars from zero, with the interval of each."""

    frame: Frame
    bars: tuple[Bar, ...]
    reference: tuple[float, str] | None = None


@dataclass(frozen=True, slots=True)
class SmallMultiples:
    """The same chart once per area or category, on one common scale."""

    frame: Frame
    panels: tuple[Line, ...]
    columns: int = 4
    common_scale: bool = True


@dataclass(frozen=True, slots=True)
class Sparkline:
    """A line the size of a word, with its last value marked."""

    title: str
    description: str
    points: tuple[tuple[date, Estimate], ...]
    width: int = 120
    height: int = 28


@dataclass(frozen=True, slots=True)
class FunnelPoint:
    """One area in a funnel plot: how large it is and where it lies."""

    label: str
    size: float
    value: float
    focus: bool = False


@dataclass(frozen=True, slots=True)
class FunnelLimit:
    """A pair of control limits over size; `label` says their coverage, such as "95 %"."""

    label: str
    sizes: tuple[float, ...]
    low: tuple[float, ...]
    high: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class FunnelPlot:
    """Areas by size and value, with what chance alone would give around the centre."""

    frame: Frame
    points: tuple[FunnelPoint, ...]
    centre: float
    centre_label: str
    limits: tuple[FunnelLimit, ...]
    size_label: str


@dataclass(frozen=True, slots=True)
class HeatMatrix:
    """Hour by weekday: seven rows from Monday, twenty-four values each. None is hidden."""

    frame: Frame
    values: tuple[tuple[float | None, ...], ...]

    def __post_init__(self) -> None:
        if [len(row) for row in self.values] != [24] * 7:
            shape = [len(row) for row in self.values]
            msg = f"An hour-by-weekday matrix has 7 rows of 24 values; got rows of {shape}."
            raise ValueError(msg)


@dataclass(frozen=True, slots=True)
class ComparisonRow:
    """One row of a comparison: now and, where there is one, before."""

    label: str
    now: Estimate
    before: Estimate | None = None
    focus: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True)
class Comparison:
    """Dots with intervals, one row each; the hollow dot is the earlier period."""

    frame: Frame
    rows: tuple[ComparisonRow, ...]
    now_label: str | Text = NOW
    before_label: str | Text = BEFORE
    reference: tuple[float, str] | None = None


@dataclass(frozen=True, slots=True)
class MapArea:
    """One area of a choropleth; `geometry` is GeoJSON in WGS84.

    `uncertain` areas are hatched over their colour; without a value they are hatched over none.
    """

    label: str
    geometry: Mapping[str, Any]
    value: float | None
    uncertain: bool = False
    focus: bool = False


@dataclass(frozen=True, slots=True)
class Choropleth:
    """Areas coloured by class. `breaks` are the upper bounds of all classes but the last."""

    frame: Frame
    areas: tuple[MapArea, ...]
    breaks: tuple[float, ...]
    uncertain_label: str | Text = UNCERTAIN
    missing_label: str | Text = MISSING
    label_areas: bool = False

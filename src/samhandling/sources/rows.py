"""One row of each typed table, with the defaults of a field that a source does not have."""

from datetime import date, datetime
from typing import NamedTuple


class EventRow(NamedTuple):
    """An event, in the order of the EVENT schema."""

    external_id: str
    category: str
    category_label: str
    start: datetime | None = None
    end: datetime | None = None
    time_precision: str = "unknown"
    lon: float | None = None
    lat: float | None = None
    position_precision: str = "none"
    municipality_code: str = ""
    area_level: str = ""
    area_code: str = ""
    title: str = ""
    text: str = ""
    url: str = ""
    count: int = 1  # type: ignore[assignment]  # hides a method of tuple that is not used
    registered: datetime | None = None
    extra: str = "{}"
    row: int = 0


class StatisticRow(NamedTuple):
    """A published value, in the order of the STATISTIC schema."""

    indicator: str
    indicator_label: str
    area_level: str
    area_code: str
    area_name: str
    period_start: date
    period_end: date
    value: float | None = None
    value_text: str = ""
    unit: str = ""
    breakdown: str = ""
    suppressed: bool = False
    preliminary: bool = False
    row: int = 0


class AreaRow(NamedTuple):
    """An area, in the order of the AREA schema."""

    level: str
    code: str
    name: str
    valid_from: date
    valid_to: date | None
    geometry: bytes
    attributes: str = "{}"
    row: int = 0


class SurveyRow(NamedTuple):
    """A survey result, in the order of the SURVEY schema."""

    survey: str
    wave: str
    fieldwork_start: date | None
    fieldwork_end: date | None
    item: str
    wording: str
    cut: str
    area_level: str
    area_code: str
    area_name: str
    group: str
    value_percent: float
    n: int | None = None
    n_basis: str = "unknown"
    response_rate_percent: float | None = None
    low: float | None = None
    high: float | None = None
    source_url: str = ""
    row: int = 0


Row = EventRow | StatisticRow | AreaRow | SurveyRow

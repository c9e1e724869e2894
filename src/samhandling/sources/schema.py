"""The typed tables every source is read into: events, statistics, areas and survey results."""

from enum import StrEnum

import pyarrow as pa

TIMESTAMP = pa.timestamp("us", tz="UTC")


class Kind(StrEnum):
    """What a source holds. Values are stored: never rename or reuse one."""

    EVENTS = "events"
    STATISTICS = "statistics"
    AREAS = "areas"
    SURVEY = "survey"


class TimePrecision(StrEnum):
    """How exactly the time of an event is known."""

    MINUTE = "minute"
    HOUR = "hour"
    DAY = "day"
    MONTH = "month"
    UNKNOWN = "unknown"


class PositionPrecision(StrEnum):
    """How exactly the place of an event is known, from a point down to nothing.

    Only `POINT` and `SNAPPED` may be drawn or counted as points.
    """

    POINT = "point"
    SNAPPED = "snapped"
    CELL = "cell"
    AREA = "area"
    NEIGHBOURHOOD = "neighbourhood"
    MUNICIPALITY = "municipality"
    COUNTY = "county"
    NONE = "none"


EVENT = pa.schema(
    [
        ("external_id", pa.string()),
        ("category", pa.string()),
        ("category_label", pa.string()),
        ("start", TIMESTAMP),
        ("end", TIMESTAMP),
        ("time_precision", pa.string()),
        ("lon", pa.float64()),
        ("lat", pa.float64()),
        ("position_precision", pa.string()),
        ("municipality_code", pa.string()),
        ("area_level", pa.string()),
        ("area_code", pa.string()),
        ("title", pa.string()),
        ("text", pa.string()),
        ("url", pa.string()),
        ("count", pa.int32()),
        ("registered", TIMESTAMP),
        ("extra", pa.string()),
        ("row", pa.int32()),
    ]
)

STATISTIC = pa.schema(
    [
        ("indicator", pa.string()),
        ("indicator_label", pa.string()),
        ("area_level", pa.string()),
        ("area_code", pa.string()),
        ("area_name", pa.string()),
        ("period_start", pa.date32()),
        ("period_end", pa.date32()),
        ("value", pa.float64()),
        ("value_text", pa.string()),
        ("unit", pa.string()),
        ("breakdown", pa.string()),
        ("suppressed", pa.bool_()),
        ("preliminary", pa.bool_()),
        ("row", pa.int32()),
    ]
)

AREA = pa.schema(
    [
        ("level", pa.string()),
        ("code", pa.string()),
        ("name", pa.string()),
        ("valid_from", pa.date32()),
        ("valid_to", pa.date32()),
        ("geometry", pa.binary()),
        ("attributes", pa.string()),
        ("row", pa.int32()),
    ]
)

SURVEY = pa.schema(
    [
        ("survey", pa.string()),
        ("wave", pa.string()),
        ("fieldwork_start", pa.date32()),
        ("fieldwork_end", pa.date32()),
        ("item", pa.string()),
        ("wording", pa.string()),
        ("cut", pa.string()),
        ("area_level", pa.string()),
        ("area_code", pa.string()),
        ("area_name", pa.string()),
        ("group", pa.string()),
        ("value_percent", pa.float64()),
        ("n", pa.int32()),
        ("n_basis", pa.string()),
        ("response_rate_percent", pa.float64()),
        ("low", pa.float64()),
        ("high", pa.float64()),
        ("source_url", pa.string()),
        ("row", pa.int32()),
    ]
)

SCHEMAS = {
    Kind.EVENTS: EVENT,
    Kind.STATISTICS: STATISTIC,
    Kind.AREAS: AREA,
    Kind.SURVEY: SURVEY,
}

"""Why a row was refused and what a reader noticed, as stored codes with English texts."""

from enum import StrEnum


class Reason(StrEnum):
    """Why a row was refused. Values are stored: never rename or reuse one."""

    MISSING_VALUE = "missing_value"
    BAD_DATE = "bad_date"
    BAD_NUMBER = "bad_number"
    BAD_AREA_CODE = "bad_area_code"
    BAD_COORDINATES = "bad_coordinates"
    NULL_ISLAND = "null_island"
    PROJECTED_COORDINATES = "projected_coordinates"
    OUTSIDE_MUNICIPALITY = "outside_municipality"
    TIME_IN_FUTURE = "time_in_future"
    END_BEFORE_START = "end_before_start"
    DUPLICATE = "duplicate"
    UNKNOWN_CLASS = "unknown_class"
    UNREADABLE_ROW = "unreadable_row"
    LINE_TOO_LONG = "line_too_long"
    WRONG_COLUMN_COUNT = "wrong_column_count"
    NO_GEOMETRY = "no_geometry"
    NOT_A_POLYGON = "not_a_polygon"
    BAD_GEOMETRY = "bad_geometry"
    GEOMETRY_OUTSIDE_WORLD = "geometry_outside_world"


class NoticeCode(StrEnum):
    """What a reader noticed without refusing the row. Values are stored."""

    ENCODING = "encoding"
    BYTE_ORDER_MARK = "byte_order_mark"
    DECIMAL_COMMA = "decimal_comma"
    FORMULA_KEPT_AS_TEXT = "formula_kept_as_text"
    AMBIGUOUS_LOCAL_TIME = "ambiguous_local_time"
    MISSING_LOCAL_TIME = "missing_local_time"
    NO_EVENT_TIME = "no_event_time"
    NO_CRIME_DATE = "no_crime_date"
    CRIME_DATE_AFTER_REGISTRATION = "crime_date_after_registration"
    SWAPPED_COORDINATES = "swapped_coordinates"
    REPROJECTED = "reprojected"
    THIRD_DIMENSION_DROPPED = "third_dimension_dropped"
    GEOMETRY_REPAIRED = "geometry_repaired"
    CODE_FROM_NAME = "code_from_name"
    CODE_FROM_ROW = "code_from_row"
    UNKNOWN_MUNICIPALITY = "unknown_municipality"
    NO_AREA_CODE = "no_area_code"
    SUPPRESSED_VALUE = "suppressed_value"
    AREA_VINTAGE = "area_vintage"
    FOOTNOTES_SKIPPED = "footnotes_skipped"
    OTHER_MEMBERS_IGNORED = "other_members_ignored"


REASON_TEXTS: dict[Reason, str] = {
    Reason.MISSING_VALUE: "{field} is empty; fill it in.",
    Reason.BAD_DATE: "{field} {value!r} is not a date or time that can be read; write YYYY-MM-DD.",
    Reason.BAD_NUMBER: "{field} {value!r} is not a number in the range it must have.",
    Reason.BAD_AREA_CODE: "{value!r} is not an area code of the form this source uses.",
    Reason.BAD_COORDINATES: "{lat}, {lon} is not a latitude and longitude in degrees.",
    Reason.NULL_ISLAND: "The position is 0, 0, which stands for a missing position.",
    Reason.PROJECTED_COORDINATES: (
        "{lat}, {lon} look like {crs}, not degrees; state the coordinate system in the mapping."
    ),
    Reason.OUTSIDE_MUNICIPALITY: "{lat}, {lon} lies outside the municipality.",
    Reason.TIME_IN_FUTURE: "{field} {value} is later than the import at {now}.",
    Reason.END_BEFORE_START: "The end {end} is before the start {start}.",
    Reason.DUPLICATE: "{value!r} already stands on row {first_row} of the file.",
    Reason.UNKNOWN_CLASS: "{value!r} is not one of the classes of the list.",
    Reason.UNREADABLE_ROW: "The row cannot be read: {detail}.",
    Reason.LINE_TOO_LONG: "The line is longer than {limit} bytes; check for a missing line break.",
    Reason.WRONG_COLUMN_COUNT: "The row has {found} columns where the header has {expected}.",
    Reason.NO_GEOMETRY: "The area has no geometry.",
    Reason.NOT_A_POLYGON: "The area is a {value}, not a polygon.",
    Reason.BAD_GEOMETRY: "The geometry cannot be read or repaired: {detail}.",
    Reason.GEOMETRY_OUTSIDE_WORLD: (
        "The geometry reaches {value}, outside the world; check the coordinate system {crs}."
    ),
}

NOTICE_TEXTS: dict[NoticeCode, str] = {
    NoticeCode.ENCODING: "The file was read as {encoding}.",
    NoticeCode.BYTE_ORDER_MARK: "The file begins with a byte order mark, which was removed.",
    NoticeCode.DECIMAL_COMMA: "Decimal commas were read as decimal points ({count} values).",
    NoticeCode.FORMULA_KEPT_AS_TEXT: (
        "{count} cells begin like a spreadsheet formula and are kept as text (first on row {row})."
    ),
    NoticeCode.AMBIGUOUS_LOCAL_TIME: (
        "{count} times fall in the hour that occurs twice when summer time ends; "
        "the first was taken (first on row {row})."
    ),
    NoticeCode.MISSING_LOCAL_TIME: (
        "{count} times do not exist because summer time began; "
        "they were moved one hour forward (first on row {row})."
    ),
    NoticeCode.NO_EVENT_TIME: "{count} events do not say when they happened (first on row {row}).",
    NoticeCode.NO_CRIME_DATE: "{count} rows have no date of the crime (first on row {row}).",
    NoticeCode.CRIME_DATE_AFTER_REGISTRATION: (
        "{count} rows give a crime date after the day of registration; the crime date was "
        "left out (first on row {row})."
    ),
    NoticeCode.SWAPPED_COORDINATES: (
        "{count} positions had latitude and longitude swapped and were turned round "
        "(first on row {row})."
    ),
    NoticeCode.REPROJECTED: "Coordinates were converted from {crs} to WGS84.",
    NoticeCode.THIRD_DIMENSION_DROPPED: "Heights and measures were dropped from {count} areas.",
    NoticeCode.GEOMETRY_REPAIRED: "{count} geometries were invalid and repaired (first {row}).",
    NoticeCode.CODE_FROM_NAME: "The file has no code column; names are used as codes.",
    NoticeCode.CODE_FROM_ROW: "The file has no code or name column; row numbers are used as codes.",
    NoticeCode.UNKNOWN_MUNICIPALITY: (
        "{count} rows name a municipality without a known code (first {value!r} on row {row})."
    ),
    NoticeCode.NO_AREA_CODE: (
        "{count} rows have no small-area code and are placed by municipality (first on row {row})."
    ),
    NoticeCode.SUPPRESSED_VALUE: (
        "{count} values are withheld by the publisher: unknown, not zero (first on row {row})."
    ),
    NoticeCode.AREA_VINTAGE: "The area codes belong to the {vintage} division; kept as published.",
    NoticeCode.FOOTNOTES_SKIPPED: "{count} lines of notes under the table were skipped.",
    NoticeCode.OTHER_MEMBERS_IGNORED: "Only {used} was read; {ignored} was left.",
}

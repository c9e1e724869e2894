"""Any CSV or Excel table, read through a mapping that a person has saved."""

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any, BinaryIO

import pyproj
import pyproj.exceptions

from samhandling.sources.cell_text import is_suppressed
from samhandling.sources.chunking import ChunkBuilder
from samhandling.sources.codes import NoticeCode, Reason
from samhandling.sources.delimited import check_once
from samhandling.sources.geometry_files import known_crs
from samhandling.sources.mapped_fields import FieldReader
from samhandling.sources.mapped_lines import open_lines, source_columns
from samhandling.sources.mapping import Mapping
from samhandling.sources.municipalities import MunicipalityNames
from samhandling.sources.positions import PositionChecker
from samhandling.sources.protocol import Chunk, ReadOptions, Source, UnreadableFile
from samhandling.sources.published_periods import parse_period
from samhandling.sources.rows import EventRow, Row, StatisticRow, SurveyRow
from samhandling.sources.schema import (
    SCHEMAS,
    Kind,
    PositionPrecision,
    TimePrecision,
)
from samhandling.sources.slugs import slug
from samhandling.sources.table_reading import RowRefused

REQUIRED = {
    Kind.EVENTS: ("category", "start"),
    Kind.STATISTICS: ("indicator", "area_code", "period_start", "value"),
    Kind.SURVEY: ("survey", "wave", "item", "value_percent"),
}
N_BASES = frozenset({"item", "whole_survey", "unknown"})
Texts = dict[str, str]


def read(stream: BinaryIO, filename: str, options: ReadOptions) -> Iterator[Chunk]:
    """Read a table through `options.mapping`.

    Parameters
    ----------
    stream, filename, options
        As the source protocol says; `mapping` must be given. A mapped column "Datum + Tid"
        joins two columns with a space.

    Yields
    ------
    Chunk
        Rows of the mapping's kind. Events without a mapped `external_id` are known by their row
        number, so such a file can be imported again only as it is.

    Raises
    ------
    UnreadableFile
        If there is no mapping, it lacks a required field, names a column the file does not
        have, or the file is damaged.
    """
    mapping = _checked_mapping(options, filename)
    opened = open_lines(stream, filename, options, mapping)
    takes = _column_positions(mapping, opened.header, filename)
    builder = ChunkBuilder(SCHEMAS[mapping.kind], options.chunk_rows)
    interpret = _INTERPRETERS[mapping.kind](mapping, options, builder, filename)
    for line in opened:
        if line.rejection is not None:
            builder.reject(line.rejection)
        else:
            texts = dict(mapping.constants)
            for field, at in takes.items():
                texts[field] = " ".join(line.values[n].strip() for n in at).strip()
            try:
                builder.accept(interpret.row(line.row, texts))
            except RowRefused as refused:
                raw = opened.raw(line.values)
                builder.refuse(line.row, refused.code, raw, **refused.parameters)
        if builder.full:
            yield builder.take()
    builder.notice_file(opened.notices())
    yield builder.take()


def _checked_mapping(options: ReadOptions, filename: str) -> Mapping:
    mapping = options.mapping
    if mapping is None:
        message = "Map the columns of {file} first."
        raise UnreadableFile("no_mapping", message, file=filename)
    given = set(mapping.columns) | set(mapping.constants)
    missing = [field for field in REQUIRED[mapping.kind] if field not in given]
    if missing:
        message = "The mapping of {file} lacks {missing}."
        raise UnreadableFile("missing_fields", message, file=filename, missing=", ".join(missing))
    return mapping


def _column_positions(mapping: Mapping, header: list[str], filename: str) -> dict[str, list[int]]:
    positions: dict[str, list[int]] = {}
    for field, column in mapping.columns.items():
        columns = source_columns(column, header)
        absent = [name for name in columns if name not in header]
        if absent:
            message = "{file} lacks the columns {missing}; it has {found}."
            found = ", ".join(header)[:1000]
            raise UnreadableFile(
                "missing_columns",
                message,
                file=filename,
                missing=", ".join(absent),
                found=found,
            )
        check_once(columns, header, filename)
        positions[field] = [header.index(name) for name in columns]
    return positions


class _Interpreter:
    """What the three kinds have in common."""

    def __init__(
        self, mapping: Mapping, options: ReadOptions, builder: ChunkBuilder, filename: str
    ) -> None:
        self.filename = filename
        self.mapping = mapping
        self.options = options
        self.builder = builder
        self.fields = FieldReader(mapping, options, builder)

    def row(self, row: int, texts: Texts) -> Row:
        """Make a row of the texts by field, or raise RowRefused."""
        raise NotImplementedError

    def values(self, row: int, texts: Texts, skip: tuple[str, ...] = ()) -> dict[str, Any]:
        """Read every mapped field that is not a time."""
        self.fields.row = row
        for field in REQUIRED[self.mapping.kind]:
            if not texts.get(field, "").strip():
                raise RowRefused(Reason.MISSING_VALUE, field=field)
        return {
            field: self.fields.value(field, text)
            for field, text in texts.items()
            if field not in skip and field != "row" and not self.fields.is_time(field)
        }


class _Events(_Interpreter):
    def __init__(
        self, mapping: Mapping, options: ReadOptions, builder: ChunkBuilder, filename: str
    ) -> None:
        super().__init__(mapping, options, builder, filename)
        self._names = MunicipalityNames(options.municipality_codes)
        try:
            crs = known_crs(mapping.crs, filename)
            self._positions = PositionChecker(crs, options.bounds)
        except pyproj.exceptions.ProjError as error:
            message = "{crs!r} cannot be turned into longitude and latitude."
            raise UnreadableFile("unknown_crs", message, crs=mapping.crs) from error

    def row(self, row: int, texts: Texts) -> EventRow:
        """Make an event."""
        values = self.values(row, texts)
        label = values.pop("category")
        values.update(self._times(texts))
        values.update(self._place(row, values))
        values["category_label"] = values.get("category_label") or label
        values["external_id"] = values.get("external_id") or f"row-{row}"
        if values.get("count") is None:
            values["count"] = 1
        return EventRow(**{**values, "category": slug(label) or label, "row": row})

    def _times(self, texts: Texts) -> dict[str, Any]:
        start = self.fields.moment("start", texts["start"])
        end = self.fields.moment("end", texts.get("end", ""))
        registered = self.fields.moment("registered", texts.get("registered", ""))
        if start is None:
            raise RowRefused(Reason.MISSING_VALUE, field="start")
        begun, precision = start
        ended = self.fields.end_of(*end) if end else self.fields.end_of(begun, precision)
        # A last day that ends as the first begins lies wholly before it.
        whole_day = end is not None and end[1] is TimePrecision.DAY
        if ended < begun or (whole_day and ended == begun):
            raise RowRefused(
                Reason.END_BEFORE_START, start=begun.isoformat(), end=ended.isoformat()
            )
        stated = texts.get("time_precision", "").strip()
        if stated and stated not in set(TimePrecision):
            raise RowRefused(Reason.UNKNOWN_CLASS, value=stated)
        return {
            "start": begun,
            "end": ended,
            "registered": registered[0] if registered else None,
            "time_precision": stated or precision,
        }

    def _place(self, row: int, values: dict[str, Any]) -> dict[str, Any]:
        place: dict[str, Any] = {"municipality_code": self._municipality(row, values)}
        x, y = values.get("lon"), values.get("lat")
        if (x is None) != (y is None):
            raise RowRefused(Reason.MISSING_VALUE, field="lat" if y is None else "lon")
        if x is not None and y is not None:
            position = self._positions.check(x, y)
            place.update(lon=position.lon, lat=position.lat)
            if position.was_swapped:
                self.builder.notice(NoticeCode.SWAPPED_COORDINATES, row)
        stated = values.get("position_precision", "")
        if stated and stated not in set(PositionPrecision):
            raise RowRefused(Reason.UNKNOWN_CLASS, value=stated)
        area = values.get("area_code", "")
        place["position_precision"] = stated or _precision(x is not None, area, place)
        if area and not values.get("area_level"):
            place["area_level"] = self.options.level
        return place

    def _municipality(self, row: int, values: dict[str, Any]) -> str:
        stated = values.get("municipality_code", "")
        if not stated:
            return self.options.municipality_code
        if stated.isdigit():
            return str(stated).zfill(4)
        code = self._names.code(stated)
        if not code:
            self.builder.notice(NoticeCode.UNKNOWN_MUNICIPALITY, row, value=stated[:100])
        return code


def _precision(has_point: bool, area: str, place: dict[str, Any]) -> PositionPrecision:  # noqa: FBT001
    if has_point:
        return PositionPrecision.POINT
    if area:
        return PositionPrecision.AREA
    if place["municipality_code"]:
        return PositionPrecision.MUNICIPALITY
    return PositionPrecision.NONE


class _Statistics(_Interpreter):
    def row(self, row: int, texts: Texts) -> StatisticRow:
        """Make a statistic; a period such as 2023K1 gives both its days."""
        values = self.values(row, texts, skip=("period_start", "period_end"))
        start, end = self._period(texts)
        withheld = is_suppressed(texts["value"])
        if withheld:
            self.builder.notice(NoticeCode.SUPPRESSED_VALUE, row)
        label = values.pop("indicator")
        values["indicator_label"] = values.get("indicator_label") or label
        values["area_level"] = values.get("area_level") or self.options.level
        values.setdefault("area_name", "")
        values["suppressed"] = withheld or values.get("suppressed", False)
        values.update(period_start=start, period_end=end, row=row)
        return StatisticRow(indicator=slug(label) or label, **values)

    def _period(self, texts: Texts) -> tuple[date, date]:
        first = self._days(texts, "period_start")
        last = self._days(texts, "period_end") if texts.get("period_end") else first
        if last[1] < first[0]:
            start, end = first[0].isoformat(), last[1].isoformat()
            raise RowRefused(Reason.END_BEFORE_START, start=start, end=end)
        return first[0], last[1]

    def _days(self, texts: Texts, field: str) -> tuple[date, date]:
        text = texts[field].strip()
        period = None if self.mapping.date_format else parse_period(text)
        if period is None:
            day = self.fields.value(field, text)
            period = (day, day)
        return period


class _Survey(_Interpreter):
    def row(self, row: int, texts: Texts) -> SurveyRow:
        """Make a survey result; percentages must lie between 0 and 100."""
        values = self.values(row, texts)
        for field in ("value_percent", "response_rate_percent", "low", "high"):
            number = values.get(field)
            if number is not None and not 0 <= number <= 100:
                raise RowRefused(Reason.BAD_NUMBER, field=field, value=texts[field][:100])
        if values["value_percent"] is None:
            raise RowRefused(Reason.MISSING_VALUE, field="value_percent")
        if _is_reversed(values, "low", "high"):
            raise RowRefused(Reason.BAD_NUMBER, field="high", value=texts["high"][:100])
        if _is_reversed(values, "fieldwork_start", "fieldwork_end"):
            start, end = texts["fieldwork_start"][:100], texts["fieldwork_end"][:100]
            raise RowRefused(Reason.END_BEFORE_START, start=start, end=end)
        if values.get("n_basis", "unknown") not in N_BASES:
            raise RowRefused(Reason.UNKNOWN_CLASS, value=values["n_basis"])
        for field in ("wording", "cut", "area_code", "area_name", "group"):
            values.setdefault(field, "")
        values.setdefault("area_level", self.options.level)
        values.setdefault("fieldwork_start", None)
        values.setdefault("fieldwork_end", None)
        label = values.pop("item")
        values["wording"] = values["wording"] or label
        return SurveyRow(**{**values, "item": slug(label) or label, "row": row})


def _is_reversed(values: dict[str, Any], first: str, last: str) -> bool:
    low, high = values.get(first), values.get(last)
    return low is not None and high is not None and bool(high < low)


_INTERPRETERS: dict[Kind, Callable[[Mapping, ReadOptions, ChunkBuilder, str], _Interpreter]] = {
    Kind.EVENTS: _Events,
    Kind.STATISTICS: _Statistics,
    Kind.SURVEY: _Survey,
}


SOURCE = Source(
    slug="mapped_table",
    name="Tabell med egna kolumner",
    kind=Kind.EVENTS,
    publisher="Den som lämnar filen",
    licence="Enligt den som lämnar filen",
    caveats=("A person has said what the columns mean; check the preview.",),
    file_endings=(".csv", ".csv.gz", ".txt", ".xlsx"),
    example="ordningsvakter_rapporter.csv",
    read=read,
)

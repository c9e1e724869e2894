"""Statistics Sweden's tables as the JSON their interface answers with."""

import json
from collections.abc import Iterator, Mapping
from typing import Any, BinaryIO

from samhandling.sources.area_codes import level_of
from samhandling.sources.breakdowns import canonical_breakdown, category_slug, dimension_slug
from samhandling.sources.cell_text import is_suppressed, parse_number
from samhandling.sources.chunking import ChunkBuilder
from samhandling.sources.codes import NoticeCode, Reason
from samhandling.sources.delimited import RAW_CHARACTERS
from samhandling.sources.json_records import json_members
from samhandling.sources.protocol import Chunk, ReadOptions, Source, UnreadableFile
from samhandling.sources.published_periods import parse_period
from samhandling.sources.pxweb_excel import NOT_APPLICABLE
from samhandling.sources.pxweb_excel import SOURCE as WORKBOOKS
from samhandling.sources.pxweb_indicators import measure
from samhandling.sources.rows import StatisticRow
from samhandling.sources.schema import STATISTIC, Kind
from samhandling.sources.table_reading import RowRefused

DIMENSION_TYPES = ("d", "t")
REGION, TIME = "region", "time"


def read(stream: BinaryIO, filename: str, options: ReadOptions) -> Iterator[Chunk]:
    """Read an answer of the interface.

    Parameters
    ----------
    stream, filename, options
        As the source protocol says; `level` overrides the level told by the area codes.

    Yields
    ------
    Chunk
        STATISTIC rows. A category that stands for all is left out of `breakdown`.

    Raises
    ------
    UnreadableFile
        If it is not such an answer, or is cut short.
    """
    builder = ChunkBuilder(STATISTIC, options.chunk_rows)
    interpreter: _Interpreter | None = None
    row = 0
    for member in json_members(stream, filename, options.limits, array="data"):
        if member.name == "columns" and not member.is_item:
            interpreter = _Interpreter(member.value, options, builder, filename)
        if not member.is_item:
            continue
        if interpreter is None:
            message = "{file} has no columns before its data; it is not a table of SCB's."
            raise UnreadableFile("no_columns", message, file=filename)
        row += 1
        interpreter.add(row, member.value)
        if builder.full:
            yield builder.take()
    if interpreter is None:
        message = "{file} has no columns; it is not a table of SCB's."
        raise UnreadableFile("no_columns", message, file=filename)
    yield builder.take()


class _Interpreter:
    """Turns records of key and values into rows."""

    def __init__(
        self, columns: object, options: ReadOptions, builder: ChunkBuilder, filename: str
    ) -> None:
        listed = columns if isinstance(columns, list) else []
        described = [column for column in listed if isinstance(column, dict)]
        keys = [c for c in described if c.get("type") in DIMENSION_TYPES]
        self._dimensions = [_dimension(column) for column in keys]
        contents = [str(c.get("text", "")) for c in described if c.get("type") == "c"]
        self._measures = [measure(text) for text in contents]
        self._options = options
        self._builder = builder
        if not {REGION, TIME} <= set(self._dimensions) or not contents:
            message = "{file} has no region, time and content among its columns."
            raise UnreadableFile("no_columns", message, file=filename)

    def add(self, row: int, record: object) -> None:
        """Accept every value of a record, or refuse the record."""
        try:
            for accepted in list(self._rows(row, record)):
                self._builder.accept(accepted)
        except RowRefused as refused:
            raw = {"record": json.dumps(record, ensure_ascii=False)[:RAW_CHARACTERS]}
            self._builder.refuse(row, refused.code, raw, **refused.parameters)

    def _rows(self, row: int, record: object) -> Iterator[StatisticRow]:
        key, values = _parts(record, len(self._dimensions), len(self._measures))
        categories = dict(zip(self._dimensions, key, strict=True))
        code = categories.pop(REGION)
        level = level_of(code)
        if not level:
            raise RowRefused(Reason.BAD_AREA_CODE, value=code)
        time = categories.pop(TIME)
        period = parse_period(time)
        if period is None:
            raise RowRefused(Reason.BAD_DATE, field="Tid", value=time)
        self._builder.notice_vintage(code)
        breakdown = canonical_breakdown(
            {name: category_slug(name, text) for name, text in categories.items()}
        )
        for measured, text in zip(self._measures, values, strict=True):
            value, suppressed = parse_number(text), is_suppressed(text)
            if value is None and not suppressed and text not in NOT_APPLICABLE:
                raise RowRefused(Reason.BAD_NUMBER, field=measured.label, value=text)
            if suppressed:
                self._builder.notice(NoticeCode.SUPPRESSED_VALUE, row)
            yield StatisticRow(
                measured.indicator,
                measured.label,
                self._options.level or level,
                code,
                "",
                period_start=period[0],
                period_end=period[1],
                value=value,
                value_text="" if value is not None else text,
                unit=measured.unit,
                breakdown=breakdown,
                suppressed=suppressed,
                row=row,
            )


def _dimension(column: Mapping[str, Any]) -> str:
    if column.get("type") == "t":
        return TIME
    return dimension_slug(str(column.get("text", "")))


def _parts(record: object, keys: int, contents: int) -> tuple[list[str], list[str]]:
    key = record.get("key") if isinstance(record, Mapping) else None
    values = record.get("values") if isinstance(record, Mapping) else None
    if not isinstance(key, list) or not isinstance(values, list):
        raise RowRefused(Reason.UNREADABLE_ROW, detail="it has no lists key and values")
    if len(key) != keys or len(values) != contents:
        detail = f"it has {len(key)} keys and {len(values)} values"
        raise RowRefused(Reason.UNREADABLE_ROW, detail=detail)
    return [str(part).strip() for part in key], [str(value).strip() for value in values]


SOURCE = Source(
    slug="pxweb_json",
    name="SCB:s tabeller som JSON",
    kind=Kind.STATISTICS,
    publisher=WORKBOOKS.publisher,
    licence=WORKBOOKS.licence,
    caveats=WORKBOOKS.caveats,
    file_endings=(".json", ".json.gz"),
    example="regso_folkmangd.json",
    read=read,
)

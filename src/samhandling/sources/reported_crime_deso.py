"""Reported offences disclosed by the police, one row each, with the DeSO where coded."""

import json
from collections.abc import Iterator
from datetime import date
from typing import BinaryIO, NamedTuple

from samhandling.sources.area_codes import MUNICIPALITY_DIGITS, is_deso
from samhandling.sources.cell_text import parse_count
from samhandling.sources.chunking import ChunkBuilder
from samhandling.sources.clock_times import LocalClock, parse_day
from samhandling.sources.codes import NoticeCode, Reason
from samhandling.sources.delimited import DelimitedFile, Line
from samhandling.sources.municipalities import MunicipalityNames
from samhandling.sources.protocol import Chunk, ReadOptions, Source
from samhandling.sources.rows import EventRow
from samhandling.sources.schema import EVENT, Kind, PositionPrecision, TimePrecision
from samhandling.sources.table_reading import RowRefused

COLUMNS = (
    "Id",
    "Brottskod",
    "Brottskod.klartext",
    "Inskrivningsdatum",
    "Brottsdatum",
    "Kommun",
    "Län",
    "DeSO.område",
    "Antal",
)
NOTHING = frozenset({"", "NA"})
"""What the disclosed files write where there is no value."""


class _Disclosed(NamedTuple):
    """A row as disclosed, in the order of COLUMNS."""

    identity: str
    offence_code: str
    label: str
    registered: str
    crime_date: str
    municipality: str
    county: str
    deso: str
    number: str


def read(stream: BinaryIO, filename: str, options: ReadOptions) -> Iterator[Chunk]:
    """Read disclosed offences.

    Parameters
    ----------
    stream, filename, options
        As the source protocol says; `municipality_codes` places the rows without DeSO.

    Yields
    ------
    Chunk
        EVENT rows of a whole day: `start` is local midnight and `end` the next one. A crime date
        that is missing, or later than the registration, is left out with a notice, and the row
        is kept with its day of registration in `registered`. Dates after the import are refused.

    Raises
    ------
    UnreadableFile
        If columns are missing or the file is damaged.
    """
    table = DelimitedFile(stream, filename, options.limits)
    positions = table.positions(COLUMNS)
    interpreter = _Interpreter(options)
    builder = interpreter.builder
    for line in table:
        if line.rejection is not None:
            builder.reject(line.rejection)
        else:
            disclosed = _Disclosed(*(line.values[at].strip() for at in positions))
            try:
                builder.accept(interpreter.event(line, disclosed))
            except RowRefused as refusal:
                raw = table.raw(line.values)
                builder.refuse(line.row, refusal.code, raw, **refusal.parameters)
        if builder.full:
            yield builder.take()
    builder.notice_file(table.notices())
    yield builder.take()


class _Interpreter:
    """Turns disclosed rows into events."""

    def __init__(self, options: ReadOptions) -> None:
        self.builder = ChunkBuilder(EVENT, options.chunk_rows)
        self._clock = LocalClock(options.timezone)
        self._today = options.now.astimezone(self._clock.zone).date()
        self._names = MunicipalityNames(options.municipality_codes)

    def event(self, line: Line, row: _Disclosed) -> EventRow:
        """Read one row, or raise the refusal."""
        for field, value in (("Id", row.identity), ("Brottskod", row.offence_code)):
            if value in NOTHING:
                raise RowRefused(Reason.MISSING_VALUE, field=field)
        number = parse_count(row.number)
        if not number:
            raise RowRefused(Reason.BAD_NUMBER, field="Antal", value=row.number)
        registered = self._day("Inskrivningsdatum", row.registered)
        if registered is None:
            raise RowRefused(Reason.MISSING_VALUE, field="Inskrivningsdatum")
        day = self._crime_day(line.row, row.crime_date, registered)
        start, end = self._clock.day(day) if day else (None, None)
        code, level, area = self._place(line.row, row)
        return EventRow(
            external_id=f"{row.offence_code}-{row.identity}",
            category=row.offence_code,
            category_label=row.label,
            start=start,
            end=end,
            time_precision=TimePrecision.DAY if day else TimePrecision.UNKNOWN,
            position_precision=_precision(level),
            municipality_code=code,
            area_level=level,
            area_code=area,
            title=row.label,
            count=number,
            registered=self._clock.day(registered)[0],
            extra=json.dumps(
                {"municipality": row.municipality, "county": row.county}, ensure_ascii=False
            ),
            row=line.row,
        )

    def _day(self, field: str, text: str) -> date | None:
        if text in NOTHING:
            return None
        day = parse_day(text)
        if day is None:
            raise RowRefused(Reason.BAD_DATE, field=field, value=text)
        if day > self._today:
            now = self._today.isoformat()
            raise RowRefused(Reason.TIME_IN_FUTURE, field=field, value=text, now=now)
        return day

    def _crime_day(self, row: int, text: str, registered: date) -> date | None:
        day = self._day("Brottsdatum", text)
        if day is None:
            self.builder.notice(NoticeCode.NO_CRIME_DATE, row)
        elif day > registered:
            self.builder.notice(NoticeCode.CRIME_DATE_AFTER_REGISTRATION, row)
            return None
        return day

    def _place(self, number: int, row: _Disclosed) -> tuple[str, str, str]:
        if row.deso not in NOTHING:
            if not is_deso(row.deso):
                raise RowRefused(Reason.BAD_AREA_CODE, value=row.deso)
            return row.deso[:MUNICIPALITY_DIGITS], "deso", row.deso
        self.builder.notice(NoticeCode.NO_AREA_CODE, number)
        named = self._names.code(row.municipality)
        if not named:
            self.builder.notice(NoticeCode.UNKNOWN_MUNICIPALITY, number, value=row.municipality)
            return "", "", ""
        return named, "municipality", named


def _precision(level: str) -> PositionPrecision:
    return {
        "deso": PositionPrecision.AREA,
        "municipality": PositionPrecision.MUNICIPALITY,
    }.get(level, PositionPrecision.NONE)


SOURCE = Source(
    slug="reported_crime_deso",
    name="Polisanmälda brott med DeSO",
    kind=Kind.EVENTS,
    publisher="Polismyndigheten",
    licence="Ingen licens angiven; utlämnad allmän handling",
    caveats=(
        "Reported, not committed; the place is that of the offence.",
        "Coverage of area codes changes over the years: show it beside any trend.",
        "The first years hold only offences that were registered late.",
        "The day of the crime can be years before that of the report, or be missing.",
    ),
    file_endings=(".csv", ".csv.gz"),
    example="1211_skadegorelse_bilbrand.csv.gz",
    read=read,
)

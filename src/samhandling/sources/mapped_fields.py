"""Turns the text of mapped columns into the typed fields of a row."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pyarrow as pa

from samhandling.sources.cell_text import is_formula, is_suppressed, parse_count, parse_number
from samhandling.sources.chunking import ChunkBuilder
from samhandling.sources.clock_times import CLOCK_SLACK, LocalClock, parse_day, parse_moment
from samhandling.sources.codes import NoticeCode, Reason
from samhandling.sources.mapping import Mapping
from samhandling.sources.protocol import ReadOptions
from samhandling.sources.schema import SCHEMAS, TIMESTAMP, TimePrecision
from samhandling.sources.table_reading import RowRefused

YES = frozenset({"1", "ja", "j", "true", "sant", "yes", "y", "x"})
NO = frozenset({"", "0", "nej", "n", "false", "falskt", "no"})
# What a strptime format must hold for a time to be known so exactly, the finest first.
PRECISION_MARKS = {
    TimePrecision.MINUTE: ("%M", "%X", "%c"),
    TimePrecision.HOUR: ("%H", "%I"),
    TimePrecision.DAY: ("%d", "%j", "%x", "%a", "%A", "%w", "%u"),
    TimePrecision.MONTH: ("%m", "%b", "%B"),
}


class FieldReader:
    """Reads typed values for one mapping; told which row it is on by `row`."""

    def __init__(self, mapping: Mapping, options: ReadOptions, builder: ChunkBuilder) -> None:
        self.row = 0
        self._mapping = mapping
        self._builder = builder
        self._clock = LocalClock(options.timezone)
        self._now = options.now.astimezone(UTC)
        readers: dict[pa.DataType, Callable[[str, str], Any]] = {
            pa.string(): self._text,
            pa.float64(): self.number,
            pa.int32(): self._count,
            pa.bool_(): self._flag,
            pa.date32(): self._date,
        }
        # Looked up for every value of every row: by name, since comparing types is slow.
        types = {field.name: field.type for field in SCHEMAS[mapping.kind]}
        self._times = frozenset(name for name, kind in types.items() if kind == TIMESTAMP)
        self._readers = {name: readers[kind] for name, kind in types.items() if kind in readers}

    def value(self, field: str, text: str) -> Any:
        """Read a field that is neither a time nor empty by nature; raise RowRefused if it fails."""
        return self._readers[field](field, text.strip())

    def is_time(self, field: str) -> bool:
        """Whether the field holds a moment, which `moment` reads."""
        return field in self._times

    def moment(self, field: str, text: str) -> tuple[datetime, TimePrecision] | None:
        """Read a moment in UTC with its precision, None if the text is empty.

        Raises
        ------
        RowRefused
            If it cannot be read or is later than the import.
        """
        text = text.strip()
        if not text:
            return None
        found = self._parsed(text)
        if found is None:
            raise RowRefused(Reason.BAD_DATE, field=field, value=text[:100])
        moment, precision = found
        if precision is None:
            # Only a year: no month to count it in.
            raise RowRefused(Reason.BAD_DATE, field=field, value=text[:100])
        if moment.tzinfo is None:
            moment, problem = self._clock.to_utc(moment)
            if problem:
                self._builder.notice(problem, self.row)
        if moment > self._now + CLOCK_SLACK:
            now = self._now.isoformat()
            raise RowRefused(Reason.TIME_IN_FUTURE, field=field, value=text[:100], now=now)
        return moment, precision

    def end_of(self, start: datetime, precision: TimePrecision) -> datetime:
        """Return when what began at `start` ended at the latest, as far as it is known."""
        if precision is TimePrecision.HOUR:
            return start + timedelta(hours=1)
        day = start.astimezone(self._clock.zone).date()
        if precision is TimePrecision.DAY:
            return self._clock.day(day)[1]
        if precision is TimePrecision.MONTH:
            following = (day.replace(day=1) + timedelta(days=31)).replace(day=1)
            return self._clock.day(following)[0]
        return start

    def _parsed(self, text: str) -> tuple[datetime, TimePrecision | None] | None:
        form = self._mapping.date_format
        if not form:
            return parse_moment(text)
        try:
            moment = datetime.strptime(text, form)  # noqa: DTZ007 - local time, converted later
            self._clock.to_utc(moment.replace(tzinfo=None))
        except (ValueError, OverflowError):
            return None
        return moment, _precision_of(form)

    def number(self, field: str, text: str) -> float | None:
        """Read a number; None if it is empty or withheld."""
        if not text or is_suppressed(text):
            return None
        comma = self._mapping.decimal_comma or field in ("lon", "lat")
        value = parse_number(text, decimal_comma=comma)
        if value is None:
            raise RowRefused(Reason.BAD_NUMBER, field=field, value=text[:100])
        if comma and "," in text:
            self._builder.notice(NoticeCode.DECIMAL_COMMA, self.row)
        return value

    def _count(self, field: str, text: str) -> int | None:
        if not text:
            return None
        value = parse_count(text)
        if value is None:
            raise RowRefused(Reason.BAD_NUMBER, field=field, value=text[:100])
        return value

    def _text(self, _: str, text: str) -> str:
        if is_formula(text):
            self._builder.notice(NoticeCode.FORMULA_KEPT_AS_TEXT, self.row)
        return text

    def _flag(self, field: str, text: str) -> bool:
        folded = text.casefold()
        if folded not in YES | NO:
            raise RowRefused(Reason.BAD_NUMBER, field=field, value=text[:100])
        return folded in YES

    def _date(self, field: str, text: str) -> date | None:
        if not text:
            return None
        day = self._parsed_day(text)
        if day is None:
            raise RowRefused(Reason.BAD_DATE, field=field, value=text[:100])
        return day

    def _parsed_day(self, text: str) -> date | None:
        if not self._mapping.date_format:
            return parse_day(text)
        found = self._parsed(text)
        return found[0].date() if found else None


def _precision_of(form: str) -> TimePrecision | None:
    plain = form.replace("%%", "")
    return next(
        (
            precision
            for precision, marks in PRECISION_MARKS.items()
            if any(mark in plain for mark in marks)
        ),
        None,
    )

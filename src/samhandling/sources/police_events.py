"""The police's press events: the API's JSON, collected CSV and JSON with article text."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Any, BinaryIO

from samhandling.sources.cell_text import is_formula
from samhandling.sources.chunking import ChunkBuilder
from samhandling.sources.clock_times import (
    CLOCK_SLACK,
    MONTH_NUMBERS,
    LocalClock,
    parse_moment,
)
from samhandling.sources.codes import NoticeCode, Reason
from samhandling.sources.delimited import RAW_CHARACTERS, DelimitedFile
from samhandling.sources.json_records import json_members
from samhandling.sources.municipalities import MunicipalityNames
from samhandling.sources.packed_bytes import ByteStream, Peeked, first_text
from samhandling.sources.protocol import Chunk, ReadOptions, Rejection, Source
from samhandling.sources.rows import EventRow
from samhandling.sources.schema import EVENT, Kind, PositionPrecision, TimePrecision
from samhandling.sources.slugs import slug

SITE = "https://polisen.se"
COUNTY_ENDING = " län"
BUNDLE = "Sammanfattning"
CSV_COLUMNS = ("id", "datetime", "name", "summary", "url", "type", "location_name")
PUBLISHING_SLACK = timedelta(days=2)
_WHEN = re.compile(
    r"\s*(\d{1,2})\s+([a-zåäö]+),?\s+(?:kl\.?\s*)?(\d{1,2})[.:](\d{2})(?!\d)", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class _Published:
    """An event as the feed gives it, all as text."""

    row: int
    identity: str
    published: str
    name: str
    summary: str
    url: str
    category: str
    location: str
    body: str

    def raw(self) -> dict[str, str]:
        """Return the row for the quarantine under the feed's own names."""
        values = {
            "id": self.identity,
            "datetime": self.published,
            "name": self.name,
            "summary": self.summary,
            "url": self.url,
            "type": self.category,
            "location_name": self.location,
        }
        return {name: value[:RAW_CHARACTERS] for name, value in values.items()}


def read(stream: BinaryIO, filename: str, options: ReadOptions) -> Iterator[Chunk]:
    """Read press events.

    Parameters
    ----------
    stream, filename, options
        As the source protocol says; `municipality_codes` gives events their municipality.

    Yields
    ------
    Chunk
        EVENT rows without positions: the feed's coordinates are the middle of a municipality or
        county, never the place, and are not kept. An event's time is the one its name begins
        with, in the year of `datetime`, which is when it was published or last changed.

    Raises
    ------
    UnreadableFile
        If the file is neither the JSON nor the CSV of this source, or is cut short.
    """
    peeked = Peeked(stream)
    if first_text(peeked, filename)[:1] in ("[", "{"):
        yield from _read_json(peeked, filename, options)
    else:
        yield from _read_csv(peeked, filename, options)


def _read_json(stream: ByteStream, filename: str, options: ReadOptions) -> Iterator[Chunk]:
    interpreter = _Interpreter(options)
    members = json_members(stream, filename, options.limits)
    for row, member in enumerate((m for m in members if m.is_item), start=1):
        if isinstance(member.value, dict):
            interpreter.add(_from_json(row, member.value))
        else:
            detail = f"it is {type(member.value).__name__}, not an object"
            interpreter.builder.refuse(row, Reason.UNREADABLE_ROW, {}, detail=detail)
        if interpreter.builder.full:
            yield interpreter.builder.take()
    yield interpreter.builder.take()


def _from_json(row: int, values: Mapping[str, Any]) -> _Published:
    location = values.get("location")
    place = location.get("name") if isinstance(location, dict) else location
    return _Published(
        row=row,
        identity=_text(values.get("id")),
        published=_text(values.get("datetime")),
        name=_text(values.get("name")),
        summary=_text(values.get("summary")),
        url=_text(values.get("url")),
        category=_text(values.get("type")),
        location=_text(place),
        body=_text(values.get("text")),
    )


def _text(value: object) -> str:
    # The collected files hold NaN where an article could not be fetched.
    return "" if value is None or isinstance(value, float) else str(value)


def _read_csv(stream: ByteStream, filename: str, options: ReadOptions) -> Iterator[Chunk]:
    table = DelimitedFile(stream, filename, options.limits)
    take = table.positions(CSV_COLUMNS)
    body = table.header.index("text") if "text" in table.header else None
    interpreter = _Interpreter(options)
    for line in table:
        if line.rejection is not None:
            interpreter.builder.reject(line.rejection)
        else:
            texts = [line.values[at] for at in take]
            texts.append(line.values[body] if body is not None else "")
            interpreter.add(_Published(line.row, *texts))
        if interpreter.builder.full:
            yield interpreter.builder.take()
    interpreter.builder.notice_file(table.notices())
    yield interpreter.builder.take()


class _Interpreter:
    """Turns published events into rows."""

    def __init__(self, options: ReadOptions) -> None:
        self.builder = ChunkBuilder(EVENT, options.chunk_rows)
        self._now = options.now.astimezone(UTC)
        self._clock = LocalClock(options.timezone)
        self._names = MunicipalityNames(options.municipality_codes)

    def add(self, event: _Published) -> None:
        """Accept an event, or refuse it with the reason."""
        found = parse_moment(event.published)
        start = None
        rejection = _missing(event)
        if rejection is None and found is None:
            rejection = _refused(event, Reason.BAD_DATE, field="datetime", value=event.published)
        if rejection is None and found is not None:
            published = self._utc(found[0], event.row)
            start = self._event_time(event, published)
            rejection = self._in_future(event, published, start)
        if rejection is not None:
            self.builder.reject(rejection)
        else:
            self.builder.accept(self._row(event, published, start))

    def _utc(self, moment: datetime, row: int) -> datetime:
        if moment.tzinfo is not None:
            return moment
        utc, problem = self._clock.to_utc(moment)
        if problem:
            self.builder.notice(problem, row)
        return utc

    def _event_time(self, event: _Published, published: datetime) -> datetime | None:
        when = _WHEN.match(event.name)
        month = MONTH_NUMBERS.get(when[2].lower()) if when else None
        if when is None or month is None:
            self.builder.notice(NoticeCode.NO_EVENT_TIME, event.row)
            return None
        # A day ahead, because the local year can turn before the one in UTC does.
        year = (published + timedelta(days=1)).year
        day, hour, minute = int(when[1]), int(when[3]), int(when[4])
        for candidate in (year, year - 1):
            try:
                local = datetime(candidate, month, day, hour, minute)  # noqa: DTZ001 - local
                utc, problem = self._clock.to_utc(local)
            except ValueError:
                continue
            if utc <= published + PUBLISHING_SLACK:
                if problem:
                    self.builder.notice(problem, event.row)
                return utc
        self.builder.notice(NoticeCode.NO_EVENT_TIME, event.row)
        return None

    def _in_future(
        self, event: _Published, published: datetime, start: datetime | None
    ) -> Rejection | None:
        for field, moment in (("datetime", published), ("name", start)):
            if moment is not None and moment > self._now + CLOCK_SLACK:
                value, now = moment.isoformat(), self._now.isoformat()
                return _refused(event, Reason.TIME_IN_FUTURE, field=field, value=value, now=now)
        return None

    def _row(self, event: _Published, published: datetime, start: datetime | None) -> EventRow:
        precision, municipality = self._place(event)
        code = self._names.code(municipality)
        if precision is PositionPrecision.MUNICIPALITY and not code:
            self.builder.notice(NoticeCode.UNKNOWN_MUNICIPALITY, event.row, value=municipality)
        if is_formula(event.name) or is_formula(event.summary):
            self.builder.notice(NoticeCode.FORMULA_KEPT_AS_TEXT, event.row)
        return EventRow(
            external_id=event.identity,
            category=slug(event.category),
            category_label=event.category.strip(),
            start=start,
            end=start,
            time_precision=TimePrecision.MINUTE if start else TimePrecision.UNKNOWN,
            position_precision=precision,
            municipality_code=code,
            area_level="municipality" if code else "",
            area_code=code,
            title=event.name.strip(),
            text=_article(event),
            url=SITE + event.url if event.url.startswith("/") else event.url,
            registered=published,
            extra=_extra(event.location, municipality, event.category.startswith(BUNDLE)),
            row=event.row,
        )

    def _place(self, event: _Published) -> tuple[PositionPrecision, str]:
        location = event.location.strip()
        if location and not location.lower().endswith(COUNTY_ENDING):
            return PositionPrecision.MUNICIPALITY, location
        # The feed gives only the county since 2026: the municipality ends the name.
        ending = event.name.rpartition(",")[2].strip()
        is_place = ending and not ending.lower().endswith(COUNTY_ENDING)
        if is_place and (self._names.code(ending) or not self._names):
            return PositionPrecision.MUNICIPALITY, ending
        return (PositionPrecision.COUNTY if location else PositionPrecision.NONE), ""


@lru_cache(maxsize=4_096)
def _extra(location: str, municipality: str, bundled: bool) -> str:  # noqa: FBT001 - cache key
    values: dict[str, Any] = {"location_name": location, "municipality": municipality}
    if bundled:
        values["bundled"] = True
    return json.dumps(values, ensure_ascii=False)


def _article(event: _Published) -> str:
    parts = dict.fromkeys(part for part in (event.summary.strip(), event.body.strip()) if part)
    return "\n".join(parts)


def _missing(event: _Published) -> Rejection | None:
    fields = (("id", event.identity), ("name", event.name), ("type", event.category))
    for field, value in fields:
        if not value.strip():
            return _refused(event, Reason.MISSING_VALUE, field=field)
    return None


def _refused(event: _Published, code: Reason, **parameters: str) -> Rejection:
    return Rejection(event.row, code, dict(parameters), event.raw())


SOURCE = Source(
    slug="police_events",
    name="Polisens händelser",
    kind=Kind.EVENTS,
    publisher="Polismyndigheten",
    licence="Öppet API; egen användaragent och minst tio sekunder mellan anrop",
    caveats=(
        "The coordinates are the middle of a municipality or county and are not used.",
        "A press selection: counts are communication, not crime.",
        "A summary bundles several events; it is marked in extra.",
        "Since 2026 the feed names the county only; the municipality is read from the name.",
    ),
    file_endings=(".json", ".json.gz", ".csv", ".csv.gz"),
    example="events.json",
    read=read,
)

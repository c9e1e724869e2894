"""Looks at a table and proposes what its columns mean, for a person to correct."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import BinaryIO

from samhandling.sources.cell_text import parse_number
from samhandling.sources.clock_times import parse_moment
from samhandling.sources.geometry_files import WGS84
from samhandling.sources.mapped_lines import JOIN, open_lines
from samhandling.sources.mapped_table import read
from samhandling.sources.mapping import Mapping
from samhandling.sources.positions import NORTHINGS, projected_system
from samhandling.sources.protocol import Chunk, ReadOptions
from samhandling.sources.schema import Kind
from samhandling.sources.slugs import slug

SAMPLE_ROWS = 50
EVENT_HEADERS = {
    "external_id": "id handelseid arendeid arendenummer diarienummer lopnummer event_id case_id",
    "category": "kategori typ handelsetyp brottstyp brottskod category type offence crime_type",
    "start": "start starttid startdatum datum tid tidpunkt handelsedatum brottsdatum fran "
    "date datetime time occurred start_time from",
    "end": "slut sluttid slutdatum till end end_time to",
    "lon": "lon long lng longitude longitud easting ost ostlig e sweref_e x_wgs84",
    "lat": "lat latitude latitud northing nord nordlig n sweref_n y_wgs84",
    "municipality_code": "kommun kommunkod municipality municipality_code",
    "area_code": "deso desokod deso_omrade regso basomrade nyckelkod omradeskod area_code",
    "title": "rubrik titel namn title name heading",
    "text": "text beskrivning fritext kommentar anmarkning description comment notes",
    "url": "url lank link",
    "count": "antal count number",
    "registered": "registrerad inskrivningsdatum anmalningsdatum registered reported created",
}
STATISTIC_HEADERS = {
    "indicator": "indikator matt nyckeltal indicator measure key",
    "area_code": "kod omradeskod deso regso kommunkod nyckelkod kommun area_code code region",
    "area_name": "namn omrade omradesnamn kommunnamn area_name name area",
    "period_start": "period ar tid datum year date from",
    "period_end": "till to period_end",
    "value": "varde antal value count",
    "unit": "enhet unit",
    "breakdown": "uppdelning breakdown",
    "preliminary": "preliminar preliminary",
}
SURVEY_HEADERS = {
    "survey": "undersokning matning survey",
    "wave": "omgang ar wave year",
    "item": "fraga item question",
    "cut": "svar svarsalternativ matt cut answer",
    "area_code": "kod omradeskod area_code code",
    "area_name": "omrade geografi stadsdel area_name area",
    "group": "grupp group",
    "value_percent": "andel procent varde_procent percent share value_percent",
    "n": "n antal_svar svarande respondents",
    "response_rate_percent": "svarsfrekvens svarsfrekvens_procent response_rate",
    "low": "lag nedre low lower",
    "high": "hog ovre high upper",
    "source_url": "kalla kalla_url source source_url",
}
HEADERS = {
    Kind.EVENTS: EVENT_HEADERS,
    Kind.STATISTICS: STATISTIC_HEADERS,
    Kind.SURVEY: SURVEY_HEADERS,
}
CLOCK_HEADERS = frozenset(["tid", "klockslag", "klocka", "kl", "time", "clock"])
AXES = ("x", "y", "x_koordinat", "y_koordinat", "koordinat_x", "koordinat_y")


@dataclass(frozen=True, slots=True)
class Sample:
    """The beginning of a table: its header, its first rows and what was recognised."""

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    separator: str


@dataclass(frozen=True, slots=True)
class Preview:
    """The first rows of a table as they are and as the mapping reads them."""

    sample: Sample
    chunk: Chunk


def read_sample(stream: BinaryIO, filename: str, options: ReadOptions) -> Sample:
    """Read the header and the first rows of a CSV or Excel table.

    Raises
    ------
    UnreadableFile
        If there is no header that can be read.
    """
    opened = open_lines(stream, filename, options, options.mapping)
    lines = (line for line in opened if line.rejection is None)
    rows = tuple(tuple(line.values) for line in islice(lines, SAMPLE_ROWS))
    return Sample(tuple(opened.header), rows, opened.separator)


def propose_mapping(sample: Sample, kind: Kind | None = None) -> Mapping:
    """Propose a mapping from the headers, in Swedish or English, and the sample's values.

    Parameters
    ----------
    sample : Sample
        From `read_sample`.
    kind : Kind, optional
        What the table holds; guessed from the headers when it is not given.

    Returns
    -------
    Mapping
        May lack required fields: `read` says which. A person must confirm it.

    Notes
    -----
    A header is known by its whole name, never by a part of it, so that a column that merely
    sounds alike is not taken.

    Examples
    --------
    >>> sample = Sample(("Datum", "Tid", "Händelsetyp"), (("2024-05-01", "22:10", "Bråk"),), ";")
    >>> dict(propose_mapping(sample).columns)
    {'category': 'Händelsetyp', 'start': 'Datum + Tid'}
    """
    chosen = kind or _kind(sample)
    columns = _matched(sample.header, HEADERS[chosen])
    crs = WGS84
    if chosen is Kind.EVENTS:
        columns = _with_clock(columns, sample)
        columns, crs = _with_axes(columns, sample)
    values = [value for row in sample.rows for value in row]
    comma = any("," in value and parse_number(value) is not None for value in values)
    return Mapping(
        kind=chosen, columns=columns, crs=crs, separator=sample.separator, decimal_comma=comma
    )


def preview(stream: BinaryIO, filename: str, options: ReadOptions, *, rows: int = 20) -> Preview:
    """Read the first rows through `options.mapping`, without reading on.

    Parameters
    ----------
    stream, filename, options
        As the source protocol says; the stream must be seekable.
    rows : int
        How many rows are read.

    Raises
    ------
    UnreadableFile
        As `read` does.
    """
    begins = stream.tell()
    sample = read_sample(stream, filename, options)
    stream.seek(begins)
    chunks: Iterator[Chunk] = read(stream, filename, replace(options, chunk_rows=rows))
    chunk = next(chunks)
    return Preview(replace(sample, rows=sample.rows[:rows]), chunk)


def _kind(sample: Sample) -> Kind:
    found = {kind: _matched(sample.header, headers) for kind, headers in HEADERS.items()}
    if {"item", "value_percent"} <= set(found[Kind.SURVEY]):
        return Kind.SURVEY
    if {"period_start", "value", "area_code"} <= set(found[Kind.STATISTICS]):
        events = found[Kind.EVENTS]
        if "category" not in events and "lon" not in events:
            return Kind.STATISTICS
    return Kind.EVENTS


def _matched(header: Sequence[str], known: dict[str, str]) -> dict[str, str]:
    columns: dict[str, str] = {}
    by_slug: dict[str, str] = {}
    for name in header:
        by_slug.setdefault(slug(name), name)
    for field, words in known.items():
        column = next((by_slug[word] for word in words.split() if word in by_slug), None)
        if column is not None and column not in columns.values():
            columns[field] = column
    return columns


def _with_clock(columns: dict[str, str], sample: Sample) -> dict[str, str]:
    """Join a column of clock times to a date column that has none of its own."""
    start = columns.get("start")
    clocks = [name for name in sample.header if slug(name) in CLOCK_HEADERS and name != start]
    if start is None or not clocks or not sample.rows:
        return columns
    at, clock = sample.header.index(start), sample.header.index(clocks[0])
    joined = [f"{row[at]} {row[clock]}" for row in sample.rows if row[at]]
    if joined and all(parse_moment(text) for text in joined):
        return {**columns, "start": f"{start}{JOIN}{clocks[0]}"}
    return columns


def _with_axes(columns: dict[str, str], sample: Sample) -> tuple[dict[str, str], str]:
    """Tell the axes apart by their numbers, and the coordinate system with them."""
    pair = [columns[field] for field in ("lon", "lat") if field in columns]
    if len(pair) != 2:
        pair = [name for name in sample.header if slug(name) in AXES]
    if len(pair) != 2:
        return columns, WGS84
    first, second = (_middle(sample, name) for name in pair)
    if first is None or second is None:
        return columns, WGS84
    # In Swedish projected systems X is often the northing, so only the size tells.
    if NORTHINGS[0] <= first <= NORTHINGS[1]:
        pair.reverse()
        first, second = second, first
    guess = projected_system(first, second)
    crs = guess.partition("(")[2].rstrip(")") or WGS84
    return {**columns, "lon": pair[0], "lat": pair[1]}, crs


def _middle(sample: Sample, column: str) -> float | None:
    at = sample.header.index(column)
    numbers = [parse_number(row[at]) for row in sample.rows]
    found = sorted(number for number in numbers if number is not None)
    return found[len(found) // 2] if found else None

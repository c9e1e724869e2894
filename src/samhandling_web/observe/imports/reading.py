"""Reads a file the way its source is read: stored options in, screened chunks out."""

import hashlib
import json
from collections.abc import Generator, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, BinaryIO, cast

import pyarrow as pa
from django.conf import settings
from django.db.models import Q
from django.utils.dateparse import parse_date
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

from samhandling.sources.mapping import Mapping as ColumnMapping
from samhandling.sources.protocol import ReadOptions, Source, UnreadableFile
from samhandling.sources.registry import registry
from samhandling_web.base.areas.models import AreaVersion, Municipality
from samhandling_web.observe.imports import privacy
from samhandling_web.observe.imports.filing import open_filed
from samhandling_web.observe.imports.models import Batch
from samhandling_web.observe.imports.models import Mapping as SavedMapping
from samhandling_web.observe.imports.privacy import ScreenedChunk
from samhandling_web.observe.imports.reason_texts import unreadable_text
from samhandling_web.observe.imports.rules import (
    BadOption,
    FileUnreadable,
    MappingNeeded,
    UnknownOption,
    UnknownSource,
)
from samhandling_web.observe.imports.storable import storable_text

# What a person may say about a file; `mapping` is what a saved column description holds.
OPTION_NAMES = frozenset(
    {"level", "valid_from", "valid_to", "code_column", "name_column", "code_prefix", "crs"}
    | {"chunk_rows", "mapping", "timezone"}
)
DATES = frozenset({"valid_from", "valid_to"})
# The source whose files have any shape, so that the columns must be described.
MAPPED_SOURCE = "mapped_table"


@dataclass(frozen=True, slots=True)
class ReadSoFar:
    """A chunk, and how many rows of the file lie before and up to its end."""

    chunk: ScreenedChunk
    rows_before: int
    position: int


def source_of(slug: str) -> Source:
    """Return a source by its slug; UnknownSource when there is none."""
    source = registry().get(slug)
    if source is None:
        raise UnknownSource(source=slug)
    return source


def row_source(source: Source, mapping: SavedMapping | None) -> str:
    """Return what a file's rows belong to: tables of one saved description go together."""
    if mapping is None:
        return source.slug
    return f"{source.slug}:{mapping.slug}"


def row_kind(source: Source, options: Mapping[str, Any]) -> str:
    """Return the kind of a file's rows: a described table's is that of its description."""
    return str(options["mapping"]["kind"]) if "mapping" in options else str(source.kind)


def checked_options(options: Mapping[str, Any]) -> dict[str, Any]:
    """Return options as they are stored (JSON); raise on names and values that do not exist."""
    kept: dict[str, Any] = {}
    for name, value in options.items():
        if name not in OPTION_NAMES:
            raise UnknownOption(option=name, known=", ".join(sorted(OPTION_NAMES)))
        if value in (None, ""):
            continue
        kept[name] = _checked(name, value)
    return kept


def _checked(name: str, value: Any) -> Any:
    try:
        if name in DATES:
            day = value if isinstance(value, date) else parse_date(str(value))
            if day is None:
                raise BadOption(option=name, value=value)
            return day.isoformat()
        if name == "chunk_rows":
            return int(value)
        if name == "mapping":
            content = value.as_dict() if isinstance(value, ColumnMapping) else dict(value)
            return ColumnMapping.from_dict(content).as_dict()
    except (TypeError, ValueError, KeyError) as error:
        raise BadOption(option=name, value=value) from error
    return str(value)


def fingerprint(source: str, sha256: str, options: Mapping[str, Any]) -> str:
    """Return what is equal for two files that would be read into the same rows."""
    told = json.dumps(options, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(f"{source}\n{sha256}\n{told}".encode()).hexdigest()


def read_options(options: Mapping[str, Any], now: datetime) -> ReadOptions:
    """Return the reader's options: what was told of the file, and what the installation knows."""
    municipality = Municipality.objects.first()
    told = dict(options)
    mapping = told.pop("mapping", None)
    told.pop("code_prefix", None)
    for name in DATES & told.keys():
        told[name] = date.fromisoformat(told[name])
    told.setdefault("timezone", settings.TIME_ZONE)
    try:
        return ReadOptions(
            now=now,
            bounds=_bounds(municipality),
            municipality_code=municipality.code if municipality else "",
            municipality_codes=_municipality_codes(municipality),
            mapping=ColumnMapping.from_dict(mapping) if mapping else None,
            **told,
        )
    except (ValueError, KeyError) as error:
        raise BadOption(option=", ".join(sorted(told)), value=error) from error


def _bounds(municipality: Municipality | None) -> BaseGeometry | None:
    if municipality is None or not municipality.boundary:
        return None
    return cast("BaseGeometry", shape(municipality.boundary))


def _municipality_codes(municipality: Municipality | None) -> dict[str, str]:
    """Return municipality names to codes: those imported as areas, and always the own one."""
    named = AreaVersion.objects.filter(
        Q(area__level__slug="municipality"), valid_to__isnull=True
    ).values_list("name", "area__code")
    codes = dict(named)
    if municipality is not None:
        codes[municipality.name] = municipality.code
    return codes


def batch_chunks(batch: Batch) -> Generator[ReadSoFar, None, None]:
    """Yield a batch's file in chunks: the same chunks in the same order every time."""
    with closing(open_filed(batch)) as stream:
        yield from chunks(
            source_of(batch.reader), stream, batch.file_name, batch.options, batch.received_at
        )


def chunks(
    source: Source,
    stream: BinaryIO,
    file_name: str,
    options: Mapping[str, Any],
    now: datetime,
) -> Generator[ReadSoFar, None, None]:
    """Yield a file in screened chunks; FileUnreadable says in Swedish why it cannot be read."""
    told = read_options(options, now)
    if source.slug == MAPPED_SOURCE and told.mapping is None:
        raise MappingNeeded
    rows, kind = 0, row_kind(source, options)
    try:
        for chunk in source.read(stream, file_name, told):
            yield ReadSoFar(privacy.screened(chunk, kind), rows, stream.tell())
            rows += chunk.rows_read
    except UnreadableFile as error:
        reason = unreadable_text(error.code, error.parameters, str(error))
        reason = storable_text(reason)
        raise FileUnreadable(file_name=file_name, reason=reason) from error
    except (pa.ArrowInvalid, UnicodeError, EOFError, OSError) as error:
        raise FileUnreadable(file_name=file_name, reason=storable_text(str(error))) from error


def batch_tables(batch: Batch) -> Iterator[pa.Table]:
    """Yield the accepted rows of a batch's file as tables."""
    for read in batch_chunks(batch):
        if read.chunk.table.num_rows:
            yield read.chunk.table

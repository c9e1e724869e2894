"""What every source is and gives: options in, chunks of typed rows and refused rows out."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import BinaryIO
from zoneinfo import ZoneInfo

import pyarrow as pa
from shapely.geometry.base import BaseGeometry

from samhandling.sources.codes import NOTICE_TEXTS, REASON_TEXTS, NoticeCode, Reason
from samhandling.sources.mapping import Mapping as ColumnMapping
from samhandling.sources.schema import Kind

Parameter = str | int | float
MEBIBYTE = 1024 * 1024


class UnreadableFile(ValueError):
    """The file as a whole cannot be read; the message says why and what to do.

    Parameters
    ----------
    code : str
        Stored slug of the problem, for translation.
    message : str
        English text with the value and the way out.
    **parameters
        The values in the message.
    """

    def __init__(self, code: str, message: str, **parameters: Parameter) -> None:
        self.code = code
        self.parameters = dict(parameters)
        super().__init__(message.format(**parameters))


@dataclass(frozen=True, slots=True)
class Limits:
    """How much a file may hold before it is refused, in bytes unless named otherwise."""

    line_bytes: int = MEBIBYTE
    record_bytes: int = 4 * MEBIBYTE
    unpacked_bytes: int = 8 * 1024 * MEBIBYTE
    whole_file_bytes: int = 256 * MEBIBYTE
    packing_ratio: int = 250
    archive_members: int = 1_000

    def __post_init__(self) -> None:
        """Refuse limits that would refuse every file."""
        for name in ("line_bytes", "record_bytes", "unpacked_bytes", "whole_file_bytes"):
            if getattr(self, name) < 1:
                msg = f"{name} is {getattr(self, name)}; it must be at least 1."
                raise ValueError(msg)


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """What a reader must be told because the file does not say it.

    Parameters
    ----------
    now : datetime
        The moment of the import, aware; later times are refused.
    timezone : str
        Zone of local times in the file.
    bounds : shapely geometry, optional
        The municipality in WGS84; positions outside it are refused.
    municipality_code : str
        Code of the municipality the installation serves.
    municipality_codes : mapping of str to str
        Municipality name to code; names are compared without regard to case.
    level : str
        Area level of the rows; empty takes the source's own.
    valid_from, valid_to : date, optional
        When boundaries apply; `valid_to` is the first day they no longer do.
    code_column, name_column : str
        Columns of a boundary file; empty lets the reader choose.
    crs : str
        Coordinate system of a file that does not state its own, as "EPSG:3006".
    chunk_rows : int
        Rows after which a chunk is given; the last line read may add a few.
    mapping : Mapping, optional
        Columns of a file of free form.
    limits : Limits
        Sizes above which a file is refused.
    """

    now: datetime
    timezone: str = "Europe/Stockholm"
    bounds: BaseGeometry | None = None
    municipality_code: str = ""
    municipality_codes: Mapping[str, str] = field(default_factory=dict)
    level: str = ""
    valid_from: date | None = None
    valid_to: date | None = None
    code_column: str = ""
    name_column: str = ""
    crs: str = ""
    chunk_rows: int = 5_000
    mapping: ColumnMapping | None = None
    limits: Limits = field(default_factory=Limits)

    def __post_init__(self) -> None:
        """Refuse a naive time, an unknown zone and an empty chunk."""
        if self.now.tzinfo is None:
            msg = f"now is {self.now.isoformat()} without a time zone; give an aware time."
            raise ValueError(msg)
        if self.chunk_rows < 1:
            msg = f"chunk_rows is {self.chunk_rows}; it must be at least 1."
            raise ValueError(msg)
        ZoneInfo(self.timezone)
        if self.valid_from and self.valid_to and self.valid_to <= self.valid_from:
            msg = f"valid_to {self.valid_to} must be after valid_from {self.valid_from}."
            raise ValueError(msg)


@dataclass(frozen=True, slots=True)
class Rejection:
    """A refused row: where it stands, why, and the row as it was."""

    row: int
    code: Reason
    parameters: dict[str, Parameter]
    raw: dict[str, str]

    @property
    def text(self) -> str:
        """The reason in English."""
        return REASON_TEXTS[self.code].format(**self.parameters)


@dataclass(frozen=True, slots=True)
class Notice:
    """Something the reader did or saw that a person should know; one per code and chunk."""

    code: NoticeCode
    parameters: dict[str, Parameter]

    @property
    def text(self) -> str:
        """The notice in English."""
        return NOTICE_TEXTS[self.code].format(**self.parameters)


@dataclass(frozen=True, slots=True)
class Chunk:
    """Some rows of a file: those accepted as a typed table, and those refused.

    Notes
    -----
    `rows_read` counts records. A record is an event, an area or one published value: a line
    of a wide table holds several, and a line that cannot be read at all counts as one.
    """

    table: pa.Table
    rejected: tuple[Rejection, ...]
    rows_read: int
    notices: tuple[Notice, ...] = ()

    def __post_init__(self) -> None:
        """Hold the promise that no row is lost."""
        found = self.table.num_rows + len(self.rejected)
        if found != self.rows_read:
            msg = f"{self.rows_read} rows were read but {found} accepted or rejected."
            raise ValueError(msg)


Reader = Callable[[BinaryIO, str, ReadOptions], Iterator[Chunk]]


@dataclass(frozen=True, slots=True)
class Source:
    """A published file or feed that can be read.

    Parameters
    ----------
    slug, name : str
        Stored name, and the Swedish name shown to a person.
    kind : Kind
        Which typed table comes out.
    publisher, licence : str
        Who publishes it and on which terms.
    caveats : tuple of str
        What a reader of the figures must know.
    file_endings : tuple of str
        Endings the reader takes, as ".csv.gz".
    example : str
        What a typical file is called.
    read : callable
        ``read(stream, filename, options)`` gives chunks; memory does not grow with the file.
    """

    slug: str
    name: str
    kind: Kind
    publisher: str
    licence: str
    caveats: tuple[str, ...]
    file_endings: tuple[str, ...]
    example: str
    read: Reader

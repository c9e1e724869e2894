"""What a document holds, before anyone has chosen a format. Plain Python."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import Enum, StrEnum


class Kind(StrEnum):
    """How the figures of a column are written."""

    TEXT = "text"
    INT = "int"
    DECIMAL = "decimal"
    PERCENT = "percent"
    DATE = "date"
    INTERVAL = "interval"


class Hidden(Enum):
    """A figure that exists but may not be shown."""

    SUPPRESSED = "suppressed"


SUPPRESSED = Hidden.SUPPRESSED


@dataclass(frozen=True, slots=True)
class Interval:
    """Lower and upper bound of a figure; `low` never exceeds `high`."""

    low: float
    high: float

    def __post_init__(self) -> None:
        if not self.low <= self.high:
            msg = f"An interval runs from low to high; got {self.low} to {self.high}."
            raise ValueError(msg)


Cell = str | int | float | Decimal | date | Interval | Hidden | None


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table. A percentage is written as 12.5 for 12,5 %.

    `name` is the column's name where machines read; without one it is made from the label.
    """

    label: str
    kind: Kind = Kind.TEXT
    decimals: int = 1
    unit: str = ""
    name: str = ""

    @property
    def key(self) -> str:
        """The name in lower-case ASCII."""
        return self.name or slug(self.label, "_") or "kolumn"


class Emphasis(StrEnum):
    """How a run of text stands out."""

    NONE = "none"
    EMPHASIS = "emphasis"
    STRONG = "strong"


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text with one emphasis. The text is literal in every format."""

    text: str
    emphasis: Emphasis = Emphasis.NONE


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; level 1 is a chapter of the document (the title is not a heading)."""

    text: str
    level: int = 1

    def __post_init__(self) -> None:
        if self.level not in (1, 2, 3):
            msg = f"A heading is of level 1, 2 or 3; got {self.level}."
            raise ValueError(msg)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text. `text.paragraph` makes one from what a person has typed."""

    runs: tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class BulletList:
    """Short items in no order."""

    items: tuple[tuple[Run, ...], ...]


@dataclass(frozen=True, slots=True)
class FigureTable:
    """Figures with what a reader needs to judge them."""

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    source: str = ""
    definition: str = ""
    uncertainty: str = ""

    def __post_init__(self) -> None:
        for number, row in enumerate(self.rows, start=1):
            if len(row) != len(self.columns):
                counts = f"{len(row)} cells for {len(self.columns)} columns"
                msg = f"Row {number} of {self.caption!r} has {counts}."
                raise ValueError(msg)


@dataclass(frozen=True, slots=True)
class Picture:
    """Something drawn, what it says in words, and the figures behind it."""

    caption: str
    svg: str
    alternative: str
    table: FigureTable
    show_table: bool = True

    def __post_init__(self) -> None:
        if not self.alternative.strip():
            msg = f"The picture {self.caption!r} needs an alternative text that says what it shows."
            raise ValueError(msg)


@dataclass(frozen=True, slots=True)
class Chart(Picture):
    """A drawn chart."""


@dataclass(frozen=True, slots=True)
class MapImage(Picture):
    """A drawn map."""


@dataclass(frozen=True, slots=True)
class Fact:
    """One key figure. `column` says how its value and interval are written."""

    label: str
    value: Cell
    column: Column
    interval: Interval | None = None
    source: str = ""


@dataclass(frozen=True, slots=True)
class Facts:
    """Key figures shown together."""

    caption: str
    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class PageBreak:
    """What follows starts on a new page."""


@dataclass(frozen=True, slots=True)
class Signature:
    """A place to sign, or who has signed."""

    name: str = ""
    role: str = ""


@dataclass(frozen=True, slots=True)
class Decision:
    """Who decides on the document. Without date and reference it is not yet decided."""

    body: str
    text: str = ""
    decided_on: date | None = None
    reference: str = ""
    signatures: tuple[Signature, ...] = ()


Block = (
    Heading | Paragraph | BulletList | FigureTable | Chart | MapImage | Facts | PageBreak | Decision
)


@dataclass(frozen=True, slots=True)
class Provenance:
    """From what, with what, by whom and when. `made_at` is aware."""

    data_version: str
    code_version: str
    made_at: datetime
    made_by: str
    parameters: tuple[tuple[str, str], ...] = ()
    sources: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if self.made_at.tzinfo is None:
            msg = f"made_at needs a time zone; got {self.made_at.isoformat()}."
            raise ValueError(msg)


@dataclass(frozen=True, slots=True)
class Document:
    """Everything that stands in one document, in order. `contents` asks for a table of contents."""

    title: str
    provenance: Provenance
    blocks: tuple[Block, ...]
    subtitle: str = ""
    marks: tuple[str, ...] = ()
    contents: bool = False

    def tables(self) -> Iterator[FigureTable]:
        """Every table in reading order: stated, or behind a picture or key figures."""
        for block in self.blocks:
            if isinstance(block, FigureTable):
                yield block
            elif isinstance(block, Picture):
                yield block.table
            elif isinstance(block, Facts):
                yield facts_table(block)


@dataclass(frozen=True, slots=True)
class Layer:
    """Places with their attributes: one row per geometry.

    Geometries are WKB in WGS84 longitude and latitude; None where the place is unknown.
    """

    name: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    geometries: tuple[bytes | None, ...]
    provenance: Provenance
    marks: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if len(self.rows) != len(self.geometries):
            msg = f"{self.name!r} has {len(self.rows)} rows for {len(self.geometries)} geometries."
            raise ValueError(msg)

    def as_document(self) -> Document:
        """The attributes as a document of one table, for formats without geometry."""
        table = FigureTable(self.title, self.columns, self.rows)
        return Document(self.title, self.provenance, (table,), marks=self.marks)


def slug(words: str, joint: str = "-") -> str:
    """Words as a name for files and fields: lower-case ASCII letters and digits."""
    plain = unicodedata.normalize("NFKD", words.casefold()).encode("ascii", "ignore").decode()
    return joint.join(re.findall("[a-z0-9]+", plain))


def facts_table(facts: Facts) -> FigureTable:
    """Key figures as a table, for formats that only hold tables."""
    columns = (
        Column("Mått"),
        Column("Värde", Kind.DECIMAL, decimals=2),
        Column("Osäkerhetsintervall", Kind.INTERVAL, decimals=2),
        Column("Enhet"),
        Column("Källa"),
    )
    rows = tuple(
        (fact.label, fact.value, fact.interval, unit_of(fact.column), fact.source)
        for fact in facts.facts
    )
    return FigureTable(facts.caption, columns, rows)


def unit_of(column: Column) -> str:
    """The unit a reader needs beside a bare figure of this column."""
    return "%" if column.kind is Kind.PERCENT else column.unit

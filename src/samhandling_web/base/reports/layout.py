"""A document made ready to set: numbered, worded, every figure written. Plain Python.

PDF and Word are set from the same laid-out document, so that they always say the same.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from samhandling_web.base.common.charts import swedish
from samhandling_web.base.reports import columns, figures
from samhandling_web.base.reports.content import (
    Block,
    BulletList,
    Chart,
    Decision,
    Document,
    Facts,
    FigureTable,
    Heading,
    MapImage,
    PageBreak,
    Paragraph,
    Provenance,
    Run,
    Signature,
)
from samhandling_web.base.reports.text import clean, one_line

UNDECIDED = "Ännu inte beslutat"


@dataclass(frozen=True, slots=True)
class LaidHeading:
    """A heading whose level never skips one, as assistive technology needs."""

    text: str
    level: int
    block: str = "heading"


@dataclass(frozen=True, slots=True)
class LaidText:
    """A paragraph, or the items of a list."""

    parts: tuple[tuple[Run, ...], ...]
    block: str = "paragraph"


@dataclass(frozen=True, slots=True)
class LaidTable:
    """A table with every cell written.

    `numeric` says which columns are set to the right; a `wide` table needs the page on its side.
    `widths` are points on an A4 page, `size` the type's; a table that `holds` together is not
    split over two pages.
    """

    label: str
    caption: str
    head: tuple[str, ...]
    numeric: tuple[bool, ...]
    rows: tuple[tuple[str, ...], ...]
    notes: tuple[tuple[str, str], ...]
    wide: bool
    widths: tuple[float, ...] = ()
    size: float = columns.LARGE_TYPE
    holds: bool = True
    block: str = "table"


@dataclass(frozen=True, slots=True)
class LaidPicture:
    """A chart or a map; its table follows as a block of its own."""

    label: str
    caption: str
    svg: str
    alternative: str
    notes: tuple[tuple[str, str], ...]
    block: str = "picture"


@dataclass(frozen=True, slots=True)
class LaidFacts:
    """Key figures: label, value, interval, source."""

    caption: str
    facts: tuple[tuple[str, str, str, str], ...]
    block: str = "facts"


@dataclass(frozen=True, slots=True)
class LaidDecision:
    """The decision and its signatures, each a name and a role."""

    text: str
    facts: tuple[tuple[str, str], ...]
    signatures: tuple[tuple[str, str], ...]
    block: str = "decision"


@dataclass(frozen=True, slots=True)
class LaidBreak:
    """A new page."""

    block: str = "break"


Laid = LaidHeading | LaidText | LaidTable | LaidPicture | LaidFacts | LaidDecision | LaidBreak


@dataclass(frozen=True, slots=True)
class LaidDocument:
    """Everything to set, in order."""

    title: str
    subtitle: str
    marks: tuple[str, ...]
    made_at: str
    made_by: str
    data_version: str
    provenance: tuple[tuple[str, str], ...]
    sources: tuple[str, ...]
    contents: bool
    blocks: tuple[Laid, ...]


def lay_out(document: Document) -> LaidDocument:
    """Make a document ready to set."""
    origin = document.provenance
    return LaidDocument(
        title=one_line(document.title),
        subtitle=one_line(document.subtitle),
        marks=tuple(one_line(mark) for mark in document.marks),
        made_at=figures.moment_in_words(origin.made_at),
        made_by=one_line(origin.made_by),
        data_version=one_line(origin.data_version),
        provenance=provenance_rows(origin),
        sources=tuple(one_line(source) for source in origin.sources),
        contents=document.contents,
        blocks=tuple(laid_blocks(document.blocks)),
    )


def provenance_rows(origin: Provenance) -> tuple[tuple[str, str], ...]:
    """What made the document, as label and value; the sources are listed apart."""
    rows = [
        ("Framställt", figures.moment_in_words(origin.made_at)),
        ("Av", origin.made_by),
        ("Dataversion", origin.data_version),
        ("Programversion", origin.code_version),
        *origin.parameters,
    ]
    return tuple((one_line(label), one_line(value)) for label, value in rows if value)


def laid_blocks(blocks: Iterable[Block]) -> Iterable[Laid]:
    """Number tables and pictures and write out every block."""
    tables, pictures, level = 0, 0, 0
    for block in blocks:
        match block:
            case Heading():
                level = min(block.level, level + 1)
                yield LaidHeading(one_line(block.text), level)
            case Chart() | MapImage():
                pictures += 1
                yield laid_picture(block, f"Figur {pictures}")
                if block.show_table:
                    tables += 1
                    yield laid_table(block.table, f"Tabell {tables}")
            case FigureTable():
                tables += 1
                yield laid_table(block, f"Tabell {tables}")
            case _:
                yield laid_plainly(block)


def laid_plainly(block: Paragraph | BulletList | Facts | Decision | PageBreak) -> Laid:
    """Write out a block that has neither number nor level."""
    match block:
        case Paragraph():
            return LaidText((cleaned(block.runs),))
        case BulletList():
            return LaidText(tuple(cleaned(item) for item in block.items), "bullets")
        case Facts():
            return laid_facts(block)
        case Decision():
            return laid_decision(block)
        case PageBreak():
            return LaidBreak()


def cleaned(runs: tuple[Run, ...]) -> tuple[Run, ...]:
    """Runs that every format can hold."""
    return tuple(Run(clean(run.text), run.emphasis) for run in runs)


def laid_table(table: FigureTable, label: str) -> LaidTable:
    """Write every cell of a table and what a reader needs to judge it."""
    rows = tuple(
        tuple(
            figures.written(cell, column) for cell, column in zip(row, table.columns, strict=True)
        )
        for row in table.rows
    )
    head = tuple(figures.head(column) for column in table.columns)
    numeric = tuple(column.kind in figures.NUMERIC for column in table.columns)
    texts = (head, *rows)
    wide = columns.is_wide(texts, numeric)
    available = columns.SIDEWAYS_WIDTH if wide else columns.UPRIGHT_WIDTH
    widths = columns.shared_out(texts, numeric, available)
    size = columns.type_size(texts, numeric, available)
    return LaidTable(
        label=label,
        caption=one_line(table.caption),
        head=head,
        numeric=numeric,
        rows=rows,
        notes=(*notes(table), *legend(rows)),
        wide=wide,
        widths=tuple(widths),
        size=size,
        holds=columns.lines_needed(texts, widths, size) <= columns.MOST_LINES_HELD,
    )


def notes(table: FigureTable) -> tuple[tuple[str, str], ...]:
    """Definition, uncertainty and source, those that are given."""
    given = (
        ("Definition", table.definition),
        ("Osäkerhet", table.uncertainty),
        ("Källa", table.source),
    )
    return tuple((label, one_line(words)) for label, words in given if words)


def legend(rows: tuple[tuple[str, ...], ...]) -> tuple[tuple[str, str], ...]:
    """What the signs for missing and hidden figures mean, where a table has them."""
    used = [words for sign, words in figures.LEGEND.items() if any(sign in row for row in rows)]
    return (("Tecken", "; ".join(used)),) if used else ()


def laid_picture(picture: Chart | MapImage, label: str) -> LaidPicture:
    """A picture; the notes stand under it only where its table does not follow."""
    return LaidPicture(
        label=label,
        caption=one_line(picture.caption),
        svg=clean(picture.svg),
        alternative=one_line(picture.alternative),
        notes=() if picture.show_table else notes(picture.table),
    )


def laid_facts(block: Facts) -> LaidFacts:
    """Write key figures, each with its interval."""
    return LaidFacts(
        caption=one_line(block.caption),
        facts=tuple(
            (
                one_line(fact.label),
                figures.with_unit(fact.value, fact.column),
                figures.with_unit(fact.interval, fact.column) if fact.interval else "",
                one_line(fact.source),
            )
            for fact in block.facts
        ),
    )


def laid_decision(decision: Decision) -> LaidDecision:
    """Write who decides, when and under which reference; or that it is not decided."""
    day = swedish.long_date(decision.decided_on) if decision.decided_on else UNDECIDED
    rows = (
        ("Beslutas av", one_line(decision.body)),
        ("Beslutsdatum", day),
        ("Diarienummer", one_line(decision.reference)),
    )
    return LaidDecision(
        text=one_line(decision.text),
        facts=tuple((label, value) for label, value in rows if value),
        signatures=tuple(signed(signature) for signature in decision.signatures),
    )


def signed(signature: Signature) -> tuple[str, str]:
    """A name and a role."""
    return one_line(signature.name), one_line(signature.role)

"""Documents and layers as JSON, for machines: figures as they are, texts as they were typed."""

import json
from datetime import date
from decimal import Decimal
from typing import Any

from samhandling_web.base.reports.content import (
    Block,
    BulletList,
    Chart,
    Decision,
    Document,
    Facts,
    FigureTable,
    Heading,
    Hidden,
    Interval,
    Kind,
    Layer,
    MapImage,
    PageBreak,
    Paragraph,
    Provenance,
    Run,
    facts_table,
)
from samhandling_web.base.reports.tabular import Plain, fields, flat, iso
from samhandling_web.base.reports.text import clean

Member = dict[str, Any]


def json_file(content: Document | Layer) -> bytes:
    """Write everything but the drawings. The same content gives the same bytes."""
    document = content.as_document() if isinstance(content, Layer) else content
    members: Member = {
        "title": clean(document.title),
        "subtitle": clean(document.subtitle),
        "marks": [clean(mark) for mark in document.marks],
        "provenance": origin(document.provenance),
        "blocks": [block_members(block) for block in document.blocks],
    }
    return written(members)


def written(members: Member) -> bytes:
    """JSON text that a person can read too."""
    return (json.dumps(members, ensure_ascii=False, indent=2, allow_nan=False) + "\n").encode()


def origin(made: Provenance) -> Member:
    """How the content was made."""
    return {
        "data_version": clean(made.data_version),
        "code_version": clean(made.code_version),
        "made_at": iso(made.made_at),
        "made_by": clean(made.made_by),
        "parameters": [
            {"name": clean(name), "value": clean(value)} for name, value in made.parameters
        ],
        "sources": [clean(source) for source in made.sources],
    }


def block_members(block: Block) -> Member:
    """One block with its kind."""
    match block:
        case Heading() | Paragraph() | BulletList():
            return text_members(block)
        case FigureTable():
            return {"kind": "table", **table_members(block)}
        case Chart() | MapImage():
            return picture_members(block)
        case Facts():
            return {"kind": "facts", **table_members(facts_table(block))}
        case Decision():
            return decision_members(block)
        case PageBreak():
            return {"kind": "page_break"}


def text_members(block: Heading | Paragraph | BulletList) -> Member:
    """Words, without their emphasis."""
    match block:
        case Heading():
            return {"kind": "heading", "level": block.level, "text": clean(block.text)}
        case Paragraph():
            return {"kind": "paragraph", "text": in_full(block.runs)}
        case BulletList():
            return {"kind": "list", "items": [in_full(item) for item in block.items]}


def in_full(runs: tuple[Run, ...]) -> str:
    """Runs as one text."""
    return "".join(clean(run.text) for run in runs)


def picture_members(block: Chart | MapImage) -> Member:
    """A picture as what it says in words and the figures behind it."""
    return {
        "kind": "chart" if isinstance(block, Chart) else "map",
        "caption": clean(block.caption),
        "alternative": clean(block.alternative),
        "table": table_members(block.table),
    }


def decision_members(block: Decision) -> Member:
    """The decision, its date and reference."""
    return {
        "kind": "decision",
        "body": clean(block.body),
        "text": clean(block.text),
        "decided_on": iso(block.decided_on) if block.decided_on else None,
        "reference": clean(block.reference),
        "signatures": [
            {"name": clean(one.name), "role": clean(one.role)} for one in block.signatures
        ],
    }


def table_members(table: FigureTable) -> Member:
    """A table as columns and one object per row; a hidden figure is null and in `suppressed`."""
    columns = fields(table.columns)
    rows: list[Member] = []
    suppressed: list[Member] = []
    for number, row in enumerate(table.rows):
        cells = dict(zip((field.key for field in columns), flat(row, table.columns), strict=True))
        suppressed += [
            {"row": number, "column": key}
            for key, cell in cells.items()
            if isinstance(cell, Hidden)
        ]
        rows.append({key: value(cell) for key, cell in cells.items()})
    return {
        "caption": clean(table.caption),
        "source": clean(table.source),
        "definition": clean(table.definition),
        "uncertainty": clean(table.uncertainty),
        "columns": [
            {
                "name": field.key,
                "label": field.label,
                "kind": str(field.column.kind),
                "unit": unit(field.column.kind, field.column.unit),
            }
            for field in columns
        ],
        "rows": rows,
        "suppressed": suppressed,
    }


def unit(kind: Kind, given: str) -> str:
    """The unit of a column's figures."""
    return "%" if kind is Kind.PERCENT else clean(given)


def value(cell: Plain | Interval) -> str | int | float | None:
    """One cell as JSON can hold it."""
    if cell is None or isinstance(cell, Hidden):
        return None
    if isinstance(cell, str):
        return clean(cell)
    if isinstance(cell, date):
        return iso(cell)
    if isinstance(cell, int):
        return int(cell)
    if isinstance(cell, Decimal | float):
        return float(cell)
    msg = f"A cell of type {type(cell).__name__} has no form in JSON."
    raise TypeError(msg)

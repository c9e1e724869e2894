"""The sources that can be read, and the typed tables they are read into."""

import inspect

import pyarrow as pa

from samhandling.sources import FEEDS, NOTICE_TEXTS, REASON_TEXTS, registry
from samhandling.sources.protocol import Source
from samhandling.sources.schema import SCHEMAS, PositionPrecision, TimePrecision

SOURCES = """# Sources

Every published file and feed that can be read, from the registry in `samhandling.sources`. The slug
is what the command line takes; the name is the one that people see.
"""
TABLES = """# Typed tables

A source is read into one of four tables. The column names and types are those of
`samhandling.sources.schema`; times are UTC, positions WGS84.
"""


def source_section(source: Source) -> str:
    """Return one source as a part of the page."""
    lines = [
        f"## {source.slug}",
        "",
        f"{source.name}. Published by {source.publisher}. Terms: {source.licence}.",
        "",
        f"- Read into: [{source.kind}](typed-tables.md)",
        f"- File endings: {', '.join(f'`{ending}`' for ending in source.file_endings)}",
        f"- A file is called, for example, `{source.example}`",
        *(f"- {caveat}" for caveat in source.caveats),
        "",
    ]
    return "\n".join(lines)


def codes_section() -> str:
    """Return why rows are refused and what readers notice."""
    lines = ["## Why a row is refused", "", "| code | meaning |", "|---|---|"]
    lines += [f"| `{code}` | {text} |" for code, text in REASON_TEXTS.items()]
    lines += ["", "## What a reader notices", "", "| code | meaning |", "|---|---|"]
    lines += [f"| `{code}` | {text} |" for code, text in NOTICE_TEXTS.items()]
    return "\n".join(lines) + "\n"


def feeds_section() -> str:
    """Return how gently each feed is asked."""
    lines = ["## Feeds", "", "| source | asked | seconds between | most an hour | most a day |"]
    lines += ["|---|---|---|---|---|"]
    lines += [
        f"| `{feed.source}` | {feed.page_rule.replace('_', ' ')} | {feed.min_interval_s:g} |"
        f" {feed.most_per_hour} | {feed.most_per_day} |"
        for feed in FEEDS
    ]
    return "\n".join(lines) + "\n"


def table_section(kind: str, schema: pa.Schema) -> str:
    """Return one typed table as a part of the page."""
    lines = [f"## {kind}", "", "| column | type |", "|---|---|"]
    lines += [f"| `{field.name}` | {field.type} |" for field in schema]
    return "\n".join(lines) + "\n"


def precision_section(precision: type[TimePrecision] | type[PositionPrecision]) -> str:
    """Return how exactly a time or a place may be known."""
    meaning = inspect.cleandoc(precision.__doc__ or "").replace("\n\n", " ")
    listed = ", ".join(f"`{value}`" for value in precision)
    return f"## {precision.__name__}\n\n{meaning}\n\n{listed}\n"


def pages() -> dict[str, str]:
    """Return the two pages."""
    sources = [source_section(source) for source in registry().values()]
    tables = [table_section(str(kind), schema) for kind, schema in SCHEMAS.items()]
    precisions = [precision_section(kind) for kind in (TimePrecision, PositionPrecision)]
    return {
        "sources.md": "\n".join([SOURCES, *sources, feeds_section(), codes_section()]),
        "typed-tables.md": "\n".join([TABLES, *tables, *precisions]),
    }

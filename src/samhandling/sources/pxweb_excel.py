"""Statistics Sweden's tables as their Excel workbooks: headings in rows, notes underneath."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, BinaryIO

from samhandling.sources.area_codes import level_of
from samhandling.sources.breakdowns import canonical_breakdown, category_slug, dimension_slug
from samhandling.sources.cell_text import is_suppressed, parse_number
from samhandling.sources.chunking import ChunkBuilder
from samhandling.sources.codes import NoticeCode, Reason
from samhandling.sources.protocol import Chunk, Notice, ReadOptions, Source, UnreadableFile
from samhandling.sources.published_periods import parse_period
from samhandling.sources.pxweb_indicators import measure
from samhandling.sources.rows import StatisticRow
from samhandling.sources.schema import STATISTIC, Kind
from samhandling.sources.workbooks import Cells, workbook_rows

REGION, YEAR, CONTENT = "region", "ar", "tabellinnehall"
NOT_APPLICABLE = frozenset({".", "-", "–"})
MOST_HEADING_ROWS = 12
BY = " efter "


@dataclass(frozen=True, slots=True)
class _Layout:
    """Where the parts of a table stand.

    Parameters
    ----------
    table : str
        The title without its dimensions.
    stubs : tuple of str
        Dimensions of the leading columns.
    headings : tuple of dict
        For every value column its category by dimension.
    """

    table: str
    stubs: tuple[str, ...]
    headings: tuple[dict[str, str], ...]


def read(stream: BinaryIO, filename: str, options: ReadOptions) -> Iterator[Chunk]:
    """Read a workbook as it is published.

    Parameters
    ----------
    stream, filename, options
        As the source protocol says; `level` overrides the level told by the area codes.

    Yields
    ------
    Chunk
        STATISTIC rows, one per value cell. A category that stands for all is left out of
        `breakdown`, so that a total is never added to its parts.

    Raises
    ------
    UnreadableFile
        If the workbook is damaged or has no title of the form "... efter region, år".
    """
    rows = workbook_rows(stream, filename, options)
    layout, first = _layout(rows, filename)
    builder = ChunkBuilder(STATISTIC, options.chunk_rows)
    reader = _Reader(layout, options, builder)
    notes = 0
    for number, cells in enumerate(_chain(first, rows), start=1):
        if notes or not reader.row(number, cells):
            notes += any(cell is not None for cell in cells)
        if builder.full:
            yield builder.take()
    if notes:
        builder.notice_file([Notice(NoticeCode.FOOTNOTES_SKIPPED, {"count": notes})])
    yield builder.take()


def _chain(first: Cells, rows: Iterator[Cells]) -> Iterator[Cells]:
    yield first
    yield from rows


def _layout(rows: Iterator[Cells], filename: str) -> tuple[_Layout, Cells]:
    title = _cell(next(rows, ()), 0)
    table, found, by = title.partition(BY)
    if not found:
        message = "{file} does not begin with a title as '... efter region, år'; is it a table?"
        raise UnreadableFile("no_title", message, file=filename)
    *leading, last = by.split(", ")
    dimensions = [dimension_slug(name) for name in (*leading, *last.split(" och "))]
    headings: list[Cells] = []
    for cells in rows:
        if REGION in dimensions and _level(cells, dimensions.index(REGION)):
            return _arranged(table, dimensions, headings, cells, filename), cells
        if any(cell is not None for cell in cells):
            headings.append(cells)
        if len(headings) > MOST_HEADING_ROWS:
            break
    message = "{file} has no row that begins with an area code; choose DeSO, RegSO or kommun."
    raise UnreadableFile("no_area_codes", message, file=filename)


def _arranged(
    table: str,
    dimensions: list[str],
    headings: list[Cells],
    first: Cells,
    filename: str,
) -> _Layout:
    stub_count = len(dimensions) - len(headings)
    region_leads = REGION in dimensions[: max(stub_count, 0)]
    # A row ends at its last cell with a value, which need not be in the last column.
    width = max(len(first), *(len(cells) for cells in headings)) if headings else 0
    if not region_leads or width <= stub_count:
        message = "{file} has {found} heading rows for {expected} dimensions; export it again."
        raise UnreadableFile(
            "unknown_layout",
            message,
            file=filename,
            found=len(headings),
            expected=len(dimensions),
        )
    columns: list[dict[str, str]] = [{} for _ in range(stub_count, width)]
    for dimension, cells in zip(dimensions[stub_count:], headings, strict=True):
        category = ""
        for at, column in enumerate(columns):
            # A heading that spans several columns stands in the first of them only.
            category = _cell(cells, at + stub_count) or category
            column[dimension] = category
    return _Layout(table.strip(), tuple(dimensions[:stub_count]), tuple(columns))


class _Reader:
    """Turns rows of cells into values."""

    def __init__(self, layout: _Layout, options: ReadOptions, builder: ChunkBuilder) -> None:
        self._layout = layout
        self._options = options
        self._builder = builder
        self._stubs: dict[str, str] = {}

    def row(self, number: int, cells: Cells) -> bool:
        """Read a row; False if it belongs to the notes under the table."""
        width = len(self._layout.stubs)
        values = [*cells[width:]]
        if all(cell is None for cell in cells):
            return True
        own = _level(cells, self._layout.stubs.index(REGION))
        # A note stands in the first column; a row without one goes on with the area above it.
        if _cell(cells, 0) and not own and all(value is None for value in values):
            return False
        for at, name in enumerate(self._layout.stubs):
            self._stubs[name] = _cell(cells, at) or self._stubs.get(name, "")
        code, _, name = self._stubs[REGION].partition(" ")
        level = level_of(code)
        if not level:
            raw = {f"column {at + 1}": str(cell) for at, cell in enumerate(cells) if cell}
            self._builder.refuse(number, Reason.BAD_AREA_CODE, raw, value=code)
            return True
        self._builder.notice_vintage(code)
        area = (self._options.level or level, code, name.strip())
        padded = [*values, *[None] * len(self._layout.headings)]
        for heading, value in zip(self._layout.headings, padded, strict=False):
            self._value(number, area, {**self._stubs, **heading}, value)
        return True

    def _value(
        self, number: int, area: tuple[str, str, str], categories: dict[str, str], cell: Any
    ) -> None:
        raw = {**categories, "value": "" if cell is None else str(cell)}
        period = parse_period(categories.get(YEAR, ""))
        if period is None:
            value = categories.get(YEAR, "")
            self._builder.refuse(number, Reason.BAD_DATE, raw, field="år", value=value)
            return
        shown, value_text, suppressed = _shown(cell)
        if shown is None and not suppressed and value_text not in NOT_APPLICABLE:
            reason = Reason.BAD_NUMBER if value_text else Reason.MISSING_VALUE
            self._builder.refuse(number, reason, raw, field="value", value=value_text)
            return
        if suppressed:
            self._builder.notice(NoticeCode.SUPPRESSED_VALUE, number)
        measured = measure(self._layout.table, categories.get(CONTENT, ""))
        self._builder.accept(
            StatisticRow(
                measured.indicator,
                measured.label,
                *area,
                period_start=period[0],
                period_end=period[1],
                value=shown,
                value_text=value_text,
                unit=measured.unit,
                breakdown=_breakdown(categories),
                suppressed=suppressed,
                row=number,
            )
        )


def _level(cells: Cells, at: int) -> str:
    return level_of(_cell(cells, at).partition(" ")[0])


def _breakdown(categories: dict[str, str]) -> str:
    parts = {
        name: category_slug(name, category)
        for name, category in categories.items()
        if name not in (REGION, YEAR, CONTENT)
    }
    return canonical_breakdown(parts)


def _shown(cell: Any) -> tuple[float | None, str, bool]:
    """Return the value, the text where there is none, and whether it is withheld."""
    if isinstance(cell, bool) or cell is None:
        return None, "", False
    if isinstance(cell, int | float):
        return float(cell), "", False
    text = str(cell).strip()
    value = parse_number(text)
    return value, "" if value is not None else text[:100], is_suppressed(text)


def _cell(cells: Sequence[Any], at: int) -> str:
    if at >= len(cells) or cells[at] is None:
        return ""
    cell = cells[at]
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    return str(cell).strip()


SOURCE = Source(
    slug="pxweb_excel",
    name="SCB:s tabeller som Excel",
    kind=Kind.STATISTICS,
    publisher="Statistiska centralbyrån (SCB)",
    licence="CC0",
    caveats=(
        "Values are adjusted by the publisher to protect persons: parts may not sum to totals.",
        "People without an address are placed in the municipality's main area.",
        "Divisions of different years must never be joined by code without a crosswalk.",
    ),
    file_endings=(".xlsx",),
    example="deso_folkmangd_2023.xlsx",
    read=read,
)

"""Population of base areas by year, sex and age."""

import re
from collections.abc import Iterator, Mapping
from typing import BinaryIO

from samhandling.sources.breakdowns import canonical_breakdown, category_slug
from samhandling.sources.chunking import ChunkBuilder
from samhandling.sources.codes import Reason
from samhandling.sources.protocol import Chunk, ReadOptions, Source
from samhandling.sources.published_periods import parse_period
from samhandling.sources.rows import StatisticRow
from samhandling.sources.schema import Kind
from samhandling.sources.table_reading import (
    RowRefused,
    open_table,
    published_count,
    read_table,
)

COLUMNS = ("nyckelkod", "namn", "ar", "kon", "alder", "antal")
LEVEL = "base_area"
_KEY = re.compile(r"[0-9]{4,12}")


def read(stream: BinaryIO, filename: str, options: ReadOptions) -> Iterator[Chunk]:
    """Read population by base area, year, sex and age.

    Parameters
    ----------
    stream, filename, options
        As the source protocol says; `level` names another level than "base_area".

    Yields
    ------
    Chunk
        STATISTIC rows of the indicator "population", one per sex and age: the file has no
        totals, so an area's population is the sum of its rows.

    Raises
    ------
    UnreadableFile
        If columns are missing or the file is damaged.
    """
    opened = open_table(stream, filename, options, COLUMNS)

    def interpret(
        row: int, values: Mapping[str, str], builder: ChunkBuilder
    ) -> Iterator[StatisticRow]:
        code = values["nyckelkod"].strip()
        if not _KEY.fullmatch(code):
            raise RowRefused(Reason.BAD_AREA_CODE, value=code)
        period = parse_period(values["ar"])
        if period is None:
            raise RowRefused(Reason.BAD_DATE, field="ar", value=values["ar"])
        value, suppressed = published_count("antal", values["antal"], row, builder)
        parts = {
            "sex": category_slug("sex", values["kon"]),
            "age": category_slug("age", values["alder"]),
        }
        yield StatisticRow(
            indicator="population",
            indicator_label="Folkmängd",
            area_level=options.level or LEVEL,
            area_code=code,
            area_name=values["namn"].strip(),
            period_start=period[0],
            period_end=period[1],
            value=value,
            unit="count",
            breakdown=canonical_breakdown(parts),
            suppressed=suppressed,
            row=row,
        )

    yield from read_table(opened, options, Kind.STATISTICS, interpret)


SOURCE = Source(
    slug="base_area_population",
    name="Folkmängd per basområde",
    kind=Kind.STATISTICS,
    publisher="Kommunen",
    licence="CC0",
    caveats=(
        "People without a located address are missing from the areas.",
        "Small cells are real counts: suppress before publishing by sex and age.",
    ),
    file_endings=(".csv", ".csv.gz"),
    example="befolkning_basomrade.csv.gz",
    read=read,
)

"""The police's list as figures: each area's class by year, and shares of DeSO inside it."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import BinaryIO

from samhandling.sources.area_codes import is_deso
from samhandling.sources.chunking import ChunkBuilder
from samhandling.sources.codes import Reason
from samhandling.sources.protocol import Chunk, ReadOptions, Source
from samhandling.sources.published_periods import parse_period
from samhandling.sources.rows import StatisticRow
from samhandling.sources.schema import Kind
from samhandling.sources.slugs import slug
from samhandling.sources.table_reading import (
    RowRefused,
    open_table,
    published_value,
    read_table,
)
from samhandling.sources.vulnerable_areas import (
    LEVEL,
    PARTICULARLY,
    VULNERABLE,
    class_slug,
    year_of_file,
)
from samhandling.sources.vulnerable_areas import SOURCE as BOUNDARIES

CLASS_COLUMNS = ("omrade", "ort", "ar", "kod")
SHARE_COLUMNS = ("code", "level", "share_pct", "utsatt_pct", "sarskilt_pct")
SHARES = {
    "share_pct": "",
    "utsatt_pct": f"class={VULNERABLE}",
    "sarskilt_pct": f"class={PARTICULARLY}",
}


def read_classes(stream: BinaryIO, filename: str, options: ReadOptions) -> Iterator[Chunk]:
    """Read the class of every area on the list, by year.

    Yields
    ------
    Chunk
        STATISTIC rows of the indicator "police_list_class", with the class in `value_text` and
        the same area codes as the boundaries of the list have.
    """
    opened = open_table(stream, filename, options, CLASS_COLUMNS)
    seen: dict[tuple[str, str], int] = {}

    def interpret(row: int, values: Mapping[str, str], _: ChunkBuilder) -> Iterator[StatisticRow]:
        name, year = values["omrade"].strip(), values["ar"].strip()
        period = parse_period(year)
        if not slug(name):
            raise RowRefused(Reason.MISSING_VALUE, field="omrade")
        if period is None:
            raise RowRefused(Reason.BAD_DATE, field="ar", value=year)
        listed = class_slug(values["kod"])
        first = seen.setdefault((slug(name), year), row)
        if first != row:
            raise RowRefused(Reason.DUPLICATE, value=name, first_row=first)
        yield StatisticRow(
            indicator="police_list_class",
            indicator_label="Klass på polisens lista",
            area_level=options.level or LEVEL,
            area_code=slug(name),
            area_name=name,
            period_start=period[0],
            period_end=period[1],
            value_text=listed,
            unit="class",
            row=row,
        )

    yield from read_table(opened, options, Kind.STATISTICS, interpret)


def read_shares(stream: BinaryIO, filename: str, options: ReadOptions) -> Iterator[Chunk]:
    """Read how much of each DeSO lies inside the listed areas of one year.

    The year is that of `valid_from`, else the last one in the file's name.

    Yields
    ------
    Chunk
        STATISTIC rows of the indicator "police_list_share" in per cent of the area of the DeSO,
        in all and for each class.
    """
    opened = open_table(stream, filename, options, SHARE_COLUMNS)
    year = options.valid_from.year if options.valid_from else year_of_file(filename)

    def interpret(
        row: int, values: Mapping[str, str], builder: ChunkBuilder
    ) -> Iterator[StatisticRow]:
        code = values["code"].strip()
        if not is_deso(code):
            raise RowRefused(Reason.BAD_AREA_CODE, value=code)
        builder.notice_vintage(code)
        for column, breakdown in SHARES.items():
            value, suppressed = published_value(column, values[column], row, builder)
            if value is not None and not 0 <= value <= 100:
                raise RowRefused(Reason.BAD_NUMBER, field=column, value=values[column])
            yield StatisticRow(
                indicator="police_list_share",
                indicator_label="Andel av ytan på polisens lista",
                area_level=options.level or "deso",
                area_code=code,
                area_name="",
                period_start=date(year, 1, 1),
                period_end=date(year, 12, 31),
                value=value,
                unit="percent",
                breakdown=breakdown,
                suppressed=suppressed,
                row=row,
            )

    yield from read_table(opened, options, Kind.STATISTICS, interpret)


CLASS_SOURCE = Source(
    slug="vulnerable_area_classes",
    name="Polisens utsatta områden, klass per år",
    kind=Kind.STATISTICS,
    publisher=BOUNDARIES.publisher,
    licence=BOUNDARIES.licence,
    caveats=(*BOUNDARIES.caveats, "Classes before 2021 were compiled from secondary sources."),
    file_endings=(".csv", ".csv.gz"),
    example="utsatta_omraden_2015_2023.csv",
    read=read_classes,
)

SHARE_SOURCE = Source(
    slug="vulnerable_area_shares",
    name="Polisens utsatta områden, andel av DeSO",
    kind=Kind.STATISTICS,
    publisher=BOUNDARIES.publisher,
    licence=BOUNDARIES.licence,
    caveats=(*BOUNDARIES.caveats, "A share of the area, not of the residents."),
    file_endings=(".csv", ".csv.gz"),
    example="deso_andel_i_utsatt_omrade_2025.csv",
    read=read_shares,
)

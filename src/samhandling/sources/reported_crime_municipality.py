"""Reported offences per municipality, year and quarter, as compiled from Brå."""

from collections.abc import Iterator, Mapping
from typing import BinaryIO

from samhandling.sources.area_codes import is_municipality
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
    published_count,
    published_value,
    read_table,
)

COLUMNS = ("kommun", "period", "key", "count")
RATE_COLUMN = "per100k"
FLAGS = {"": False, "0": False, "1": True}
LABELS = {
    "total": "Anmälda brott, samtliga",
    "person": "Brott mot person",
    "theft": "Stöld och tillgrepp",
    "burglary": "Inbrott",
    "vandalism": "Skadegörelse",
    "drugs_weapons": "Narkotika- och vapenbrott",
}


def read(stream: BinaryIO, filename: str, options: ReadOptions) -> Iterator[Chunk]:
    """Read reported offences per municipality.

    Parameters
    ----------
    stream, filename, options
        As the source protocol says.

    Yields
    ------
    Chunk
        STATISTIC rows: "reported_crime_<key>" in offences and, where the file has it,
        "reported_crime_<key>_per_100k". `..` is withheld, not zero.

    Raises
    ------
    UnreadableFile
        If columns are missing or the file is damaged.
    """
    opened = open_table(stream, filename, options, COLUMNS)
    yield from read_table(opened, options, Kind.STATISTICS, _interpret)


def _interpret(
    row: int, values: Mapping[str, str], builder: ChunkBuilder
) -> Iterator[StatisticRow]:
    code, key = values["kommun"].strip(), values["key"].strip()
    if not is_municipality(code):
        raise RowRefused(Reason.BAD_AREA_CODE, value=code)
    period = parse_period(values["period"])
    if period is None:
        raise RowRefused(Reason.BAD_DATE, field="period", value=values["period"])
    if not slug(key):
        raise RowRefused(Reason.MISSING_VALUE, field="key")
    flag = values.get("preliminary", "").strip()
    if flag not in FLAGS:
        raise RowRefused(Reason.BAD_NUMBER, field="preliminary", value=flag)
    number = published_count("count", values["count"], row, builder)
    measures = [(number, "", "", "offences")]
    if values.get(RATE_COLUMN, "").strip():
        rate = published_value(RATE_COLUMN, values[RATE_COLUMN], row, builder)
        if rate[0] is not None and rate[0] < 0:
            raise RowRefused(Reason.BAD_NUMBER, field=RATE_COLUMN, value=values[RATE_COLUMN])
        measures.append((rate, "_per_100k", ", per 100 000 invånare", "per_100k"))
    for (value, suppressed), ending, label_ending, unit in measures:
        yield StatisticRow(
            indicator=f"reported_crime_{slug(key)}{ending}",
            indicator_label=LABELS.get(key, key) + label_ending,
            area_level="municipality",
            area_code=code,
            area_name="",
            period_start=period[0],
            period_end=period[1],
            value=value,
            unit=unit,
            suppressed=suppressed,
            preliminary=FLAGS[flag],
            row=row,
        )


SOURCE = Source(
    slug="reported_crime_municipality",
    name="Anmälda brott per kommun",
    kind=Kind.STATISTICS,
    publisher="Brottsförebyggande rådet (Brå)",
    licence="Får återges med källa: Brå",
    caveats=(
        "Counts follow the day of registration, and cases of mass reporting give spikes.",
        "A change may be one of reporting rather than of behaviour.",
        "The groups of offences are the compiler's.",
    ),
    file_endings=(".csv", ".csv.gz"),
    example="anmalda_brott_kvartal.csv",
    read=read,
)

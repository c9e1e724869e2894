"""Published results of a municipality's safety survey."""

from collections.abc import Iterator, Mapping
from typing import BinaryIO

from samhandling.sources.cell_text import parse_count, parse_number
from samhandling.sources.chunking import ChunkBuilder
from samhandling.sources.codes import Reason
from samhandling.sources.protocol import Chunk, ReadOptions, Source
from samhandling.sources.published_periods import parse_period
from samhandling.sources.rows import SurveyRow
from samhandling.sources.schema import Kind
from samhandling.sources.slugs import slug
from samhandling.sources.table_reading import RowRefused, open_table, read_table

COLUMNS = (
    "ar",
    "geografi",
    "indelning",
    "fraga",
    "matt",
    "varde_procent",
    "n_svar_staden",
    "svarsfrekvens_procent",
    "kalla_url",
)
SURVEY = "safety_survey"
WHOLE, GROUP = "stad", "stad_grupp"
DISTRICT_PREFIX = "sdn"


def read(stream: BinaryIO, filename: str, options: ReadOptions) -> Iterator[Chunk]:
    """Read published percentages of a safety survey.

    Parameters
    ----------
    stream, filename, options
        As the source protocol says; `municipality_code` places the results of the whole city.

    Yields
    ------
    Chunk
        SURVEY rows. The number of answers is the whole survey's (`n_basis` "whole_survey"): an
        interval for an area cannot be computed from it. Values of an area keep its published
        name and the division it belongs to; the code is found by the name when it is stored.

    Raises
    ------
    UnreadableFile
        If columns are missing or the file is damaged.
    """
    opened = open_table(stream, filename, options, COLUMNS)

    def interpret(row: int, values: Mapping[str, str], _: ChunkBuilder) -> Iterator[SurveyRow]:
        yield _result(row, values, options)

    yield from read_table(opened, options, Kind.SURVEY, interpret)


def _result(row: int, values: Mapping[str, str], options: ReadOptions) -> SurveyRow:
    year = values["ar"].strip()
    if parse_period(year) is None:
        raise RowRefused(Reason.BAD_DATE, field="ar", value=year)
    question = values["fraga"].strip()
    if not slug(question):
        raise RowRefused(Reason.MISSING_VALUE, field="fraga")
    percent = _percent("varde_procent", values["varde_procent"])
    if percent is None:
        raise RowRefused(Reason.MISSING_VALUE, field="varde_procent")
    answers = values["n_svar_staden"].strip()
    number = parse_count(answers)
    if answers and number is None:
        raise RowRefused(Reason.BAD_NUMBER, field="n_svar_staden", value=answers)
    level, code, name, group = _place(values, options)
    return SurveyRow(
        survey=SURVEY,
        wave=year,
        fieldwork_start=None,
        fieldwork_end=None,
        item=slug(question),
        wording=question,
        cut=values["matt"].strip(),
        area_level=level,
        area_code=code,
        area_name=name,
        group=group,
        value_percent=percent,
        n=number,
        n_basis="unknown" if number is None else "whole_survey",
        response_rate_percent=_percent("svarsfrekvens_procent", values["svarsfrekvens_procent"]),
        source_url=values["kalla_url"].strip(),
        row=row,
    )


def _percent(field: str, text: str) -> float | None:
    if not text.strip():
        return None
    value = parse_number(text)
    if value is None or not 0 <= value <= 100:
        raise RowRefused(Reason.BAD_NUMBER, field=field, value=text)
    return value


def _place(values: Mapping[str, str], options: ReadOptions) -> tuple[str, str, str, str]:
    division, name = values["indelning"].strip(), values["geografi"].strip()
    if not name:
        raise RowRefused(Reason.MISSING_VALUE, field="geografi")
    if division == WHOLE:
        return "municipality", options.municipality_code, name, ""
    if division == GROUP:
        city, _, group = name.partition(",")
        return "municipality", options.municipality_code, city.strip(), slug(group)
    if division.startswith(DISTRICT_PREFIX):
        return options.level or "district", "", name, ""
    return slug(division), "", name, ""


SOURCE = Source(
    slug="safety_survey",
    name="Trygghetsmätning, publicerade värden",
    kind=Kind.SURVEY,
    publisher="Kommunen",
    licence="Fakta återges med källa",
    caveats=(
        "Values are rounded to whole per cent.",
        "The number of answers per area is not published.",
        "Different questions give different levels: never mix them in one series.",
        "District values belong to the division of the year they were published.",
    ),
    file_endings=(".csv", ".csv.gz"),
    example="trygghetsmatning_publicerade_varden.csv",
    read=read,
)

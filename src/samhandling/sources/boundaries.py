"""Boundaries of areas from GeoJSON, zipped Shapefile or GeoPackage in any coordinate system."""

import json
from collections.abc import Callable, Iterator, Mapping
from typing import Any, BinaryIO

from samhandling.sources.area_geometry import GeometryPreparer
from samhandling.sources.chunking import ChunkBuilder
from samhandling.sources.codes import NoticeCode, Reason
from samhandling.sources.delimited import RAW_CHARACTERS
from samhandling.sources.geometry_files import WGS84, Feature, GeometryFile
from samhandling.sources.protocol import Chunk, Notice, ReadOptions, Source, UnreadableFile
from samhandling.sources.rows import AreaRow
from samhandling.sources.schema import AREA, Kind
from samhandling.sources.table_reading import RowRefused

CODE_COLUMNS = (
    "code",
    "kod",
    "nyckelkod",
    "desokod",
    "deso",
    "regsokod",
    "regso",
    "omr_kod",
    "omradeskod",
    "kommunkod",
    "kommun_kod",
    "kom_kod",
    "knkod",
    "id",
)
NAME_COLUMNS = (
    "name",
    "namn",
    "omr_namn",
    "kom_namn",
    "kommunnamn",
    "kommun_namn",
    "knnamn",
    "regsonamn",
    "sdn_omarde",
    "sdn_omrade",
    "stadsdel",
    "stadsdelsomrade",
    "omrade",
    "benamning",
)

Interpret = Callable[[Feature, bytes], AreaRow]


def read(stream: BinaryIO, filename: str, options: ReadOptions) -> Iterator[Chunk]:
    """Read boundaries of one level.

    Parameters
    ----------
    stream, filename, options
        As the source protocol says. `level` and `valid_from` must be given; `code_column` and
        `name_column` are chosen from the common names when they are empty.

    Yields
    ------
    Chunk
        AREA rows in WGS84. A code that comes again is refused.

    Raises
    ------
    UnreadableFile
        If level or valid_from is not given, or the file cannot be read.
    """
    if not options.level or options.valid_from is None:
        message = "State the level of the areas in {file} and the day they apply from."
        raise UnreadableFile("missing_options", message, file=filename)
    naming = _Naming(options)
    yield from read_areas(GeometryFile(stream, filename, options), options, naming)


class _Naming:
    """Gives each feature its code and name; the columns are chosen at the first feature."""

    def __init__(self, options: ReadOptions) -> None:
        self._options = options
        self._code: str | None = None
        self._name: str | None = None
        self._chosen = False
        self.notice: NoticeCode | None = None

    def __call__(self, feature: Feature, geometry: bytes) -> AreaRow:
        if not self._chosen:
            self._choose(feature.attributes)
        named = _text(feature.attributes.get(self._name)) if self._name else ""
        code = _text(feature.attributes.get(self._code)) if self._code else named
        if not self._code and not self._name:
            code = str(feature.row)
        if not code:
            raise RowRefused(Reason.MISSING_VALUE, field=self._code or self._name or "code")
        options = self._options
        assert options.valid_from is not None
        return AreaRow(
            level=options.level,
            code=code,
            name=named or code,
            valid_from=options.valid_from,
            valid_to=options.valid_to,
            geometry=geometry,
            attributes=attributes_json(feature.attributes),
            row=feature.row,
        )

    def _choose(self, attributes: Mapping[str, Any]) -> None:
        self._code = chosen_column(attributes, self._options.code_column, CODE_COLUMNS)
        self._name = chosen_column(attributes, self._options.name_column, NAME_COLUMNS)
        self._chosen = True
        if self._code is None:
            self.notice = NoticeCode.CODE_FROM_NAME if self._name else NoticeCode.CODE_FROM_ROW


def read_areas(opened: GeometryFile, options: ReadOptions, interpret: Interpret) -> Iterator[Chunk]:
    """Prepare every feature's geometry and let `interpret` make the row of it."""
    builder = ChunkBuilder(AREA, options.chunk_rows)
    preparer: GeometryPreparer | None = None
    seen: dict[tuple[str, str], int] = {}
    for feature in opened:
        preparer = preparer or GeometryPreparer.from_crs(opened.crs)
        try:
            row = interpret(feature, preparer.prepare(feature, builder))
            _check_validity(row)
            first = seen.setdefault((row.code, str(row.valid_from)), feature.row)
            if first != feature.row:
                raise RowRefused(Reason.DUPLICATE, value=row.code, first_row=first)  # noqa: TRY301
            builder.accept(row)
        except RowRefused as refused:
            raw = {
                str(name)[:100]: _text(value)[:RAW_CHARACTERS]
                for name, value in feature.attributes.items()
            }
            builder.refuse(feature.row, refused.code, raw, **refused.parameters)
        if builder.full:
            yield builder.take()
    builder.notice_file(_file_notices(opened, interpret))
    yield builder.take()


def _check_validity(row: AreaRow) -> None:
    if row.valid_to is not None and row.valid_to <= row.valid_from:
        start, end = row.valid_from.isoformat(), row.valid_to.isoformat()
        raise RowRefused(Reason.END_BEFORE_START, start=start, end=end)


def _file_notices(opened: GeometryFile, interpret: Interpret) -> list[Notice]:
    notices = list(opened.notices)
    if opened.crs != WGS84:
        notices.append(Notice(NoticeCode.REPROJECTED, {"crs": opened.crs[:60]}))
    chosen = getattr(interpret, "notice", None)
    if chosen is not None:
        notices.append(Notice(chosen, {}))
    return notices


def chosen_column(
    attributes: Mapping[str, Any], wanted: str, common: tuple[str, ...]
) -> str | None:
    """Return the column to use: the wanted one, else the first common name that is there.

    Raises
    ------
    UnreadableFile
        If a column is asked for that the file does not have.
    """
    if wanted:
        if wanted not in attributes:
            message = "There is no column {column!r}; the file has {found}."
            found = ", ".join(map(str, attributes))[:RAW_CHARACTERS]
            raise UnreadableFile("missing_columns", message, column=wanted, found=found)
        return wanted
    by_folded = {str(name).casefold(): name for name in attributes}
    return next((by_folded[name] for name in common if name in by_folded), None)


def attributes_json(attributes: Mapping[str, Any]) -> str:
    """Return the attributes that have a value as JSON."""
    kept = {name: value for name, value in attributes.items() if value not in (None, "")}
    return json.dumps(kept, ensure_ascii=False, default=str)


def _text(value: object) -> str:
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return "" if value is None else str(value).strip()


SOURCE = Source(
    slug="boundaries",
    name="Områdesgränser",
    kind=Kind.AREAS,
    publisher="Kommunen, SCB eller regionen",
    licence="Enligt den som ger ut filen",
    caveats=(
        "Simplified borders give shares of area that are good to a few per cent.",
        "Areas of one level need not nest in those of another.",
        "Divisions change: state the day from which the boundaries apply.",
    ),
    file_endings=(".geojson", ".json", ".zip", ".gpkg"),
    example="stadsdelsomraden_2023.geojson",
    read=read,
)

"""The police's list of vulnerable areas as boundaries: Shapefile or GeoPackage."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any, BinaryIO

from samhandling.sources.boundaries import attributes_json, chosen_column, read_areas
from samhandling.sources.codes import Reason
from samhandling.sources.geometry_files import Feature, GeometryFile
from samhandling.sources.protocol import Chunk, ReadOptions, Source, UnreadableFile
from samhandling.sources.rows import AreaRow
from samhandling.sources.schema import Kind
from samhandling.sources.slugs import slug
from samhandling.sources.table_reading import RowRefused

LEVEL = "police_list"
VULNERABLE, RISK, PARTICULARLY = "vulnerable", "risk", "particularly_vulnerable"
CLASSES = {
    "u": VULNERABLE,
    "utsatt": VULNERABLE,
    "utsatt_omrade": VULNERABLE,
    "utsattomr": VULNERABLE,
    "r": RISK,
    "risk": RISK,
    "riskomrade": RISK,
    "s": PARTICULARLY,
    "sarskilt": PARTICULARLY,
    "sarskilt_utsatt": PARTICULARLY,
    "sarskilt_utsatt_omrade": PARTICULARLY,
    "sarskild_utsatt_omrade": PARTICULARLY,
}
FIRST_LIST_YEAR = 2015
NAME_COLUMNS = ("namn", "area_panel", "omrade")
CLASS_COLUMNS = ("kategori", "type", "kod")
YEAR_COLUMNS = ("year", "ar")
REMOVED_COLUMNS = ("borttagen",)
TOWN_COLUMNS = ("ort",)
REGION_COLUMNS = ("region", "polisregion")
LOCAL_COLUMNS = ("lokalpolis", "lokalpolisomrade", "lpo")
_YEAR = re.compile(r"(?<!\d)20[0-4]\d(?!\d)")


def read(stream: BinaryIO, filename: str, options: ReadOptions) -> Iterator[Chunk]:
    """Read the list's polygons.

    Parameters
    ----------
    stream, filename, options
        As the source protocol says. Without `valid_from`, the year is taken from the rows or
        from the file's name.

    Yields
    ------
    Chunk
        AREA rows of the level "police_list", with class, year, town and police region among the
        attributes. A panel of several years gives one row per area and year, each valid until
        the next list; a removed area is valid until the year of its removal.

    Raises
    ------
    UnreadableFile
        If the file cannot be read, or says neither year nor removal.
    """
    opened = GeometryFile(stream, filename, options)
    features = list(opened)
    years = sorted({year for f in features if (year := _year(f.attributes, YEAR_COLUMNS))})
    following = dict(pairwise(years))
    lister = _Lister(options, filename, following)
    opened.replace_features(features)
    yield from read_areas(opened, options, lister)


@dataclass(frozen=True, slots=True)
class _Lister:
    """Makes the row of a feature of the list."""

    options: ReadOptions
    filename: str
    following: Mapping[int, int]

    def __call__(self, feature: Feature, geometry: bytes) -> AreaRow:
        values = feature.attributes
        name = _value(values, NAME_COLUMNS)
        if not slug(name):
            raise RowRefused(Reason.MISSING_VALUE, field="namn")
        listed = class_slug(_value(values, CLASS_COLUMNS))
        valid_from, valid_to = self._validity(values)
        attributes = {
            "class": listed,
            "year": valid_from.year,
            "removed": _year(values, REMOVED_COLUMNS) or None,
            "town": _value(values, TOWN_COLUMNS),
            "region": _value(values, REGION_COLUMNS),
            "local_police_area": _value(values, LOCAL_COLUMNS),
        }
        return AreaRow(
            level=self.options.level or LEVEL,
            code=slug(name),
            name=name,
            valid_from=valid_from,
            valid_to=valid_to,
            geometry=geometry,
            attributes=attributes_json(attributes),
            row=feature.row,
        )

    def _validity(self, values: Mapping[str, Any]) -> tuple[date, date | None]:
        options = self.options
        removed = _year(values, REMOVED_COLUMNS)
        if removed:
            begun = options.valid_from or date(FIRST_LIST_YEAR, 1, 1)
            return begun, date(removed, 1, 1)
        year = _year(values, YEAR_COLUMNS)
        if year:
            following = self.following.get(year)
            return date(year, 1, 1), date(following, 1, 1) if following else options.valid_to
        return options.valid_from or date(year_of_file(self.filename), 1, 1), options.valid_to


def year_of_file(filename: str) -> int:
    """Return the last year in a file's name.

    Raises
    ------
    UnreadableFile
        If it has none; the day must then be given.
    """
    found = _YEAR.findall(filename)
    if not found:
        message = "{file} does not say its year; state the day the list applies from."
        raise UnreadableFile("missing_options", message, file=filename)
    return int(found[-1])


def class_slug(text: str) -> str:
    """Return the stored name of a class of the list, or raise RowRefused.

    Examples
    --------
    >>> class_slug("Särskilt utsatt område")
    'particularly_vulnerable'
    """
    listed = CLASSES.get(slug(text))
    if listed is None:
        raise RowRefused(Reason.UNKNOWN_CLASS, value=text)
    return listed


def _value(values: Mapping[str, Any], columns: tuple[str, ...]) -> str:
    column = chosen_column(values, "", columns)
    found = values.get(column) if column else None
    return "" if found is None else str(found).strip()


def _year(values: Mapping[str, Any], columns: tuple[str, ...]) -> int:
    found = _YEAR.search(_value(values, columns))
    return int(found[0]) if found else 0


SOURCE = Source(
    slug="vulnerable_areas",
    name="Polisens utsatta områden, gränser",
    kind=Kind.AREAS,
    publisher="Polismyndigheten",
    licence="Ingen licens angiven; allmän handling",
    caveats=(
        "The list is an expert judgement, not a measurement of crime.",
        "Polygons are redrawn between lists: count the residents inside, not the areas.",
        "The class of risk areas was abolished in 2025.",
    ),
    file_endings=(".zip", ".gpkg", ".geojson"),
    example="uso_2023_shp.zip",
    read=read,
)

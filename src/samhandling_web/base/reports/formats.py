"""Every format that leaves the house: pages, the command line and the API all ask here."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from samhandling_web.base.common.text import Text, _
from samhandling_web.base.reports.content import Document, Layer, slug
from samhandling_web.base.reports.csv_file import csv_file
from samhandling_web.base.reports.errors import FormatNotSupported, FormatUnknown
from samhandling_web.base.reports.excel import excel
from samhandling_web.base.reports.geojson import geojson
from samhandling_web.base.reports.geopackage import geopackage
from samhandling_web.base.reports.json_file import json_file
from samhandling_web.base.reports.pdf import pdf
from samhandling_web.base.reports.word import docx

OFFICE = "application/vnd.openxmlformats-officedocument"
Content = Document | Layer


@dataclass(frozen=True, slots=True)
class Format:
    """One format: its name for people, its file ending and type, and who writes what in it."""

    slug: str
    label: str
    mime: str
    document: Callable[[Document], bytes] | None = None
    layer: Callable[[Layer], bytes] | None = None

    @property
    def ending(self) -> str:
        """The end of a file's name, with its dot."""
        return f".{self.slug}"

    def holds(self, content: Content) -> bool:
        """Whether this content can be written in this format."""
        return (self.document if isinstance(content, Document) else self.layer) is not None


@dataclass(frozen=True, slots=True)
class MadeFile:
    """A file ready to leave the house."""

    name: str
    mime: str
    content: bytes


FORMATS: Mapping[str, Format] = {
    format_.slug: format_
    for format_ in (
        Format("pdf", "PDF", "application/pdf", document=pdf),
        Format("docx", "Word", f"{OFFICE}.wordprocessingml.document", document=docx),
        Format("xlsx", "Excel", f"{OFFICE}.spreadsheetml.sheet", document=excel, layer=excel),
        Format("csv", "CSV", "text/csv; charset=utf-8", document=csv_file, layer=csv_file),
        Format("json", "JSON", "application/json", document=json_file, layer=json_file),
        Format("geojson", "GeoJSON", "application/geo+json", layer=geojson),
        Format("gpkg", "GeoPackage", "application/geopackage+sqlite3", layer=geopackage),
    )
}
KINDS: Mapping[type, Text] = {Document: _("Ett dokument"), Layer: _("Ett kartlager")}


def format_named(name: str) -> Format:
    """The format with this slug or file ending; raises FormatUnknown."""
    found = FORMATS.get(name.casefold().removeprefix("."))
    if found is None:
        raise FormatUnknown(format=name, known=", ".join(FORMATS))
    return found


def formats_for(content: Content) -> tuple[Format, ...]:
    """The formats that can hold this content, in the order to offer them."""
    return tuple(format_ for format_ in FORMATS.values() if format_.holds(content))


def make_file(content: Content, name: str) -> MadeFile:
    """Write a document or a layer in the named format.

    Raises
    ------
    FormatUnknown, FormatNotSupported
        If there is no such format, or it cannot hold this content.
    """
    format_ = format_named(name)
    made = None
    if isinstance(content, Document) and format_.document:
        made = format_.document(content)
    elif isinstance(content, Layer) and format_.layer:
        made = format_.layer(content)
    if made is None:
        possible = ", ".join(other.label for other in formats_for(content))
        raise FormatNotSupported(
            content=KINDS[type(content)], format=format_.label, possible=possible
        )
    return MadeFile(file_name(content, format_), format_.mime, made)


def file_name(content: Content, format_: Format) -> str:
    """A name that sorts and says what it is: title and the day the data were put together."""
    day = content.provenance.made_at.date().isoformat()
    return f"{slug(content.title)[:80].strip('-') or 'dokument'}-{day}{format_.ending}"

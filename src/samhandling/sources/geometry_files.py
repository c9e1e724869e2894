"""Features of GeoJSON, zipped Shapefile and GeoPackage, with the coordinate system they state."""

import io
import json
import re
import warnings
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any, BinaryIO

import numpy as np
import pyproj
import pyproj.exceptions

from samhandling.sources.archives import archive_members, member_bytes
from samhandling.sources.codes import NoticeCode
from samhandling.sources.json_records import json_members
from samhandling.sources.packed_bytes import ZIP_MAGIC, Peeked, first_text, whole_bytes
from samhandling.sources.protocol import Notice, ReadOptions, UnreadableFile

SQLITE_MAGIC = b"SQLite format 3\0"
SHAPEFILE_MAGIC = b"\x00\x00\x27\x0a"
SHAPEFILE_PARTS = (".shp", ".shx", ".dbf", ".prj", ".cpg")
WGS84 = "EPSG:4326"
# What GDAL raises through pyogrio are kinds of these two.
READING_ERRORS = (ValueError, RuntimeError)
_CRS84 = re.compile(r".*\bCRS:?84$")


@dataclass(frozen=True, slots=True)
class Feature:
    """A feature as the file has it: attributes, and geometry as GeoJSON text or WKB."""

    row: int
    attributes: dict[str, Any]
    geometry: str | bytes | None


class GeometryFile:
    """An opened boundary file of any of the three formats.

    Parameters
    ----------
    stream, filename, options
        As the source protocol says; `options.crs` is used when the file states no system.

    Attributes
    ----------
    crs : str
        The coordinate system; known at once, but for GeoJSON that states it first.
    notices : list of Notice
        What was recognised about the file.

    Raises
    ------
    UnreadableFile
        If it is none of the three formats, is damaged, or states no coordinate system.

    Notes
    -----
    GeoJSON is read feature by feature. Shapefile and GeoPackage need random access and are read
    whole, under `limits.whole_file_bytes`. Only these formats are ever handed to GDAL, because
    some of the others it knows can name files and addresses to read.
    """

    def __init__(self, stream: BinaryIO, filename: str, options: ReadOptions) -> None:
        self.filename = filename
        self.notices: list[Notice] = []
        self._options = options
        peeked = Peeked(stream)
        if peeked.first.startswith(ZIP_MAGIC):
            content = whole_bytes(peeked, filename, options.limits)
            self._open_gdal(self._shapefile(content))
        elif peeked.first.startswith(SQLITE_MAGIC):
            self._open_gdal(whole_bytes(peeked, filename, options.limits))
        elif first_text(peeked, filename).startswith("{"):
            self.crs = options.crs or WGS84
            self._features = self._geojson(peeked)
        else:
            message = "{file} is not GeoJSON, a zipped Shapefile or a GeoPackage."
            raise UnreadableFile("not_geometry", message, file=filename)

    def __iter__(self) -> Iterator[Feature]:
        """Give the features in the order of the file."""
        return self._features

    def replace_features(self, features: list[Feature]) -> None:
        """Give features that have been read ahead once more."""
        self._features = iter(features)

    def _geojson(self, stream: Peeked) -> Iterator[Feature]:
        row = 0
        kind: object = None
        for member in json_members(stream, self.filename, self._options.limits, array="features"):
            if member.is_item:
                row += 1
                yield _geojson_feature(row, member.value)
            elif member.name == "crs" and member.value:
                stated = self._stated_crs(member.value)
                if row and stated != self.crs:
                    message = "{file} states {crs} after its features; give it as the option crs."
                    raise UnreadableFile("late_crs", message, file=self.filename, crs=stated)
                self.crs = stated
            elif member.name == "type":
                kind = member.value
                self._check_collection(kind)
            elif member.name == "features":
                self._check_collection("without a list of features")
        self._check_collection(kind or "without a type")

    def _check_collection(self, kind: object) -> None:
        if kind != "FeatureCollection":
            message = "{file} is a GeoJSON {found}; a FeatureCollection is needed."
            found = str(kind)[:50]
            raise UnreadableFile("not_geometry", message, file=self.filename, found=found)

    def _stated_crs(self, member: object) -> str:
        properties = member.get("properties") if isinstance(member, Mapping) else None
        name = properties.get("name") if isinstance(properties, Mapping) else None
        if isinstance(name, str) and _CRS84.fullmatch(name):
            return WGS84
        return known_crs(str(name), self.filename)

    def _shapefile(self, content: bytes) -> bytes:
        """Repack one layer under plain names, so that nothing else reaches the reader."""
        members = archive_members(content, self.filename, self._options.limits)
        layers = sorted(name for name in members if name.lower().endswith(".shp"))
        if not layers:
            message = "{file} holds no .shp; zip the .shp, .shx, .dbf and .prj together."
            raise UnreadableFile("no_layer", message, file=self.filename)
        self._one_of(layers)
        stem = str(PurePosixPath(layers[0]).with_suffix(""))
        parts = {
            str(PurePosixPath(name).suffix.lower()): member
            for name, member in members.items()
            if str(PurePosixPath(name).with_suffix("")) == stem
        }
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w") as archive:
            for ending in SHAPEFILE_PARTS:
                if ending in parts:
                    body = member_bytes(content, parts[ending], self.filename)
                    archive.writestr(f"layer{ending}", body)
                    if ending == ".shp" and not body.startswith(SHAPEFILE_MAGIC):
                        message = "{file} holds a .shp that is not a Shapefile."
                        raise UnreadableFile("not_geometry", message, file=self.filename)
        return packed.getvalue()

    def _one_of(self, layers: list[str]) -> None:
        if len(layers) > 1:
            ignored = ", ".join(layers[1:])
            self.notices.append(
                Notice(NoticeCode.OTHER_MEMBERS_IGNORED, {"used": layers[0], "ignored": ignored})
            )

    def _open_gdal(self, content: bytes) -> None:
        # Here and not at the top: it brings in pandas, and most runs read no geometry.
        import pyogrio

        try:
            with warnings.catch_warnings():
                # GDAL warns of measures it drops and of file endings; both are told otherwise.
                warnings.simplefilter("ignore")
                layers = [str(name) for name, kind in pyogrio.list_layers(content) if kind]
                found = _read_layer(content, layers[0]) if layers else None
        except READING_ERRORS as error:
            message = "{file} cannot be read as boundaries ({detail}); export it again."
            raise UnreadableFile(
                "damaged_geometry", message, file=self.filename, detail=str(error)[:300]
            ) from error
        if found is None:
            message = "{file} holds no layer with geometry."
            raise UnreadableFile("no_layer", message, file=self.filename)
        self._one_of(layers)
        meta, _, geometry, fields = found
        stated = meta["crs"] or self._options.crs
        if not stated:
            message = (
                "{file} does not state its coordinate system (its .prj is missing); "
                "give it as the option crs, for example EPSG:3006."
            )
            raise UnreadableFile("missing_crs", message, file=self.filename)
        self.crs = known_crs(stated, self.filename)
        self._features = _rows(list(meta["fields"]), geometry, fields)


def known_crs(text: str, filename: str) -> str:
    """Return a coordinate system as "EPSG:n" where it has a number, else as it was written.

    Raises
    ------
    UnreadableFile
        If it is not known.
    """
    try:
        found = pyproj.CRS.from_user_input(text)
    except pyproj.exceptions.CRSError as error:
        message = "{file} states the coordinate system {crs!r}, which is not known."
        raise UnreadableFile("unknown_crs", message, file=filename, crs=text[:100]) from error
    number = found.to_epsg()
    return f"EPSG:{number}" if number else text


def _geojson_feature(row: int, value: object) -> Feature:
    if not isinstance(value, Mapping):
        return Feature(row, {}, None)
    properties = value.get("properties")
    attributes = dict(properties) if isinstance(properties, Mapping) else {}
    if "id" in value and "id" not in attributes:
        attributes["id"] = value["id"]
    geometry = value.get("geometry")
    return Feature(row, attributes, json.dumps(geometry) if geometry else None)


def _read_layer(content: bytes, layer: str) -> tuple[Any, Any, Any, Any]:
    import pyogrio.raw

    try:
        found: tuple[Any, Any, Any, Any] = pyogrio.raw.read(content, layer=layer)
    except UnicodeDecodeError:
        found = pyogrio.raw.read(content, layer=layer, encoding="windows-1252")
    return found


def _rows(names: list[str], geometry: Any, fields: Any) -> Iterator[Feature]:
    for index, shape in enumerate(geometry if geometry is not None else ()):
        values = {
            str(name): _plain(column[index]) for name, column in zip(names, fields, strict=True)
        }
        yield Feature(index + 1, values, shape)


def _plain(value: object) -> str | int | float | bool | None:
    if isinstance(value, np.generic):
        value = value.item() if not isinstance(value, np.datetime64) else str(value)
    if value is None or (isinstance(value, float) and not np.isfinite(value)):
        return None
    return value if isinstance(value, str | int | float | bool) else str(value)

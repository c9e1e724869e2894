import gzip
import io
import json
import stat
import zipfile

import openpyxl
import pytest
from defusedxml.common import EntitiesForbidden

from samhandling.sources import Limits, UnreadableFile, get
from samhandling.sources.boundaries import read as read_boundaries
from samhandling.sources.json_records import json_members
from samhandling.sources.pxweb_excel import read as read_workbook
from samhandling.sources.reported_crime_municipality import read as read_counts
from samhandling.sources.tests.geometry_samples import frame, geopackage, shapefile_zip
from samhandling.sources.tests.readings import options, read_bytes

HEADER = "kommun;period;key;count;preliminary\n"
LINE = "9901;2024;total;1;\n"
MEBIBYTE = 1024 * 1024


class Repeating(io.RawIOBase):
    """A long file that is never held: the same block over and over."""

    def __init__(self, first, block, size):
        self.first, self.block, self.left, self.given = first, block, size, 0

    def read(self, size=-1):
        ahead, self.first = self.first, b""
        if ahead:
            return ahead
        part = self.block[: min(size, self.left)]
        self.left -= len(part)
        self.given += len(part)
        return part


def read_areas(content):
    given = {"level": "district", "valid_from": options().now.date()}
    return read_bytes(read_boundaries, content, "areas.zip", **given)


def zipped(*members):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, body in members:
            archive.writestr(name, body)
    return packed.getvalue()


def test_one_line_of_a_gigabyte_is_refused_after_a_little_of_it():
    stream = Repeating(b"", b"x" * MEBIBYTE, 1024 * MEBIBYTE)
    with pytest.raises(UnreadableFile, match="no header within"):
        list(read_counts(stream, "x.csv", options()))
    assert stream.given < 4 * MEBIBYTE


def test_a_long_line_among_others_is_refused_alone():
    long = "9901;2024;" + "x" * 3 * MEBIBYTE + ";1;\n"
    found = read_bytes(read_counts, HEADER + LINE + long + LINE)
    assert found.reasons == ["line_too_long"]
    assert found.table.num_rows == 2


def test_a_long_last_line_is_refused_too():
    found = read_bytes(read_counts, HEADER + LINE + "x" * 3 * MEBIBYTE)
    assert found.reasons == ["line_too_long"]


def test_a_quote_that_is_never_closed_costs_its_rows_not_the_import():
    text = HEADER + LINE + '"' + LINE * 20_000
    found = read_bytes(read_counts, text)
    assert "unreadable_row" in found.reasons
    assert found.table.num_rows >= 1


def test_a_gzip_bomb_is_refused():
    bomb = gzip.compress(HEADER.encode() + b"\0" * 64 * MEBIBYTE)
    with pytest.raises(UnreadableFile, match="as harmful files do"):
        read_bytes(read_counts, bomb)


def test_a_file_over_the_limit_is_refused():
    limits = Limits(unpacked_bytes=1_000)
    with pytest.raises(UnreadableFile, match="unpacks to more than 1000"):
        read_bytes(read_counts, HEADER + LINE * 1_000, limits=limits)


@pytest.mark.parametrize("part", [0.3, 0.9, 0.999])
def test_a_gzip_file_cut_short_is_refused_with_advice(part):
    whole = gzip.compress((HEADER + LINE * 5_000).encode())
    with pytest.raises(UnreadableFile, match=r"cut short.+ fetch it again"):
        read_bytes(read_counts, whole[: int(len(whole) * part)])


def test_several_gzip_members_and_padding_are_read():
    whole = gzip.compress(HEADER.encode()) + gzip.compress(LINE.encode()) + b"\0" * 100
    assert read_bytes(read_counts, whole).table.num_rows == 1


def test_an_empty_file_is_refused_and_one_of_only_headers_is_empty():
    for content in (b"", b" \n\n", gzip.compress(b"")):
        with pytest.raises(UnreadableFile):
            read_bytes(read_counts, content)
    assert read_bytes(read_counts, HEADER).rows_read == 0


@pytest.mark.parametrize(
    "name",
    ["../layer.shp", "/etc/layer.shp", "a/../../layer.shp", "..\\layer.shp", "C:/layer.shp"],
)
def test_a_path_out_of_the_archive_is_refused(name):
    with pytest.raises(UnreadableFile, match="outside the archive"):
        read_areas(zipped((name, b"x"), ("ok.shp", b"x")))


def test_a_link_in_the_archive_is_refused():
    link = zipfile.ZipInfo("layer.shp")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    with pytest.raises(UnreadableFile, match="a link or a path"):
        read_areas(zipped((link, b"/etc/hostname")))


def test_a_zip_bomb_is_refused():
    with pytest.raises(UnreadableFile, match="as harmful files do"):
        read_areas(zipped(("layer.shp", b"\0" * 64 * MEBIBYTE)))


def test_too_many_members_are_refused():
    with pytest.raises(UnreadableFile, match="at most 1000"):
        read_areas(zipped(*((f"{n}.txt", b"") for n in range(1_001))))


def test_a_member_that_poses_as_a_shapefile_is_never_opened():
    disguised = b"<OGRVRTDataSource><OGRVRTLayer name='x'/></OGRVRTDataSource>"
    with pytest.raises(UnreadableFile, match="not a Shapefile"):
        read_areas(zipped(("layer.shp", disguised)))


def test_an_archive_without_a_layer_says_what_to_zip():
    with pytest.raises(UnreadableFile, match=r"zip the .shp, .shx, .dbf and .prj"):
        read_areas(zipped(("readme.txt", b"hej")))


@pytest.mark.parametrize("form", [shapefile_zip, geopackage])
def test_boundaries_cut_short_are_refused(form, tmp_path):
    content = form(frame(), tmp_path)
    for part in (0.2, 0.5, 0.8):
        with pytest.raises(UnreadableFile):
            read_areas(content[: int(len(content) * part)])


def test_a_zip_where_a_table_is_expected_says_to_unpack():
    with pytest.raises(UnreadableFile, match="unpack it"):
        read_bytes(read_counts, zipped(("x.csv", HEADER)))


def workbook_with(part, change):
    book = openpyxl.Workbook()
    book.active.append(["Folkmängd efter region och år"])
    packed = io.BytesIO()
    book.save(packed)
    changed = io.BytesIO()
    with zipfile.ZipFile(packed) as old, zipfile.ZipFile(changed, "w") as new:
        for name in old.namelist():
            body = old.read(name)
            new.writestr(name, change(body) if name == part else body)
    return changed.getvalue()


def test_entities_that_grow_in_a_workbook_are_refused():
    laughs = b'<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>'

    def change(body):
        start = body.index(b"<sheetData") if b"<sheetData" in body else 0
        declared = laughs + body[body.index(b"<worksheet") : start]
        return declared + b'<sheetData><row><c t="str"><v>&b;</v></c></row></sheetData></worksheet>'

    with pytest.raises(UnreadableFile, match="not a sound Excel workbook") as refusal:
        read_bytes(read_workbook, workbook_with("xl/worksheets/sheet1.xml", change), "x.xlsx")
    assert isinstance(refusal.value.__cause__.__context__, EntitiesForbidden)


def test_an_old_or_false_workbook_says_how_to_save_it():
    for content in (b"\xd0\xcf\x11\xe0" + b"\0" * 600, b"hej", zipped(("x", b""))):
        with pytest.raises(UnreadableFile, match="xlsx"):
            read_bytes(read_workbook, content, "x.xlsx")


@pytest.mark.parametrize(
    "text",
    [
        "[" * 100_000,
        '[{"a": 1}',
        '[{"a": 1},',
        '[{"a": 1}] {"b": 2}',
        "[1 2]",
        '{"data": [}',
        "hej",
        "[" + "9" * 5_000 + "]",
    ],
)
def test_json_that_is_none_is_refused(text):
    with pytest.raises(UnreadableFile):
        list(json_members(io.BytesIO(text.encode()), "x.json", Limits(), array="data"))


def test_a_json_value_over_the_limit_is_refused():
    limits = Limits(record_bytes=1_000)
    text = json.dumps([{"a": "x" * 500_000}])
    with pytest.raises(UnreadableFile, match="longer than 1000"):
        list(json_members(io.BytesIO(text.encode()), "x.json", limits))


def test_a_json_number_across_two_blocks_is_read_whole():
    text = "[" + " " * (128 * 1024 - 3) + "12345]"
    items = [m.value for m in json_members(io.BytesIO(text.encode()), "x.json", Limits())]
    assert items == [12345]


def test_every_source_refuses_an_empty_file():
    for slug in ("police_events", "pxweb_json", "pxweb_excel", "boundaries", "vulnerable_areas"):
        with pytest.raises(UnreadableFile):
            read_bytes(get(slug).read, b"", level="x", valid_from=options().now.date())

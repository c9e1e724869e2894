"""Harmful, damaged and foreign files are refused with advice and leave nothing behind."""

import gzip
import io
import os
import threading
import zipfile
from pathlib import Path

import pytest
from django.conf import settings

from samhandling.sources.tests.geometry_samples import frame, geopackage, shapefile_zip
from samhandling_web.base.areas.models import AreaVersion
from samhandling_web.base.areas.services import level_set
from samhandling_web.observe.events.models import EventRevision
from samhandling_web.observe.imports.models import Batch
from samhandling_web.observe.imports.tests.police_files import police_file, police_row
from tests.robustness.imported import refused, took_in, written

pytestmark = pytest.mark.django_db

MEBIBYTE = 1024 * 1024
HEADER = "kommun;period;key;count;per100k;preliminary\n"
LINE = "9901;2024;brott;1;;\n"
COUNTS = "reported_crime_municipality"


@pytest.fixture(autouse=True)
def own_folder(data_folder):
    level_set(slug="district", name="område", name_plural="områden", rank=10, actor=None)


def zipped(*members):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, body in members:
            archive.writestr(name, body)
    return packed.getvalue()


def one_line(path, mebibytes, beginning=b""):
    """Write a line through a pipe while it is read, so that the file never lies anywhere."""
    os.mkfifo(path)

    def write():
        with path.open("wb") as pipe:
            pipe.write(beginning)
            for _ in range(mebibytes):
                pipe.write(b"x" * MEBIBYTE)

    threading.Thread(target=write, daemon=True).start()
    return path


@pytest.mark.parametrize("source", [COUNTS, "police_events", "pxweb_json"])
def test_a_file_of_one_long_line_is_refused(tmp_path, source):
    assert refused(source, one_line(tmp_path / "rad.csv", 40))


@pytest.mark.slow
@pytest.mark.parametrize("source", [COUNTS, "police_events"])
def test_a_line_of_a_gigabyte_is_refused(tmp_path, source):
    assert refused(source, one_line(tmp_path / "rad.csv", 1024))


@pytest.mark.slow
def test_a_line_of_a_gigabyte_under_a_header_costs_one_row(tmp_path):
    path = one_line(tmp_path / "rad.csv", 1024, (HEADER + LINE).encode())
    batch = took_in(COUNTS, path)
    assert (batch.rows_read, batch.rows_accepted) == (2, 1)
    assert batch.rejected.get().reason == "line_too_long"


def test_a_gzip_bomb_is_refused_and_leaves_no_row(tmp_path):
    bomb = gzip.compress((HEADER + LINE * 50).encode() + b"\0" * 64 * MEBIBYTE)
    refused(COUNTS, written(tmp_path, "bomb.csv.gz", bomb), chunk_rows=10)


def test_a_zip_bomb_is_refused(tmp_path):
    refused("boundaries", written(tmp_path, "b.zip", zipped(("a.shp", b"\0" * 64 * MEBIBYTE))))


@pytest.mark.parametrize(
    "name", ["../a.shp", "/etc/a.shp", "x/../../a.shp", "..\\a.shp", "C:/a.shp"]
)
def test_a_path_out_of_the_archive_is_refused_and_nothing_is_written_there(tmp_path, name):
    before = everything_under(tmp_path.parent)
    path = written(tmp_path, "areas.zip", zipped((name, b"x"), ("ok.shp", b"x")))
    refused("boundaries", path)
    kept = Path(settings.MEDIA_ROOT)
    made = everything_under(tmp_path.parent) - before - {path}
    assert all(kept in one.parents or one == kept for one in made)


def everything_under(folder):
    return set(folder.rglob("*"))


@pytest.mark.parametrize("name", ["../../evil.csv", "/etc/passwd", "..\\..\\evil.csv", "a\0b.csv"])
def test_the_name_of_a_file_leads_nowhere(tmp_path, name):
    from samhandling_web.observe.imports import services

    path = police_file(tmp_path / "p.csv", [police_row(1)])
    batch = services.batch_receive(source="police_events", path=path, actor=None, file_name=name)
    assert "/" not in batch.file_name
    assert "\\" not in batch.file_name
    kept = (Path(settings.MEDIA_ROOT) / batch.stored_path).resolve()
    assert Path(settings.MEDIA_ROOT).resolve() in kept.parents


@pytest.mark.parametrize("part", [0.1, 0.5, 0.9, 0.999])
def test_a_packed_file_cut_short_leaves_no_row(tmp_path, part):
    whole = police_file(tmp_path / "p.csv.gz", [police_row(number) for number in range(2_000)])
    content = whole.read_bytes()
    cut = written(tmp_path, "kapad.csv.gz", content[: int(len(content) * part)])
    refused("police_events", cut, chunk_rows=100)
    assert not EventRevision.objects.exists()


@pytest.mark.parametrize("form", [shapefile_zip, geopackage])
@pytest.mark.parametrize("part", [0.1, 0.5, 0.9])
def test_boundaries_cut_short_leave_no_area(tmp_path, form, part):
    content = form(frame(), tmp_path)
    refused("boundaries", written(tmp_path, "a.zip", content[: int(len(content) * part)]))
    assert not AreaVersion.objects.exists()


def test_a_file_that_failed_does_not_stand_in_the_way_of_the_right_one(tmp_path):
    whole = police_file(tmp_path / "p.csv.gz", [police_row(number) for number in range(500)])
    refused(
        "police_events", written(tmp_path, "k.csv.gz", whole.read_bytes()[:-200]), chunk_rows=50
    )
    batch = took_in("police_events", whole)
    assert (batch.rows_new, EventRevision.objects.count()) == (500, 500)


def text_of_thirty(tmp_path):
    rows = [police_row(number, name=f"1 maj 12.00, Rån, Åäö{number}") for number in range(30)]
    return police_file(tmp_path / "p.csv", rows).read_text(encoding="utf-8")


@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp1252", "latin-1", "utf-16", "utf-16-le"])
def test_text_in_the_encodings_of_offices_is_read_right(tmp_path, encoding):
    content = text_of_thirty(tmp_path).encode(encoding)
    answer = took_in("police_events", written(tmp_path, "e.csv", content))
    assert isinstance(answer, Batch), answer
    assert answer.rows_accepted == 30
    assert all("Åäö" in title for title in EventRevision.objects.values_list("title", flat=True))


def test_text_in_a_rare_encoding_is_refused(tmp_path):
    content = text_of_thirty(tmp_path).encode("utf-32")
    assert refused("police_events", written(tmp_path, "e.csv", content))


def test_a_file_half_in_one_encoding_and_half_in_another_loses_no_row(tmp_path):
    rows = [police_row(number, summary="Åäö i texten.") for number in range(3_000)]
    text = police_file(tmp_path / "p.csv", rows).read_text(encoding="utf-8")
    middle = text.index("\n", len(text) // 2)
    mixed = text[:middle].encode() + text[middle:].encode("cp1252")
    batch = took_in("police_events", written(tmp_path, "m.csv", mixed))
    assert (batch.rows_accepted, batch.rows_rejected) == (3_000, 0)
    assert EventRevision.objects.filter(text="Åäö i texten.").count() == 3_000


@pytest.mark.parametrize(
    "source", ["boundaries", "police_events", "pxweb_excel", "pxweb_json", COUNTS]
)
@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b"\x7fELF" + bytes(range(256)) * 40, id="program"),
        pytest.param(b"%PDF-1.7\n" + b"\x00\xff" * 500, id="pdf"),
        pytest.param(b"<html><body>Logga in</body></html>", id="page"),
        pytest.param(b"\0" * 4_096, id="zeros"),
        pytest.param(b"\xef\xbb\xbf", id="mark"),
        pytest.param(b"PK\x05\x06" + b"\0" * 18, id="empty zip"),
        pytest.param(b'{"type": "FeatureCollection", "features": [' * 5_000, id="deep"),
    ],
)
def test_what_is_no_such_file_at_all_is_refused(tmp_path, source, content):
    refused(source, written(tmp_path, "fil", content))


def test_a_value_too_long_for_its_column_costs_its_row_alone(tmp_path):
    rows = [police_row(1), police_row(2, type="x" * 201), police_row(3, id="9" * 300)]
    batch = took_in("police_events", police_file(tmp_path / "p.csv", rows))
    assert (batch.rows_new, batch.rows_rejected) == (1, 2)
    assert {row.reason for row in batch.rejected.all()} == {"value_too_long"}

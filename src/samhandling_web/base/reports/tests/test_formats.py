"""Every format: found by name, refused with words, and the same bytes every time."""

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from samhandling_web.base.reports.content import slug
from samhandling_web.base.reports.errors import FormatNotSupported, FormatUnknown, SeveralTables
from samhandling_web.base.reports.formats import FORMATS, format_named, formats_for, make_file
from samhandling_web.base.reports.tests.samples import document, layer

SOURCE = Path(__file__).parents[4]
# Makes every format with the clock set to `offset` seconds from now, and prints the hashes.
PROGRAM = """
import hashlib, json, sys, time
offset = float(sys.argv[1])
for name in ("time", "localtime", "gmtime"):
    true = getattr(time, name)
    if name == "time":
        setattr(time, name, lambda true=true: true() + offset)
    else:
        setattr(time, name, lambda at=None, true=true: true(time.time() if at is None else at))
from samhandling_web.base.reports.formats import formats_for, make_file
from samhandling_web.base.reports.content import Document
from samhandling_web.base.reports.tests import samples
from dataclasses import replace
made = {}
for content in (samples.document(), samples.layer()):
    if isinstance(content, Document):
        single = replace(content, blocks=(samples.table(),))
    for format_ in formats_for(content):
        kept = single if format_.slug == "csv" and isinstance(content, Document) else content
        file = make_file(kept, format_.slug)
        made[f"{type(content).__name__}.{format_.slug}"] = hashlib.sha256(file.content).hexdigest()
print(json.dumps(made))
"""


def started(offset: int, seed: str, zone: str) -> subprocess.Popen[str]:
    environment = {
        **os.environ,
        "PYTHONPATH": str(SOURCE),
        "PYTHONHASHSEED": seed,
        "TZ": zone,
        "SOURCE_DATE_EPOCH": str(1_000_000_000 + offset),
    }
    command = [sys.executable, "-c", PROGRAM, str(offset)]
    pipe = subprocess.PIPE
    return subprocess.Popen(command, env=environment, stdout=pipe, stderr=pipe, text=True)


def hashes(process: subprocess.Popen[str]) -> dict[str, str]:
    output, errors = process.communicate(timeout=120)
    assert process.returncode == 0, errors
    return json.loads(output)


def test_made_twice_in_other_processes_under_another_clock_is_byte_identical():
    """Python's clock is moved; the clock that compiled code reads has gone on by seconds."""
    earlier = started(0, "1", "Europe/Stockholm")
    time.sleep(1.2)
    later = started(86_400 * 400, "2", "America/New_York")
    first, second = hashes(earlier), hashes(later)
    assert set(first) == {
        *(f"Document.{name}" for name in ("pdf", "docx", "xlsx", "csv", "json")),
        *(f"Layer.{name}" for name in ("xlsx", "csv", "json", "geojson", "gpkg")),
    }
    assert first == second


@pytest.mark.parametrize("name", sorted(FORMATS))
def test_a_format_is_found_by_slug_and_by_ending(name):
    assert format_named(name) is format_named(f".{name.upper()}")


def test_an_unknown_format_is_named_with_those_that_exist():
    with pytest.raises(FormatUnknown) as error:
        make_file(document(), "odt")
    assert "”odt”" in str(error.value)
    assert "pdf" in str(error.value)


def test_a_document_has_no_place_on_a_map():
    with pytest.raises(FormatNotSupported) as error:
        make_file(document(), "geojson")
    assert str(error.value) == (
        "Ett dokument kan inte sparas som GeoJSON. Välj ett av: PDF, Word, Excel, CSV, JSON."
    )


def test_a_layer_is_not_set_as_pdf():
    with pytest.raises(FormatNotSupported, match="Ett kartlager kan inte sparas som PDF"):
        make_file(layer(), "pdf")


def test_csv_refuses_several_tables():
    with pytest.raises(SeveralTables) as error:
        make_file(document(), "csv")
    assert "4 tabeller" in str(error.value)


def test_formats_offered_are_those_that_can_be_made():
    assert [format_.slug for format_ in formats_for(layer())] == [
        "xlsx",
        "csv",
        "json",
        "geojson",
        "gpkg",
    ]


def test_a_file_name_is_plain_and_dated():
    made = make_file(layer(), "geojson")
    assert made.name == "handelser-2026-11-24.geojson"
    assert made.mime == "application/geo+json"


def test_a_slug_keeps_no_path():
    assert slug("../Åtgärder & Öppet/läge") == "atgarder-oppet-lage"

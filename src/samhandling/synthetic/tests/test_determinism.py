"""The same plan and seed give the same bytes, however they are cut; and memory stays level."""

import hashlib
import json
import subprocess
import sys
import tracemalloc

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
import shapely

from samhandling.sources.schema import EVENT, SURVEY
from samhandling.synthetic import GRANKOPING, VINTERSELE, make_town
from samhandling.synthetic.files import write_town


def test_files_are_byte_identical(tmp_path):
    for folder in ("first", "second"):
        write_town(make_town(VINTERSELE, seed=5), tmp_path / folder, expected=5_000)
    first, second = (
        {p.name: hashlib.sha256(p.read_bytes()).hexdigest() for p in (tmp_path / f).iterdir()}
        for f in ("first", "second")
    )
    assert first == second
    assert len(first) > 15


def test_the_events_file_does_not_depend_on_the_chunks(small_town, tmp_path):
    a = write_town(small_town, tmp_path / "a", expected=20_000, chunk_rows=1_000)
    b = write_town(small_town, tmp_path / "b", expected=20_000, chunk_rows=7_777)
    assert a.events.read_bytes() == b.events.read_bytes()


def test_chunks_have_the_size_asked_for(small_town):
    sizes = [c.table.num_rows for c in small_town.events(20_000, chunk_rows=3_000)]
    assert set(sizes[:-1]) == {3_000}
    assert 0 < sizes[-1] <= 3_000


def test_other_seeds_and_numbers_give_other_events(small_town):
    def digest(town, expected):
        return hashlib.sha256(
            next(town.events(expected, chunk_rows=100)).truth.moment.tobytes()
        ).digest()

    other = make_town(VINTERSELE, seed=2)
    assert digest(small_town, 5_000) == digest(small_town, 5_000)
    assert digest(small_town, 5_000) != digest(other, 5_000)
    assert digest(small_town, 5_000) != digest(small_town, 6_000)


def test_too_few_events_are_refused(small_town):
    with pytest.raises(ValueError, match=r"expected \(0\)"):
        next(small_town.events(0))


def test_memory_does_not_grow_along_the_stream(small_town):
    tracemalloc.start()
    held = [
        tracemalloc.get_traced_memory()[0] + pa.total_allocated_bytes()
        for _chunk in small_town.events(300_000, chunk_rows=10_000)
    ]
    tracemalloc.stop()
    quarter = len(held) // 4
    assert max(held[-quarter:]) < 1.2 * max(held[:quarter])


@pytest.mark.slow
def test_five_million_events_stream_in_little_memory():
    program = (
        "import resource\n"
        "from samhandling.synthetic import GRANKOPING, make_town\n"
        "town = make_town(GRANKOPING)\n"
        "before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss\n"
        "rows = sum(chunk.table.num_rows for chunk in town.events(5_000_000))\n"
        "print(rows, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, check=True, text=True
    )
    rows, grown_kib = (int(word) for word in done.stdout.split())
    assert rows == pytest.approx(5_000_000, rel=0.01)
    assert grown_kib < 250 * 1024


def test_written_events_are_the_streamed_ones(town, files):
    written = pd.read_csv(
        files.events, sep=town.plan.delimiter, dtype=str, keep_default_na=False, encoding="utf-8"
    )
    streamed = pa.concat_tables([c.table for c in town.events(6_000)])
    assert set(written.columns) <= set(EVENT.names)
    assert len(written) == streamed.num_rows
    for column in ("external_id", "category", "position_precision", "area_code", "title"):
        assert written[column].tolist() == streamed.column(column).to_pylist()
    start = pd.to_datetime(written["start"], utc=True).dt.tz_localize(None)
    assert (start.to_numpy() == streamed.column("start").to_numpy()).all()
    lon = pd.to_numeric(written["lon"], errors="coerce").to_numpy()
    assert np.array_equal(lon, streamed.column("lon").to_numpy(), equal_nan=True)


def test_written_areas_residents_and_surveys_are_complete(town, files):
    for file in files.areas:
        features = json.loads(file.path.read_text(encoding="utf-8"))["features"]
        areas = town.ground.of_level(file.level, file.valid_from)
        assert [f["properties"]["code"] for f in features] == [a.code for a in areas]
        for feature, area in zip(features, areas, strict=True):
            written = shapely.from_geojson(json.dumps(feature["geometry"]))
            assert written.equals_exact(area.geometry, 1e-9)
    residents = pd.read_csv(files.population, sep=town.plan.delimiter)
    assert residents["Folkmängd"].sum() == town.residents.counts.sum()
    assert set(residents["Kön"]) == {"kvinnor", "män"}
    survey = pd.read_csv(files.survey, sep=town.plan.delimiter)
    assert [*survey.columns, "row"] == SURVEY.names
    tree = pd.read_csv(files.categories, sep=town.plan.delimiter)
    assert tree["category"].tolist() == [c.slug for c in town.plan.categories]
    assert not set(tree["category"]) & set(tree["parent"])
    truth = json.loads(files.truth.read_text(encoding="utf-8"))
    assert truth["change"]["factor"] == town.plan.change.factor
    layers = {layer for layer, _ in files.layers}
    assert {"water", "main_street", "local_street", "square", "school", "tunnel"} <= layers


def test_the_plans_differ_in_the_delimiter():
    assert {GRANKOPING.delimiter, VINTERSELE.delimiter} == {",", ";"}

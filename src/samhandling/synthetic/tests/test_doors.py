"""The files of both towns come in through the readers of real files, and nothing is lost."""

from datetime import UTC, datetime

import numpy as np
import pyarrow as pa
import shapely

from samhandling.sources import boundaries, mapped_table
from samhandling.sources.protocol import ReadOptions
from samhandling.sources.schema import SURVEY
from samhandling.synthetic.doors import event_mapping, population_mapping, survey_mapping
from samhandling.synthetic.files import EVENT_COLUMNS

FILE_EVENTS = 6_000
NOW = datetime(2025, 3, 1, tzinfo=UTC)


def read(reader, path, options: ReadOptions) -> pa.Table:
    with path.open("rb") as stream:
        chunks = list(reader.read(stream, path.name, options))
    assert not [rejection for chunk in chunks for rejection in chunk.rejected]
    return pa.concat_tables([chunk.table for chunk in chunks])


def test_every_event_comes_in_as_it_was(town, files):
    (whole,) = town.ground.of_level("municipality")
    options = ReadOptions(
        now=NOW,
        municipality_code=town.plan.municipality_code,
        bounds=whole.geometry,
        mapping=event_mapping(town.plan),
    )
    found = read(mapped_table, files.events, options)
    streamed = pa.concat_tables([chunk.table for chunk in town.events(FILE_EVENTS)])
    for column in (*EVENT_COLUMNS, "count", "row"):
        assert found.column(column).to_pylist() == streamed.column(column).to_pylist(), column


def test_every_resident_comes_in(town, files):
    options = ReadOptions(now=NOW, mapping=population_mapping(town.plan))
    found = read(mapped_table, files.population, options)
    assert found.num_rows == town.population().num_rows
    assert found.column("value").to_numpy().sum() == town.residents.counts.sum()
    assert set(found.column("area_level").to_pylist()) == {town.plan.levels[-1].slug}
    assert {"age=0-9;sex=women", "age=90+;sex=men"} <= set(found.column("breakdown").to_pylist())


def test_every_survey_figure_comes_in(town, files):
    options = ReadOptions(now=NOW, mapping=survey_mapping(town.plan))
    found = read(mapped_table, files.survey, options)
    published = town.survey_waves()
    for column in SURVEY.names:
        assert found.column(column).to_pylist() == published.column(column).to_pylist(), column


def test_every_vintage_of_every_level_comes_in(town, files):
    seen = set()
    for file in files.areas:
        options = ReadOptions(
            now=NOW, level=file.level, valid_from=file.valid_from, valid_to=file.valid_to
        )
        found = read(boundaries, file.path, options)
        areas = town.ground.of_level(file.level, file.valid_from)
        assert found.column("code").to_pylist() == [area.code for area in areas]
        assert found.column("name").to_pylist() == [area.name for area in areas]
        read_in = shapely.from_wkb(found.column("geometry").to_pylist())
        drawn = np.array([area.geometry for area in areas])
        assert (shapely.area(shapely.symmetric_difference(read_in, drawn)) < 1e-12).all()
        seen.add((file.level, file.valid_from))
    top = town.plan.levels[0].slug
    assert {day for level, day in seen if level == top} == {
        min(area.valid_from for area in town.ground.areas),
        town.plan.reform.day,
    }

"""Files that Hypothesis makes: each is taken in whole, row by row accounted for, or refused."""

import csv
import io
import json
import tempfile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from samhandling.sources.mapping import Mapping
from samhandling.sources.schema import Kind
from samhandling_web.observe.events.models import EventRevision
from samhandling_web.observe.imports.models import Batch
from samhandling_web.observe.imports.tests.police_files import HEADER, police_row
from tests.robustness.imported import took_in, written

pytestmark = pytest.mark.django_db

small = settings(max_examples=25, deadline=None, derandomize=True,
                 suppress_health_check=list(HealthCheck))  # fmt: skip
large = settings(small, max_examples=600)

TABLES = ("police_events", "reported_crime_municipality", "base_area_population", "safety_survey")
MAPPING = Mapping(
    kind=Kind.EVENTS,
    columns={"external_id": "id", "category": "type", "start": "datetime", "title": "name"},
)
nasty = st.one_of(
    st.text(max_size=40),
    st.sampled_from(
        ["", "=1+1", "@SUM(A1)", "\x00", "\ud7ff", "'; DROP TABLE events_eventrevision;--", "NaN",
         "1e999", "-1", "9" * 400, "2024-02-30 25:61:61 +99:99", "0000-00-00", "24-13-99",
         "91.0,181.0", "0,0", "<script>alert(1)</script>", "%s%n", "\u202e", "9901" * 500]
    ),
)  # fmt: skip
cells = st.dictionaries(st.sampled_from(HEADER), nasty, max_size=4)


def table_of(rows, delimiter=","):
    text = io.StringIO()
    writer = csv.DictWriter(text, HEADER, delimiter=delimiter)
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode("utf-8", "replace")


def take(source, content, **options):
    with tempfile.TemporaryDirectory() as folder:
        return took_in(source, written(folder, "fil", content), **options)


def rows_taken(changes):
    return [police_row(number, **one) for number, one in enumerate(changes)]


def check_table(changes):
    batch = take("police_events", table_of(rows_taken(changes)), chunk_rows=3)
    if isinstance(batch, Batch):
        assert (
            batch.rows_new + batch.rows_changed == EventRevision.objects.filter(batch=batch).count()
        )


def check_mapped(changes, delimiter):
    content = table_of(rows_taken(changes), delimiter)
    take("mapped_table", content, mapping=MAPPING, chunk_rows=2)


def check_bytes(source, content):
    take(source, content or b" ")


def check_damaged(at, bad):
    whole = table_of(rows_taken([{}] * 40))
    place = int(at * len(whole))
    take("police_events", whole[:place] + bad + whole[place + len(bad) :], chunk_rows=7)


def check_json(value):
    take("police_events", json.dumps(value).encode(), chunk_rows=2)


tables = st.lists(cells, min_size=1, max_size=12)
members = st.lists(
    st.recursive(
        st.none() | st.booleans() | st.floats() | st.integers() | nasty,
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(st.sampled_from([*HEADER, "location"]), inner, max_size=5)
        ),
        max_leaves=12,
    ),
    max_size=5,
)


@small
@given(tables)
def test_any_cells_in_a_table_of_events(changes):
    check_table(changes)


@small
@given(tables, st.sampled_from(",;\t|"))
def test_any_cells_in_a_described_table(changes, delimiter):
    check_mapped(changes, delimiter)


@small
@given(st.sampled_from(TABLES), st.binary(max_size=400))
def test_any_bytes(source, content):
    check_bytes(source, content)


@small
@given(st.floats(0, 1), st.binary(min_size=1, max_size=30))
def test_a_table_with_a_damaged_place(at, bad):
    check_damaged(at, bad)


@small
@given(members)
def test_any_json(value):
    check_json(value)


@pytest.mark.slow
@large
@given(tables, st.sampled_from(",;\t|"), st.binary(max_size=2_000), st.floats(0, 1), members)
def test_many_more_of_all_kinds(changes, delimiter, content, at, value):
    check_table(changes)
    check_mapped(changes, delimiter)
    for source in TABLES:
        check_bytes(source, content)
    check_damaged(at, content[:30] or b"\0")
    check_json(value)

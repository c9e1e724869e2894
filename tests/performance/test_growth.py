"""How much is asked of the database, counted in questions and never in seconds."""

import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from samhandling_web.base.areas.selectors.maps import feature_collection
from samhandling_web.base.areas.services import level_set
from samhandling_web.base.areas.tests.town import EARLY, blocks, division
from samhandling_web.observe.events.snapshot import queries, rebuild
from samhandling_web.observe.events.snapshot.queries import Selection
from samhandling_web.observe.imports import services
from samhandling_web.observe.imports.tests.police_files import police_file, police_row

pytestmark = pytest.mark.django_db

CHUNK = 50


@pytest.fixture(autouse=True)
def town(data_folder):
    level_set(slug="district", name="område", name_plural="områden", rank=10, actor=None)
    division("district", blocks())
    queries._opened.cache_clear()


def received(tmp_path, rows, first=0):
    made = [police_row(number) for number in range(first, first + rows)]
    return services.batch_receive(
        source="police_events",
        path=police_file(tmp_path / f"{first}-{rows}.csv", made),
        actor=None,
        options={"chunk_rows": CHUNK},
    )


def asked(work):
    with CaptureQueriesContext(
        connection,
    ) as captured:
        work()
    return len(captured)


def import_asks(tmp_path, rows, first):
    batch = received(tmp_path, rows, first)
    return asked(lambda: services.batch_run(batch_id=batch.pk))


def test_an_import_asks_equally_much_for_every_chunk(tmp_path):
    import_asks(tmp_path, CHUNK, 0)
    two, four, eight = (
        import_asks(tmp_path, chunks * CHUNK, 1_000 * chunks) for chunks in (2, 4, 8)
    )
    per_chunk = (four - two) / 2
    assert (eight - four) / 4 == per_chunk
    assert per_chunk <= 10


def test_rows_cost_no_questions_of_their_own(tmp_path):
    import_asks(tmp_path, CHUNK, 0)
    few = import_asks(tmp_path, 2, 1_000)
    assert import_asks(tmp_path, CHUNK - 2, 2_000) <= few + 1


def test_a_snapshot_asks_equally_much_of_few_events_and_of_many(tmp_path):
    import_asks(tmp_path, 10, 0)
    few = asked(rebuild.rebuild)
    import_asks(tmp_path, 600, 1_000)
    assert asked(rebuild.rebuild) == few


def test_the_snapshot_answers_without_the_database(tmp_path, django_assert_num_queries):
    import_asks(tmp_path, 60, 0)
    rebuild.rebuild()
    snapshot = queries.snapshot_in_use()
    with django_assert_num_queries(0):
        snapshot.by_area(Selection(), "district")
        snapshot.by_month(Selection())
        snapshot.by_category(Selection())


def test_a_map_asks_equally_much_of_any_number_of_areas(tmp_path):
    few = asked(lambda: feature_collection("district", EARLY))
    level_set(slug="cell", name="ruta", name_plural="rutor", rank=20, actor=None)
    division("cell", blocks(60), batch="second")
    assert asked(lambda: feature_collection("cell", EARLY)) <= few
    assert len(json.dumps(feature_collection("cell", EARLY))) < 60 * 1_000

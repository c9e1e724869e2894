"""A process forked off one that has asked the snapshot can ask it too."""

import multiprocessing
import os
from datetime import UTC, date, datetime

import shapely

from samhandling.space.areas import AreaSet
from samhandling_web.observe.events.snapshot import build
from samhandling_web.observe.events.snapshot.layout import Division
from samhandling_web.observe.events.snapshot.queries import Selection, snapshot_in_use
from samhandling_web.observe.events.tests.event_tables import event_tables

LONG_ENOUGH_S = 60


def _ask(parents_answer: float) -> None:
    chosen = Selection(start=date(2024, 1, 1), end=date(2024, 12, 31), sources=("reports",))
    answer = sum(snapshot_in_use().by_category(chosen).values())
    os._exit(0 if answer == parents_answer else 1)


def test_a_forked_process_gets_the_same_answer(data_folder):
    areas = AreaSet.of("district", ["W"], ["Väster"], [shapely.box(17, 60, 18, 61)])
    division = Division("v0", areas, date(2015, 1, 1), None)
    writer = build.SnapshotWriter([division], {"v0": {}}, "Europe/Stockholm", "9999")
    day = datetime(2024, 5, 1, 12, tzinfo=UTC)
    rows = [
        (number, "reports", "fire", day, day, 17.5, 60.5, "point", "", "", 1, "9999")
        for number in range(1, 5_001)
    ]
    made_at = datetime(2025, 1, 2, tzinfo=UTC)
    build.build(event_tables(rows), writer, data_version="f" * 64, made_at=made_at)
    chosen = Selection(start=date(2024, 1, 1), end=date(2024, 12, 31), sources=("reports",))
    answer = sum(snapshot_in_use().by_category(chosen).values())
    child = multiprocessing.get_context("fork").Process(target=_ask, args=(answer,))
    child.start()
    child.join(LONG_ENOUGH_S)
    waits = child.is_alive()
    child.kill()
    assert not waits
    assert child.exitcode == 0

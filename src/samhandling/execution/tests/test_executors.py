from collections.abc import Iterator
from pathlib import Path

import pytest
from distributed import Client, LocalCluster

from samhandling.execution import (
    Chunk,
    Cluster,
    Executor,
    InProcess,
    Processes,
    WorkersKeptDying,
    chunks_of,
)
from samhandling.execution.tests import work


@pytest.fixture(scope="module")
def cluster() -> Iterator[Cluster]:
    with (
        LocalCluster(
            n_workers=3, threads_per_worker=1, dashboard_address=None, processes=True
        ) as local,
        Client(local) as client,
    ):
        yield Cluster(client)


def test_chunks_cover_every_replicate_once() -> None:
    chunks = chunks_of(1001, seed=5, size=100)
    covered = [place for chunk in chunks for place in range(chunk.start, chunk.start + chunk.count)]
    assert covered == list(range(1001))


def test_chunks_draw_different_numbers() -> None:
    first, second = chunks_of(2, seed=5, size=1)
    assert first.generator().random() != second.generator().random()


@pytest.mark.parametrize(
    ("replicates", "seed", "size"), [(0, 1, 1), (5, -1, 1), (5, 1, 0)], ids=str
)
def test_numbers_out_of_range_are_named(replicates: int, seed: int, size: int) -> None:
    with pytest.raises(ValueError, match="or more"):
        chunks_of(replicates, seed=seed, size=size)


def test_processes_and_a_cluster_answer_as_one_process_does(cluster: Cluster) -> None:
    chunks = chunks_of(57, seed=9, size=10)
    executors: list[Executor] = [InProcess(), Processes(2), Processes(3), cluster]
    answers = [executor.run(work.sums, work.values(), chunks) for executor in executors]
    assert all(answer == answers[0] for answer in answers)
    assert sum(len(part) for part in answers[0]) == 57


@pytest.mark.parametrize("where", ["processes", "cluster"])
def test_a_worker_killed_in_the_middle_changes_nothing(
    where: str, cluster: Cluster, tmp_path: Path
) -> None:
    chunks = chunks_of(80, seed=9, size=10)
    executor: Executor = Processes(2) if where == "processes" else cluster
    mark = tmp_path / "died"
    answer = executor.run(work.sums_with_a_death, (work.values(), str(mark)), chunks)
    assert mark.exists()
    assert answer == InProcess().run(work.sums, work.values(), chunks)


def test_workers_that_always_die_are_given_up_with_a_way_out() -> None:
    with pytest.raises(WorkersKeptDying, match="fewer workers or smaller chunks"):
        Processes(1).run(work.always_dies, None, chunks_of(2, seed=0, size=1))


class Stopped(Exception):
    pass


@pytest.mark.parametrize("executor", [InProcess(), Processes(1)], ids=["here", "processes"])
def test_progress_is_told_and_can_stop(executor: Executor) -> None:
    told: list[tuple[int, int]] = []

    def progress(done: int, total: int) -> None:
        told.append((done, total))
        if done == 2:
            raise Stopped

    with pytest.raises(Stopped):
        executor.run(work.sums, work.values(), chunks_of(6, seed=1, size=1), progress)
    assert told == [(1, 6), (2, 6)]


def test_a_chunk_is_plain_and_equal_to_its_like() -> None:
    assert Chunk(0, 0, 3, 1) == chunks_of(3, seed=1, size=9)[0]

"""Who does the chunks: this process, or several on this machine."""

import multiprocessing
import os
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from typing import Any, Protocol

from samhandling.execution.chunks import Chunk

Work = Callable[[Any, Chunk], Any]
Progress = Callable[[int, int], None]

ATTEMPTS = 3


class WorkersKeptDying(RuntimeError):
    """Workers died again and again, most often because memory ran out."""


class Executor(Protocol):
    """Does the same work on every chunk.

    `run` returns the answers in the chunks' order. `work` is a function of a module (so that
    another process can find it) called with `shared` and one chunk; it uses no random numbers but
    the chunk's. `progress`, if given, is told how many chunks are done and of how many, after each;
    what it raises stops the work.
    """

    def run(
        self,
        work: Work,
        shared: Any,
        chunks: Sequence[Chunk],
        progress: Progress | None = None,
    ) -> list[Any]:
        """Do `work(shared, chunk)` for every chunk."""
        ...


@dataclass(frozen=True, slots=True)
class InProcess:
    """One chunk after the other, here."""

    def run(
        self, work: Work, shared: Any, chunks: Sequence[Chunk], progress: Progress | None = None
    ) -> list[Any]:
        """Do `work(shared, chunk)` for every chunk."""
        answers = []
        for done, chunk in enumerate(chunks, start=1):
            answers.append(work(shared, chunk))
            if progress:
                progress(done, len(chunks))
        return answers


@dataclass(frozen=True, slots=True)
class Processes:
    """Several processes on this machine.

    Attributes
    ----------
    workers : int
        How many; 0 for one per core. A worker that dies is replaced and its chunks are done again.

    Raises
    ------
    WorkersKeptDying
        From `run`, when workers have died three times.
    """

    workers: int = 0

    def run(
        self, work: Work, shared: Any, chunks: Sequence[Chunk], progress: Progress | None = None
    ) -> list[Any]:
        """Do `work(shared, chunk)` for every chunk."""
        answers: dict[int, Any] = {}
        for _attempt in range(ATTEMPTS):
            left = [place for place in range(len(chunks)) if place not in answers]
            try:
                self._collect(work, shared, {place: chunks[place] for place in left}, answers,
                              progress and _counted(progress, answers, len(chunks)))  # fmt: skip
            except BrokenProcessPool:
                continue
            return [answers[place] for place in range(len(chunks))]
        message = (
            f"Workers died {ATTEMPTS} times with {len(answers)} of {len(chunks)} chunks done. "
            "Memory may have run out: use fewer workers or smaller chunks."
        )
        raise WorkersKeptDying(message)

    def _collect(
        self,
        work: Work,
        shared: Any,
        chunks: dict[int, Chunk],
        answers: dict[int, Any],
        done: Callable[[], None] | None,
    ) -> None:
        pool = ProcessPoolExecutor(
            min(self.workers or os.cpu_count() or 1, len(chunks)) or 1,
            mp_context=multiprocessing.get_context("spawn"),
            initializer=_hold,
            initargs=(work, shared),
        )
        try:
            waiting: dict[Future[Any], int] = {
                pool.submit(_on_held, chunk): place for place, chunk in chunks.items()
            }
            for future in as_completed(waiting):
                answers[waiting[future]] = future.result()
                if done:
                    done()
        finally:
            pool.shutdown(wait=True, cancel_futures=True)


def _counted(progress: Progress, answers: dict[int, Any], total: int) -> Callable[[], None]:
    return lambda: progress(len(answers), total)


_held: tuple[Work, Any] | None = None


def _hold(work: Work, shared: Any) -> None:
    """Keep in a worker what every chunk needs, so that it is sent once."""
    global _held  # noqa: PLW0603 - a worker process has one piece of work in its life
    _held = (work, shared)


def _on_held(chunk: Chunk) -> Any:
    if _held is None:
        message = "This worker was started without its work."
        raise RuntimeError(message)
    work, shared = _held
    return work(shared, chunk)

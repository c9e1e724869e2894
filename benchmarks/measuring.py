"""Runs work in a process of its own and measures its time, processor time and memory."""

import multiprocessing
import os
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

SAMPLED_EVERY_S = 0.01
KIB = 1024


@dataclass(frozen=True, slots=True)
class Measured:
    """What a piece of work answered and what it cost.

    Attributes
    ----------
    value : object
        The answer.
    seconds, cpu_seconds : float
        Time by the clock, and by the processor.
    peak_mib : float
        The most memory in use at once, by the process and those it started, beyond what lay ready
        before the work began. Pages of files that the system may take back are not counted.
    """

    value: Any
    seconds: float
    cpu_seconds: float
    peak_mib: float


class WorkFailed(Exception):
    """The work ended with an error, told in full."""


def measured(
    work: Callable[[Any], Any], ready: Callable[[], Any] = lambda: None, *, times: int = 1
) -> Measured:
    """Run `work` on what `ready` gives, in a child process, and return the middle of so many times.

    What `ready` does is not measured. Memory is watched from outside, so that work which never
    lets other threads run is watched as well.
    """
    context = multiprocessing.get_context("fork")
    ours, theirs = context.Pipe()
    child = context.Process(target=_in_child, args=(theirs, work, ready, times))
    child.start()
    theirs.close()
    before = peak = 0
    while (told := _told(ours)) is None or told == "ready":
        held = _memory_kib(child.pid)
        before = held if told == "ready" else before
        peak = max(peak, held)
        if told == "ready":
            peak = held
            ours.send("begin")
    child.join()
    if isinstance(told, str):
        raise WorkFailed(told)
    value, seconds, cpu_seconds = told
    return Measured(value, seconds, cpu_seconds, (peak - before) / KIB)


def apart(work: Callable[[], Any]) -> Any:
    """Run `work` in a child process and return its answer; nothing of it stays in memory."""
    return measured(lambda _nothing: work()).value


def _told(connection: Connection) -> Any:
    if not connection.poll(SAMPLED_EVERY_S):
        return None
    try:
        return connection.recv()
    except EOFError:
        return "The process ended before it had answered."


def _in_child(
    connection: Connection, work: Callable[[Any], Any], ready: Callable[[], Any], times: int
) -> None:
    try:
        prepared = ready()
        connection.send("ready")
        connection.recv()
        runs = sorted((_timed(work, prepared) for _ in range(times)), key=lambda run: run[1])
        connection.send(runs[len(runs) // 2])
    except BaseException:  # noqa: BLE001 - whatever went wrong is told to the parent
        connection.send(traceback.format_exc())
    finally:
        connection.close()
        os._exit(0)


def _timed(work: Callable[[Any], Any], prepared: Any) -> tuple[Any, float, float]:
    cpu, clock = time.process_time(), time.perf_counter()
    value = work(prepared)
    return value, time.perf_counter() - clock, time.process_time() - cpu


def _memory_kib(process: int | None) -> int:
    """Return the memory of the process and its children, without pages of files."""
    return _own_memory_kib(process) + sum(_memory_kib(child) for child in _children(process))


def _children(process: int | None) -> list[int]:
    try:
        listed = Path(f"/proc/{process}/task/{process}/children").read_text(encoding="ascii")
    except (FileNotFoundError, ProcessLookupError):
        return []
    return [int(child) for child in listed.split()]


def _own_memory_kib(process: int | None) -> int:
    try:
        with Path(f"/proc/{process}/status").open(encoding="ascii") as status:
            for line in status:
                if line.startswith("RssAnon:"):
                    return int(line.split()[1])
    except (FileNotFoundError, ProcessLookupError):
        pass
    return 0

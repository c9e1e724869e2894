"""Work that other processes can find."""

import os
import signal
from pathlib import Path
from typing import Any

import numpy as np

from samhandling.execution import Chunk


def sums(shared: Any, chunk: Chunk) -> list[float]:
    draws = chunk.generator()
    return [float(draws.permutation(shared)[:5].sum()) for _ in range(chunk.count)]


def sums_with_a_death(shared: tuple[Any, str], chunk: Chunk) -> list[float]:
    """Kill the worker that first comes to the fourth chunk."""
    values, mark = shared
    if chunk.index == 3 and not Path(mark).exists():
        Path(mark).touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return sums(values, chunk)


def always_dies(_shared: Any, _chunk: Chunk) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def values() -> Any:
    return np.arange(200) ** 1.5

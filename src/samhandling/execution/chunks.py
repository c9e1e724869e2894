"""Replicates divided into chunks that carry their own seed."""

from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True, slots=True)
class Chunk:
    """A run of replicates that anyone can do without knowing of the others.

    Attributes
    ----------
    index : int
        Its place among the chunks; decides its random numbers.
    start, count : int
        First replicate and how many.
    seed : int
        The seed of the whole work.
    """

    index: int
    start: int
    count: int
    seed: int

    def generator(self) -> np.random.Generator:
        """Return this chunk's own random numbers, independent of every other chunk's."""
        return np.random.default_rng(np.random.SeedSequence(self.seed, spawn_key=(self.index,)))


def chunks_of(replicates: int, *, seed: int, size: int) -> tuple[Chunk, ...]:
    """Divide replicates into chunks.

    The division depends on the arguments alone, never on who will do the work: that is what makes
    the answer the same on one core, many and a cluster.

    Parameters
    ----------
    replicates : int
        How many in all; at least one.
    seed : int
        Not negative.
    size : int
        Replicates in a chunk; the last may have fewer. A chunk should take a second or more where
        it will be sent to other processes.

    Raises
    ------
    ValueError
        If a number is out of its range.

    Examples
    --------
    >>> [chunk.count for chunk in chunks_of(10, seed=1, size=4)]
    [4, 4, 2]
    """
    for name, value, least in (("replicates", replicates, 1), ("size", size, 1), ("seed", seed, 0)):
        if value < least:
            message = f"{name} is {value}; give {least} or more."
            raise ValueError(message)
    return tuple(
        Chunk(index, start, min(size, replicates - start), seed)
        for index, start in enumerate(range(0, replicates, size))
    )

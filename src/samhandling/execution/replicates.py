"""How often something random is repeated, from which seed, and who does it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from samhandling.execution.chunks import chunks_of
from samhandling.execution.executors import Executor, InProcess, Progress, Work


@dataclass(frozen=True, slots=True)
class Replicates:
    """Permutations, simulations or placebos to draw.

    Attributes
    ----------
    count : int
        How many; 999 give p-values in thousandths.
    seed : int
        The same seed gives the same answer, whoever does the work.
    executor : Executor
        This process unless another is given.
    progress : callable, optional
        Told how many chunks are done and of how many; what it raises stops the work.
    """

    count: int = 999
    seed: int = 0
    executor: Executor = field(default_factory=InProcess)
    progress: Progress | None = None

    def run(self, work: Work, shared: Any, *, size: int) -> Sequence[Any]:
        """Do `work(shared, chunk)` for chunks of `size` replicates; return the answers in order.

        Raises
        ------
        ValueError
            If `count` is not at least one or `seed` is negative.
        """
        chunks = chunks_of(self.count, seed=self.seed, size=size)
        return self.executor.run(work, shared, chunks, self.progress)


USUAL = Replicates()

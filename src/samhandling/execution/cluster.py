"""Chunks done by the workers of a Dask cluster."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from samhandling.execution.chunks import Chunk
from samhandling.execution.executors import ATTEMPTS, Progress, Work, WorkersKeptDying


@dataclass(frozen=True, slots=True)
class Cluster:
    """A Dask cluster, reached through its client; every worker has this library installed.

    Attributes
    ----------
    client : distributed.Client
        Connected to the cluster. The chunks of a worker that dies are done again by another.

    Examples
    --------
    >>> from distributed import Client  # doctest: +SKIP
    >>> Cluster(Client("scheduler:8786"))  # doctest: +SKIP
    """

    client: Any

    def run(
        self, work: Work, shared: Any, chunks: Sequence[Chunk], progress: Progress | None = None
    ) -> list[Any]:
        """Do `work(shared, chunk)` for every chunk.

        Raises
        ------
        WorkersKeptDying
            When the same chunk has lost its worker three times.
        """
        import distributed

        held = self.client.scatter([shared], broadcast=True, hash=False)[0]
        futures = [
            self.client.submit(work, held, chunk, pure=False, retries=ATTEMPTS) for chunk in chunks
        ]
        try:
            for done, _future in enumerate(self._ended(futures), start=1):
                if progress:
                    progress(done, len(chunks))
            return list(self.client.gather(futures))
        except distributed.KilledWorker as lost:
            message = "A chunk lost its worker again and again: give the workers more memory."
            raise WorkersKeptDying(message) from lost
        finally:
            self.client.cancel([future for future in futures if not future.done()])

    @staticmethod
    def _ended(futures: Sequence[Any]) -> Iterable[Any]:
        from distributed import as_completed

        ended: Iterable[Any] = as_completed(futures)  # type: ignore[no-untyped-call]
        return ended

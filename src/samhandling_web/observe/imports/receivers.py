"""Who takes the rows of each kind of source. Each room registers its own when it starts."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any, Protocol

import pyarrow as pa

from samhandling_web.observe.imports.models import Batch
from samhandling_web.observe.imports.rules import NoReceiver


@dataclass(frozen=True, slots=True)
class Refusal:
    """A row of the table that the receiver could not take, with the reason's code.

    `settled` says why nobody needs to look at it, where that is known from the start.
    """

    row: int
    code: str
    parameters: dict[str, Any]
    raw: dict[str, str]
    settled: str = ""


@dataclass(frozen=True, slots=True)
class Stored:
    """What became of the rows of one table: every row is in exactly one of the four."""

    new: int = 0
    changed: int = 0
    unchanged: int = 0
    refused: tuple[Refusal, ...] = ()

    def and_refused(self, refused: tuple[Refusal, ...]) -> "Stored":
        """Return the same with more rows that were refused."""
        return replace(self, refused=(*self.refused, *refused))


Tables = Callable[[], Iterator[pa.Table]]


class Receiver(Protocol):
    """Takes accepted rows. Nothing of a batch may count before it is applied."""

    def store_chunk(self, batch: Batch, table: pa.Table) -> Stored:
        """Store the rows under the batch, inside the caller's transaction."""

    def on_applied(self, batch: Batch, tables: Tables) -> None:
        """Let the batch count, inside the transaction that applies it."""

    def on_undone(self, batch: Batch) -> None:
        """Let the batch count no more, inside the transaction that undoes it."""

    def discard(self, batch: Batch) -> None:
        """Remove what was stored under a batch that will not be applied."""


_receivers: dict[str, Receiver] = {}
_watchers: list[Callable[[Batch], None]] = []


def register(kind: str, receiver: Receiver) -> None:
    """Let `receiver` take the rows of sources of `kind`; once more is harmless."""
    _receivers[str(kind)] = receiver


def receiver_of(kind: str) -> Receiver:
    """Return who takes rows of `kind`; NoReceiver when no room does."""
    if kind not in _receivers:
        raise NoReceiver(kind=kind)
    return _receivers[kind]


def watch(watcher: Callable[[Batch], None]) -> None:
    """Tell `watcher`, in the same transaction, of every batch that begins or ceases to count."""
    if watcher not in _watchers:
        _watchers.append(watcher)


def tell_watchers(batch: Batch) -> None:
    for watcher in _watchers:
        watcher(batch)

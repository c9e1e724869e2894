"""Gives a snapshot its events, for tests."""

from collections.abc import Iterable, Iterator
from itertools import islice

import pyarrow as pa

from samhandling_web.observe.events.snapshot.build import EVENTS


def event_tables(rows: Iterable[tuple[object, ...]]) -> Iterator[pa.Table]:
    """Give rows, each in the order of `EVENTS`, as the truth is given: in several tables."""
    rest = iter(rows)
    while some := list(islice(rest, 3)):
        columns = zip(*some, strict=True)
        yield pa.table(dict(zip(EVENTS.names, columns, strict=True)), schema=EVENTS)

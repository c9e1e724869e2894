"""Reads a whole file through a source, for the tests of this folder."""

import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa

from samhandling.sources import Chunk, Notice, ReadOptions, Rejection
from samhandling.sources.protocol import Reader

NOW = datetime(2026, 11, 24, 6, tzinfo=UTC)


@dataclass(frozen=True)
class Reading:
    """Everything that came out of a file."""

    chunks: list[Chunk]

    @property
    def table(self) -> pa.Table:
        return pa.concat_tables(chunk.table for chunk in self.chunks)

    @property
    def rows(self) -> list[dict[str, Any]]:
        return self.table.to_pylist()

    @property
    def rejected(self) -> list[Rejection]:
        return [one for chunk in self.chunks for one in chunk.rejected]

    @property
    def reasons(self) -> list[str]:
        return [str(one.code) for one in self.rejected]

    @property
    def notices(self) -> list[Notice]:
        return [one for chunk in self.chunks for one in chunk.notices]

    @property
    def noticed(self) -> set[str]:
        return {str(one.code) for one in self.notices}

    @property
    def rows_read(self) -> int:
        return sum(chunk.rows_read for chunk in self.chunks)


def options(**values: Any) -> ReadOptions:
    return ReadOptions(**{"now": NOW, **values})


def read_bytes(
    read: Reader, content: bytes | str, filename: str = "file", **values: Any
) -> Reading:
    raw = content.encode() if isinstance(content, str) else content
    return _whole(read(io.BytesIO(raw), filename, options(**values)))


def read_path(read: Reader, path: Path, **values: Any) -> Reading:
    with path.open("rb") as stream:
        return _whole(read(stream, path.name, options(**values)))


def _whole(chunks: Iterator[Chunk]) -> Reading:
    reading = Reading(list(chunks))
    assert reading.rows_read == reading.table.num_rows + len(reading.rejected)
    # Every message can be written: its parameters are all there.
    assert all(one.text for one in (*reading.rejected, *reading.notices))
    return reading

"""Gathers accepted and refused rows until a chunk is full."""

from collections.abc import Sequence
from typing import Any

import pyarrow as pa

from samhandling.sources.area_codes import vintage_of
from samhandling.sources.codes import NoticeCode, Reason
from samhandling.sources.protocol import Chunk, Notice, Parameter, Rejection
from samhandling.sources.rows import Row


class ChunkBuilder:
    """Rows on their way to a chunk; memory is bounded by `chunk_rows`.

    Notices about rows are counted: one per code, with the first row it was seen on.
    """

    def __init__(self, schema: pa.Schema, chunk_rows: int) -> None:
        self._schema = schema
        self._chunk_rows = chunk_rows
        self._rows: list[Row] = []
        self._rejected: list[Rejection] = []
        self._noticed: dict[NoticeCode, dict[str, Parameter]] = {}
        self._file_notices: list[Notice] = []
        self._vintages: set[str] = set()

    @property
    def full(self) -> bool:
        """Whether it is time to take the chunk."""
        return len(self._rows) + len(self._rejected) >= self._chunk_rows

    def accept(self, row: Row) -> None:
        """Keep a row of the typed table."""
        self._rows.append(row)

    def reject(self, rejection: Rejection) -> None:
        """Keep a refused row."""
        self._rejected.append(rejection)

    def refuse(self, row: int, code: Reason, raw: dict[str, str], **parameters: Parameter) -> None:
        """Keep a refused row, from its parts."""
        self._rejected.append(Rejection(row, code, parameters, raw))

    def notice(self, code: NoticeCode, row: int, **parameters: Parameter) -> None:
        """Count something noticed about a row."""
        seen = self._noticed.setdefault(code, {"count": 0, "row": row, **parameters})
        seen["count"] = int(seen["count"]) + 1

    def notice_file(self, notices: Sequence[Notice]) -> None:
        """Add notices about the file as a whole."""
        self._file_notices.extend(notices)

    def notice_vintage(self, area_code: str) -> None:
        """Tell once of each division that an area code names."""
        vintage = vintage_of(area_code)
        if vintage and vintage not in self._vintages:
            self._vintages.add(vintage)
            self.notice_file([Notice(NoticeCode.AREA_VINTAGE, {"vintage": vintage})])

    def take(self) -> Chunk:
        """Return what has been gathered as a chunk and begin anew."""
        notices = [Notice(code, seen) for code, seen in self._noticed.items()]
        chunk = Chunk(
            table=_table(self._rows, self._schema),
            rejected=tuple(self._rejected),
            rows_read=len(self._rows) + len(self._rejected),
            notices=(*self._file_notices, *notices),
        )
        self._rows, self._rejected = [], []
        self._noticed, self._file_notices = {}, []
        return chunk


def _table(rows: Sequence[Row], schema: pa.Schema) -> pa.Table:
    if not rows:
        return schema.empty_table()
    columns = list(zip(*rows, strict=True))
    arrays = [_array(column, kind.type) for column, kind in zip(columns, schema, strict=True)]
    return pa.Table.from_arrays(arrays, schema=schema)


def _array(column: Sequence[Any], kind: pa.DataType) -> pa.Array:
    try:
        return pa.array(column, type=kind)
    except UnicodeEncodeError:
        # A lone surrogate, as "\ud800" in JSON gives, has no UTF-8 form.
        sound = [text.encode("utf-8", "replace").decode("utf-8") for text in column]
        return pa.array(sound, type=kind)

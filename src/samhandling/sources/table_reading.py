"""What readers of separated text have in common: lines in, records or refusals out."""

from collections.abc import Callable, Iterator, Mapping
from typing import BinaryIO

from samhandling.sources.cell_text import is_suppressed, parse_count, parse_number
from samhandling.sources.chunking import ChunkBuilder
from samhandling.sources.codes import NoticeCode, Reason
from samhandling.sources.delimited import DelimitedFile
from samhandling.sources.protocol import Chunk, Parameter, ReadOptions
from samhandling.sources.rows import Row
from samhandling.sources.schema import SCHEMAS, Kind


class RowRefused(Exception):
    """A row cannot be used; carries the reason and what the text of the reason needs."""

    def __init__(self, code: Reason, **parameters: Parameter) -> None:
        super().__init__(code)
        self.code = code
        self.parameters = parameters


Interpret = Callable[[int, Mapping[str, str], ChunkBuilder], Iterator[Row]]


def read_table(
    opened: DelimitedFile, options: ReadOptions, kind: Kind, interpret: Interpret
) -> Iterator[Chunk]:
    """Run `interpret` over every line of an opened file.

    Parameters
    ----------
    opened : DelimitedFile
        The table.
    options : ReadOptions
        Gives the size of the chunks.
    kind : Kind
        The typed table.
    interpret : callable
        ``interpret(row, values by column, builder)`` gives the records of a line, or raises
        RowRefused before it has given any.
    """
    builder = ChunkBuilder(SCHEMAS[kind], options.chunk_rows)
    for line in opened:
        if line.rejection is not None:
            builder.reject(line.rejection)
        else:
            values = dict(zip(opened.header, line.values, strict=True))
            try:
                for record in list(interpret(line.row, values, builder)):
                    builder.accept(record)
            except RowRefused as refused:
                raw = opened.raw(line.values)
                builder.refuse(line.row, refused.code, raw, **refused.parameters)
        if builder.full:
            yield builder.take()
    builder.notice_file(opened.notices())
    yield builder.take()


def open_table(
    stream: BinaryIO, filename: str, options: ReadOptions, columns: tuple[str, ...]
) -> DelimitedFile:
    """Open a separated file that must have the given columns."""
    opened = DelimitedFile(stream, filename, options.limits)
    opened.positions(columns)
    return opened


def published_value(
    field: str, text: str, row: int, builder: ChunkBuilder
) -> tuple[float | None, bool]:
    """Return a value and whether it is withheld; raise RowRefused if it is neither."""
    return _published(field, text, row, builder, parse_number(text))


def published_count(
    field: str, text: str, row: int, builder: ChunkBuilder
) -> tuple[float | None, bool]:
    """Return a whole number of at least zero and whether it is withheld, or raise RowRefused."""
    return _published(field, text, row, builder, parse_count(text))


def _published(
    field: str, text: str, row: int, builder: ChunkBuilder, value: float | None
) -> tuple[float | None, bool]:
    if is_suppressed(text):
        builder.notice(NoticeCode.SUPPRESSED_VALUE, row)
        return None, True
    if value is None:
        raise RowRefused(Reason.BAD_NUMBER, field=field, value=text)
    return value, False

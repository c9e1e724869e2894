"""Rows of a separated text file: encoding, separator and header recognised, bad rows told."""

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

from samhandling.sources.codes import NoticeCode, Reason
from samhandling.sources.packed_bytes import ByteStream, unpacked_blocks
from samhandling.sources.protocol import Limits, Notice, Parameter, Rejection, UnreadableFile
from samhandling.sources.text_lines import TextLines, check_encoding

SEPARATORS = (";", "\t", ",", "|")
RAW_CHARACTERS = 1_000


@dataclass(frozen=True, slots=True)
class Line:
    """One data row: its number from 1, and its values or why they cannot be read."""

    row: int
    values: list[str]
    rejection: Rejection | None = None


class DelimitedFile:
    """An opened separated text file.

    Parameters
    ----------
    stream, filename, limits
        As for `unpacked_blocks`.
    separator, encoding : str
        Empty recognises them.
    header_row : int
        Row of the headers, from 1.

    Attributes
    ----------
    header : list of str
        The column names, trimmed.
    """

    def __init__(
        self,
        stream: ByteStream,
        filename: str,
        limits: Limits,
        *,
        separator: str = "",
        encoding: str = "",
        header_row: int = 1,
    ) -> None:
        check_encoding(encoding)
        self.filename = filename
        self._limits = limits
        self._lines = TextLines(unpacked_blocks(stream, filename, limits), limits, encoding)
        first = self._first_lines(header_row)
        self.separator = separator or recognise_separator(first)
        self._reader = csv.reader(chain([first], self._lines), delimiter=self.separator)
        self.header = [name.strip().strip("\ufeff") for name in self._header()]

    def _first_lines(self, header_row: int) -> str:
        line = ""
        for _ in range(header_row):
            line = next(self._lines, "")
            if self._lines.too_long or not line:
                message = "{file} has no header within {limit} bytes; check its line breaks."
                raise UnreadableFile(
                    "no_header", message, file=self.filename, limit=self._limits.line_bytes
                )
        return line

    def _header(self) -> list[str]:
        try:
            return next(self._reader)
        except (csv.Error, StopIteration) as error:
            message = "{file} has no readable header ({detail}); export it again as CSV."
            raise UnreadableFile(
                "no_header", message, file=self.filename, detail=str(error)
            ) from error

    def positions(self, names: Sequence[str]) -> list[int]:
        """Find where the named columns stand.

        Raises
        ------
        UnreadableFile
            If one is missing, where the message lists those the file has, or stands there twice.
        """
        missing = [name for name in names if name not in self.header]
        if missing:
            message = "{file} lacks the columns {missing}; it has {found}. Is it another source?"
            raise UnreadableFile(
                "missing_columns",
                message,
                file=self.filename,
                missing=", ".join(missing),
                found=", ".join(self.header)[:RAW_CHARACTERS],
            )
        check_once(names, self.header, self.filename)
        return [self.header.index(name) for name in names]

    def __iter__(self) -> Iterator[Line]:
        """Give every data row that is not blank, and those that cannot be read."""
        row = 0
        width = len(self.header)
        done = False
        while not done:
            values: list[str] = []
            problem: tuple[Reason, dict[str, Parameter]] | None = None
            try:
                values = next(self._reader)
            except StopIteration:
                done = True
            except csv.Error as error:
                problem = (Reason.UNREADABLE_ROW, {"detail": str(error)})
            for _ in range(self._lines.too_long):
                row += 1
                limit: dict[str, Parameter] = {"limit": self._limits.line_bytes}
                yield Line(row, [], Rejection(row, Reason.LINE_TOO_LONG, limit, {}))
            self._lines.too_long = 0
            if problem is None and not any(values):
                continue
            row += 1
            if problem is None and len(values) != width:
                problem = (
                    Reason.WRONG_COLUMN_COUNT,
                    {"found": len(values), "expected": width},
                )
            if problem is None:
                yield Line(row, values)
            else:
                yield Line(row, values, Rejection(row, *problem, self.raw(values)))

    def raw(self, values: Sequence[str]) -> dict[str, str]:
        """Return a row as it was, by column, for the quarantine; surplus values are numbered."""
        names = chain(self.header, (f"column {n}" for n in range(len(self.header) + 1, 10_000)))
        return {name: value[:RAW_CHARACTERS] for name, value in zip(names, values, strict=False)}

    def notices(self) -> tuple[Notice, ...]:
        """Return what was recognised about the file as a whole, complete once it is read."""
        found: list[Notice] = []
        if self._lines.had_mark:
            found.append(Notice(NoticeCode.BYTE_ORDER_MARK, {}))
        if self._lines.encoding != "utf-8":
            found.append(Notice(NoticeCode.ENCODING, {"encoding": self._lines.encoding}))
        return tuple(found)


def check_once(names: Sequence[str], header: Sequence[str], filename: str) -> None:
    """Raise UnreadableFile if the header has one of the names more than once."""
    repeated = [name for name in dict.fromkeys(names) if header.count(name) > 1]
    if repeated:
        message = "{file} has the columns {repeated} more than once; rename or remove all but one."
        raise UnreadableFile(
            "repeated_columns", message, file=filename, repeated=", ".join(repeated)
        )


def recognise_separator(header: str) -> str:
    """Choose the separator that occurs most often outside quotes in the header line."""
    bare = "".join(header.split('"')[0::2])
    return max(SEPARATORS, key=lambda mark: (bare.count(mark), -SEPARATORS.index(mark)))

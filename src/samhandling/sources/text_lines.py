"""Lines of text out of blocks of bytes, whatever encoding they were written in."""

import codecs
from collections.abc import Iterator
from itertools import chain

from samhandling.sources.protocol import Limits, UnreadableFile

UTF8_MARK = codecs.BOM_UTF8
WIDE_MARKS = {codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be"}


class TextLines:
    """The lines of a file, one at a time, each with its line break.

    UTF-8 is taken line by line, and a line that is not UTF-8 is read as Windows-1252, so that
    one odd line late in a long file is read rightly without holding the file.

    Attributes
    ----------
    encoding : str
        What the file has shown itself to be so far.
    had_mark : bool
        Whether a byte order mark was removed.
    too_long : int
        Lines over the limit since this was last set to zero; each is given as an empty line.
    """

    def __init__(self, blocks: Iterator[bytes], limits: Limits, encoding: str = "") -> None:
        self._limit = limits.line_bytes
        self.had_mark = False
        self.too_long = 0
        self._blocks = self._as_utf8(blocks, encoding)
        self._lines = self._split()

    def __iter__(self) -> "TextLines":
        """Return itself: lines are given once."""
        return self

    def __next__(self) -> str:
        """Give the next line, decoded."""
        line = next(self._lines)
        try:
            return line.decode("utf-8")
        except UnicodeDecodeError:
            self.encoding = "windows-1252"
            return line.decode("cp1252", errors="replace")

    def _as_utf8(self, blocks: Iterator[bytes], encoding: str) -> Iterator[bytes]:
        first = next(blocks, b"")
        found = encoding
        if first.startswith(UTF8_MARK):
            self.had_mark, first, found = True, first[len(UTF8_MARK) :], "utf-8"
        elif first[:2] in WIDE_MARKS:
            self.had_mark, found, first = True, WIDE_MARKS[first[:2]], first[2:]
        elif not encoding:
            found = _wide_without_mark(first)
        self.encoding = found or "utf-8"
        parts = chain([first], blocks)
        return parts if codecs.lookup(self.encoding).name == "utf-8" else _recode(parts, found)

    def _split(self) -> Iterator[bytes]:
        rest = b""
        dropping = False
        for block in self._blocks:
            pieces = (rest + block).splitlines(keepends=True)
            # Without its line break the last piece may go on in the next block, and a carriage
            # return at the very end may be the first half of one.
            rest = pieces.pop() if pieces and not pieces[-1].endswith(b"\n") else b""
            for piece in pieces:
                if dropping:
                    dropping = False
                elif len(piece) > self._limit:
                    self.too_long += 1
                    yield b""
                else:
                    yield piece
            if not dropping and len(rest) > self._limit:
                # Told at once: the end of the line may be far away or never come.
                dropping = True
                self.too_long += 1
                yield b""
            if dropping:
                rest = b""
        if rest:
            yield rest


def _wide_without_mark(first: bytes) -> str:
    sample = first[:400]
    if len(sample) < 4:
        return ""
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    half = len(sample) // 2
    if odd > half * 0.7 and even < half * 0.1:
        return "utf-16-le"
    if even > half * 0.7 and odd < half * 0.1:
        return "utf-16-be"
    return ""


def _recode(blocks: Iterator[bytes], encoding: str) -> Iterator[bytes]:
    decoder = codecs.getincrementaldecoder(encoding)(errors="replace")
    for block in blocks:
        yield decoder.decode(block).encode("utf-8", errors="replace")
    yield decoder.decode(b"", final=True).encode("utf-8", errors="replace")


def check_encoding(encoding: str) -> None:
    """Raise UnreadableFile unless `encoding` is empty or a text encoding Python knows."""
    try:
        known = not encoding or codecs.lookup(encoding)._is_text_encoding  # noqa: SLF001
    except LookupError:
        known = False
    if not known:
        message = "{encoding!r} is not a known encoding; write utf-8 or windows-1252."
        raise UnreadableFile("unknown_encoding", message, encoding=encoding)

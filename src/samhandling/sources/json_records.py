"""Records of a JSON file one at a time, without holding the file."""

import codecs
import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from samhandling.sources.packed_bytes import ByteStream, unpacked_blocks
from samhandling.sources.protocol import Limits, UnreadableFile

WHITE = " \t\r\n\ufeff"


@dataclass(frozen=True, slots=True)
class Member:
    """A value: one item of the array called `name`, or another member of the file's object.

    The array of a file that is nothing but an array is called "".
    """

    name: str
    value: Any
    is_item: bool


def json_members(
    stream: ByteStream, filename: str, limits: Limits, *, array: str = ""
) -> Iterator[Member]:
    """Give the items of one array in a JSON file, and the members beside it.

    Parameters
    ----------
    stream, filename, limits
        As for `unpacked_blocks`; a single value may be `limits.record_bytes` characters.
    array : str
        Member of the file's object whose items are given one by one; "" expects the file to be
        an array.

    Yields
    ------
    Member
        In the order of the file.

    Raises
    ------
    UnreadableFile
        If the text is not JSON of that shape or ends before it is complete.
    """
    cursor = _Cursor(stream, filename, limits)
    if cursor.peek() == "[":
        for item in cursor.items():
            yield Member("", item, is_item=True)
    elif cursor.peek() == "{" and not array:
        # What an interface answers in place of its list, as a rule, is why it gives none.
        cursor.refuse("is an object and not a list")
    elif cursor.peek() == "{":
        yield from _object_members(cursor, array)
    else:
        cursor.refuse("does not begin with { or [")
    if cursor.peek():
        cursor.refuse("has text after its end")


def _object_members(cursor: "_Cursor", array: str) -> Iterator[Member]:
    cursor.take("{")
    while cursor.peek() != "}":
        name = cursor.value()
        cursor.take(":")
        if name == array and cursor.peek() == "[":
            for item in cursor.items():
                yield Member(array, item, is_item=True)
        else:
            yield Member(str(name), cursor.value(), is_item=False)
        if cursor.peek() != "}":
            cursor.take(",")
    cursor.take("}")


class _Cursor:
    """A place in the text, with as much of it in memory as the value at hand needs."""

    def __init__(self, stream: ByteStream, filename: str, limits: Limits) -> None:
        self._filename = filename
        self._limit = limits.record_bytes
        self._blocks = unpacked_blocks(stream, filename, limits)
        self._decoder: codecs.IncrementalDecoder | None = None
        self._json = json.JSONDecoder()
        self._text = ""
        self._at = 0
        self._ended = False

    def _fill(self) -> bool:
        if self._ended:
            return False
        block = next(self._blocks, None)
        if self._decoder is None:
            encoding = json.detect_encoding(block or b"")
            self._decoder = codecs.getincrementaldecoder(encoding)()
        try:
            more = self._decoder.decode(block or b"", final=block is None)
        except UnicodeDecodeError as error:
            self.refuse(f"is not UTF-8 text ({error.reason})")
        self._ended = block is None
        self._text = self._text[self._at :] + more
        self._at = 0
        return True

    def peek(self) -> str:
        """Return the next character that is not white space, "" at the end."""
        while True:
            while self._at < len(self._text) and self._text[self._at] in WHITE:
                self._at += 1
            if self._at < len(self._text):
                return self._text[self._at]
            if not self._fill():
                return ""

    def take(self, mark: str) -> None:
        """Step over a mark that must come next."""
        found = self.peek()
        if found != mark:
            self.refuse(f"has {found!r} where {mark!r} should stand" if found else "")
        self._at += 1

    def items(self) -> Iterator[Any]:
        """Give the items of the array that begins here."""
        self.take("[")
        while self.peek() != "]":
            yield self.value()
            if self.peek() != "]":
                self.take(",")
        self.take("]")

    def value(self) -> Any:
        """Read the whole value that begins here."""
        if not self.peek():
            self.refuse("")
        while True:
            try:
                value, end = self._json.raw_decode(self._text, self._at)
            except RecursionError:
                self.refuse("is nested too deeply")
            except ValueError as error:
                if not self._more():
                    self.refuse("" if self._ended else str(error))
            else:
                # A number may go on in the next block.
                if end < len(self._text) or not self._more():
                    self._at = end
                    return value

    def _more(self) -> bool:
        if len(self._text) - self._at > self._limit:
            self.refuse(f"has a value longer than {self._limit} characters, or faulty JSON")
        return self._fill()

    def refuse(self, detail: str) -> None:
        """Raise UnreadableFile; an empty detail means that the text ends too early."""
        if not detail:
            message = "{file} is cut short: it ends in the middle of a value; fetch it again."
            raise UnreadableFile("truncated", message, file=self._filename)
        message = "{file} {detail}; it is not the JSON this source expects."
        raise UnreadableFile("bad_json", message, file=self._filename, detail=detail)

"""Bytes of a file, unpacked block by block, with a limit on what they may become."""

import zlib
from collections.abc import Iterator
from typing import Protocol

from samhandling.sources.protocol import Limits, UnreadableFile

BLOCK = 128 * 1024
GZIP_MAGIC = b"\x1f\x8b"
ZIP_MAGIC = b"PK\x03\x04"
RATIO_FREE_BYTES = 16 * 1024 * 1024
GZIP_WINDOW = zlib.MAX_WBITS | 16


class ByteStream(Protocol):
    """Anything bytes can be read from."""

    def read(self, size: int = -1, /) -> bytes:
        """Give at most `size` bytes, b"" at the end."""


def unpacked_blocks(stream: ByteStream, filename: str, limits: Limits) -> Iterator[bytes]:
    """Give the bytes of a plain or gzip-compressed file in blocks.

    Parameters
    ----------
    stream : binary file
        Read from where it stands; need not be seekable.
    filename : str
        Used in messages only; compression is recognised from the bytes.
    limits : Limits
        The total size and the ratio of packing that are accepted.

    Yields
    ------
    bytes
        At most a few hundred kilobytes each.

    Raises
    ------
    UnreadableFile
        If the file is empty, a zip archive, cut short, damaged or unpacks to too much.
    """
    first = stream.read(BLOCK)
    if not first.strip():
        raise UnreadableFile("empty", "{file} is empty; export it again.", file=filename)
    if first.startswith(ZIP_MAGIC):
        message = "{file} is a zip archive; unpack it and import the file inside."
        raise UnreadableFile("zip_not_expected", message, file=filename)
    blocks = _plain(first, stream)
    if first.startswith(GZIP_MAGIC):
        blocks = _gunzip(blocks, filename, limits)
    total = 0
    for block in blocks:
        total += len(block)
        if total > limits.unpacked_bytes:
            _refuse_size(filename, limits)
        yield block


def whole_bytes(stream: ByteStream, filename: str, limits: Limits) -> bytes:
    """Read a small file whole, unpacking gzip.

    Raises
    ------
    UnreadableFile
        If it is larger than `limits.whole_file_bytes`, or as `unpacked_blocks` says.
    """
    first = stream.read(BLOCK)
    if not first:
        raise UnreadableFile("empty", "{file} is empty; export it again.", file=filename)
    blocks = _plain(first, stream)
    if first.startswith(GZIP_MAGIC):
        blocks = _gunzip(blocks, filename, limits)
    parts: list[bytes] = []
    total = 0
    for block in blocks:
        total += len(block)
        if total > limits.whole_file_bytes:
            message = "{file} is larger than {limit} bytes; split it by area or year."
            raise UnreadableFile("too_large", message, file=filename, limit=limits.whole_file_bytes)
        parts.append(block)
    return b"".join(parts)


def _plain(first: bytes, stream: ByteStream) -> Iterator[bytes]:
    block = first
    while block:
        yield block
        block = stream.read(BLOCK)


def _gunzip(blocks: Iterator[bytes], filename: str, limits: Limits) -> Iterator[bytes]:
    unpacker = zlib.decompressobj(GZIP_WINDOW)
    taken = given = 0
    for block in blocks:
        pending = block
        taken += len(block)
        while pending:
            if unpacker.eof:
                # Several gzip members may follow each other; zero padding may end the file.
                pending = pending.lstrip(b"\0")
                if not pending:
                    break
                unpacker = zlib.decompressobj(GZIP_WINDOW)
            unpacked = _unpack(unpacker, pending, filename)
            pending = unpacker.unused_data if unpacker.eof else unpacker.unconsumed_tail
            given += len(unpacked)
            if given > RATIO_FREE_BYTES and given > taken * limits.packing_ratio:
                _refuse_size(filename, limits)
            if unpacked:
                yield unpacked
    if not unpacker.eof:
        message = "{file} is cut short: its compressed end is missing; fetch it again."
        raise UnreadableFile("truncated", message, file=filename)


def _unpack(unpacker: "zlib._Decompress", packed: bytes, filename: str) -> bytes:
    try:
        return unpacker.decompress(packed, BLOCK)
    except zlib.error as error:
        message = "{file} is not a sound gzip file ({detail}); fetch it again."
        raise UnreadableFile(
            "damaged_archive", message, file=filename, detail=str(error)
        ) from error


def _refuse_size(filename: str, limits: Limits) -> None:
    message = (
        "{file} unpacks to more than {limit} bytes or {ratio} times its size, "
        "as harmful files do; split it, or import it unpacked."
    )
    raise UnreadableFile(
        "unpacks_too_large",
        message,
        file=filename,
        limit=limits.unpacked_bytes,
        ratio=limits.packing_ratio,
    )


class Peeked:
    """A stream whose beginning can be looked at before it is read.

    Parameters
    ----------
    stream : binary file
        Need not be seekable.
    """

    def __init__(self, stream: ByteStream) -> None:
        self._stream = stream
        self.first = stream.read(BLOCK)
        self._ahead = self.first

    def read(self, size: int = -1, /) -> bytes:
        """Read on from the beginning; -1 reads to the end."""
        if size < 0:
            ahead, self._ahead = self._ahead, b""
            return ahead + self._stream.read()
        if self._ahead:
            given, self._ahead = self._ahead[:size], self._ahead[size:]
            return given
        return self._stream.read(size)


def first_text(peeked: Peeked, filename: str) -> str:
    """Return the beginning of the unpacked text, for telling formats apart."""
    first = peeked.first
    if first.startswith(GZIP_MAGIC):
        first = _unpack(zlib.decompressobj(GZIP_WINDOW), first, filename)
    wide = first[:2] in (b"\xff\xfe", b"\xfe\xff")
    text = first[:1024].decode("utf-16" if wide else "utf-8", errors="replace")
    return text.lstrip("\ufeff \t\r\n")

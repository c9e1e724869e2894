"""Members of a zip archive that are safe to read: no tricks in names, no bombs, nothing hidden."""

import io
import re
import stat
import zipfile
import zlib
from pathlib import PurePosixPath

from samhandling.sources.packed_bytes import RATIO_FREE_BYTES
from samhandling.sources.protocol import Limits, UnreadableFile

ENCRYPTED = 0x1
_DRIVE = re.compile(r"[A-Za-z]:")
IGNORED = re.compile(r"(^|/)(__MACOSX/|\._|\.DS_Store|Thumbs\.db)")
DAMAGE = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, ValueError)


def archive_members(content: bytes, filename: str, limits: Limits) -> dict[str, zipfile.ZipInfo]:
    """List the files of an archive after checking every one of them.

    Returns
    -------
    dict of str to ZipInfo
        By path; folders and the operating systems' own files are left out.

    Raises
    ------
    UnreadableFile
        If it is damaged, cut short or encrypted, has an absolute path, a path that leaves the
        archive or a link, or unpacks to more than the limits allow.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            found = archive.infolist()
    except DAMAGE as error:
        raise _damaged(filename, error) from error
    if len(found) > limits.archive_members:
        message = "{file} holds {count} files; at most {limit} are read."
        raise UnreadableFile(
            "too_many_members",
            message,
            file=filename,
            count=len(found),
            limit=limits.archive_members,
        )
    for member in found:
        _check_name(member, filename)
    _check_sizes(found, len(content), filename, limits)
    return {m.filename: m for m in found if not m.is_dir() and not IGNORED.search(m.filename)}


def member_bytes(content: bytes, member: zipfile.ZipInfo, filename: str) -> bytes:
    """Unpack one member that `archive_members` has let through."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return archive.read(member)
    except (*DAMAGE, RuntimeError) as error:
        raise _damaged(filename, error) from error


def _check_name(member: zipfile.ZipInfo, filename: str) -> None:
    name = member.filename
    is_link = stat.S_ISLNK(member.external_attr >> 16)
    parts = PurePosixPath(name.replace("\\", "/")).parts
    if "\\" in member.orig_filename or name.startswith("/") or ".." in parts:
        _refuse_name(name, filename)
    if is_link or _DRIVE.match(name) or "\0" in member.orig_filename:
        _refuse_name(name, filename)
    if member.flag_bits & ENCRYPTED:
        message = "{file} is protected by a password; make an archive without one."
        raise UnreadableFile("encrypted", message, file=filename)


def _refuse_name(name: str, filename: str) -> None:
    message = (
        "{file} holds {member!r}, a link or a path outside the archive, as harmful files do; "
        "make a new archive of the files themselves."
    )
    raise UnreadableFile("unsafe_member", message, file=filename, member=name)


def _check_sizes(
    members: list[zipfile.ZipInfo], packed: int, filename: str, limits: Limits
) -> None:
    unpacked = sum(member.file_size for member in members)
    bomb = unpacked > RATIO_FREE_BYTES and unpacked > packed * limits.packing_ratio
    if bomb or unpacked > limits.whole_file_bytes:
        message = "{file} unpacks to {size} bytes, as harmful files do; the limit is {limit}."
        raise UnreadableFile(
            "unpacks_too_large",
            message,
            file=filename,
            size=unpacked,
            limit=limits.whole_file_bytes,
        )


def _damaged(filename: str, error: Exception) -> UnreadableFile:
    message = "{file} is not a sound zip archive ({detail}); fetch it again."
    return UnreadableFile("damaged_archive", message, file=filename, detail=str(error))

"""Keeps every received file as it came, named by its own checksum."""

import hashlib
import os
import re
import unicodedata
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO
from uuid import uuid4

from django.conf import settings

from samhandling_web.observe.imports.models import Batch
from samhandling_web.observe.imports.rules import EmptyFile, StoredFileMissing

FOLDER = "imports"
BLOCK = 1024 * 1024
LONGEST_NAME = 200


@dataclass(frozen=True, slots=True)
class FiledCopy:
    """A file kept on the server: where, under which checksum, how large."""

    stored_path: str
    sha256: str
    size_bytes: int


def plain_file_name(name: str) -> str:
    """Return the last part of a file name without control characters, never empty."""
    last = re.split(r"[\\/]", unicodedata.normalize("NFC", name))[-1]
    clean = "".join(sign for sign in last if unicodedata.category(sign)[0] != "C").strip(" .")
    return clean[-LONGEST_NAME:] or "fil"


def file_away(stream: BinaryIO, file_name: str) -> FiledCopy:
    """Copy `stream` into the folder of imported files; the same content is kept once."""
    root = Path(settings.MEDIA_ROOT)
    (root / FOLDER).mkdir(parents=True, exist_ok=True)
    part = root / FOLDER / f".{uuid4().hex}.part"
    digest, size = hashlib.sha256(), 0
    try:
        with part.open("wb") as copy:
            while block := stream.read(BLOCK):
                digest.update(block)
                size += len(block)
                copy.write(block)
            copy.flush()
            os.fsync(copy.fileno())
        if not size:
            raise EmptyFile(file_name=file_name)
        name = f"{FOLDER}/{digest.hexdigest()[:2]}/{digest.hexdigest()}"
        (root / name).parent.mkdir(exist_ok=True)
        part.replace(root / name)
    finally:
        part.unlink(missing_ok=True)
    return FiledCopy(name, digest.hexdigest(), size)


def open_filed(batch: Batch) -> BinaryIO:
    """Open a batch's file; StoredFileMissing when it is no longer kept."""
    path = Path(settings.MEDIA_ROOT) / batch.stored_path
    if not batch.stored_path or not path.is_file():
        raise StoredFileMissing(file_name=batch.file_name)
    return path.open("rb")


def remove_filed(stored_path: str) -> None:
    """Delete a kept file, once no batch needs it."""
    if stored_path:
        (Path(settings.MEDIA_ROOT) / stored_path).unlink(missing_ok=True)

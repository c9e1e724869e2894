"""Where signed agreements lie: whole under a name that tells nothing, or not at all."""

import hashlib
import os
import secrets
from pathlib import Path
from tempfile import NamedTemporaryFile

from django.conf import settings
from django.core.files import File

from samhandling_web.agree.partnership.refusals import (
    DocumentDamaged,
    DocumentTooLarge,
    NotThePdf,
)

FOLDER = "agreements"
MOST_MEGABYTES = 20
MEGABYTE = 1024 * 1024
# ISO 32000-2, 7.5.2 and 7.5.5: the header stands at the very start, and the end is marked. Readers
# look for the mark in the last kilobyte.
HEADER, END, LOOKED_THROUGH = b"%PDF-", b"%%EOF", 1024


def pdf_content(file: File[bytes]) -> bytes:
    """Return what the file holds, if it is a whole PDF.

    Raises
    ------
    DocumentTooLarge, NotThePdf
        If it is larger than a signed agreement can be, or is no PDF from its start to its end.
    """
    name = Path(file.name or "").name
    if file.size > MOST_MEGABYTES * MEGABYTE:
        raise DocumentTooLarge(name=name, megabytes=-(-file.size // MEGABYTE), limit=MOST_MEGABYTES)
    file.seek(0)
    content: bytes = file.read()
    if not content.startswith(HEADER) or END not in content[-LOOKED_THROUGH:]:
        raise NotThePdf(name=name)
    return content


def keep(content: bytes) -> tuple[str, str]:
    """Write the document; return its name under MEDIA_ROOT and its SHA-256."""
    name = f"{FOLDER}/{secrets.token_hex(16)}.pdf"
    path = Path(settings.MEDIA_ROOT) / name
    path.parent.mkdir(parents=True, exist_ok=True)
    with NamedTemporaryFile(dir=path.parent, prefix=".", delete=False) as part:
        try:
            part.write(content)
            part.flush()
            os.fsync(part.fileno())
            Path(part.name).replace(path)
        except BaseException:
            Path(part.name).unlink(missing_ok=True)
            raise
    return name, hashlib.sha256(content).hexdigest()


def remove(name: str) -> None:
    """Remove a kept file, if it is there."""
    (Path(settings.MEDIA_ROOT) / name).unlink(missing_ok=True)


def kept_content(name: str, sha256: str) -> bytes:
    """Return a kept document, if it is still the one that was kept.

    Raises
    ------
    DocumentDamaged
        If it is gone or has been changed.
    """
    try:
        content = (Path(settings.MEDIA_ROOT) / name).read_bytes()
    except FileNotFoundError as error:
        raise DocumentDamaged from error
    if hashlib.sha256(content).hexdigest() != sha256:
        raise DocumentDamaged
    return content

"""Where photos lie: whole under a name that tells nothing, or not at all."""

import os
import secrets
from collections.abc import Iterator
from pathlib import Path
from tempfile import NamedTemporaryFile

from django.conf import settings

FOLDER = "photos"


def keep(content: bytes) -> str:
    """Write the content and return its name under MEDIA_ROOT; it appears there when it is whole."""
    name = f"{FOLDER}/{secrets.token_hex(16)}.jpg"
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
    return name


def remove(name: str) -> None:
    """Remove a kept file, if it is there."""
    (Path(settings.MEDIA_ROOT) / name).unlink(missing_ok=True)


def kept_names() -> Iterator[tuple[str, float]]:
    """Give every file of the folder, unfinished ones too, with the time it was last written."""
    root = Path(settings.MEDIA_ROOT)
    for path in sorted((root / FOLDER).glob("*")):
        if path.is_file():
            yield str(path.relative_to(root)), path.stat().st_mtime

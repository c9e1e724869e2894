"""Reading photos: those whose files are not as they were kept, and files that nobody names."""

import hashlib
from collections.abc import Iterator
from datetime import datetime

from django.db.models import QuerySet

from samhandling_web.base.audit.checks import Finding
from samhandling_web.base.photos import filing
from samhandling_web.base.photos.models import Photo
from samhandling_web.base.photos.rules import LEFT_BEHIND_AFTER


def photos_shown() -> QuerySet[Photo]:
    """Return the photos that were not taken away."""
    return Photo.objects.filter(removal=None)


def damaged_photos() -> Iterator[Finding]:
    """Find photos whose file is missing or is not what was kept."""
    for photo in photos_shown().iterator():
        try:
            with photo.file.storage.open(str(photo.file.name)) as file:
                whole = hashlib.file_digest(file, "sha256").hexdigest() == photo.sha256
            fault = "" if whole else "the file is not what was kept"
        except OSError as exc:
            fault = f"the file cannot be read ({type(exc).__name__})"
        if fault:
            yield Finding(f"photo {photo.pk}", fault, "Bring the file back from a backup.")


def names_left_behind(now: datetime) -> list[str]:
    """Return files that no photo names, or one that was taken away.

    A young file may still be on its way to its photo.
    """
    before = (now - LEFT_BEHIND_AFTER).timestamp()
    old = {name for name, written in filing.kept_names() if written < before}
    return sorted(old - set(photos_shown().values_list("file", flat=True)))

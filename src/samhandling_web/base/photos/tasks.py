"""Background work of the photos: files that no photo names are removed by night."""

from typing import Any

from samhandling_web.base.jobs.registry import Progress
from samhandling_web.base.photos import services

KIND = "photos.files_without_photo"


def files_remove(_progress: Progress, _parameters: dict[str, Any]) -> dict[str, Any]:
    return {"removed": services.files_without_photo_remove()}

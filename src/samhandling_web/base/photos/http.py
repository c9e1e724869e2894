"""Answers with a photo. The view that asks has already said who may see it."""

from django.http import FileResponse, Http404

from samhandling_web.base.photos.models import Photo


def photo_response(photo: Photo) -> FileResponse:
    """Answer with the picture, to be shown on the page and kept by the reader's browser alone."""
    try:
        file = photo.file.storage.open(str(photo.file.name))
    except FileNotFoundError as exc:
        raise Http404 from exc
    response = FileResponse(file, content_type="image/jpeg", filename=f"foto-{photo.pk}.jpg")
    response.headers["Cache-Control"] = "private, max-age=3600"
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    return response

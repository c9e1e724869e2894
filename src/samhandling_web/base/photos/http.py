"""Answers with a photo, and the page where one is taken away. The view has said who may."""

from collections.abc import Callable

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from samhandling_web.base.common.errors import DomainError
from samhandling_web.base.common.http import UserRequest
from samhandling_web.base.photos.forms import PhotoRemovalForm
from samhandling_web.base.photos.models import Photo
from samhandling_web.base.photos.selectors import photos_shown

NOT_HERE = frozenset({403, 404})


def photo_response(photo: Photo) -> FileResponse:
    """Answer with the picture, to be shown on the page and kept by the reader's browser alone.

    One that was taken away is not there, be its file left or not.
    """
    if not photos_shown().filter(pk=photo.pk).exists():
        raise Http404
    try:
        file = photo.file.storage.open(str(photo.file.name))
    except FileNotFoundError as exc:
        raise Http404 from exc
    response = FileResponse(file, content_type="image/jpeg", filename=f"foto-{photo.pk}.jpg")
    response.headers["Cache-Control"] = "private, max-age=3600"
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    return response


def removal_page(
    request: UserRequest, *, shown_at: str, back: str, remove: Callable[..., object]
) -> HttpResponse:
    """Ask why a picture is taken away and, when that is said, let `remove` do it.

    `shown_at` is the picture's own address; `back` that of the page it stands on.
    """
    form = PhotoRemovalForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            remove(**form.cleaned_data)
        except DomainError as exc:
            if exc.status in NOT_HERE:
                raise
            form.add_error(None, str(exc))
        else:
            messages.success(request, _("Bilden är borttagen."))
            return redirect(back)
    context = {"form": form, "shown_at": shown_at, "back": back}
    status = 422 if form.errors else 200
    return render(request, "photos/photo_remove.html", context, status=status)

"""A file that leaves the house, as an answer to the browser."""

from django.http import HttpResponse
from django.utils.http import content_disposition_header

from samhandling_web.base.reports.formats import MadeFile


def download(made: MadeFile) -> HttpResponse:
    """Answer with a made file, under the name it is to be kept by."""
    disposition = content_disposition_header(as_attachment=True, filename=made.name) or ""
    return HttpResponse(
        made.content, content_type=made.mime, headers={"Content-Disposition": disposition}
    )

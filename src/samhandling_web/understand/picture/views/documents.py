"""The list of pictures, beginning one, reading one, and its files."""

from datetime import date
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from samhandling_web.base.audit import services as audit
from samhandling_web.base.common.errors import DomainError
from samhandling_web.base.common.http import UserRequest
from samhandling_web.base.reports.formats import make_file
from samhandling_web.understand.picture import (
    periods,
    permissions,
    readings,
    scopes,
    selectors,
    services,
)
from samhandling_web.understand.picture.documents import document_of
from samhandling_web.understand.picture.downloads import download
from samhandling_web.understand.picture.forms import AdoptForm, ReturnForm, StartForm
from samhandling_web.understand.picture.models import Picture
from samhandling_web.understand.picture.rules import KINDS, PARTS, Kind, Status
from samhandling_web.understand.picture.views import drafting

FILES = ("pdf", "docx", "xlsx", "json")


@login_required
@require_GET
def picture_list(request: UserRequest) -> HttpResponse:
    permissions.check_may_read_adopted(request.user)
    today = timezone.localdate()
    pictures = list(selectors.pictures_visible_to(request.user))
    mine = [p for p in pictures if p.status == Status.DRAFT]
    context = {
        "drafts": [p for p in mine if permissions.may_write(request.user, p.organisation)],
        "others": [p for p in mine if not permissions.may_write(request.user, p.organisation)],
        "in_review": [p for p in pictures if p.status == Status.IN_REVIEW],
        "adopted": [p for p in pictures if p.status == Status.ADOPTED],
        "standing": selectors.standing(scopes.areas_with_clock(today), today),
        "may_begin": permissions.may_begin(request.user),
        "may_register": permissions.may_register_adoption(request.user),
    }
    return render(request, "picture/picture_list.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def picture_start(request: UserRequest) -> HttpResponse:
    permissions.check_may_begin(request.user)
    kind = request.GET.get("slag", Kind.STATUTORY)
    kind = Kind(kind) if kind in set(Kind) else Kind.STATUTORY
    form = StartForm(request.POST or None, actor=request.user, initial=_proposal(request, kind))
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            picture = services.picture_begin(actor=request.user, **form.cleaned_data)
            return redirect("picture:picture-detail", picture.pk)
        except DomainError as error:
            form.add_error(None, str(error))
    if form.errors:
        status = 422
    proposals = [
        (slug, label, slug == kind, periods.in_words(slug, periods.proposed(slug, _today())))
        for slug, label in KINDS.items()
    ]
    context = {"form": form, "proposals": proposals}
    return render(request, "picture/picture_start.html", context, status=status)


def _today() -> date:
    return timezone.localdate()


def _proposal(request: UserRequest, kind: Kind) -> dict[str, Any]:
    """Propose what the person most likely wants: their own district, the last whole period."""
    start, end = periods.proposed(kind, _today())
    own = permissions.organisations_written_for(request.user).first()
    area = request.GET.get("omrade") or scopes.area_answered_for(own, _today())
    proposal = {"kind": kind, "period_start": start, "period_end": end, "organisation": own}
    return proposal | ({"area": area} if area else {})


@login_required
@require_GET
def picture_detail(request: UserRequest, pk: int) -> HttpResponse:
    picture = found(request, pk)
    may_write = permissions.may_write(request.user, picture.organisation)
    if picture.status == Status.DRAFT and may_write:
        return drafting.draft_page(request, picture)
    return reading_page(request, picture)


def reading_page(
    request: UserRequest, picture: Picture, *, status: int = 200, **forms: Any
) -> HttpResponse:
    """Show a picture for reading, with what the reader may decide about it."""
    in_review = picture.status == Status.IN_REVIEW
    may_register = permissions.may_register_adoption(request.user)
    context = {
        "picture": picture,
        "parts": readings.parts_read(picture),
        "see_also": readings.typed(picture.see_also),
        "period": periods.in_words(Kind(picture.kind), (picture.period_start, picture.period_end)),
        "files": FILES,
        "history": readings.history(picture),
        "may_write": permissions.may_write(request.user, picture.organisation),
        "may_decide": in_review and may_register,
        "wrote_it": picture.created_by_id == request.user.pk,
        "next": selectors.next_version(picture, request.user),
        "reading": selectors.reading_of(picture, timezone.localdate()),
    }
    if context["may_decide"]:
        forms = {"return_form": ReturnForm(), "adopt_form": AdoptForm()} | forms
    return render(request, "picture/picture_read.html", context | forms, status=status)


@login_required
@require_GET
def picture_compare(request: UserRequest, pk: int) -> HttpResponse:
    picture = found(request, pk)
    changes = selectors.compared_with_previous(picture)
    context = {
        "picture": picture,
        "parts": [(PARTS[part], runs) for part, runs in changes.items() if runs],
    }
    return render(request, "picture/picture_compare.html", context)


@login_required
@require_GET
def picture_file(request: UserRequest, pk: int, file_format: str) -> HttpResponse:
    """Give out the picture as a file, and record that it left the house."""
    picture = found(request, pk)
    document = document_of(picture)
    made = make_file(document, file_format)
    rows = sum(len(table.rows) for table in document.tables())
    audit.record_export(
        actor=request.user,
        kind="understand.picture.exported",
        target=picture,
        file_name=made.name,
        row_count=rows,
    )
    return download(made)


def found(request: UserRequest, pk: int) -> Picture:
    """Return the picture that the person may read, or answer that there is none."""
    return get_object_or_404(selectors.pictures_visible_to(request.user), pk=pk)

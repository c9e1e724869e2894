"""Describing the columns of a table: proposed, corrected, tried, saved."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from samhandling.sources.mapping import Mapping as ColumnMapping
from samhandling_web.base.common.errors import DomainError
from samhandling_web.base.common.http import UserRequest
from samhandling_web.observe.imports import drafts, permissions, presenting, services
from samhandling_web.observe.imports.drafts import Draft
from samhandling_web.observe.imports.forms import MappingForm
from samhandling_web.observe.imports.reading import MAPPED_SOURCE


@login_required
@require_http_methods(["GET", "POST"])
def mapping(request: UserRequest, token: str) -> HttpResponse:
    permissions.check_may_import(request.user)
    draft = drafts.draft_of(token)
    sample, proposal = drafts.proposed(draft, request.POST.get("kind", request.GET.get("slag", "")))
    form = MappingForm(proposal, sample.header, request.POST or None)
    context: dict[str, Any] = {"draft": draft, "sample": sample, "form": form}
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            if "save" in request.POST:
                return _saved(request, draft, form)
            context["preview"] = _tried(request, draft, form)
        except DomainError as error:
            context["error"], status = error, 422
    return render(request, "imports/mapping.html", context, status=status)


def _tried(request: UserRequest, draft: Draft, form: MappingForm) -> dict[str, Any]:
    tried = services.batch_dry_run(
        source=MAPPED_SOURCE,
        path=draft.path,
        file_name=draft.file_name,
        options={"mapping": ColumnMapping.from_dict(form.content())},
        actor=request.user,
        most_rows=drafts.ROWS_TRIED,
    )
    return presenting.preview_in_words(tried)


def _saved(request: UserRequest, draft: Draft, form: MappingForm) -> HttpResponse:
    saved = services.mapping_save(
        name=form.cleaned_data["name"], content=form.content(), actor=request.user
    )
    batch = services.batch_receive(
        source=MAPPED_SOURCE,
        path=draft.path,
        file_name=draft.file_name,
        mapping=saved,
        actor=request.user,
    )
    return redirect("imports:batch-detail", batch.pk)

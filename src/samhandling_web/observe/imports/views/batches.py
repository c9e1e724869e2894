"""Sources, files handed in, and what became of them."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from django_tables2 import RequestConfig

from samhandling.sources.protocol import Source
from samhandling_web.base.common.errors import DomainError
from samhandling_web.base.common.http import UserRequest, render_part
from samhandling_web.observe.imports import drafts, permissions, presenting, selectors, services
from samhandling_web.observe.imports.forms import ReasonForm, kept_upload, upload_form
from samhandling_web.observe.imports.models import Batch
from samhandling_web.observe.imports.reading import MAPPED_SOURCE, source_of
from samhandling_web.observe.imports.rules import State, UnknownSource
from samhandling_web.observe.imports.source_texts import caveats_in_words
from samhandling_web.observe.imports.tables import BatchTable


@login_required
@require_GET
def source_list(request: UserRequest) -> HttpResponse:
    permissions.check_may_import(request.user)
    standings = [
        (standing, caveats_in_words(standing.source)) for standing in selectors.sources_standing()
    ]
    return render(request, "imports/source_list.html", {"standings": standings})


@login_required
@require_http_methods(["GET", "POST"])
def source_detail(request: UserRequest, slug: str) -> HttpResponse:
    permissions.check_may_import(request.user)
    source = _source_or_404(slug)
    form = upload_form(source)(request.POST or None, request.FILES or None)
    error, status = None, 200
    if request.method == "POST":
        status = 422
        try:
            if form.is_valid():
                return _received(request, source, form)
        except DomainError as exc:
            error = exc
    table = BatchTable(selectors.batches_read_as(slug))
    RequestConfig(request, paginate={"per_page": 25}).configure(table)
    context = {"source": source, "form": form, "table": table, "error": error}
    context["caveats"] = caveats_in_words(source)
    return render(request, "imports/source_detail.html", context, status=status)


def _source_or_404(slug: str) -> Source:
    try:
        return source_of(slug)
    except UnknownSource as error:
        raise Http404 from error


def _received(request: UserRequest, source: Source, form: Any) -> HttpResponse:
    file, mapping = form.cleaned_data["file"], form.cleaned_data.get("mapping")
    with kept_upload(file) as path:
        if source.slug == MAPPED_SOURCE and mapping is None:
            token = drafts.draft_keep(path=path, file_name=file.name, actor=request.user)
            return redirect("imports:mapping", token)
        batch = services.batch_receive(
            source=source.slug,
            path=path,
            file_name=file.name,
            options=form.options(),
            mapping=mapping,
            actor=request.user,
        )
    return redirect("imports:batch-detail", batch.pk)


@login_required
@require_GET
def batch_detail(request: UserRequest, pk: int) -> HttpResponse:
    permissions.check_may_import(request.user)
    batch = get_object_or_404(selectors.batches_with_job(), pk=pk)
    return render_part(
        request, "imports/batch_detail.html", "state", _batch_context(request, batch)
    )


def _batch_context(request: UserRequest, batch: Batch) -> dict[str, Any]:
    context: dict[str, Any] = {
        "batch": batch,
        "tone": presenting.tone_of(batch),
        "notices": presenting.notices_in_words(batch.notices),
        "is_waiting": batch.state == State.RECEIVED and (not batch.job or batch.job.is_over),
        "may_begin_again": batch.state in {State.FAILED, State.CANCELLED},
        "may_stop": batch.state in {State.RECEIVED, State.READING, State.READ},
        "may_undo": batch.state == State.APPLIED,
        "builds_on": selectors.builds_on(batch),
        "form": ReasonForm(),
    }
    if context["is_waiting"] and not request.htmx:
        try:
            tried = services.batch_preview(batch=batch, actor=request.user)
            context["preview"] = presenting.preview_in_words(tried)
        except DomainError as error:
            context["preview_error"] = error
    return context


@login_required
@require_POST
def batch_start(request: UserRequest, pk: int) -> HttpResponse:
    services.batch_start(batch_id=_known(pk), actor=request.user)
    return redirect("imports:batch-detail", pk)


@login_required
@require_POST
def batch_cancel(request: UserRequest, pk: int) -> HttpResponse:
    services.batch_cancel(batch_id=_known(pk), actor=request.user)
    return redirect("imports:batch-detail", pk)


@login_required
@require_POST
def batch_undo(request: UserRequest, pk: int) -> HttpResponse:
    reason = request.POST.get("reason", "")
    services.batch_undo(batch_id=_known(pk), actor=request.user, reason=reason)
    return redirect("imports:batch-detail", pk)


def _known(pk: int) -> int:
    return get_object_or_404(Batch, pk=pk).pk

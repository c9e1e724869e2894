"""Refused rows: found, mended or left out."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from django_tables2 import RequestConfig

from samhandling_web.base.common.errors import DomainError
from samhandling_web.base.common.http import UserRequest
from samhandling_web.observe.imports import permissions, selectors, services
from samhandling_web.observe.imports.forms import ReasonForm, RowFilterForm, RowForm
from samhandling_web.observe.imports.models import RejectedRow
from samhandling_web.observe.imports.reason_texts import reason_text
from samhandling_web.observe.imports.tables import RowTable


@login_required
@require_GET
def row_list(request: UserRequest) -> HttpResponse:
    permissions.check_may_import(request.user)
    form = RowFilterForm(request.GET)
    chosen = form.cleaned_data if form.is_valid() else {}
    rows = selectors.rows_in_quarantine().filter(
        **{name: value for name, value in chosen.items() if value}
    )
    table = RowTable(rows)
    RequestConfig(request, paginate={"per_page": 50}).configure(table)
    return render(request, "imports/row_list.html", {"form": form, "table": table})


@login_required
@require_http_methods(["GET", "POST"])
def row_detail(request: UserRequest, pk: int) -> HttpResponse:
    permissions.check_may_import(request.user)
    row = get_object_or_404(RejectedRow.objects.select_related("batch"), pk=pk)
    form = RowForm(row, request.POST or None)
    error, status = None, 200
    if request.method == "POST" and form.is_valid():
        try:
            batch = services.rejected_row_correct(
                row_id=pk, fields=form.values(), actor=request.user
            )
            return redirect("imports:batch-detail", batch.pk)
        except DomainError as exc:
            error, status = exc, 422
    context = {
        "row": row,
        "form": form,
        "error": error,
        "reason": reason_text(row.reason, row.parameters),
        "is_correctable": row.state == "open" and services.is_correctable(row),
        "dismiss_form": ReasonForm(),
    }
    return render(request, "imports/row_detail.html", context, status=status)


@login_required
@require_POST
def row_dismiss(request: UserRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(RejectedRow, pk=pk)
    reason = request.POST.get("reason", "")
    services.rejected_row_dismiss(row_id=row.pk, reason=reason, actor=request.user)
    return redirect("imports:row-detail", pk)

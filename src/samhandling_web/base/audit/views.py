"""The audit log as a page."""

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from samhandling_web.base.audit import permissions
from samhandling_web.base.audit.models import AuditRecord
from samhandling_web.base.common.http import UserRequest


@login_required
@require_GET
def record_list(request: UserRequest) -> HttpResponse:
    permissions.check_may_read_log(request.user)
    records = AuditRecord.objects.order_by("-sequence")
    if kind := request.GET.get("kind", ""):
        records = records.filter(kind__startswith=kind)
    page = Paginator(records, 50).get_page(request.GET.get("page"))
    return render(request, "audit/record_list.html", {"page": page, "kind": kind})

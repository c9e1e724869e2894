"""The audit log as a page."""

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from samhandling_web.base.audit import permissions, selectors
from samhandling_web.base.common.http import UserRequest


@login_required
@require_GET
def record_list(request: UserRequest) -> HttpResponse:
    permissions.check_may_read_log(request.user)
    kind = request.GET.get("kind", "").strip()
    page = Paginator(selectors.records_latest(kind), 50).get_page(request.GET.get("page"))
    return render(request, "audit/record_list.html", {"page": page, "kind": kind})

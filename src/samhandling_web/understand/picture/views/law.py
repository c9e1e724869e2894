"""The law on one page: what proves each duty, and what the platform does not hold."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from samhandling_web.base.common.http import UserRequest
from samhandling_web.understand.picture import permissions, proof


@login_required
@require_GET
def law(request: UserRequest) -> HttpResponse:
    permissions.check_may_read_adopted(request.user)
    today = timezone.localdate()
    context = {
        "paragraphs": proof.paragraphs(today, request.user),
        "not_held": proof.not_held(),
        "today": today,
    }
    return render(request, "picture/picture_law.html", context)

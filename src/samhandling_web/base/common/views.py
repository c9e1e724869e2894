"""The style page: every component the platform's pages are made of."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET


@require_GET
def style_page(request: HttpRequest) -> HttpResponse:
    return render(request, "common/style_page.html")

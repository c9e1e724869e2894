"""The style page, with every component in every state, and the accessibility statement."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from samhandling_web.base.common import style_examples


@require_GET
def style_page(request: HttpRequest) -> HttpResponse:
    return render(request, "common/style_page.html", style_examples.everything(request))


@require_GET
def accessibility(request: HttpRequest) -> HttpResponse:
    return render(request, "common/accessibility.html")

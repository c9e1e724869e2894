"""The platform's addresses with this floor's own among them."""

from django.urls import include, path

urlpatterns = [
    path("omraden/", include("samhandling_web.base.areas.urls")),
    path("anvandare/", include("samhandling_web.base.accounts.urls")),
    path("", include("samhandling_web.config.urls")),
]

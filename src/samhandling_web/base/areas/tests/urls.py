"""The platform's addresses with this room's own among them."""

from django.urls import include, path

from samhandling_web.config.urls import urlpatterns as platform

urlpatterns = [
    path("omraden/", include("samhandling_web.base.areas.urls")),
    path("anvandare/", include("samhandling_web.base.accounts.urls")),
    *platform,
]

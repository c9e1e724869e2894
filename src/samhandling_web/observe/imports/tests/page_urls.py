"""The platform's addresses together with those of the rooms that the tests visit."""

from django.urls import include, path

ROOMS = "samhandling_web.observe"
urlpatterns = [
    path("importer/", include(f"{ROOMS}.imports.urls")),
    path("handelser/", include(f"{ROOMS}.events.urls")),
    path("statistik/", include(f"{ROOMS}.statistics.urls")),
    path("enkater/", include(f"{ROOMS}.surveys.urls")),
    path("", include("samhandling_web.config.urls")),
]

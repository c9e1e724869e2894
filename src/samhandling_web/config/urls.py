"""Where everything is found. Paths are Swedish, names are English."""

from django.urls import include, path
from django.views.generic import RedirectView
from django.views.i18n import JavaScriptCatalog

from samhandling_web.observe.observations.urls import report_patterns, week_patterns

urlpatterns = [
    # People do not change the address they sign in with: an administrator does, and it is recorded.
    path(
        "konto/email/",
        RedirectView.as_view(pattern_name="accounts:profile"),
        name="sign-in-address",
    ),
    path("konto/", include("allauth.urls")),
    path("sprak/", include("django.conf.urls.i18n")),
    path("texter.js", JavaScriptCatalog.as_view(), name="javascript-catalog"),
    path("omraden/", include("samhandling_web.base.areas.urls")),
    path("anvandare/", include("samhandling_web.base.accounts.urls")),
    path("importer/", include("samhandling_web.observe.imports.urls")),
    path("handelser/", include("samhandling_web.observe.events.urls")),
    path("statistik/", include("samhandling_web.observe.statistics.urls")),
    path("enkater/", include("samhandling_web.observe.surveys.urls")),
    path("", include("samhandling_web.observe.walks.urls")),
    path("", include((report_patterns, "report"))),
    path("iakttagelser/veckor/", include((week_patterns, "weeks"))),
    path("iakttagelser/", include("samhandling_web.observe.observations.urls")),
    path("jobb/", include("samhandling_web.base.jobs.urls")),
    path("logg/", include("samhandling_web.base.audit.urls")),
    path("komponenter/", include("samhandling_web.base.common.urls")),
    path("", include("samhandling_web.understand.places.urls")),
    path("", include("samhandling_web.agree.partnership.urls")),
    path("", include("samhandling_web.understand.picture.urls")),
    path("", include("samhandling_web.agree.measures.urls")),
    path("", include("samhandling_web.faces.pages.urls")),
]

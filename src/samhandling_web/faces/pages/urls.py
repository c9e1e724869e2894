from django.urls import path, register_converter

from samhandling_web.faces.pages import views
from samhandling_web.faces.pages.overview.opened import Part
from samhandling_web.faces.pages.thread.links import BEGINNINGS


class OneOf:
    """A word in an address that is one of a few."""

    regex = ""

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


class ThreadBeginning(OneOf):
    """What a thread may be followed from."""

    regex = "|".join(BEGINNINGS)


class SharePart(OneOf):
    """A part of a share."""

    regex = "|".join(Part)


register_converter(ThreadBeginning, "thread_beginning")
register_converter(SharePart, "share_part")

app_name = "pages"
urlpatterns = [
    path("", views.start, name="start"),
    path("att-gora/", views.inbox, name="inbox"),
    path("sok/", views.search, name="search"),
    path("traden/<thread_beginning:link>/<int:number>/", views.thread, name="thread"),
    path("oversikt/", views.overview, name="overview"),
    path("oversikt/<slug:slug>/<share_part:part>/", views.overview_part, name="overview-part"),
]

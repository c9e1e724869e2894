from datetime import date

from django.urls import path, register_converter

from samhandling_web.observe.observations.views import categories, lists, reporting, steps, weeks


class DayConverter:
    """A day in an address, as 2026-11-16."""

    regex = r"\d{4}-\d{2}-\d{2}"

    def to_python(self, value: str) -> date:
        return date.fromisoformat(value)

    def to_url(self, value: date) -> str:
        return value.isoformat()


register_converter(DayConverter, "observation_day")

app_name = "observations"
urlpatterns = [
    path("", lists.observation_list, name="observation-list"),
    path("punkter.json", lists.points, name="points"),
    path("foto/<int:pk>/", lists.photo, name="photo"),
    path("foto/<int:pk>/ta-bort/", steps.photo_remove, name="photo-remove"),
    path("kategorier/", categories.category_list, name="category-list"),
    path("kategorier/ny/", categories.category_new, name="category-new"),
    path("kategorier/<int:pk>/", categories.category_edit, name="category-edit"),
    path("kategorier/<int:pk>/bruk/", categories.category_use, name="category-use"),
    path("<int:pk>/", lists.observation_detail, name="observation-detail"),
    path("<int:pk>/ta-upp/", steps.take_up, name="observation-take-up"),
    path("<int:pk>/atgardad/", steps.done, name="observation-done"),
    path("<int:pk>/ingen-atgard/", steps.no_action, name="observation-no-action"),
    path("<int:pk>/sla-ihop/", steps.join, name="observation-join"),
    path("<int:pk>/dela/", steps.split, name="observation-split"),
]
# Reporting and the weeks have names of their own: each is a page in the menu.
report_patterns = [
    # A service worker reaches no higher than where it lies: this one lies at the root of the site.
    path("rapportera-sw.js", reporting.worker, name="worker"),
    path("iakttagelser/rapportera/", reporting.report, name="report"),
    path("iakttagelser/rapportera/inget/", reporting.nothing_report, name="nothing"),
    path("iakttagelser/mina/", lists.my_observations, name="mine"),
    path("iakttagelser/liknande/", reporting.near_list, name="near"),
    path("iakttagelser/ta-emot/", reporting.sending_receive, name="receive"),
    path(
        "iakttagelser/ta-emot/<uuid:client_id>/<int:number>/foto/",
        reporting.photo_receive,
        name="photo",
    ),
]
week_patterns = [
    path("", weeks.week_latest, name="latest"),
    path("sammanstall/", weeks.weeks_compile, name="compile"),
    path("<observation_day:week>/", weeks.week_detail, name="week"),
    path("<observation_day:week>/<path:code>/", weeks.week_district, name="district"),
]

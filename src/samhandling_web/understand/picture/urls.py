from django.urls import path

from samhandling_web.understand.picture.views import area, explore, saved_views

app_name = "picture"
urlpatterns = [
    path("omraden-i-siffror/", area.area_list, name="area-list"),
    path(
        "omraden-i-siffror/<slug:level>/<path:code>/siffror.<slug:file_format>",
        area.area_file,
        name="area-file",
    ),
    path("omraden-i-siffror/<slug:level>/<path:code>/", area.area, name="area"),
    path("utforska/", explore.explore, name="explore"),
    path("utforska/varden.json", explore.explore_values, name="explore-values"),
    path("utforska/rutor.json", explore.explore_cells, name="explore-cells"),
    path("utforska/vecka/", explore.explore_week, name="explore-week"),
    path("utforska/tabell.<slug:file_format>", explore.explore_file, name="explore-file"),
    path("utforska/vyer/", saved_views.saved_view_save, name="saved-view-save"),
    path("utforska/vyer/<int:pk>/namn/", saved_views.saved_view_rename, name="saved-view-rename"),
    path(
        "utforska/vyer/<int:pk>/ta-bort/", saved_views.saved_view_remove, name="saved-view-remove"
    ),
]

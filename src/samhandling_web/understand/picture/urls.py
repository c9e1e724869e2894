from django.urls import path, register_converter

from samhandling_web.understand.picture.views import (
    area,
    documents,
    drafting,
    explore,
    law,
    public,
    reviewing,
    saved_views,
)


class FileEnding:
    """One of the endings that a picture is given out with."""

    regex = "|".join(documents.FILES)

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(FileEnding, "picture_file")

app_name = "picture"
urlpatterns = [
    path("lagesbilder/", documents.picture_list, name="picture-list"),
    path("lagesbilder/ny/", documents.picture_start, name="picture-start"),
    path("lagesbilder/<int:pk>/", documents.picture_detail, name="picture-detail"),
    path("lagesbilder/<int:pk>/jamfor/", documents.picture_compare, name="picture-compare"),
    path(
        "lagesbilder/<int:pk>/lagesbild.<picture_file:file_format>",
        documents.picture_file,
        name="picture-file",
    ),
    path("lagesbilder/<int:pk>/text/", drafting.picture_save, name="picture-save"),
    path("lagesbilder/<int:pk>/period/", drafting.picture_period, name="picture-period"),
    path("lagesbilder/<int:pk>/rakna/", drafting.picture_count, name="picture-count"),
    path("lagesbilder/<int:pk>/siffror/", drafting.picture_figures, name="picture-figures"),
    path("lagesbilder/<int:pk>/siffror/valj/", drafting.picture_choose, name="picture-choose"),
    path("lagesbilder/<int:pk>/aterlamna/", reviewing.picture_return, name="picture-return"),
    path("lagesbilder/<int:pk>/anta/", reviewing.picture_adopt, name="picture-adopt"),
    path("lagesbilder/<int:pk>/nasta/", reviewing.picture_next, name="picture-next"),
    path("lagen/", law.law, name="law"),
    path("offentligt/", public.public_index, name="public-index"),
    path("offentligt/siffror.csv", public.public_csv, name="public-csv"),
    path("offentligt/lagesbilder/<int:pk>.pdf", public.public_pdf, name="public-pdf"),
    path("offentligt/<slug:level>/<path:code>/", public.public_area, name="public-area"),
    path("tillganglighet/", public.accessibility, name="accessibility"),
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

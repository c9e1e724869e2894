from django.urls import path

from samhandling_web.observe.imports.views import batches, mapping, rows

app_name = "imports"
urlpatterns = [
    path("", batches.source_list, name="source-list"),
    path("kalla/<slug:slug>/", batches.source_detail, name="source-detail"),
    path("<int:pk>/", batches.batch_detail, name="batch-detail"),
    path("<int:pk>/starta/", batches.batch_start, name="batch-start"),
    path("<int:pk>/avbryt/", batches.batch_cancel, name="batch-cancel"),
    path("<int:pk>/angra/", batches.batch_undo, name="batch-undo"),
    path("avvisade/", rows.row_list, name="row-list"),
    path("avvisade/<int:pk>/", rows.row_detail, name="row-detail"),
    path("avvisade/<int:pk>/avskriv/", rows.row_dismiss, name="row-dismiss"),
    path("kolumner/<str:token>/", mapping.mapping, name="mapping"),
]

from django.urls import path

from samhandling_web.base.areas import views

app_name = "areas"
urlpatterns = [
    path("", views.level_list, name="level-list"),
    path("kartunderlag/<slug:kind>.json", views.map_layer, name="map-layer"),
    path("nivaer/ny/", views.level_new, name="level-new"),
    path("nivaer/<slug:slug>/", views.level_edit, name="level-edit"),
    path("<slug:slug>/", views.level_detail, name="level-detail"),
    path("<slug:slug>/karta.json", views.level_map, name="level-map"),
    path("<slug:slug>/<path:code>/andra/", views.area_edit, name="area-edit"),
    path("<slug:slug>/<path:code>/", views.area_detail, name="area-detail"),
]

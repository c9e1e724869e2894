from django.urls import path

from samhandling_web.observe.events import views

app_name = "events"
urlpatterns = [
    path("", views.event_list, name="event-list"),
    path("placeringar/", views.placement_list, name="placement-list"),
    path("placeringar/starta/", views.placing_start, name="placing-start"),
    path("<str:source>/<str:external_id>/", views.event_detail, name="event-detail"),
    path("<str:source>/<str:external_id>/plats/", views.event_place, name="event-place"),
]

from django.urls import path

from samhandling_web.observe.statistics import views

app_name = "statistics"
urlpatterns = [
    path("", views.indicator_list, name="indicator-list"),
    path("<str:slug>/", views.indicator_detail, name="indicator-detail"),
]

from django.urls import path

from samhandling_web.base.common import views

app_name = "common"
urlpatterns = [
    path("", views.style_page, name="style-page"),
    path("tillganglighet/", views.accessibility, name="accessibility"),
]

from django.urls import path

from samhandling_web.faces.pages import views

app_name = "pages"
urlpatterns = [
    path("", views.start, name="start"),
    path("att-gora/", views.inbox, name="inbox"),
]

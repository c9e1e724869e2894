from django.urls import path

from samhandling_web.observe.surveys import views

app_name = "surveys"
urlpatterns = [path("", views.result_list, name="result-list")]

from django.urls import path

from samhandling_web.base.audit import views

app_name = "audit"
urlpatterns = [path("", views.record_list, name="record-list")]

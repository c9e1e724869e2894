from django.urls import path

from samhandling_web.base.jobs import views

app_name = "jobs"
urlpatterns = [
    path("", views.job_list, name="job-list"),
    path("<int:pk>/", views.job_detail, name="job-detail"),
    path("<int:pk>/avbryt/", views.job_cancel, name="job-cancel"),
    path("<int:pk>/igen/", views.job_retry, name="job-retry"),
]

from django.apps import AppConfig


class JobsConfig(AppConfig):
    name = "samhandling_web.base.jobs"
    label = "jobs"

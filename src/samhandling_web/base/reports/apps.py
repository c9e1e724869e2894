from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "samhandling_web.base.reports"
    label = "reports"

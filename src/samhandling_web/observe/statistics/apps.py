from django.apps import AppConfig


class StatisticsConfig(AppConfig):
    name = "samhandling_web.observe.statistics"
    label = "statistics"

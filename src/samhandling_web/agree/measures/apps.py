from django.apps import AppConfig


class MeasuresConfig(AppConfig):
    name = "samhandling_web.agree.measures"
    label = "measures"

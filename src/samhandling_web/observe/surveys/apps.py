from django.apps import AppConfig


class SurveysConfig(AppConfig):
    name = "samhandling_web.observe.surveys"
    label = "surveys"

from django.apps import AppConfig


class AreasConfig(AppConfig):
    name = "samhandling_web.base.areas"
    label = "areas"

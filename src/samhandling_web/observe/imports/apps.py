from django.apps import AppConfig


class ImportsConfig(AppConfig):
    name = "samhandling_web.observe.imports"
    label = "imports"

from django.apps import AppConfig


class ObservationsConfig(AppConfig):
    name = "samhandling_web.observe.observations"
    label = "observations"

from django.apps import AppConfig


class WalksConfig(AppConfig):
    name = "samhandling_web.observe.walks"
    label = "walks"

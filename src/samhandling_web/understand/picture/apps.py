from django.apps import AppConfig


class PictureConfig(AppConfig):
    name = "samhandling_web.understand.picture"
    label = "picture"

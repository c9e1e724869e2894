from django.apps import AppConfig


class PagesConfig(AppConfig):
    name = "samhandling_web.faces.pages"
    label = "pages"

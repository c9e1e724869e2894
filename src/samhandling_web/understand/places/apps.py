from django.apps import AppConfig


class PlacesConfig(AppConfig):
    name = "samhandling_web.understand.places"
    label = "places"

from django.apps import AppConfig


class PlacesConfig(AppConfig):
    name = "samhandling_web.understand.places"
    label = "places"

    def ready(self) -> None:
        from samhandling_web.understand.places import registration

        registration.navigation()
        registration.jobs()
        registration.waiting()

from django.apps import AppConfig


class PictureConfig(AppConfig):
    name = "samhandling_web.understand.picture"
    label = "picture"

    def ready(self) -> None:
        from samhandling_web.understand.picture import registration
        from samhandling_web.understand.picture.explore import navigation

        registration.checks()
        registration.jobs()
        registration.navigation()
        registration.inbox()
        navigation.register_pages()

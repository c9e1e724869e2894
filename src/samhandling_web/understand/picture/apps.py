from django.apps import AppConfig


class PictureConfig(AppConfig):
    name = "samhandling_web.understand.picture"
    label = "picture"

    def ready(self) -> None:
        from samhandling_web.base.audit import checks
        from samhandling_web.base.common.text import _
        from samhandling_web.understand.picture import selectors
        from samhandling_web.understand.picture.explore import navigation

        checks.register(
            "adopted-pictures", _("Antagna lägesbilder är oförändrade"), selectors.changed_documents
        )
        navigation.register_pages()

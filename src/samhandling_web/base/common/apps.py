from django.apps import AppConfig


class CommonConfig(AppConfig):
    name = "samhandling_web.base.common"
    label = "common"

    def ready(self) -> None:
        from django.utils.translation import gettext

        from samhandling_web.base.common import text

        text.translate_with(gettext)

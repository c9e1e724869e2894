from django.apps import AppConfig


class PhotosConfig(AppConfig):
    name = "samhandling_web.base.photos"
    label = "photos"

    def ready(self) -> None:
        from samhandling_web.base.audit import checks
        from samhandling_web.base.common.text import _
        from samhandling_web.base.photos.selectors import damaged_photos

        checks.register("photos", _("Varje bild är som den sparades"), damaged_photos)

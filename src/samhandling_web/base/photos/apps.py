from datetime import time

from django.apps import AppConfig


class PhotosConfig(AppConfig):
    name = "samhandling_web.base.photos"
    label = "photos"

    def ready(self) -> None:
        from samhandling_web.base.audit import checks
        from samhandling_web.base.common.text import _
        from samhandling_web.base.jobs import registry, schedule
        from samhandling_web.base.jobs.rhythms import daily
        from samhandling_web.base.photos.selectors import damaged_photos
        from samhandling_web.base.photos.tasks import KIND, files_remove

        registry.register(KIND, files_remove)
        schedule.register(
            KIND, KIND, daily(at=time(3, 20)), label=_("Tar bort bildfiler som inget foto använder")
        )
        checks.register("photos", _("Varje bild är som den sparades"), damaged_photos)
